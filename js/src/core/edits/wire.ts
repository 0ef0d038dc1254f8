import type { LabelJson, TrackJson } from "../json.ts";
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

/** The box stays (or moves) from the keyframe at or before `frame` to the next one. */
export interface SetHold {
  readonly kind: "set_hold";
  readonly track: number;
  readonly frame: number;
  readonly hold: boolean;
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
  | Batch;
