import { type Course, following } from "./clock.ts";

/** Pictures a second that a display shows, about. */
const DISPLAY_RATE = 60;
/** Frames fetched around a playhead at rest: in the direction of travel, and against it. */
const AHEAD = 48;
const BEHIND = 12;

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

/** Frames around a playhead at rest in the order of their urgency: this one, then outwards from it. */
export function around(frame: number, direction: 1 | -1, count: number): number[] {
  const frames = [frame];
  for (let step = 1; step <= AHEAD; step++) {
    frames.push(frame + direction * step);
    if (step <= BEHIND) {
      frames.push(frame - direction * step);
    }
  }
  return frames.filter((other) => other >= 0 && other < count);
}
