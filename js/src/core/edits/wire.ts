import type { AttributeJson, EventJson, LabelJson, TrackJson } from "../json.ts";
import type { Source } from "../keyframes.ts";
import type { BoxJson } from "../shapes/box.ts";
import type { AttributeValue } from "../track.ts";

/** A new track under a free id. */
export interface AddTrack {
  readonly kind: "add_track";
  readonly track: TrackJson;
}

/** A track and everything of it goes. */
export interface RemoveTrack {
  readonly kind: "remove_track";
  readonly track: number;
}

/** A keyframe is inserted or replaced; what is not given stays as it was in force on that frame. */
export interface SetKeyframe {
  readonly kind: "set_keyframe";
  readonly track: number;
  readonly frame: number;
  readonly box: BoxJson;
  /** Not given: present, for drawing brings an absent object back. */
  readonly outside?: boolean;
  readonly occluded?: boolean;
  readonly hold?: boolean;
  readonly source?: Source;
  readonly score?: number;
}

/** The keyframe on a frame goes. */
export interface RemoveKeyframe {
  readonly kind: "remove_keyframe";
  readonly track: number;
  readonly frame: number;
}

/** The track is absent (or present) on a range; geometry and all other frames stay. */
export interface SetOutside {
  readonly kind: "set_outside";
  readonly track: number;
  readonly start: number;
  readonly stop?: number;
  readonly outside?: boolean;
}

/** The track is occluded (or visible) on a range; all other frames stay. */
export interface SetOccluded {
  readonly kind: "set_occluded";
  readonly track: number;
  readonly start: number;
  readonly stop?: number;
  readonly occluded?: boolean;
}

/** The keyframe on a frame comes to another one between its neighbours. */
export interface MoveKeyframe {
  readonly kind: "move_keyframe";
  readonly track: number;
  readonly frame: number;
  readonly to: number;
}

/** The box stays (or moves) on a range; keyframes and all other frames stay. */
export interface SetHold {
  readonly kind: "set_hold";
  readonly track: number;
  readonly start: number;
  readonly stop?: number;
  readonly hold?: boolean;
}

/** The box of `frame` is kept on a range, which begins there unless `start` is given. */
export interface Propagate {
  readonly kind: "propagate";
  readonly track: number;
  readonly frame: number;
  readonly stop?: number;
  readonly start?: number;
}

/** The track gets another id; its events follow. */
export interface SetTrackId {
  readonly kind: "set_track_id";
  readonly track: number;
  readonly id: number;
}

/** Tracks come into a group, or without one leave any. */
export interface SetGroup {
  readonly kind: "set_group";
  readonly tracks: readonly number[];
  readonly group?: number | null;
}

/** A note on a track or on a frame; an empty one goes. */
export interface SetNote {
  readonly kind: "set_note";
  readonly text: string;
  readonly track?: number;
  readonly frame?: number;
}

/** A new event under a free id. */
export interface AddEvent {
  readonly kind: "add_event";
  readonly event: EventJson;
}

/** The event of that id becomes this one. */
export interface SetEvent {
  readonly kind: "set_event";
  readonly event: EventJson;
}

/** An event goes. */
export interface RemoveEvent {
  readonly kind: "remove_event";
  readonly event: number;
}

/** Something is said of the whole clip; null clears it. */
export interface SetClipAttribute {
  readonly kind: "set_clip_attribute";
  readonly name: string;
  readonly value: AttributeValue | null;
}

/** The attributes that the clip may have; none lets it have any. */
export interface DeclareClipAttributes {
  readonly kind: "declare_clip_attributes";
  readonly attributes: readonly AttributeJson[];
}

/** The track gets another label. */
export interface SetLabel {
  readonly kind: "set_label";
  readonly track: number;
  readonly label: string;
}

/** An attribute gets a value on a range; null clears it. */
export interface SetAttribute {
  readonly kind: "set_attribute";
  readonly track: number;
  readonly name: string;
  readonly value: AttributeValue | null;
  readonly start?: number;
  readonly stop?: number;
}

/** The track ends at `frame` and goes on from there as a new one. */
export interface SplitTrack {
  readonly kind: "split_track";
  readonly track: number;
  readonly frame: number;
  /** Id of the new track; the next free one when not given. */
  readonly new_track?: number;
}

/** Two tracks that follow each other become one under the id `track`. */
export interface MergeTracks {
  readonly kind: "merge_tracks";
  readonly track: number;
  readonly other: number;
}

/** Two tracks exchange their keyframes from `frame` on. */
export interface SwapTracks {
  readonly kind: "swap_tracks";
  readonly track: number;
  readonly other: number;
  readonly frame: number;
}

/** The whole track happens `by` frames later. */
export interface ShiftTrack {
  readonly kind: "shift_track";
  readonly track: number;
  readonly by: number;
}

/** The track is present nowhere but on a range. */
export interface TrimTrack {
  readonly kind: "trim_track";
  readonly track: number;
  readonly start: number;
  readonly stop?: number;
}

/** A new label under a free name. */
export interface AddLabel {
  readonly kind: "add_label";
  readonly label: LabelJson;
}

/** The label of that name is declared otherwise. */
export interface EditLabel {
  readonly kind: "edit_label";
  readonly label: LabelJson;
}

/** A label gets another name; its tracks, events and the labels below it follow. */
export interface RenameLabel {
  readonly kind: "rename_label";
  readonly label: string;
  readonly name: string;
}

/** A label goes; its tracks and events get the label `into`. */
export interface RemoveLabel {
  readonly kind: "remove_label";
  readonly label: string;
  readonly into?: string;
}

/** An attribute that a label declares gets another name; its values follow. */
export interface RenameAttribute {
  readonly kind: "rename_attribute";
  readonly label: string;
  readonly attribute: string;
  readonly name: string;
}

/** Several edits in order as one. */
export interface Batch {
  readonly kind: "batch";
  readonly edits: readonly Edit[];
}

/** Any change of an annotation, exactly as it travels: ranges are half-open, without `stop` to the end of the video. */
export type Edit =
  | AddTrack
  | RemoveTrack
  | SetKeyframe
  | RemoveKeyframe
  | SetOutside
  | SetOccluded
  | SetHold
  | SetLabel
  | SetAttribute
  | SplitTrack
  | MergeTracks
  | SwapTracks
  | ShiftTrack
  | TrimTrack
  | AddLabel
  | EditLabel
  | RenameLabel
  | RemoveLabel
  | RenameAttribute
  | MoveKeyframe
  | Propagate
  | SetTrackId
  | SetGroup
  | SetNote
  | AddEvent
  | SetEvent
  | RemoveEvent
  | SetClipAttribute
  | DeclareClipAttributes
  | Batch;
