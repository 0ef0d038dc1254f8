import { type Annotation, withTracks } from "../annotation.ts";
import { EditError } from "../errors.ts";
import { geometryAt } from "../interpolate.ts";
import { concat, fillFlag, type Keyframes, keyframesOf, put, shift } from "../keyframes.ts";
import type { Box } from "../shapes/box.ts";
import { type AttributeStep, startOf } from "../track.ts";
import {
  after,
  before,
  checkFrame,
  checkRange,
  presentAt,
  replaceKeyframes,
  rowAt,
  trackWith,
} from "./common.ts";
import type { Propagate, ShiftTrack, TrimTrack } from "./wire.ts";

/** Move the track in time. */
export function shiftTrack(annotation: Annotation, { track: id, by }: ShiftTrack): Annotation {
  const track = trackWith(annotation, id);
  const count = annotation.video.frame_count;
  const inClip = (frame: number) => Number.isSafeInteger(frame) && frame >= 0 && frame < count;
  const moved = (frame: number): number => {
    if (!inClip(frame + by)) {
      throw new EditError(
        `track #${id} cannot move by ${by}: frame ${frame} would leave the video of ${count} frames`,
      );
    }
    return frame + by;
  };
  if (by === 0) {
    return annotation;
  }
  track.keyframes.frames.forEach(moved);
  // A later step that arrives at frame 0 takes the place of the one there.
  const movedSteps = (steps: readonly AttributeStep[]) =>
    new Map(steps.map(([frame, value]) => [frame === 0 ? 0 : moved(frame), value]));
  const attributes = [...track.attributes].map(
    ([name, steps]) => [name, [...movedSteps(steps)]] as const,
  );
  const keyframes = shift(track.keyframes, by);
  return withTracks(annotation, [{ ...track, keyframes, attributes: new Map(attributes) }]);
}

/** Cut the track's presence to a range. */
export function trimTrack(annotation: Annotation, edit: TrimTrack): Annotation {
  const track = trackWith(annotation, edit.track);
  const { start, stop } = checkRange(annotation, edit.start, edit.stop);
  const ended =
    stop < annotation.video.frame_count ? endAt(track.keyframes, stop) : track.keyframes;
  const keyframes =
    start > startOf(track) ? put(after(ended, start), rowAt(track.keyframes, start)) : ended;
  return replaceKeyframes(annotation, track, keyframes);
}

/** Keep the box of a frame on a range. */
export function propagate(annotation: Annotation, edit: Propagate): Annotation {
  const track = trackWith(annotation, edit.track);
  checkFrame(annotation, edit.frame);
  const { start, stop } = checkRange(annotation, edit.start ?? edit.frame, edit.stop);
  const old = track.keyframes;
  if (!presentAt(old, edit.frame)) {
    throw new EditError(
      `track #${track.id} is absent at ${edit.frame}: choose a frame with a box to propagate`,
    );
  }
  const kept = { ...rowAt(old, edit.frame), frame: start, hold: true };
  const keyframes = put(headBefore(old, start, kept.box), kept);
  if (stop === annotation.video.frame_count) {
    return replaceKeyframes(annotation, track, keyframes);
  }
  const next = { ...rowAt(old, stop), outside: !presentAt(old, stop) };
  const rest = concat(keyframesOf([next]), after(old, stop));
  return replaceKeyframes(annotation, track, concat(keyframes, rest));
}

/** The rows before `stop`, and an outside one there if the object would otherwise go on. */
export function endAt(keyframes: Keyframes, stop: number): Keyframes {
  const head = before(keyframes, stop);
  return presentAt(keyframes, stop - 1)
    ? put(head, { ...rowAt(keyframes, stop), outside: true })
    : head;
}

/** The rows before a frame, such that no box before it changes when `next` follows there. */
export function headBefore(keyframes: Keyframes, frame: number, next: Box): Keyframes {
  const head = before(keyframes, frame);
  const count = head.frames.length;
  if (!presentAt(keyframes, frame - 1)) {
    return head;
  }
  const moves = count < keyframes.frames.length && head.hold[count - 1] === 0;
  if (!moves) {
    return fillFlag(head, "hold", count - 1, count, true);
  }
  return sameBox(geometryAt(keyframes, frame), next)
    ? head
    : put(head, rowAt(keyframes, frame - 1));
}

function sameBox(a: Box, b: Box): boolean {
  return a.x === b.x && a.y === b.y && a.w === b.w && a.h === b.h && a.rotation === b.rotation;
}
