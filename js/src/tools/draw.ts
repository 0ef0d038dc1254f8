import { batch } from "@preact/signals-core";
import { nextId } from "../core/annotation.ts";
import { type Box, boxToJson } from "../core/shapes/box.ts";
import type { Store } from "../store/store.ts";
import { type Gesture, hasMoved, type Press } from "./gesture.ts";

/** A drawn box must be this large in both directions, in css px: less is a slip of the hand. */
const SMALLEST = 4;

/** Draw a box from corner to corner: a new track with the chosen label, starting on this frame. */
export function pressDraw(store: Store, from: Press): Gesture {
  const { view, derived, document } = store;
  const frame = view.frame.peek();
  const label = derived.label.peek();
  if (label === null) {
    store.notify("warning", "No labels. Pass labels=[...] or type one in the list of labels.");
    return { move() {}, finish() {}, cancel() {} };
  }
  const cancel = () => {
    view.preview.value = null;
  };
  return {
    move(to) {
      if (hasMoved(from, to)) {
        view.preview.value = { track: null, box: drawn(from, to) };
      }
    },
    finish(to) {
      const box = drawn(from, to);
      const { scale } = derived.camera.peek();
      batch(() => {
        cancel();
        if (Math.min(box.w, box.h) * scale < SMALLEST) {
          return;
        }
        const id = nextId(document.annotation.peek());
        const keyframes = [{ frame, box: boxToJson(box) }];
        if (store.commit({ kind: "add_track", track: { id, label: label.name, keyframes } })) {
          view.selection.value = new Set([id]);
          view.tool.value = "select";
        }
      });
    },
    cancel,
  };
}

/** The box between two corners; Alt draws from the centre, Shift a square. */
function drawn(from: Press, to: Press): Box {
  let dx = to.image.x - from.image.x;
  let dy = to.image.y - from.image.y;
  if (to.shift) {
    const side = Math.max(Math.abs(dx), Math.abs(dy));
    dx = dx < 0 ? -side : side;
    dy = dy < 0 ? -side : side;
  }
  const origin = to.alt
    ? { x: from.image.x - dx, y: from.image.y - dy }
    : { x: from.image.x, y: from.image.y };
  const width = to.alt ? 2 * dx : dx;
  const height = to.alt ? 2 * dy : dy;
  return {
    x: Math.min(origin.x, origin.x + width),
    y: Math.min(origin.y, origin.y + height),
    w: Math.abs(width),
    h: Math.abs(height),
    rotation: 0,
  };
}
