import { type Annotation, withTracks } from "../annotation.ts";
import { EditError } from "../errors.ts";
import { fillFlag, indexAt, type Keyframes, put, shift } from "../keyframes.ts";
import { type AttributeStep, type Span, startOf } from "../track.ts";
import {
  after,
  before,
  checkRange,
  presentAt,
  replaceKeyframes,
  rowAt,
  trackWith,
} from "./common.ts";
import type { SetOccluded, SetOutside, ShiftTrack, TrimTrack } from "./wire.ts";

/** Make the track absent or present on a range. */
export function setOutside(annotation: Annotation, edit: SetOutside): Annotation {
  const track = trackWith(annotation, edit.track);
  const range = checkRange(annotation, edit.start, edit.stop);
  const keyframes = setFlag(annotation, track.keyframes, "outside", range, edit.outside ?? true);
  return replaceKeyframes(annotation, track, keyframes);
}

/** Make the track occluded or visible on a range. */
export function setOccluded(annotation: Annotation, edit: SetOccluded): Annotation {
  const track = trackWith(annotation, edit.track);
  const { start, stop } = checkRange(annotation, edit.start, edit.stop);
  const first = startOf(track);
  if (stop <= first) {
    throw new EditError(
      `track #${track.id} starts at ${first}: nothing of it lies in [${start}, ${stop})`,
    );
  }
  const range = { start: Math.max(start, first), stop };
  const keyframes = setFlag(annotation, track.keyframes, "occluded", range, edit.occluded ?? true);
  return replaceKeyframes(annotation, track, keyframes);
}

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

/** The rows before `stop`, and an outside one there if the object would otherwise go on. */
export function endAt(keyframes: Keyframes, stop: number): Keyframes {
  const head = before(keyframes, stop);
  return presentAt(keyframes, stop - 1)
    ? put(head, { ...rowAt(keyframes, stop), outside: true })
    : head;
}

/** Set a flag on the frames of a range; on all others it stays, as all geometry does. */
function setFlag(
  annotation: Annotation,
  keyframes: Keyframes,
  flag: "outside" | "occluded",
  { start, stop }: Span,
  on: boolean,
): Keyframes {
  const inForce = (frame: number): boolean => {
    const index = indexAt(keyframes, frame);
    return index < 0 ? flag === "outside" : keyframes[flag][index] === 1;
  };
  let result = keyframes;
  if (stop < annotation.video.frame_count && inForce(stop) !== on) {
    result = put(result, { ...rowAt(result, stop), [flag]: !on });
  }
  if (inForce(start) !== on) {
    result = put(result, { ...rowAt(result, start), [flag]: on });
  }
  const from = indexAt(result, start - 1) + 1;
  const to = indexAt(result, stop - 1) + 1;
  const changes = result[flag].subarray(from, to).some((value) => (value === 1) !== on);
  return changes ? fillFlag(result, flag, from, to, on) : result;
}
