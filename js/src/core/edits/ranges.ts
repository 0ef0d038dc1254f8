import type { Annotation } from "../annotation.ts";
import { EditError } from "../errors.ts";
import { type Flag, fillFlag, indexAt, type Keyframes, put } from "../keyframes.ts";
import { type Span, startOf } from "../track.ts";
import { checkRange, replaceKeyframes, rowAt, trackWith } from "./common.ts";
import type { SetHold, SetOccluded, SetOutside } from "./wire.ts";

/** Make the track absent or present on a range. */
export function setOutside(annotation: Annotation, edit: SetOutside): Annotation {
  const track = trackWith(annotation, edit.track);
  const range = checkRange(annotation, edit.start, edit.stop);
  const keyframes = setFlag(annotation, track.keyframes, "outside", range, edit.outside ?? true);
  return replaceKeyframes(annotation, track, keyframes);
}

/** Make the track occluded or visible on a range. */
export function setOccluded(annotation: Annotation, edit: SetOccluded): Annotation {
  return setOnLife(annotation, edit, "occluded", edit.occluded ?? true);
}

/** Let the box stay, or move, on a range. */
export function setHold(annotation: Annotation, edit: SetHold): Annotation {
  return setOnLife(annotation, edit, "hold", edit.hold ?? true);
}

/** Set a flag on what lies of a range after the start of the track. */
function setOnLife(
  annotation: Annotation,
  edit: SetOccluded | SetHold,
  flag: "occluded" | "hold",
  on: boolean,
): Annotation {
  const track = trackWith(annotation, edit.track);
  const { start, stop } = checkRange(annotation, edit.start, edit.stop);
  const first = startOf(track);
  if (stop <= first) {
    throw new EditError(
      `track #${track.id} starts at ${first}: nothing of it lies in [${start}, ${stop})`,
    );
  }
  const range = { start: Math.max(start, first), stop };
  return replaceKeyframes(annotation, track, setFlag(annotation, track.keyframes, flag, range, on));
}

/** Set a flag on the frames of a range; on all others it stays, as all geometry does. */
function setFlag(
  annotation: Annotation,
  keyframes: Keyframes,
  flag: Flag,
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
