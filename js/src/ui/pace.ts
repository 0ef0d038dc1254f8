import { computed } from "@preact/signals-core";
import { options } from "preact";
import { useLayoutEffect } from "preact/hooks";
import { follow } from "../store/follow.ts";
import type { View } from "../store/view.ts";
import { useApp } from "./chrome.ts";

/** So long the chrome waits at most for a playhead that moves on, in milliseconds. */
const PATIENCE = 200;

/** Whether a playhead has moved, or a document or the first picture has come, since this was looked at. */
let moved = false;

/**
 * Draw the chrome, of all widgets of the page, in refreshes that the playhead leaves free: where it moves
 * the canvases follow at once, what is written beside them in the refresh after.
 */
export function paceChrome(
  { frame, painted, snapshots }: Pick<View, "frame" | "painted" | "snapshots">,
  signal: AbortSignal,
): void {
  const begun = computed(() => painted.value >= 0);
  options.debounceRendering = (draw) => queueMicrotask(() => drawInTurn(draw));
  follow(signal, () => {
    frame.value;
    snapshots.value;
    begun.value;
    moved = true;
  });
  moved = false; // What a view opens with has steps of its own, see stagger.
}

function drawInTurn(draw: () => void): void {
  const begun = performance.now();
  const look = () => {
    const waits = moved && performance.now() - begun < PATIENCE;
    moved = false;
    if (waits) {
      // The first is of the refresh in which it moved.
      requestAnimationFrame(() => requestAnimationFrame(look));
    } else {
      draw();
    }
  };
  look();
}

/** Publishes on the root of which frame the chrome tells: it may come after the picture. */
export function Told() {
  const { root, view } = useApp();
  const frame = view.frame.value;
  useLayoutEffect(() => {
    root.dataset.told = String(frame);
  }, [root, frame]);
  return null;
}
