"""Edits: each is a small value that makes a new annotation of an old one."""

from boxreel.model.edits.base import Edit, edit_from_json
from boxreel.model.edits.identity import MergeTracks, SplitTrack, SwapTracks
from boxreel.model.edits.keyframe import RemoveKeyframe, SetHold, SetKeyframe
from boxreel.model.edits.labels import AddLabel, SetAttribute, SetLabel
from boxreel.model.edits.ranges import SetOccluded, SetOutside, ShiftTrack, TrimTrack
from boxreel.model.edits.track import AddTrack, Batch, RemoveTrack

__all__ = [
    "AddLabel",
    "AddTrack",
    "Batch",
    "Edit",
    "MergeTracks",
    "RemoveKeyframe",
    "RemoveTrack",
    "SetAttribute",
    "SetHold",
    "SetKeyframe",
    "SetLabel",
    "SetOccluded",
    "SetOutside",
    "ShiftTrack",
    "SplitTrack",
    "SwapTracks",
    "TrimTrack",
    "edit_from_json",
]
