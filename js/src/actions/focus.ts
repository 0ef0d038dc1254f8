/** Whether the element takes typed text, or letters to choose by. */
export function isField(target: EventTarget | null | undefined): boolean {
  return target instanceof Element && target.matches(FIELDS);
}

const FIELDS = "input:not([type=checkbox], [type=range]), select, textarea";

/** Whether the element is a slider, which has the arrow keys of its own. */
export function isSlider(target: EventTarget | null | undefined): boolean {
  return target instanceof Element && target.matches("input[type=range]");
}

/** Put the keyboard into the field of that name, if it is there. */
export function enterField(root: HTMLElement, name: string): void {
  const inputs = [...root.querySelectorAll("input")];
  inputs.find((input) => input.getAttribute("aria-label") === name)?.focus();
}

/** Give the keyboard back to the cell that the widget stands in. */
export function leave(root: HTMLElement): void {
  const tree = root.getRootNode();
  const outer = tree instanceof ShadowRoot ? tree.host : root;
  const cell = outer.closest<HTMLElement>(".jp-Cell, .jp-Notebook");
  cell?.focus({ preventScroll: true });
  const active = (tree as Document | ShadowRoot).activeElement;
  if (active instanceof HTMLElement && root.contains(active)) {
    active.blur();
  }
}
