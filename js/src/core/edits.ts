import type { Annotation } from "./annotation.ts";
import {
  declareClipAttributes,
  renameAttribute,
  setAttribute,
  setClipAttribute,
} from "./edits/attributes.ts";
import { addEvent, removeEvent, setEvent } from "./edits/events.ts";
import { mergeTracks, splitTrack, swapTracks } from "./edits/identity.ts";
import { moveKeyframe, removeKeyframe, setKeyframe } from "./edits/keyframes.ts";
import { addLabel, editLabel, removeLabel, renameLabel, setLabel } from "./edits/labels.ts";
import { setNote } from "./edits/notes.ts";
import { setHold, setOccluded, setOutside } from "./edits/ranges.ts";
import { propagate, shiftTrack, trimTrack } from "./edits/spans.ts";
import { addTrack, removeTrack, setGroup, setTrackId } from "./edits/tracks.ts";
import type { Edit } from "./edits/wire.ts";
import { AnnotationError, EditError } from "./errors.ts";

export type * from "./edits/wire.ts";

/** The annotation after an edit; throws EditError when the edit does not suit it. */
export function applyEdit(annotation: Annotation, edit: Edit): Annotation {
  try {
    return apply(annotation, edit);
  } catch (error) {
    if (error instanceof AnnotationError && !(error instanceof EditError)) {
      throw new EditError(error.message, { cause: error });
    }
    throw error;
  }
}

function apply(annotation: Annotation, edit: Edit): Annotation {
  switch (edit.kind) {
    case "add_track":
      return addTrack(annotation, edit);
    case "remove_track":
      return removeTrack(annotation, edit);
    case "set_keyframe":
      return setKeyframe(annotation, edit);
    case "remove_keyframe":
      return removeKeyframe(annotation, edit);
    case "set_outside":
      return setOutside(annotation, edit);
    case "set_occluded":
      return setOccluded(annotation, edit);
    case "set_hold":
      return setHold(annotation, edit);
    case "set_label":
      return setLabel(annotation, edit);
    case "set_attribute":
      return setAttribute(annotation, edit);
    case "split_track":
      return splitTrack(annotation, edit);
    case "merge_tracks":
      return mergeTracks(annotation, edit);
    case "swap_tracks":
      return swapTracks(annotation, edit);
    case "shift_track":
      return shiftTrack(annotation, edit);
    case "trim_track":
      return trimTrack(annotation, edit);
    case "add_label":
      return addLabel(annotation, edit);
    case "edit_label":
      return editLabel(annotation, edit);
    case "rename_label":
      return renameLabel(annotation, edit);
    case "remove_label":
      return removeLabel(annotation, edit);
    case "rename_attribute":
      return renameAttribute(annotation, edit);
    case "move_keyframe":
      return moveKeyframe(annotation, edit);
    case "propagate":
      return propagate(annotation, edit);
    case "set_track_id":
      return setTrackId(annotation, edit);
    case "set_group":
      return setGroup(annotation, edit);
    case "set_note":
      return setNote(annotation, edit);
    case "add_event":
      return addEvent(annotation, edit);
    case "set_event":
      return setEvent(annotation, edit);
    case "remove_event":
      return removeEvent(annotation, edit);
    case "set_clip_attribute":
      return setClipAttribute(annotation, edit);
    case "declare_clip_attributes":
      return declareClipAttributes(annotation, edit);
    case "batch":
      if (edit.edits.length === 0) {
        throw new EditError("edits is empty: a batch has at least one edit");
      }
      return edit.edits.reduce(applyEdit, annotation);
  }
}

/** What an edit does in a few words, for the undo button: "box of #2 at 132". */
export function describe(edit: Edit): string {
  switch (edit.kind) {
    case "add_track":
      return `new ${edit.track.label} #${edit.track.id}`;
    case "remove_track":
      return `removal of #${edit.track}`;
    case "set_keyframe":
      return `box of #${edit.track} at ${edit.frame}`;
    case "remove_keyframe":
      return `removal of keyframe ${edit.frame} of #${edit.track}`;
    case "set_outside":
      return `${edit.outside === false ? "inside" : "outside"} of #${edit.track} ${range(edit)}`;
    case "set_occluded":
      return `${edit.occluded === false ? "visible" : "occluded"} of #${edit.track} ${range(edit)}`;
    case "set_hold":
      return `${edit.hold === false ? "motion" : "hold"} of #${edit.track} ${range(edit)}`;
    case "set_label":
      return `label of #${edit.track}: ${edit.label}`;
    case "set_attribute":
      return `${edit.name} of #${edit.track}`;
    case "split_track":
      return `split of #${edit.track} at ${edit.frame}`;
    case "merge_tracks":
      return `merge of #${edit.track} and #${edit.other}`;
    case "swap_tracks":
      return `swap of #${edit.track} and #${edit.other} at ${edit.frame}`;
    case "shift_track":
      return `shift of #${edit.track} by ${edit.by}`;
    case "trim_track":
      return `trim of #${edit.track} ${range(edit)}`;
    case "add_label":
      return `label ${edit.label.name}`;
    case "edit_label":
      return `change of label ${edit.label.name}`;
    case "rename_label":
      return `new name of label ${edit.label}: ${edit.name}`;
    case "remove_label":
      return `removal of label ${edit.label}${edit.into === undefined ? "" : `, into ${edit.into}`}`;
    case "rename_attribute":
      return `new name of ${edit.attribute} of ${edit.label}: ${edit.name}`;
    case "move_keyframe":
      return `keyframe ${edit.frame} of #${edit.track} to ${edit.to}`;
    case "propagate":
      return `box of #${edit.track} at ${edit.frame} kept ${range({ start: edit.frame, ...edit })}`;
    case "set_track_id":
      return `id of #${edit.track}: #${edit.id}`;
    case "set_group":
      return `${edit.group ? `group ${edit.group}` : "ungrouping"} of ${named(edit.tracks)}`;
    case "set_note":
      return `note ${edit.track === undefined ? `at ${edit.frame}` : `on #${edit.track}`}`;
    case "add_event":
      return `new ${edit.event.label} event`;
    case "set_event":
      return `change of event ${edit.event.id}`;
    case "remove_event":
      return `removal of event ${edit.event}`;
    case "set_clip_attribute":
      return `${edit.name} of the clip`;
    case "declare_clip_attributes":
      return "attributes of the clip";
    case "batch":
      return edit.edits.length === 1
        ? edit.edits.map(describe).join()
        : `${edit.edits.length} edits`;
  }
}

function named(tracks: readonly number[]): string {
  return tracks.length > 3 ? `${tracks.length} tracks` : tracks.map((id) => `#${id}`).join(", ");
}

function range({ start, stop }: { readonly start: number; readonly stop?: number }): string {
  return stop === undefined ? `from ${start}` : `in ${start} to ${stop - 1}`;
}
