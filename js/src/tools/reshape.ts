import { batch } from "@preact/signals-core";
import type { Edit } from "../core/edits.ts";
import { type Box, boxToJson } from "../core/shapes/box.ts";
import { type DragOptions, dragHandle, type Handle } from "../core/shapes/handles.ts";
import type { Shape } from "../store/derived.ts";
import { commitAll, type Store } from "../store/store.ts";
import { type Gesture, hasMoved, type Press } from "./gesture.ts";
import { keepWithin, moveWithin } from "./place.ts";

/** A box never gets a side shorter than this by dragging, in picture pixels. */
const MIN_SIZE = 1;

/** Where boxes are after the pointer went from one place to another, and how it is said. */
type Change = (to: Press) => { boxes: Box[]; text: string };

/** Drag boxes together. */
export function dragBoxes(store: Store, shapes: readonly Shape[], from: Press): Gesture {
  const before = shapes.map((shape) => shape.box);
  return reshape(store, shapes, from, (to) => {
    const dx = to.image.x - from.image.x;
    const dy = to.image.y - from.image.y;
    const boxes = moveWithin(before, dx, dy, store.derived.video.peek());
    return { boxes, text: moveText(before, boxes) };
  });
}

/** Drag a handle of a box: resize it, Shift keeps its ratio, Alt its centre; or turn it, Shift in steps. */
export function dragBoxHandle(store: Store, shape: Shape, handle: Handle, from: Press): Gesture {
  return reshape(store, [shape], from, (to) => {
    const dragged = dragHandle(shape.box, handle, from.image, to.image, optionsOf(to));
    const box = keepWithin(dragged, store.derived.video.peek());
    return { boxes: [box], text: handle === "rotate" ? turnText(box) : sizeText(box) };
  });
}

/** Width and height as they are read at the pointer. */
export function sizeText({ w, h }: Box): string {
  return `${Math.round(w)} × ${Math.round(h)}`;
}

/** Rotation as it is read at the pointer. */
export function turnText({ rotation }: Box): string {
  return `${Math.round(rotation * 10) / 10}°`;
}

/** Where a moved box is; of several, how far they went. */
export function moveText(before: readonly Box[], after: readonly Box[]): string {
  const [was, now] = [before[0], after[0]];
  if (was === undefined || now === undefined) {
    return "";
  }
  return after.length === 1
    ? `x ${Math.round(now.x)}, y ${Math.round(now.y)}`
    : `${after.length} boxes by ${Math.round(now.x - was.x)}, ${Math.round(now.y - was.y)}`;
}

/** Make changed boxes keyframes of their tracks, as one edit. */
export function commitBoxes(store: Store, frame: number, boxes: ReadonlyMap<number, Box>): boolean {
  const edits = [...boxes].map(
    ([track, box]): Edit => ({ kind: "set_keyframe", track, frame, box: boxToJson(box) }),
  );
  return commitAll(store, edits);
}

/** Show the changed boxes while the pointer moves; make them keyframes when it is let go. */
function reshape(store: Store, shapes: readonly Shape[], from: Press, change: Change): Gesture {
  const { view } = store;
  const frame = view.frame.peek();
  const boxesAt = (to: Press) => {
    const { boxes, text } = change(to);
    const byTrack = shapes.flatMap(({ track }, index): [number, Box][] => {
      const box = boxes[index];
      return box ? [[track.id, box]] : [];
    });
    return { boxes: new Map(byTrack), draft: null, text };
  };
  const cancel = () => {
    view.preview.value = null;
  };
  let moved = false;
  return {
    move(to) {
      moved ||= hasMoved(from, to);
      if (moved) {
        view.preview.value = boxesAt(to);
      }
    },
    finish(to) {
      batch(() => {
        cancel();
        if (moved) {
          commitBoxes(store, frame, boxesAt(to).boxes);
        }
      });
    },
    cancel,
  };
}

function optionsOf({ shift, alt }: Press): DragOptions {
  return { ratio: shift, centre: alt, snap: shift, minSize: MIN_SIZE };
}
