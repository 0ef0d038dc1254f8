import { boxOf, bracket, frameOf, indexAt, type Keyframes } from "./keyframes.ts";
import { type Box, interpolateBox } from "./shapes/box.ts";
import type { Track } from "./track.ts";

/** What a track is like on a frame, besides its box. */
export interface State {
  readonly present: boolean;
  readonly occluded: boolean;
  readonly hold: boolean;
  /** Index of the governing keyframe, the last one at or before the frame; -1 before the first. */
  readonly index: number;
  /** Whether the governing keyframe is on the frame itself. */
  readonly exact: boolean;
}

/** The box of a track on a frame, null where it is absent. */
export function boxAt(track: Track, frame: number): Box | null {
  const lower = indexAt(track.keyframes, frame);
  return track.keyframes.outside[lower] === 0 ? between(track.keyframes, frame, lower) : null;
}

/** What is seen of a track on a frame, null where it is absent. */
export function seenAt(
  { keyframes }: Track,
  frame: number,
): { box: Box; occluded: boolean; keyframe: boolean } | null {
  const { exact, lower } = bracket(keyframes, frame);
  return keyframes.outside[lower] === 0
    ? {
        box: between(keyframes, frame, lower),
        occluded: keyframes.occluded[lower] === 1,
        keyframe: exact,
      }
    : null;
}

/** The geometry on a frame whether present or not; before the first keyframe it is that one's. */
export function geometryAt(keyframes: Keyframes, frame: number): Box {
  return between(keyframes, frame, Math.max(0, indexAt(keyframes, frame)));
}

/** What a track is like on a frame; all false before its first keyframe. */
export function stateAt(track: Track, frame: number): State {
  const { exact, lower } = bracket(track.keyframes, frame);
  const { outside, occluded, hold } = track.keyframes;
  return {
    present: outside[lower] === 0,
    occluded: occluded[lower] === 1,
    hold: hold[lower] === 1,
    index: lower,
    exact,
  };
}

function between(keyframes: Keyframes, frame: number, lower: number): Box {
  const box = boxOf(keyframes, lower);
  const start = frameOf(keyframes, lower);
  const stop = keyframes.frames[lower + 1];
  if (frame <= start || stop === undefined || keyframes.hold[lower] === 1) {
    return box;
  }
  return interpolateBox(box, boxOf(keyframes, lower + 1), (frame - start) / (stop - start));
}
