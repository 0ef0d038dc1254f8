import type { Annotation } from "../core/annotation.ts";
import type { Edit } from "../core/edits.ts";
import { geometryAt } from "../core/interpolate.ts";
import { indexAt, keyframeOf } from "../core/keyframes.ts";
import { boxToJson } from "../core/shapes/box.ts";
import { type Span, spans, startOf, type Track } from "../core/track.ts";
import type { Marks } from "../store/view.ts";
import type { End } from "./hit.ts";

/** What letting go would do: nothing while `edit` is null; `text` is shown at the pointer. */
export type Proposal = {
  edit: Edit | null;
  text: string;
  /** The keyframes that are selected after it. */
  marks?: Marks;
};

/** Limits, both included. */
type Limits = { low: number; high: number };

/** Move keyframes, each no further than its neighbours that stay. */
export function moveMarks(
  annotation: Annotation,
  marks: Marks,
  held: number,
  wanted: number,
): Proposal {
  const tracks = tracksOf(annotation, marks.keys());
  const count = annotation.video.frame_count;
  const all = tracks.map((track) => moveLimits(track, marks.get(track.id) ?? new Set(), count));
  const by = clamp(wanted, common(all));
  const order = (frames: Iterable<number>) => [...frames].sort((a, b) => (by > 0 ? b - a : a - b));
  const edits = tracks.flatMap((track) =>
    order(marks.get(track.id) ?? []).map(
      (frame): Edit => ({ kind: "move_keyframe", track: track.id, frame, to: frame + by }),
    ),
  );
  const text = `${held} to ${held + by}`;
  return { edit: by === 0 ? null : oneOf(edits), text, marks: shifted(marks, by) };
}

/** Copy keyframes, as far as the clip goes. */
export function copyMarks(
  annotation: Annotation,
  marks: Marks,
  held: number,
  wanted: number,
): Proposal {
  const last = annotation.video.frame_count - 1;
  const frames = [...marks.values()].flatMap((set) => [...set]);
  const by = clamp(wanted, { low: -Math.min(...frames), high: last - Math.max(...frames) });
  const edits = tracksOf(annotation, marks.keys()).flatMap((track) =>
    [...(marks.get(track.id) ?? [])].map((frame) => copied(track, frame, frame + by)),
  );
  const text = `copy of ${held} to ${held + by}`;
  return { edit: by === 0 ? null : oneOf(edits), text, marks: shifted(marks, by) };
}

/** Remove keyframes, and tracks of which none would be left; null when there is nothing to remove. */
export function removeMarks(annotation: Annotation, marks: Marks): Edit | null {
  const edits = tracksOf(annotation, marks.keys()).flatMap(({ id: track, keyframes }): Edit[] => {
    const going = marks.get(track) ?? new Set();
    const { frames, outside } = keyframes;
    return frames.every((frame, index) => outside[index] === 1 || going.has(frame))
      ? [{ kind: "remove_track", track }]
      : [...going].map((frame) => ({ kind: "remove_keyframe", track, frame }));
  });
  return edits.length === 0 ? null : oneOf(edits);
}

/** Put a keyframe on a frame without moving the box. */
export function addMark({ id, keyframes }: Track, frame: number): Edit {
  const box = boxToJson(geometryAt(keyframes, frame));
  return { kind: "set_keyframe", track: id, frame, box };
}

/** Move whole tracks in time, as far as the clip goes. */
export function shiftTracks(
  annotation: Annotation,
  ids: Iterable<number>,
  wanted: number,
): Proposal {
  const last = annotation.video.frame_count - 1;
  const tracks = tracksOf(annotation, ids);
  const limits = tracks.map(({ keyframes: { frames } }) => ({
    low: -(frames[0] ?? 0),
    high: last - (frames.at(-1) ?? last),
  }));
  const by = clamp(wanted, common(limits));
  const edits = tracks.map(({ id: track }): Edit => ({ kind: "shift_track", track, by }));
  const text = `${by < 0 ? "−" : "+"}${Math.abs(by)} frame${Math.abs(by) === 1 ? "" : "s"}`;
  return { edit: by === 0 ? null : oneOf(edits), text };
}

/** Move an end of a bar, or of an occluded range, to before the frame `wanted`. */
export function moveEnd(track: Track, end: End, frameCount: number, wanted: number): Proposal {
  const { flag, side, span } = end;
  const bars = spans(track, frameCount);
  const from = span[side];
  const to = Math.round(clamp(wanted, endLimits(end, bars, frameCount)));
  const shown = side === "start" ? [from, to] : [from - 1, to - 1];
  const text = shown.join(" to ");
  if (to === from) {
    return { edit: null, text };
  }
  const grows = to < from === (side === "start");
  const [start, upTo] = [Math.min(from, to), Math.max(from, to)];
  const stop = upTo < frameCount ? { stop: upTo } : {};
  const id = track.id;
  if (flag === "occluded") {
    return { edit: { kind: "set_occluded", track: id, start, ...stop, occluded: grows }, text };
  }
  const cut = !grows && sameStart(span, side === "start" ? bars[0] : bars.at(-1));
  const edit: Edit = cut
    ? {
        kind: "trim_track",
        track: id,
        start: side === "start" ? to : startOf(track),
        ...(side === "start" ? {} : { stop: to }),
      }
    : { kind: "set_outside", track: id, start, ...stop, outside: !grows };
  return { edit, text };
}

function endLimits({ flag, side, span }: End, bars: readonly Span[], frameCount: number): Limits {
  if (flag === "occluded") {
    const bar = bars.find(({ start, stop }) => start <= span.start && span.stop <= stop) ?? span;
    return side === "start"
      ? { low: bar.start, high: span.stop - 1 }
      : { low: span.start + 1, high: bar.stop };
  }
  const at = bars.findIndex((bar) => sameStart(bar, span));
  return side === "start"
    ? { low: bars[at - 1]?.stop ?? 0, high: span.stop - 1 }
    : { low: span.start + 1, high: bars[at + 1]?.start ?? frameCount };
}

function shifted(marks: Marks, by: number): Marks {
  const moved = (frames: ReadonlySet<number>) => new Set([...frames].map((frame) => frame + by));
  return new Map([...marks].map(([id, frames]) => [id, moved(frames)]));
}

function sameStart(a: Span, b: Span | undefined): boolean {
  return a.start === b?.start;
}

function moveLimits(
  { keyframes: { frames } }: Track,
  moving: ReadonlySet<number>,
  count: number,
): Limits {
  let low = Number.NEGATIVE_INFINITY;
  let high = Number.POSITIVE_INFINITY;
  for (const [index, frame] of frames.entries()) {
    if (!moving.has(frame)) {
      continue;
    }
    const [before, after] = [frames[index - 1] ?? -1, frames[index + 1] ?? count];
    low = moving.has(before) ? low : Math.max(low, before + 1 - frame);
    high = moving.has(after) ? high : Math.min(high, after - 1 - frame);
  }
  return { low, high };
}

function common(limits: readonly Limits[]): Limits {
  return {
    low: Math.max(...limits.map(({ low }) => low)),
    high: Math.min(...limits.map(({ high }) => high)),
  };
}

function clamp(value: number, { low, high }: Limits): number {
  return Math.max(low, Math.min(value, high));
}

function tracksOf({ tracks }: Annotation, ids: Iterable<number>): Track[] {
  return [...ids].flatMap((id) => tracks.get(id) ?? []);
}

/** The keyframe on a frame, put on another one. */
function copied({ id, keyframes }: Track, frame: number, to: number): Edit {
  const { box, score, frame: _, ...rest } = keyframeOf(keyframes, indexAt(keyframes, frame));
  const scored = score === null ? {} : { score };
  return { kind: "set_keyframe", track: id, ...rest, ...scored, frame: to, box: boxToJson(box) };
}

function oneOf(edits: readonly Edit[]): Edit {
  const [only] = edits;
  return only !== undefined && edits.length === 1 ? only : { kind: "batch", edits };
}
