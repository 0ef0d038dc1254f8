import type { Point } from "../core/geometry.ts";
import type { Store } from "../store/store.ts";
import { type Pinch, pinch } from "./look.ts";

/** Let two fingers pan and zoom. The result says whether fingers of a pinch are still down. */
export function followTouch(
  host: HTMLElement,
  store: Store,
  onPinch: () => void,
  signal: AbortSignal,
): () => boolean {
  const fingers = new Map<number, Point>();
  let running: Pinch | null = null;
  let pinched = false;
  const place = (event: PointerEvent) => {
    const { left, top } = host.getBoundingClientRect();
    fingers.set(event.pointerId, { x: event.clientX - left, y: event.clientY - top });
  };
  const on = (type: "pointerdown" | "pointermove", act: (event: PointerEvent) => void) => {
    const touch = (event: PointerEvent) => event.pointerType === "touch" && act(event);
    host.addEventListener(type, touch, { signal });
  };
  on("pointerdown", (event) => {
    place(event);
    const [a, b] = fingers.values();
    if (a && b && fingers.size === 2) {
      onPinch();
      pinched = true;
      running = pinch(store, a, b);
    }
  });
  on("pointermove", (event) => {
    if (fingers.has(event.pointerId)) {
      place(event);
      const [a, b] = fingers.values();
      if (a && b) {
        running?.move(a, b);
      }
    }
  });
  const lift = (event: PointerEvent) => {
    fingers.delete(event.pointerId);
    running = null;
    pinched &&= fingers.size > 0;
  };
  host.addEventListener("pointerup", lift, { signal });
  host.addEventListener("pointercancel", lift, { signal });
  return () => pinched;
}
