import type { Annotation } from "../annotation.ts";
import { EditError } from "../errors.ts";
import { bracket, put, removeAt } from "../keyframes.ts";
import { boxFromJson } from "../shapes/box.ts";
import { startOf, type Track } from "../track.ts";
import { checkFrame, replaceKeyframes, rowAt, trackWith } from "./common.ts";
import type { MoveKeyframe, RemoveKeyframe, SetKeyframe } from "./wire.ts";

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
  const index = keyframeAt(track, edit.frame);
  return replaceKeyframes(annotation, track, removeAt(track.keyframes, index));
}

/** Move a keyframe in time, as far as its neighbours leave room. */
export function moveKeyframe(
  annotation: Annotation,
  { track: id, frame, to }: MoveKeyframe,
): Annotation {
  const track = trackWith(annotation, id);
  const index = keyframeAt(track, frame);
  checkFrame(annotation, to);
  const { frames } = track.keyframes;
  for (const neighbour of [frames[index - 1], frames[index + 1]]) {
    if (neighbour !== undefined && (neighbour < frame !== neighbour < to || neighbour === to)) {
      throw new EditError(
        `keyframe ${frame} of track #${id} cannot move to ${to}: it would meet or pass the keyframe at ${neighbour}`,
      );
    }
  }
  return replaceKeyframes(annotation, track, {
    ...track.keyframes,
    frames: frames.map((at) => (at === frame ? to : at)),
  });
}

/** Index of the keyframe on a frame; throws EditError where there is none. */
function keyframeAt(track: Track, frame: number): number {
  const { exact, lower } = bracket(track.keyframes, frame);
  if (!exact) {
    throw new EditError(`track #${track.id} has no keyframe at ${frame}`);
  }
  return lower;
}
