import { toImage } from "../core/geometry.ts";
import { bounds } from "../core/shapes/box.ts";
import { keepInSight, pan, zoomAt, zoomToRect } from "../stage/camera.ts";
import { wheelZoom } from "../stage/wheel.ts";
import type { Shape } from "../store/derived.ts";
import type { Store } from "../store/store.ts";
import type { Gesture, Press } from "./gesture.ts";

/** Drag the picture; a press that does not move is left to `click`. */
export function pressPan(store: Store, from: Press, click: Gesture | null): Gesture {
  const { view, derived } = store;
  const before = derived.camera.peek();
  const own = view.camera.peek();
  const following = view.following.peek();
  return {
    move(to) {
      view.following.value = false;
      const moved = pan(before, to.point.x - from.point.x, to.point.y - from.point.y);
      view.camera.value = keepInSight(moved, view.stage.peek(), derived.video.peek());
    },
    finish(to) {
      click?.finish(to);
    },
    cancel() {
      view.camera.value = own;
      view.following.value = following;
    },
  };
}

/** Two fingers: what is between them stays between them. */
export type Pinch = { move(a: Press["point"], b: Press["point"]): void };

/** Begin to pan and zoom with two fingers. */
export function pinch({ view, derived }: Store, a: Press["point"], b: Press["point"]): Pinch {
  const before = derived.camera.peek();
  const held = toImage(before, middle(a, b));
  const apart = Math.max(distance(a, b), 1);
  return {
    move(c, d) {
      view.following.value = false;
      const at = middle(c, d);
      const { scale } = zoomAt(before, at, distance(c, d) / apart);
      const camera = { scale, x: at.x - held.x * scale, y: at.y - held.y * scale };
      view.camera.value = keepInSight(camera, view.stage.peek(), derived.video.peek());
    },
  };
}

/** Zoom at the pointer; only while the keys are on, so that the page can be scrolled past the widget. */
export function zoomByWheel(event: WheelEvent, { view, derived }: Store, point: Press["point"]) {
  if (!view.focused.peek()) {
    return;
  }
  event.preventDefault();
  const zoomed = zoomAt(derived.camera.peek(), point, wheelZoom(event));
  view.camera.value = keepInSight(zoomed, view.stage.peek(), derived.video.peek());
}

/**
 * Select and show large the box that was double-clicked. Its two clicks went through the pile: the
 * box that was meant is the one that was selected before them, or by the first.
 */
export function zoomToPressed(
  { view }: Store,
  pile: readonly Shape[],
  selections: readonly ReadonlySet<number>[],
): void {
  const meant = selections.flatMap((ids) => pile.filter(({ track }) => ids.has(track.id)));
  const [shape] = [...meant, ...pile];
  if (shape) {
    view.selection.value = new Set([shape.track.id]);
    view.camera.value = zoomToRect(bounds(shape.box), view.stage.peek());
  }
}

function middle(a: Press["point"], b: Press["point"]): Press["point"] {
  return { x: (a.x + b.x) / 2, y: (a.y + b.y) / 2 };
}

function distance(a: Press["point"], b: Press["point"]): number {
  return Math.hypot(a.x - b.x, a.y - b.y);
}
