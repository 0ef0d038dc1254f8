import type { VideoInfo } from "../core/annotation.ts";
import type { Span } from "../core/track.ts";
import type { Store } from "../store/store.ts";
import type { Paints } from "./canvas.ts";
import type { Drag, Press } from "./pointer.ts";
import { frameAtX, type Scale, toX } from "./scale.ts";

/** Half the width of the hit area of the range's ends, in css px. */
const EDGE = 5;

/** A range of frames in words: "120 to 179, 60 frames, 2.40 s". */
export function rangeLabel({ start, stop }: Span, { times, fps }: VideoInfo): string {
  const end = times[stop] ?? (times.at(-1) ?? 0) + (fps > 0 ? 1 / fps : 0);
  const seconds = (end - (times[start] ?? 0)).toFixed(2);
  const frames = stop - start;
  return `${start} to ${stop - 1}, ${frames} frame${frames === 1 ? "" : "s"}, ${seconds} s`;
}

/** The frames from one to another, either way round, both included, within the clip. */
export function spanBetween(a: number, b: number, count: number): Span {
  const within = (frame: number) => Math.max(0, Math.min(frame, count - 1));
  return { start: within(Math.min(a, b)), stop: within(Math.max(a, b)) + 1 };
}

/** Select the frames from where the press began to where it goes; a click clears the range. */
export function dragRange(store: Store, scale: Scale, from: Press): Drag {
  return stretch(store, scale, frameAtX(scale, from.x));
}

/** The drag that moves the end of the range under the pointer, null when there is none. */
export function dragRangeEnd(store: Store, scale: Scale, from: Press): Drag | null {
  const range = store.view.range.peek();
  if (range === null) {
    return null;
  }
  const near = (frame: number) => Math.abs(toX(scale, frame) - from.x) <= EDGE;
  if (near(range.stop)) {
    return stretch(store, scale, range.start);
  }
  return near(range.start) ? stretch(store, scale, range.stop - 1) : null;
}

/** Whether a point is on an end of the range. */
export function isRangeEnd(range: Span | null, scale: Scale, x: number): boolean {
  const ends = range === null ? [] : [range.start, range.stop];
  return ends.some((frame) => Math.abs(toX(scale, frame) - x) <= EDGE);
}

function stretch({ view, derived }: Store, scale: Scale, fixed: number): Drag {
  const before = view.range.peek();
  const video = derived.video.peek();
  const set = (range: Span | null) => {
    view.range.value = range;
  };
  return {
    move: (to: Press) => set(spanBetween(fixed, frameAtX(scale, to.x), video.frame_count)),
    finish() {
      const range = view.range.peek();
      if (range !== null) {
        view.announcement.value = `Range ${rangeLabel(range, video)}`;
      }
    },
    click: () => set(null),
    cancel: () => set(before),
  };
}

/** Paint the range over the whole height of a canvas. */
export function paintRange(
  context: CanvasRenderingContext2D,
  paints: Paints,
  scale: Scale,
  height: number,
  range: Span | null,
): void {
  if (range === null) {
    return;
  }
  const from = toX(scale, range.start);
  const to = toX(scale, range.stop);
  context.fillStyle = paints.accent;
  context.globalAlpha = 0.14;
  context.fillRect(from, 0, to - from, height);
  context.globalAlpha = 1;
  context.fillRect(from, 0, 1, height);
  context.fillRect(to - 1, 0, 1, height);
}
