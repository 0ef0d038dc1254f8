import { type Annotation, withTracks } from "../annotation.ts";
import { EditError } from "../errors.ts";
import { trackFromJson } from "../json.ts";
import { checkLabel } from "./attributes.ts";
import { checkFrame, trackWith } from "./common.ts";
import type { AddTrack, RemoveTrack } from "./wire.ts";

/** Add a track under a free id. */
export function addTrack(annotation: Annotation, edit: AddTrack): Annotation {
  const track = trackFromJson(edit.track);
  if (annotation.tracks.has(track.id)) {
    throw new EditError(`there is a track #${track.id} already: give a free id`);
  }
  checkLabel(annotation, track.label);
  for (const frame of track.keyframes.frames) {
    checkFrame(annotation, frame);
  }
  return withTracks(annotation, [track]);
}

/** Remove a track, also from the events it takes part in. */
export function removeTrack(annotation: Annotation, edit: RemoveTrack): Annotation {
  const { id } = trackWith(annotation, edit.track);
  const events = annotation.events.map((event) =>
    event.tracks.includes(id)
      ? { ...event, tracks: event.tracks.filter((other) => other !== id) }
      : event,
  );
  return withTracks({ ...annotation, events }, [], [id]);
}
