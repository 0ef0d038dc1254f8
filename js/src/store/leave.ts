import { untracked } from "@preact/signals-core";
import { follow } from "./follow.ts";
import type { View } from "./view.ts";

/**
 * Look at another video anew when it is shown: what was chosen or begun in the one before would be done
 * to this one. `cancel` takes back what the hand is doing.
 */
export function followItem(view: View, cancel: () => void, signal: AbortSignal): void {
  let item = view.item.peek();
  follow(signal, () => {
    if (item !== view.item.value) {
      item = view.item.value;
      untracked(() => {
        cancel();
        leave(view);
      });
    }
  });
}

function leave(view: View): void {
  view.playing.value = false;
  view.range.value = null;
  view.following.value = false;
  view.camera.value = null;
  view.laneScroll.value = 0;
  view.keyframes.value = new Map();
  view.event.value = null;
  view.runs.value = new Map();
  view.pick.value = null;
  view.walking.value = null;
  view.error.value = null;
  view.underlay.value = null;
  view.hover.value = null;
  view.tip.value = null;
}
