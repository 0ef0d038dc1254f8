import { effect } from "@preact/signals-core";
import type { App } from "../actions/app.ts";
import { isField } from "../actions/focus.ts";

/** Make an element the widget's root: its name, its focus, and what tests read from it. */
export function prepareRoot({ root, store }: App, signal: AbortSignal): void {
  const tree = root.getRootNode();
  for (const element of [root, ...(tree instanceof ShadowRoot ? [tree.host as HTMLElement] : [])]) {
    element.dataset.lmSuppressShortcuts = "true";
    element.dataset.jpSuppressContextMenu = "true";
  }
  root.classList.add("br");
  root.tabIndex = -1;
  root.setAttribute("role", "region");
  followFocus(root, store.view.focused, signal);
  const { view, document, derived } = store;
  const stops = [
    effect(() => {
      root.setAttribute("aria-label", `Video annotator, ${derived.video.value.name}`);
    }),
    effect(() => {
      root.classList.toggle("is-focus", view.focused.value);
    }),
    effect(() => {
      const notice = view.notice.value;
      if (notice !== null && notice.level !== "error") {
        view.announcement.value = notice.text;
      }
    }),
    effect(() => {
      root.dataset.ready = String(view.connected.value);
      root.dataset.frame = String(view.frame.value);
      root.dataset.painted = String(view.painted.value);
    }),
    effect(() => {
      root.dataset.revision = String(document.revision.value);
      root.dataset.pending = String(document.pending.value.length);
      root.dataset.save = view.save.value.state;
    }),
  ];
  signal.addEventListener("abort", () => {
    for (const stop of stops) {
      stop();
    }
  });
}

/**
 * Keys act while the focus is inside. A press puts it there: on the field that was pressed, else on
 * the root, so that a button that was clicked does not keep Space for itself.
 */
function followFocus(root: HTMLElement, focused: { value: boolean }, signal: AbortSignal): void {
  const options = { signal };
  root.addEventListener(
    "focusin",
    () => {
      focused.value = true;
    },
    options,
  );
  root.addEventListener(
    "focusout",
    (event) => {
      focused.value = event.relatedTarget instanceof Node && root.contains(event.relatedTarget);
    },
    options,
  );
  root.addEventListener(
    "mousedown",
    (event) => {
      if (!isField(event.composedPath()[0])) {
        event.preventDefault();
      }
    },
    options,
  );
  root.addEventListener(
    "pointerdown",
    (event) => {
      const [target] = event.composedPath();
      const { activeElement } = root.getRootNode() as Document | ShadowRoot;
      const taken = activeElement !== root && activeElement?.contains(target as Node) === true;
      if (!isField(target) && !(taken && root.contains(activeElement))) {
        root.focus({ preventScroll: true });
      }
    },
    options,
  );
}
