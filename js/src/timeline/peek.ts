import { pressOf } from "./pointer.ts";
import { frameAtX } from "./scale.ts";
import type { Strip } from "./strip.ts";

/** Tell which frame the pointer is over, of a host that shows frames along its width. */
export function followPeek({ host, store, scale, signal }: Strip): void {
  const { view, derived } = store;
  const move = (event: PointerEvent) => {
    const { x } = pressOf(event, host);
    const frame = frameAtX(scale(), x);
    const inside = frame >= 0 && frame < derived.video.peek().frame_count;
    if (event.buttons !== 0 || !inside) {
      view.peek.value = null;
    } else if (view.peek.peek()?.frame !== frame) {
      view.peek.value = { frame, x };
    }
  };
  const leave = () => {
    view.peek.value = null;
  };
  host.addEventListener("pointermove", move, { signal });
  host.addEventListener("pointerdown", leave, { signal });
  host.addEventListener("pointerleave", leave, { signal });
}
