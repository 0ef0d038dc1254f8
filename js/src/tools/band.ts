import type { Rect } from "../core/geometry.ts";
import { bounds } from "../core/shapes/box.ts";
import type { Store } from "../store/store.ts";
import { between, type Gesture, hasMoved, type Press } from "./gesture.ts";

/** Select what a rubber band touches; with Shift or Ctrl as well as what is selected. A click is left to `click`. */
export function pressBand(store: Store, from: Press, click: Gesture): Gesture {
  const { view, derived } = store;
  const before = view.selection.peek();
  const shapes = [...derived.resting.peek(), ...derived.active.peek()];
  const cancel = () => {
    view.band.value = null;
    view.selection.value = before;
  };
  let moved = false;
  return {
    move(to) {
      moved ||= hasMoved(from, to);
      if (moved) {
        const band = between(from.image, to.image);
        const found = shapes.filter(({ box }) => overlap(bounds(box), band));
        const kept = from.shift || from.ctrl ? before : [];
        view.band.value = band;
        view.selection.value = new Set([...kept, ...found.map(({ track }) => track.id)]);
      }
    },
    finish(to) {
      view.band.value = null;
      if (!moved) {
        click.finish(to);
      }
    },
    cancel,
  };
}

function overlap(a: Rect, b: Rect): boolean {
  return a.x <= b.x + b.w && b.x <= a.x + a.w && a.y <= b.y + b.h && b.y <= a.y + a.h;
}
