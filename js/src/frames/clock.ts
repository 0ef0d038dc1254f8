import type { VideoInfo } from "../core/annotation.ts";
import type { Span } from "../core/track.ts";
import type { View } from "../store/view.ts";

/** What is played, and how: `speed` seconds of video in a second, either way, once or round and round. */
export type Course = {
  times: Float64Array;
  /** Whole frames of the clip, at least one. */
  span: Span;
  speed: number;
  backward: boolean;
  loop: boolean;
};

/** Seconds that adding up times may be wrong by. */
const TINY = 1e-9;

/** The course a view is set to: all of the clip, or round the range selected, else round the window. */
export function courseOf(view: View, { times }: VideoInfo): Course {
  const loop = view.loop.value;
  const span = loop ? (view.range.value ?? view.window.value) : { start: 0, stop: times.length };
  const start = Math.max(0, Math.min(Math.ceil(span.start), times.length - 1));
  const stop = Math.max(start + 1, Math.min(Math.floor(span.stop), times.length));
  const [speed, backward] = [view.speed.value, view.backward.value];
  return { times, span: { start, stop }, speed, backward, loop };
}

/** The frame played after this one, its neighbour; null at the end of a course that does not loop. */
export function following({ span, backward, loop }: Course, frame: number): number | null {
  const next = backward ? frame - 1 : frame + 1;
  if (next >= span.start && next < span.stop) {
    return next;
  }
  return loop ? (backward ? span.stop - 1 : span.start) : null;
}

/** Tells which frame is due: it shows `frame` at one moment of the page, and each frame for its own time from there on. */
export class Clock {
  readonly #course: Course;
  readonly #page: number;
  /** Where the course begins and ends in seconds of the video, and where the clock was started. */
  readonly #low: number;
  readonly #high: number;
  readonly #from: number;

  /** Start it at a frame of the course; `page` is in seconds. */
  constructor(course: Course, frame: number, page: number) {
    const { times, span, backward } = course;
    this.#course = course;
    this.#page = page;
    this.#low = times[span.start] ?? 0;
    this.#high = endOf(times, span.stop - 1);
    this.#from = backward ? endOf(times, frame) : (times[frame] ?? 0);
  }

  /** The frame that is due at a moment of the page. */
  due(page: number): number {
    const { times, span, backward } = this.#course;
    const played = this.#played(page);
    const frame = backward
      ? frameAt(times, this.#high - played - TINY)
      : frameAt(times, this.#low + played + TINY);
    return Math.max(span.start, Math.min(frame, span.stop - 1));
  }

  /** Whether the last frame has had its time. */
  isOver(page: number): boolean {
    return !this.#course.loop && this.#played(page) >= this.#high - this.#low;
  }

  /** Seconds of the video from the end where the course begins, less than its length if it loops. */
  #played(page: number): number {
    const { speed, backward, loop } = this.#course;
    const before = backward ? this.#high - this.#from : this.#from - this.#low;
    const played = before + Math.max(0, page - this.#page) * speed;
    return loop ? played % (this.#high - this.#low) : played;
  }
}

/** When a frame gives way to the next one; the last frame takes as long as the one before it. */
function endOf(times: Float64Array, frame: number): number {
  const start = times[frame] ?? 0;
  return times[frame + 1] ?? 2 * start - (times[frame - 1] ?? start - 1);
}

/** The frame on show at a moment: the last whose time is not after it. */
export function frameAt(times: Float64Array, moment: number): number {
  let low = 0;
  let high = times.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((times[middle] ?? Number.POSITIVE_INFINITY) <= moment) {
      low = middle;
    } else {
      high = middle - 1;
    }
  }
  return low;
}
