import { type Span, spans, type Track } from "./track.ts";

/** The ranges on which at least one of the tracks is present, in order and apart from each other. */
export function coverage(tracks: Iterable<Track>, frameCount: number): Span[] {
  const all = [...tracks].flatMap((track) => spans(track, frameCount));
  all.sort((a, b) => a.start - b.start);
  const joined: Span[] = [];
  for (const span of all) {
    const last = joined.at(-1);
    if (last === undefined || span.start > last.stop) {
      joined.push(span);
    } else if (span.stop > last.stop) {
      joined[joined.length - 1] = { start: last.start, stop: span.stop };
    }
  }
  return joined;
}

/** The ranges that lie between ranges which are in order and apart, up to the end of the clip. */
export function gaps(covered: readonly Span[], frameCount: number): Span[] {
  const edges = [0, ...covered.flatMap(({ start, stop }) => [start, stop]), frameCount];
  return Array.from({ length: edges.length / 2 }, (_, index) => ({
    start: edges[2 * index] ?? 0,
    stop: edges[2 * index + 1] ?? 0,
  })).filter(({ start, stop }) => start < stop);
}

/** The first frame after `frame` that lies in one of the ranges, null when there is none. */
export function frameAfter(ranges: readonly Span[], frame: number): number | null {
  const found = ranges.find(({ stop }) => stop > frame + 1);
  return found === undefined ? null : Math.max(found.start, frame + 1);
}

/** The last frame before `frame` that lies in one of the ranges, null when there is none. */
export function frameBefore(ranges: readonly Span[], frame: number): number | null {
  const found = ranges.findLast(({ start }) => start < frame);
  return found === undefined ? null : Math.min(found.stop, frame) - 1;
}
