import { follow } from "../store/follow.ts";
import { centreX } from "./scale.ts";
import type { Strip } from "./strip.ts";

/**
 * Lay a line over a strip where the playhead is. It is an element as wide as the strip: it moves with
 * each frame, and a canvas would be handed to the screen anew for it.
 */
export function layPlayhead({ host, store, signal, window }: Strip): void {
  const { view, derived } = store;
  const line = host.ownerDocument.createElement("div");
  line.className = "playhead";
  host.append(line);
  follow(signal, () => {
    view.window.value;
    derived.video.value;
    const share = centreX({ window: window(), width: 1 }, view.frame.value);
    line.style.transform = `translateX(${100 * share}%)`;
  });
  signal.addEventListener("abort", () => line.remove());
}
