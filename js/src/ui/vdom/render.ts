import { effect, type Signal, signal, untracked } from "@preact/signals-core";
import { type Child, type Component, Fragment, type Props, type Ref, type VNode } from "./h.ts";
import { setProps } from "./props.ts";

/** An element, a text or a component that is drawn. A component's `node` marks where it ends. */
type Instance = {
  vnode: VNode | string;
  node: Element | Text;
  children: (Instance | null)[];
  component: Running | null;
};

/** What a component keeps from one drawing to the next. */
type Running = {
  props: Signal<Props>;
  context: unknown;
  slots: unknown[];
  cursor: number;
  stops: (() => void)[];
};

const SVG = "http://www.w3.org/2000/svg";

/** The component that is being drawn, and what waits until the outermost drawing is in the page. */
let current: Running | null = null;
let depth = 0;
let afterwards: (() => void)[] = [];

/** Draw into an element and keep it up to date; the result takes it away again. */
export function render(child: Child, host: Element, context: unknown): () => void {
  const root = { type: Fragment, props: { children: child }, key: undefined };
  let drawn: (Instance | null)[] = [];
  settle(() => {
    drawn = reconcile(host, null, [], [root], context);
  });
  return () => {
    for (const instance of drawn) {
      if (instance !== null) {
        remove(instance);
      }
    }
  };
}

/** What was given to `render` as the context. */
export function useContext<T>(): T {
  return running().context as T;
}

/** A value made when the component is first drawn. */
export function useOnce<T>(make: () => T): T {
  const component = running();
  const index = component.cursor;
  component.cursor += 1;
  if (index === component.slots.length) {
    component.slots.push(untracked(make));
  }
  return component.slots[index] as T;
}

/** A place for an element that is drawn. */
export function useRef<E>(): Ref<E> {
  return useOnce(() => ({ current: null }));
}

/** Run something when the component has been drawn, each time, with its elements in the page. */
export function useAfter(run: () => void): void {
  afterwards.push(run);
}

/** Run something now, and again when a signal it reads changes, as long as the component is drawn. */
export function useEffect(run: () => undefined | (() => void)): void {
  const { stops } = running();
  useOnce(() => stops.push(effect(run)));
}

function running(): Running {
  if (current === null) {
    throw new Error("Hooks belong to a component that is being drawn.");
  }
  return current;
}

/** Bring the children that end before `end` from what is drawn to what is wanted. */
function reconcile(
  parent: Node,
  end: Node | null,
  drawn: readonly (Instance | null)[],
  wanted: readonly Child[],
  context: unknown,
): (Instance | null)[] {
  const left = new Map<unknown, Instance>();
  drawn.forEach((instance, index) => {
    if (instance !== null) {
      left.set(keyOf(instance.vnode, index), instance);
    }
  });
  const next = wanted.map((child, index) => {
    const vnode = vnodeOf(child);
    if (vnode === null) {
      return null;
    }
    const key = keyOf(vnode, index);
    const instance = left.get(key);
    if (instance === undefined || typeOf(instance.vnode) !== typeOf(vnode)) {
      return create(vnode, parent, context);
    }
    left.delete(key);
    update(instance, vnode, context);
    return instance;
  });
  for (const instance of left.values()) {
    remove(instance);
  }
  let following = end;
  for (const node of next.flatMap(nodesOf).reverse()) {
    if (node.parentNode !== parent || node.nextSibling !== following) {
      parent.insertBefore(node, following);
    }
    following = node;
  }
  return next;
}

function create(vnode: VNode | string, parent: Node, context: unknown): Instance {
  if (typeof vnode === "string") {
    const node = document.createTextNode(vnode);
    return { vnode, node, children: [], component: null };
  }
  if (typeof vnode.type !== "string") {
    return start(vnode, vnode.type, context);
  }
  const svg = vnode.type === "svg" || (parent as Element).namespaceURI === SVG;
  const node = svg ? document.createElementNS(SVG, vnode.type) : document.createElement(vnode.type);
  const children = reconcile(node, null, [], childrenOf(vnode.props), context);
  setProps(node, {}, vnode.props);
  return { vnode, node, children, component: null };
}

function start(vnode: VNode, type: Component, context: unknown): Instance {
  const node = document.createTextNode("");
  document.createDocumentFragment().append(node);
  const component: Running = {
    props: signal(vnode.props),
    context,
    slots: [],
    cursor: 0,
    stops: [],
  };
  const instance: Instance = { vnode, node, children: [], component };
  const stop = effect(() =>
    settle(() => {
      const child = drawWith(component, () => type(component.props.value));
      untracked(() => {
        const parent = node.parentNode as Node;
        instance.children = reconcile(parent, node, instance.children, listOf(child), context);
      });
    }),
  );
  component.stops.push(stop);
  return instance;
}

function drawWith(component: Running, draw: () => Child): Child {
  const outer = current;
  current = component;
  component.cursor = 0;
  try {
    return draw();
  } finally {
    current = outer;
  }
}

function update(instance: Instance, vnode: VNode | string, context: unknown): void {
  const before = instance.vnode;
  instance.vnode = vnode;
  if (typeof vnode === "string" || typeof before === "string") {
    if (vnode !== before) {
      (instance.node as Text).data = vnode as string;
    }
  } else if (instance.component !== null) {
    if (!sameProps(before.props, vnode.props)) {
      instance.component.props.value = vnode.props;
    }
  } else {
    const children = childrenOf(vnode.props);
    instance.children = reconcile(instance.node, null, instance.children, children, context);
    setProps(instance.node as Element, before.props, vnode.props);
  }
}

function remove(instance: Instance): void {
  stopAll(instance);
  for (const node of nodesOf(instance)) {
    node.remove();
  }
}

function stopAll({ component, children }: Instance): void {
  for (const stop of component?.stops ?? []) {
    stop();
  }
  for (const child of children) {
    if (child !== null) {
      stopAll(child);
    }
  }
}

/** Run what drawing left for afterwards, once the outermost drawing is done. */
function settle(draw: () => void): void {
  depth += 1;
  try {
    draw();
  } finally {
    depth -= 1;
  }
  if (depth === 0) {
    const runs = afterwards;
    afterwards = [];
    untracked(() => {
      for (const run of runs) {
        run();
      }
    });
  }
}

function nodesOf(instance: Instance | null): (Element | Text)[] {
  if (instance === null) {
    return [];
  }
  const { component, children, node } = instance;
  return component === null ? [node] : [...children.flatMap(nodesOf), node];
}

function vnodeOf(child: Child): VNode | string | null {
  if (child === null || child === undefined || typeof child === "boolean") {
    return null;
  }
  if (typeof child === "string" || typeof child === "number") {
    return String(child);
  }
  return "type" in child ? child : { type: Fragment, props: { children: child }, key: undefined };
}

function listOf(child: Child): readonly Child[] {
  return Array.isArray(child) ? child : [child as Child];
}

function childrenOf(props: Props): readonly Child[] {
  return "children" in props ? listOf(props.children as Child) : [];
}

function keyOf(vnode: VNode | string, index: number): unknown {
  return typeof vnode === "string" || vnode.key === undefined ? index : `key ${vnode.key}`;
}

function typeOf(vnode: VNode | string): unknown {
  return typeof vnode === "string" ? String : vnode.type;
}

function sameProps(before: Props, after: Props): boolean {
  const names = Object.keys(after);
  return (
    names.length === Object.keys(before).length &&
    names.every((name) => before[name] === after[name])
  );
}
