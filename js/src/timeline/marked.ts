import type { Mark } from "../store/marks.ts";
import type { Paints } from "./canvas.ts";
import { type Scale, toX } from "./scale.ts";

/** Height of the strip of what is to be looked at, in css px. */
const STRIP = 3;

/** Paint, along the upper edge, the ranges that Python wants to be looked at. */
export function paintMarked(
  context: CanvasRenderingContext2D,
  paints: Paints,
  scale: Scale,
  spans: readonly Mark[],
): void {
  context.fillStyle = paints.fg;
  for (const { start, stop } of spans) {
    const from = toX(scale, start);
    context.fillRect(from, 0, Math.max(2, toX(scale, stop) - from), STRIP);
  }
}
