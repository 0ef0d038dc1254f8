import type { Span } from "../core/track.ts";

/** One value a frame, NaN where there is none, with the least and the greatest of them. */
export type Signal = {
  readonly name: string;
  readonly values: Float64Array;
  readonly low: number;
  readonly high: number;
};

/** A signal of these values. */
export function signalOf(name: string, values: Float64Array): Signal {
  const known = values.filter((value) => !Number.isNaN(value));
  const low = known.reduce((least, value) => Math.min(least, value), Number.POSITIVE_INFINITY);
  const high = known.reduce((most, value) => Math.max(most, value), Number.NEGATIVE_INFINITY);
  return known.length > 0 ? { name, values, low, high } : { name, values, low: 0, high: 0 };
}

/** The ranges of frames at or above a threshold. */
export function selectedBy({ values }: Signal, threshold: number): Span[] {
  const ranges: { start: number; stop: number }[] = [];
  for (const [frame, value] of values.entries()) {
    const last = ranges.at(-1);
    if (!(value >= threshold)) {
      continue;
    }
    if (last?.stop === frame) {
      last.stop = frame + 1;
    } else {
      ranges.push({ start: frame, stop: frame + 1 });
    }
  }
  return ranges;
}

/** The frame of the greatest value in a range, the first of several. */
export function peakOf({ values }: Signal, { start, stop }: Span): number {
  let peak = start;
  for (let frame = start + 1; frame < stop; frame++) {
    if ((values[frame] ?? 0) > (values[peak] ?? 0)) {
      peak = frame;
    }
  }
  return peak;
}
