import { AnnotationError } from "./errors.ts";

/**
 * Presentation times in seconds, from runs of equal steps between ticks: to the bit what Python has.
 * The first step leads from 0 to the first tick.
 */
export function timesOf(
  steps: Float64Array,
  counts: Int32Array,
  [numerator, denominator]: readonly [number, number],
): Float64Array {
  const times = new Float64Array(counts.reduce((sum, count) => sum + count, 0));
  let tick = 0;
  let frame = 0;
  for (const [run, step] of steps.entries()) {
    for (let left = counts[run] ?? 0; left > 0; left--) {
      tick += step;
      times[frame++] = (tick * numerator) / denominator;
    }
  }
  return times;
}

/** What a place may look like. */
const FRAME = /^\d+$/;
const SECONDS = /^(\d+(?:[.,]\d+)?) ?s$/;
const CLOCK = /^(?:(\d+):)?(\d+):(\d+(?:[.,]\d+)?)$/;

/**
 * The frame that a text names: a frame ("132"), a time ("0:05.92", "5.92s"), or a way to go from
 * the frame shown ("+10", "-2s"), which ends at the ends of the clip. Throws AnnotationError for
 * another text, and for a place that the clip does not have.
 */
export function frameNamed(text: string, times: Float64Array, frame: number): number {
  const [, sign, place = ""] = /^([+-]?)\s*(.*?)\s*$/.exec(text.trim()) ?? [];
  const way = sign === "-" ? -1 : 1;
  const last = times.length - 1;
  const count = FRAME.test(place) ? Number(place) : null;
  const seconds = secondsOf(place);
  if (sign) {
    if (count !== null) {
      return Math.max(0, Math.min(frame + way * count, last));
    }
    if (seconds !== null) {
      return frameNear(times, (times[frame] ?? 0) + way * seconds);
    }
  } else if (count !== null) {
    if (count > last) {
      throw new AnnotationError(`there is no frame ${count}: the last one is ${last}`);
    }
    return count;
  } else if (seconds !== null) {
    const end = times[last] ?? 0;
    if (seconds > end + (end - (times[0] ?? 0)) / Math.max(last, 1)) {
      throw new AnnotationError(`there is no ${text.trim()}: the last frame is at ${end} s`);
    }
    return frameNear(times, seconds);
  }
  throw new AnnotationError(
    `'${text}' is no frame and no time; 132, 0:05.92, 5.92s, +10 and -2s are`,
  );
}

/** The frame whose time is nearest; of two the earlier one. */
function frameNear(times: Float64Array, seconds: number): number {
  let low = 0;
  let high = times.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((times[middle] ?? 0) < seconds) {
      low = middle + 1;
    } else {
      high = middle;
    }
  }
  const before = times[low - 1];
  const after = times[low];
  if (before === undefined || after === undefined) {
    return before === undefined ? 0 : low - 1;
  }
  return seconds - before <= after - seconds ? low - 1 : low;
}

function secondsOf(place: string): number | null {
  const number = (digits: string | undefined) => Number((digits ?? "0").replace(",", "."));
  const plain = SECONDS.exec(place);
  if (plain) {
    return number(plain[1]);
  }
  const clock = CLOCK.exec(place);
  return clock && number(clock[1]) * 3600 + number(clock[2]) * 60 + number(clock[3]);
}
