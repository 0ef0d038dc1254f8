import { effect } from "@preact/signals-core";

/** Run something now, and again when a signal it reads changes, until the view is gone. */
export function follow(signal: AbortSignal, run: () => void): void {
  signal.addEventListener("abort", effect(run));
}
