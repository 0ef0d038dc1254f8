import { type Course, following } from "./clock.ts";

/** Pictures a second that a display shows, about. */
const DISPLAY_RATE = 60;
/** Frames fetched around a playhead at rest: in the direction of travel, and against it. */
export const AHEAD = 48;
const BEHIND = 12;
/** Moves of a drag are alike as long as none is so many times the one before; so many more are expected. */
const LIKE = 3;
const EXPECTED = 3;

/** Seconds of the video between two frames, on average. */
export function spacing({ times }: Course): number {
  return ((times.at(-1) ?? 0) - (times[0] ?? 0)) / Math.max(1, times.length - 1) || 1;
}

/**
 * Every how many frames a picture is worth while playing: as many as the display shows, halved
 * `level` times. A power of two, so that a coarser plan is part of a finer one.
 */
export function strideOf(course: Course, level: number): number {
  const rate = course.speed / spacing(course);
  return 2 ** (Math.max(0, Math.round(Math.log2(rate / DISPLAY_RATE))) + level);
}

/** The next frames to play after this one, every `stride`-th and the course's own ends, at most `count`. */
export function upcoming(course: Course, frame: number, stride: number, count: number): number[] {
  const { span, backward } = course;
  const frames = new Set<number>();
  let at = frame;
  while (frames.size < count) {
    const next = following(course, at);
    if (next === null) {
      break;
    }
    const wrapped = backward ? next >= at : next <= at;
    if (wrapped) {
      at = next;
    } else if (backward) {
      at = Math.max(span.start, Math.floor(next / stride) * stride);
    } else {
      at = Math.min(span.stop - 1, Math.ceil(next / stride) * stride);
    }
    if (at === frame || frames.has(at)) {
      break;
    }
    frames.add(at);
  }
  return [...frames];
}

/** How far a playhead that made these two moves is expected to go with the next: on in a drag, else by one frame. */
export function strideOfMoves(before: number, move: number): number {
  const ratio = move / before;
  return ratio > 1 / LIKE && ratio < LIKE ? move : Math.sign(move);
}

/** Frames around a playhead that is moved by hand, in the order of their urgency: this one, those that a drag goes to next, then outwards from it. */
export function around(frame: number, stride: number, count: number): number[] {
  const direction = stride < 0 ? -1 : 1;
  const frames = new Set([frame]);
  for (let move = 1; move <= EXPECTED && Math.abs(stride) > 1; move++) {
    frames.add(frame + stride * move);
  }
  for (let step = 1; step <= AHEAD; step++) {
    frames.add(frame + direction * step);
    if (step <= BEHIND) {
      frames.add(frame - direction * step);
    }
  }
  return [...frames].filter((other) => other >= 0 && other < count);
}
