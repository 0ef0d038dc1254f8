import type { Edit, SetKeyframe, SetOccluded, SetOutside } from "../core/edits.ts";
import { geometryAt, stateAt } from "../core/interpolate.ts";
import type { Flag } from "../core/keyframes.ts";
import { boxToJson } from "../core/shapes/box.ts";
import { spans, startOf, type Track } from "../core/track.ts";

/** What a box is on a frame. */
export type BoxState = "visible" | "occluded" | "outside";

/** The state that the panel shows. */
export function boxStateAt(track: Track, frame: number): BoxState {
  const { present, occluded } = stateAt(track, frame);
  return !present ? "outside" : occluded ? "occluded" : "visible";
}

/** Turn occlusion round from a frame up to where it next changes by itself. */
export function toggleOccluded(track: Track, frame: number): SetOccluded {
  const { occluded } = stateAt(track, frame);
  const stop = nextChange(track, "occluded", frame, occluded);
  return { kind: "set_occluded", track: track.id, start: frame, ...stop, occluded: !occluded };
}

/** Turn presence round from a frame up to where it next changes by itself. */
export function toggleOutside(track: Track, frame: number): SetOutside {
  const { present } = stateAt(track, frame);
  const stop = nextChange(track, "outside", frame, !present);
  return { kind: "set_outside", track: track.id, start: frame, ...stop, outside: present };
}

/** The edit that brings a box into a state on a frame, null when it is in it. */
export function intoState(track: Track, frame: number, state: BoxState): Edit | null {
  const now = stateAt(track, frame);
  const edits: Edit[] = [];
  if (now.present === (state === "outside")) {
    edits.push(toggleOutside(track, frame));
  }
  if (state !== "outside" && now.occluded !== (state === "occluded")) {
    edits.push(toggleOccluded(track, frame));
  }
  const [only] = edits;
  return edits.length > 1 ? { kind: "batch", edits } : (only ?? null);
}

/** Let a track start on a frame: cut what is before it, or stretch it; null when it starts there. */
export function startingAt(track: Track, frame: number): Edit | null {
  const start = startOf(track);
  if (frame === start) {
    return null;
  }
  return frame > start
    ? { kind: "trim_track", track: track.id, start: frame }
    : { kind: "set_outside", track: track.id, start: frame, stop: start, outside: false };
}

/** Let a frame be the last of a track: cut what is after it, or stretch it; null when it is the last. */
export function endingAt(track: Track, frame: number, frameCount: number): Edit | null {
  const stop = endOf(track, frameCount);
  if (frame === stop - 1) {
    return null;
  }
  return frame < stop
    ? { kind: "trim_track", track: track.id, start: startOf(track), stop: frame + 1 }
    : { kind: "set_outside", track: track.id, start: stop, stop: frame + 1, outside: false };
}

/** One past the last frame that a track is present on. */
export function endOf(track: Track, frameCount: number): number {
  return spans(track, frameCount).at(-1)?.stop ?? startOf(track);
}

/** Put a keyframe on a frame without moving the box; on a machine's keyframe it is the confirmation. */
export function keyframeAt(track: Track, frame: number): SetKeyframe {
  const box = boxToJson(geometryAt(track.keyframes, frame));
  return { kind: "set_keyframe", track: track.id, frame, box };
}

/** Where a flag that is `now` on a frame changes next, nothing when it never does. */
export function nextChange(
  { keyframes }: Track,
  flag: Flag,
  frame: number,
  now: boolean,
): { stop?: number } {
  const next = keyframes.frames.findIndex(
    (at, index) => at > frame && (keyframes[flag][index] === 1) !== now,
  );
  const stop = keyframes.frames[next];
  return stop === undefined ? {} : { stop };
}
