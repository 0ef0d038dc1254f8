import { computed, untracked } from "@preact/signals-core";
import type { Camera, Point } from "../core/geometry.ts";
import { boxAt } from "../core/interpolate.ts";
import { centre } from "../core/shapes/box.ts";
import { follow } from "../store/follow.ts";
import type { Store } from "../store/store.ts";

/**
 * Keep the selected track in the middle of the stage while `view.following` is on: on every frame
 * it is on, at every zoom. An edit moves the box, not the picture under the hand.
 */
export function followSelected({ view, derived }: Store, signal: AbortSignal): void {
  const selected = computed(() => derived.selected.value?.id);
  const zoom = computed(() => derived.camera.value.scale);
  follow(signal, () => {
    selected.value;
    const frame = view.frame.value;
    const stage = view.stage.value;
    const scale = zoom.value;
    const track = view.following.value ? derived.selected.peek() : null;
    const box = track && boxAt(track, frame);
    if (box !== null) {
      untracked(() => {
        view.camera.value = centredOn(centre(box), scale, stage);
      });
    }
  });
}

function centredOn(
  { x, y }: Point,
  scale: number,
  stage: { width: number; height: number },
): Camera {
  return { scale, x: stage.width / 2 - x * scale, y: stage.height / 2 - y * scale };
}
