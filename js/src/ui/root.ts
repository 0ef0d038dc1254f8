import type { ReadonlySignal } from "@preact/signals-core";
import type { App } from "../actions/app.ts";
import { isField, isSlider } from "../actions/focus.ts";
import { keyText } from "../actions/keymap.ts";
import { follow } from "../store/follow.ts";
import { say, type View } from "../store/view.ts";
import { STEPS } from "./stagger.ts";

/** Make an element the widget's root: its name, its focus, and what tests read from it. */
export function prepareRoot(
  { root, view, document, derived }: App,
  step: ReadonlySignal<number>,
  signal: AbortSignal,
): void {
  const tree = root.getRootNode();
  for (const element of [root, ...(tree instanceof ShadowRoot ? [tree.host as HTMLElement] : [])]) {
    element.dataset.lmSuppressShortcuts = "true";
    element.dataset.jpSuppressContextMenu = "true";
  }
  root.classList.add("br");
  root.tabIndex = -1;
  root.setAttribute("role", "region");
  followFocus(root, view.focused, signal);
  sayWarnings(view, signal);
  root.addEventListener(
    "fullscreenchange",
    () => {
      view.fullScreen.value = root.matches(":fullscreen");
    },
    { signal },
  );
  follow(signal, () => {
    root.setAttribute("aria-label", `Video annotator, ${derived.video.value.name}`);
  });
  follow(signal, () => {
    root.classList.toggle("is-focus", view.focused.value);
  });
  follow(signal, () => {
    const notice = view.notice.value;
    if (notice !== null && notice.level !== "error") {
      view.announcement.value = notice.undo
        ? `${notice.text} Undo: ${keyText({ view }, "undo")}`
        : notice.text;
    }
  });
  follow(signal, () => {
    Object.assign(root.dataset, {
      ready: view.connected.value && step.value >= STEPS,
      frame: view.frame.value,
      painted: view.painted.value,
      sharp: view.sharp.value,
      revision: document.revision.value,
      pending: document.pending.value.length,
      save: view.save.value.state,
      line: view.line.value,
    });
  });
  follow(signal, () => {
    const { here, stored } = view.ready.value;
    Object.assign(root.dataset, { here: JSON.stringify(here), stored: JSON.stringify(stored) });
  });
}

/** Say once, at opening, what is wrong with the video: an icon alone is not seen. */
function sayWarnings(view: View, signal: AbortSignal): void {
  let told = "";
  follow(signal, () => {
    const warnings = view.warnings.value;
    const text = warningText(warnings);
    if (text !== told && warnings.length > 0) {
      say(view, { level: "warning", text });
    }
    told = text;
  });
}

/** Warnings for a person to read: one, or a list with their number. */
export function warningText(warnings: readonly string[]): string {
  const [only = ""] = warnings;
  return warnings.length > 1 ? [`${warnings.length} warnings:`, ...warnings].join("\n") : only;
}

/**
 * Keys act while the focus is inside. A press puts it there: on the field that was pressed, else on
 * the root, so that a button that was clicked does not keep Space for itself, nor a slider the arrows.
 */
function followFocus(root: HTMLElement, focused: { value: boolean }, signal: AbortSignal): void {
  const on = <T extends keyof HTMLElementEventMap>(
    type: T,
    act: (event: HTMLElementEventMap[T]) => void,
  ) => root.addEventListener(type, act, { signal });
  on("focusin", () => {
    focused.value = true;
  });
  on("focusout", (event) => {
    focused.value = root.contains(event.relatedTarget as Node | null);
  });
  on("mousedown", (event) => {
    const [target] = event.composedPath();
    // A slider is not dragged where its press is prevented.
    if (!isField(target) && !isSlider(target)) {
      event.preventDefault();
    }
  });
  on("pointerdown", (event) => {
    const [target] = event.composedPath();
    if (isSlider(target)) {
      const free = () => root.focus({ preventScroll: true });
      root.ownerDocument.addEventListener("pointerup", free, { once: true, signal });
      return;
    }
    const { activeElement } = root.getRootNode() as Document | ShadowRoot;
    // An open menu keeps the focus while one of its rows is pressed, else it would close under the press.
    const owner = activeElement?.closest(".menu") ?? activeElement;
    const taken = owner !== root && owner?.contains(target as Node);
    if (!isField(target) && !(taken && root.contains(activeElement))) {
      root.focus({ preventScroll: true });
    }
  });
}
