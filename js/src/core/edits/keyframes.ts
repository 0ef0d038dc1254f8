import type { Annotation } from "../annotation.ts";
import { EditError } from "../errors.ts";
import { bracket, fillFlag, put, removeAt } from "../keyframes.ts";
import { boxFromJson } from "../shapes/box.ts";
import { startOf } from "../track.ts";
import { checkFrame, replaceKeyframes, rowAt, trackWith } from "./common.ts";
import type { RemoveKeyframe, SetHold, SetKeyframe } from "./wire.ts";

/** Insert or replace a keyframe. */
export function setKeyframe(annotation: Annotation, edit: SetKeyframe): Annotation {
  const track = trackWith(annotation, edit.track);
  checkFrame(annotation, edit.frame);
  const state = rowAt(track.keyframes, edit.frame);
  const started = edit.frame >= startOf(track);
  if (edit.outside && !started) {
    throw new EditError(
      `track #${track.id} starts at ${startOf(track)}: it is absent at ${edit.frame} already`,
    );
  }
  const keyframes = put(track.keyframes, {
    frame: edit.frame,
    box: boxFromJson(edit.box),
    outside: edit.outside ?? false,
    occluded: edit.occluded ?? state.occluded,
    hold: edit.hold ?? (started && state.hold),
    source: edit.source ?? "human",
    score: edit.score ?? null,
  });
  return replaceKeyframes(annotation, track, keyframes);
}

/** Remove the keyframe on a frame. */
export function removeKeyframe(annotation: Annotation, edit: RemoveKeyframe): Annotation {
  const track = trackWith(annotation, edit.track);
  const { exact, lower } = bracket(track.keyframes, edit.frame);
  if (!exact) {
    throw new EditError(`track #${track.id} has no keyframe at ${edit.frame}`);
  }
  return replaceKeyframes(annotation, track, removeAt(track.keyframes, lower));
}

/** Let the box stay, or move, from the governing keyframe on. */
export function setHold(annotation: Annotation, edit: SetHold): Annotation {
  const track = trackWith(annotation, edit.track);
  checkFrame(annotation, edit.frame);
  const { lower } = bracket(track.keyframes, edit.frame);
  if (lower < 0) {
    throw new EditError(
      `track #${track.id} starts at ${startOf(track)}: it has no keyframe at or before ${edit.frame}`,
    );
  }
  if ((track.keyframes.hold[lower] === 1) === edit.hold) {
    return annotation;
  }
  const keyframes = fillFlag(track.keyframes, "hold", lower, lower + 1, edit.hold);
  return replaceKeyframes(annotation, track, keyframes);
}
