import type { Store } from "../store/store.ts";
import { pressOf } from "./pointer.ts";
import { frameAtX, type Scale } from "./scale.ts";

/** Tell which frame the pointer is over, of a host that shows frames along its width. */
export function followPeek(
  host: HTMLElement,
  { view, derived }: Store,
  scaleOf: (width: number) => Scale,
  signal: AbortSignal,
): void {
  const move = (event: PointerEvent) => {
    const { x } = pressOf(event, host);
    const frame = frameAtX(scaleOf(host.clientWidth), x);
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
