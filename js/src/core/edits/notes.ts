import { type Annotation, withTracks } from "../annotation.ts";
import { EditError } from "../errors.ts";
import { checkFrame, trackWith } from "./common.ts";
import type { SetNote } from "./wire.ts";

/** Write a note on a track or on a frame. */
export function setNote(annotation: Annotation, { text, track: id, frame }: SetNote): Annotation {
  if (id !== undefined && frame === undefined) {
    const track = trackWith(annotation, id);
    return text === track.note ? annotation : withTracks(annotation, [{ ...track, note: text }]);
  }
  if (id !== undefined || frame === undefined) {
    throw new EditError(
      `a note is on a track or on a frame, not on track ${id} and frame ${frame}: give one of the two`,
    );
  }
  checkFrame(annotation, frame);
  if (text === (annotation.notes.get(frame) ?? "")) {
    return annotation;
  }
  const notes = [...annotation.notes].filter(([at]) => at !== frame);
  if (text !== "") {
    notes.push([frame, text]);
  }
  return { ...annotation, notes: new Map(notes.sort(([a], [b]) => a - b)) };
}
