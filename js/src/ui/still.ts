import type { ReadonlySignal } from "@preact/signals-core";
import { follow } from "../store/follow.ts";

/** Milliseconds after which a page without a word from the kernel is taken to have none. */
const PATIENCE = 5000;

/**
 * Let either the widget be seen or the still picture that a notebook keeps beside it: the picture,
 * an element of the class `still`, is for a page without a kernel, where the widget knows nothing.
 */
export function standIn(
  el: HTMLElement,
  still: string,
  connected: ReadonlySignal<boolean>,
  signal: AbortSignal,
): void {
  const style = document.createElement("style");
  const timer = setTimeout(() => {
    el.hidden = !connected.peek() && document.getElementsByClassName(still).length > 0;
  }, PATIENCE);
  signal.addEventListener("abort", () => {
    clearTimeout(timer);
    style.remove();
  });
  follow(signal, () => {
    if (connected.value) {
      style.textContent = `.${still}, .jp-OutputArea-child:has(.${still}) { display: none; }`;
      document.head.append(style);
      el.hidden = false;
    }
  });
}
