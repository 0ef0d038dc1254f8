"""Edits: each is a small value that makes a new annotation of an old one."""

from boxreel.model.edits.attributes import (
    DeclareClipAttributes,
    RenameAttribute,
    SetAttribute,
    SetClipAttribute,
)
from boxreel.model.edits.base import Edit, edit_from_json
from boxreel.model.edits.events import AddEvent, RemoveEvent, SetEvent
from boxreel.model.edits.identity import MergeTracks, SplitTrack, SwapTracks
from boxreel.model.edits.keyframe import MoveKeyframe, RemoveKeyframe, SetKeyframe
from boxreel.model.edits.labels import (
    AddLabel,
    EditLabel,
    RemoveLabel,
    RenameLabel,
    SetLabel,
)
from boxreel.model.edits.notes import SetNote
from boxreel.model.edits.ranges import SetHold, SetOccluded, SetOutside
from boxreel.model.edits.spans import Propagate, ShiftTrack, TrimTrack
from boxreel.model.edits.track import (
    AddTrack,
    Batch,
    RemoveTrack,
    SetGroup,
    SetTrackId,
)

__all__ = [
    "AddEvent",
    "AddLabel",
    "AddTrack",
    "Batch",
    "DeclareClipAttributes",
    "Edit",
    "EditLabel",
    "MergeTracks",
    "MoveKeyframe",
    "Propagate",
    "RemoveEvent",
    "RemoveKeyframe",
    "RemoveLabel",
    "RemoveTrack",
    "RenameAttribute",
    "RenameLabel",
    "SetAttribute",
    "SetClipAttribute",
    "SetEvent",
    "SetGroup",
    "SetHold",
    "SetKeyframe",
    "SetLabel",
    "SetNote",
    "SetOccluded",
    "SetOutside",
    "SetTrackId",
    "ShiftTrack",
    "SplitTrack",
    "SwapTracks",
    "TrimTrack",
    "edit_from_json",
]
