import { indexAt } from "../core/keyframes.ts";
import { occludedSpans, type Span, spans, type Track } from "../core/track.ts";
import { centreX, frameAtX, type Scale, toX } from "./scale.ts";

/** A keyframe is hit this far from its middle, in css px. */
const REACH = 6;
/** The end of a bar is hit this far outside of it and inside of it. */
const OUTER = 4;
const INNER = 8;
/** The end of an occluded range is hit behind its keyframe, up to here. */
const OCCLUDED_END = 14;

/** One end of a bar (`outside`) or of an occluded range in it. */
export type End = {
  kind: "end";
  flag: "outside" | "occluded";
  side: "start" | "stop";
  span: Span;
};

/** What of a track's lane is under the pointer. */
export type Hit = { kind: "keyframe"; frame: number } | End | { kind: "bar" } | { kind: "gap" };

/** What of a track is at a point of its lane: its ends before its keyframes, those before its bars. */
export function hitTrack(scale: Scale, track: Track, frameCount: number, x: number): Hit {
  const present = spans(track, frameCount);
  const end = endNear(scale, present, x);
  if (end !== null) {
    return end;
  }
  const frame = keyframeNear(scale, track, x);
  if (frame !== null) {
    return { kind: "keyframe", frame };
  }
  const occluded = occludedEndNear(scale, occludedSpans(track, frameCount), x);
  if (occluded !== null) {
    return occluded;
  }
  const at = frameAtX(scale, x);
  return { kind: present.some((span) => contains(span, at)) ? "bar" : "gap" };
}

/** The keyframe whose mark is under a point, null when there is none. */
export function keyframeNear(scale: Scale, { keyframes }: Track, x: number): number | null {
  const before = indexAt(keyframes, frameAtX(scale, x));
  let nearest: number | null = null;
  let distance = REACH;
  for (const frame of keyframes.frames.subarray(Math.max(0, before), before + 2)) {
    const away = Math.abs(centreX(scale, frame) - x);
    if (away <= distance) {
      nearest = frame;
      distance = away;
    }
  }
  return nearest;
}

function endNear(scale: Scale, present: readonly Span[], x: number): End | null {
  for (const span of present) {
    const from = toX(scale, span.start);
    const to = toX(scale, span.stop);
    const inner = Math.min(INNER, (to - from) / 2);
    if (x >= from - OUTER && x <= from + inner) {
      return { kind: "end", flag: "outside", side: "start", span };
    }
    if (x >= to - inner && x <= to + OUTER) {
      return { kind: "end", flag: "outside", side: "stop", span };
    }
  }
  return null;
}

function occludedEndNear(scale: Scale, occluded: readonly Span[], x: number): End | null {
  for (const span of occluded) {
    const from = toX(scale, span.start);
    const to = toX(scale, span.stop);
    if (x < from || x > to || to - from < 2 * OCCLUDED_END) {
      continue;
    }
    if (x <= from + OCCLUDED_END || x >= to - OCCLUDED_END) {
      const side = x <= from + OCCLUDED_END ? "start" : "stop";
      return { kind: "end", flag: "occluded", side, span };
    }
  }
  return null;
}

function contains({ start, stop }: Span, frame: number): boolean {
  return frame >= start && frame < stop;
}
