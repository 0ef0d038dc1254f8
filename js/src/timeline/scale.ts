import type { Span } from "../core/track.ts";

/** The window never shows fewer frames than this. */
export const MIN_FRAMES = 10;
/** Labels of the ruler stand at least this far apart, in css px. */
const LABEL_GAP = 56;

/** Maps frames to css px: frame n covers [x(n), x(n + 1)). */
export type Scale = { window: Span; width: number };

/** The left edge of a frame. */
export function toX({ window, width }: Scale, frame: number): number {
  return ((frame - window.start) / (window.stop - window.start)) * width;
}

/** The middle of a frame. */
export function centreX(scale: Scale, frame: number): number {
  return toX(scale, frame + 0.5);
}

/** The place among the frames under a point, with its fraction; not limited to the clip. */
export function frameAt({ window, width }: Scale, x: number): number {
  return window.start + (x / Math.max(width, 1)) * (window.stop - window.start);
}

/** The frame under a point, not limited to the clip. */
export function frameAtX(scale: Scale, x: number): number {
  return Math.floor(frameAt(scale, x));
}

/** A window brought into the clip: at least MIN_FRAMES long where the clip is, moved rather than cut. */
export function clampWindow({ start, stop }: Span, count: number): Span {
  const length = Math.min(Math.max(stop - start, MIN_FRAMES), Math.max(count, 1));
  const first = Math.min(Math.max(start, 0), Math.max(count - length, 0));
  return { start: first, stop: first + length };
}

/** The window made longer or shorter by a factor, one frame held in place. */
export function zoomWindow(window: Span, count: number, frame: number, factor: number): Span {
  const length = (window.stop - window.start) * factor;
  const limited = Math.min(Math.max(length, MIN_FRAMES), Math.max(count, 1));
  const share = (frame - window.start) / (window.stop - window.start);
  const start = frame - share * limited;
  return clampWindow({ start, stop: start + limited }, count);
}

/** The window moved, by whole pages, until the frame is in it. */
export function pageTo(window: Span, count: number, frame: number): Span {
  if (frame >= window.start && frame + 1 <= window.stop) {
    return window;
  }
  const length = window.stop - window.start;
  const start = frame < window.start ? frame + 1 - length : frame;
  return clampWindow({ start, stop: start + length }, count);
}

/** Ticks of the ruler: the step between labels, and between the small ticks. */
export function tickSteps({ window, width }: Scale): { label: number; tick: number } {
  const perFrame = Math.max(width, 1) / (window.stop - window.start);
  for (let decade = 1; ; decade *= 10) {
    for (const [multiple, parts] of STEPS) {
      const label = multiple * decade;
      if (label * perFrame >= LABEL_GAP) {
        return { label, tick: Math.max(1, label / parts) };
      }
    }
  }
}

const STEPS = [
  [1, 1],
  [2, 2],
  [5, 5],
] as const;
