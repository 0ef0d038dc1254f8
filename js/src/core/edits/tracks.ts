import { type Annotation, withTracks } from "../annotation.ts";
import { EditError } from "../errors.ts";
import { trackFromJson } from "../json.ts";
import { checkFrame, labelWith, trackRenamed, trackWith, withEvents } from "./common.ts";
import type { AddTrack, RemoveTrack, SetGroup, SetTrackId } from "./wire.ts";

/** Add a track under a free id. */
export function addTrack(annotation: Annotation, edit: AddTrack): Annotation {
  const track = trackFromJson(edit.track);
  if (annotation.tracks.has(track.id)) {
    throw new EditError(`there is a track #${track.id} already: give a free id`);
  }
  labelWith(annotation, track.label);
  for (const frame of track.keyframes.frames) {
    checkFrame(annotation, frame);
  }
  return withTracks(annotation, [track]);
}

/** Remove a track, also from the events it takes part in. */
export function removeTrack(annotation: Annotation, edit: RemoveTrack): Annotation {
  const { id } = trackWith(annotation, edit.track);
  const freed = withEvents(annotation, (event) =>
    event.tracks.includes(id)
      ? { ...event, tracks: event.tracks.filter((other) => other !== id) }
      : event,
  );
  return withTracks(freed, [], [id]);
}

/** Give a track another id; its events follow. */
export function setTrackId(annotation: Annotation, edit: SetTrackId): Annotation {
  const track = trackWith(annotation, edit.track);
  const { id } = edit;
  if (id === track.id) {
    return annotation;
  }
  if (!Number.isSafeInteger(id) || id < 1) {
    throw new EditError(`id is ${id}, which is not a positive integer`);
  }
  if (annotation.tracks.has(id)) {
    throw new EditError(
      `there is a track #${id} already: choose a free id, or merge or swap the two`,
    );
  }
  const renamed = withEvents(annotation, trackRenamed(track.id, id));
  return withTracks(renamed, [{ ...track, id }], [track.id]);
}

/** Put tracks into a group, or take them out of any. */
export function setGroup(annotation: Annotation, edit: SetGroup): Annotation {
  const group = edit.group ?? null;
  if (group !== null && (!Number.isSafeInteger(group) || group < 1)) {
    throw new EditError(`group is ${group}, which is not a positive integer`);
  }
  if (edit.tracks.length === 0 || new Set(edit.tracks).size < edit.tracks.length) {
    throw new EditError(
      `tracks are (${edit.tracks.join(", ")}): give at least one id, and none twice`,
    );
  }
  const tracks = edit.tracks.map((id) => trackWith(annotation, id));
  const changed = tracks.filter((track) => track.group !== group);
  return changed.length === 0
    ? annotation
    : withTracks(
        annotation,
        changed.map((track) => ({ ...track, group })),
      );
}
