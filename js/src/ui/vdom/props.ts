import type { Props, Ref } from "./h.ts";

type Handlers = Record<string, (event: Event) => void>;

const HANDLERS = Symbol("handlers");

type Host = Element & { [HANDLERS]?: Handlers };

/** Bring attributes, properties and handlers of an element from what they were to what they should be. */
export function setProps(element: Element, before: Props, after: Props): void {
  for (const name of new Set([...Object.keys(before), ...Object.keys(after)])) {
    const value = after[name];
    if (name === "value" || (value !== before[name] && name !== "children")) {
      setProp(element, name, value);
    }
  }
}

function setProp(element: Host, name: string, value: unknown): void {
  if (name === "ref") {
    (value as Ref<Element>).current = element;
  } else if (name.startsWith("on")) {
    setHandler(element, name.slice(2).toLowerCase(), value as Handlers[string]);
  } else if (name === "style") {
    for (const [key, text] of Object.entries((value as Record<string, string>) ?? {})) {
      (element as HTMLElement).style.setProperty(key, text);
    }
  } else if (name in element && PROPERTIES.has(name)) {
    Object.assign(element, { [name]: value ?? "" });
  } else if (value === undefined || value === null) {
    element.removeAttribute(name);
  } else {
    element.setAttribute(name, String(value));
  }
}

/** What an attribute cannot say: what the person may have changed, or what it says by being there. */
const PROPERTIES = new Set(["value", "disabled"]);

function setHandler(element: Host, type: string, handler: Handlers[string]): void {
  element[HANDLERS] ??= {};
  const handlers = element[HANDLERS];
  if (!(type in handlers)) {
    element.addEventListener(type, (event) => handlers[type]?.(event));
  }
  handlers[type] = handler;
}
