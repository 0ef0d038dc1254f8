import { signal } from "@preact/signals-core";
import { afterEach, beforeEach } from "vitest";
import { createApp } from "../actions/testing.ts";
import type { TrackJson } from "../core/json.ts";
import { renderApp } from "./App.tsx";
import { STEPS } from "./stagger.ts";

let stop = new AbortController();

beforeEach(() => {
  stop = new AbortController();
});

afterEach(() => {
  stop.abort();
  document.body.replaceChildren();
});

/** The whole chrome on a document, in the page. */
export function draw(tracks: readonly TrackJson[], width = 1120) {
  const root = document.createElement("div");
  Object.defineProperty(root, "clientWidth", { value: width });
  document.body.append(root);
  const made = createApp(tracks, root);
  const hosts = renderApp(root, made.app, signal(STEPS), stop.signal);
  const find = (role: string, name: string): HTMLElement => {
    const found = byRole(root, role).find((element) => nameOf(element) === name);
    if (found === undefined) {
      throw new Error(`No ${role} "${name}" among: ${byRole(root, role).map(nameOf).join(", ")}`);
    }
    return found;
  };
  const press = (key: string, init: KeyboardEventInit = {}) => {
    const event = new KeyboardEvent("keydown", { key, bubbles: true, cancelable: true, ...init });
    (document.activeElement ?? root).dispatchEvent(event);
    return event;
  };
  return { ...made, root, hosts, find, press, signal: stop.signal };
}

/** Let the components draw what changed, and their effects run, which is after the next frame. */
export const drawn = () =>
  new Promise((resolve) => requestAnimationFrame(() => setTimeout(() => setTimeout(resolve))));

const TAGS: Record<string, string> = { button: "button", textbox: "input", combobox: "select" };

/** The elements of a role. */
export function byRole(root: Element, role: string): HTMLElement[] {
  const tag = TAGS[role];
  const own = tag ? `${tag}:not([role]), ` : "";
  return [...root.querySelectorAll<HTMLElement>(`${own}[role=${role}]`)];
}

/** The name of an element as a screen reader says it. */
export function nameOf(element: Element): string {
  return element.getAttribute("aria-label") ?? element.textContent?.trim() ?? "";
}

/** Type into a field and finish with a key. */
export async function type(field: HTMLElement, text: string, key: "Enter" | "Escape") {
  const input = field as HTMLInputElement;
  input.focus();
  input.value = text;
  input.dispatchEvent(new Event("input", { bubbles: true }));
  input.dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true, cancelable: true }));
  await drawn();
}
