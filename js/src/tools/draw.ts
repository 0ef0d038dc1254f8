import { batch } from "@preact/signals-core";
import type { Box } from "../core/shapes/box.ts";
import type { Store } from "../store/store.ts";
import { commitDraft, draftLabel, lifetimeText } from "./create.ts";
import { between, type Gesture, hasMoved, type Press } from "./gesture.ts";
import { touches } from "./place.ts";

/** A drawn box must be this large in both directions, in css px: less is a slip of the hand. */
const SMALLEST = 4;

/** Draw a box from corner to corner: a new track with the chosen label, or the selected one's box. */
export function pressDraw(store: Store, from: Press): Gesture {
  const { view } = store;
  if (draftLabel(store) === null) {
    store.notify("warning", "No labels. Pass labels=[...] or type one in the list of labels.");
    return { move() {}, finish() {}, cancel() {} };
  }
  const cancel = () => {
    view.preview.value = null;
  };
  return {
    move(to) {
      if (hasMoved(from, to)) {
        const box = drawn(from, to);
        view.preview.value = { boxes: new Map(), draft: box, text: draftText(store, box) };
      }
    },
    finish(to) {
      batch(() => {
        cancel();
        const box = drawn(from, to);
        const reason = tooLittle(store, box);
        if (reason !== null) {
          store.notify("info", reason);
        } else if (commitDraft(store, box)) {
          view.tool.value = "select";
        }
      });
    },
    cancel,
  };
}

/** What is said at the pointer of a box that is being drawn: its size, and its frames where they end. */
export function draftText(store: Store, { w, h }: Box): string {
  const frames = store.view.tool.peek() === "redraw" ? "" : lifetimeText(store);
  return [`${Math.round(w)} × ${Math.round(h)}`, frames].filter(Boolean).join(", ");
}

function tooLittle({ derived }: Store, box: Box): string | null {
  if (Math.min(box.w, box.h) * derived.camera.peek().scale < SMALLEST) {
    return `Nothing drawn: a box is at least ${SMALLEST} px wide and high. Drag from corner to corner.`;
  }
  return touches(box, derived.video.peek())
    ? null
    : "Nothing drawn: the box lies outside the picture. Drag over a part of it.";
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
  const { x, y } = from.image;
  const start = to.alt ? { x: x - dx, y: y - dy } : from.image;
  return { ...between(start, { x: x + dx, y: y + dy }), rotation: 0 };
}
