import type { Ready } from "../store/view.ts";
import type { Paints } from "./canvas.ts";
import { type Scale, toX } from "./scale.ts";

/** Height of the line, in css px. */
const LINE = 2;

/** Paint a line along the bottom: faint where the kernel has frames, full where the browser has them. */
export function paintReady(
  context: CanvasRenderingContext2D,
  paints: Paints,
  scale: Scale,
  height: number,
  { here, stored }: Ready,
): void {
  for (const [spans, alpha] of [
    [stored, 0.4],
    [here, 1],
  ] as const) {
    context.fillStyle = paints.fg3;
    context.globalAlpha = alpha;
    for (const { start, stop } of spans) {
      const from = Math.max(0, toX(scale, start));
      const to = Math.min(scale.width, toX(scale, stop));
      if (from < to) {
        context.fillRect(from, height - LINE, to - from, LINE);
      }
    }
  }
  context.globalAlpha = 1;
}
