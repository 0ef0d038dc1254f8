"""What the kernel and the browser say to each other.

Every message is a dict with a ``kind``. The types here are the protocol; their twin
is ``js/src/link/messages.ts``. Arrays travel as binary buffers beside the message,
little endian, one column after another over the tracks in the order the message lists
them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any, Literal, TypedDict, cast

import numpy as np

from boxreel.model import Annotation, Track
from boxreel.model.json import besides_keyframes
from boxreel.model.parts import parts_to_json
from boxreel.widget.marks import Marks

PROTOCOL = 1
"""Version of these messages. A browser that speaks another one is told to reload."""

Buffers = list[bytes]


class Hello(TypedDict):
    """A browser that has nothing yet, or lost its place, asks for a snapshot."""

    kind: Literal["hello"]
    protocol: int
    client: str


class EditRequest(TypedDict):
    """An edit that the browser already shows, made on ``revision`` of an item."""

    kind: Literal["edit"]
    client: str
    item: int
    seq: int
    revision: int
    edit: dict[str, Any]


class StepRequest(TypedDict):
    """Take the last edit back, or do it again."""

    kind: Literal["undo", "redo"]
    client: str
    item: int


class StepsRequest(TypedDict):
    """A browser shows the history and wants to know its steps."""

    kind: Literal["steps"]
    client: str
    item: int


class TravelRequest(TypedDict):
    """Go `by` steps through the history as it was at ``revision``; back is negative."""

    kind: Literal["travel"]
    client: str
    item: int
    revision: int
    by: int


class SaveRequest(TypedDict):
    """Write the label file now."""

    kind: Literal["save"]
    item: int


class OpenRequest(TypedDict):
    """Show another video of the list."""

    kind: Literal["open"]
    item: int


class MarkRequest(TypedDict):
    """Say of a video that it is done, or discarded, or neither."""

    kind: Literal["mark"]
    item: int
    mark: Mark | None


class FramesRequest(TypedDict):
    """The frames this client wants, most urgent first; replaces what it wanted.

    With `around` those around the playhead may be sent unasked; while it plays it knows
    better what comes next.
    """

    kind: Literal["frames"]
    client: str
    item: int
    width: int
    wanted: list[int]
    around: bool


class ErrorReport(TypedDict):
    """Something failed in the browser and Python should know."""

    kind: Literal["error"]
    client: str
    text: str


Request = (
    Hello
    | EditRequest
    | StepRequest
    | StepsRequest
    | TravelRequest
    | SaveRequest
    | OpenRequest
    | MarkRequest
    | FramesRequest
    | ErrorReport
)


class HistoryNames(TypedDict):
    """What undo and redo would do now; None when there is nothing to do."""

    undo: str | None
    redo: str | None


Mark = Literal["done", "discarded"]
"""What a person has said of a whole video."""


class ItemHead(TypedDict):
    """A video of the list."""

    name: str
    mark: Mark | None


SaveName = Literal["saved", "saving", "error", "off"]


class Steps(TypedDict):
    """Names of the steps around ``revision``: oldest first, and the next one first."""

    kind: Literal["steps"]
    client: str
    revision: int
    past: list[str]
    future: list[str]


class SaveState(TypedDict):
    """Where the labels are kept and whether what is shown is there already.

    ``time`` is the moment of the last write in seconds since 1970, None before it.
    """

    state: SaveName
    text: str
    path: str | None
    time: float | None


class _TrackHeadAlways(TypedDict):
    id: int
    label: str
    count: int


class TrackHead(_TrackHeadAlways, total=False):
    """A track without its keyframes: ``count`` rows of the columns are its own."""

    attributes: dict[str, list[list[Any]]]
    group: int
    note: str


class Parts(TypedDict, total=False):
    """What a document says besides its video and its tracks."""

    labels: list[dict[str, Any]]
    label_version: int
    declared: list[dict[str, Any]]
    attributes: dict[str, Any]
    notes: list[list[Any]]
    events: list[dict[str, Any]]
    next_id: int


class Snapshot(TypedDict):
    """The whole document of an item. Buffers: times (float64), then :func:`columns`.

    Unasked and with an empty ``client`` when another item is shown than before.
    """

    kind: Literal["snapshot"]
    protocol: int
    revision: int
    client: str
    video: dict[str, Any]
    parts: Parts
    tracks: list[TrackHead]
    history: HistoryNames
    save: SaveState
    read_only: bool
    item: int
    items: list[ItemHead]


class Items(TypedDict):
    """How the videos of the list are marked now."""

    kind: Literal["items"]
    items: list[ItemHead]


class MarksShown(TypedDict):
    """What Python wants to be looked at, instead of what it wanted before.

    ``spans`` are start, stop, track or None, text. Buffers: frames (int32) and boxes
    (float64, 5 a row).
    """

    kind: Literal["marks"]
    name: str
    spans: list[tuple[int, int, int | None, str]]


class Edited(TypedDict):
    """An edit was applied: the receipt for its client, news for all others.

    ``client`` and ``seq`` are None when Python made it.
    """

    kind: Literal["edited"]
    revision: int
    client: str | None
    seq: int | None
    edit: dict[str, Any]
    history: HistoryNames


class Changed(TypedDict):
    """Tracks and parts as they are now. Buffers: :func:`columns`."""

    kind: Literal["changed"]
    revision: int
    client: str | None
    tracks: list[TrackHead]
    removed: list[int]
    parts: Parts
    history: HistoryNames


class Rejected(TypedDict):
    """An edit was not applied; its client says hello again."""

    kind: Literal["rejected"]
    client: str
    seq: int
    revision: int
    reason: str


class Frames(TypedDict):
    """Pictures, one JPEG buffer for each number in ``frames``."""

    kind: Literal["frames"]
    width: int
    frames: list[int]


class FrameError(TypedDict):
    """A frame that cannot be shown."""

    kind: Literal["frame_error"]
    frame: int
    text: str


class Save(SaveState):
    """The state of saving has changed."""

    kind: Literal["save"]


class Notice(TypedDict):
    """Something that the person at the browser should read."""

    kind: Literal["notice"]
    level: Literal["info", "warning", "error"]
    text: str


Reply = (
    Snapshot
    | Items
    | MarksShown
    | Edited
    | Changed
    | Steps
    | Rejected
    | Frames
    | FrameError
    | Save
    | Notice
)
Send = Callable[[Reply, Buffers], None]
"""How a message leaves: takes it with its buffers, may be called on any thread."""


def head(track: Track) -> TrackHead:
    """Return what a message says of a track beside its keyframe columns."""
    own = {"id": track.id, "label": track.label, "count": len(track.keyframes)}
    return cast("TrackHead", own | besides_keyframes(track))


def columns(tracks: Iterable[Track]) -> Buffers:
    """Return the keyframes of `tracks` as seven buffers, one row a keyframe.

    frames int32, boxes float64 (x, y, w, h, rotation), outside uint8, occluded
    uint8, hold uint8, sources uint8, scores float64 (NaN where there is none).
    """
    tables = [track.keyframes for track in tracks]

    def joined(name: str, dtype: str) -> bytes:
        parts = [getattr(table, name) for table in tables]
        return np.concatenate(parts).astype(dtype).tobytes() if parts else b""

    return [
        joined("frames", "<i4"),
        joined("boxes", "<f8"),
        joined("outside", "u1"),
        joined("occluded", "u1"),
        joined("hold", "u1"),
        joined("sources", "u1"),
        joined("scores", "<f8"),
    ]


def snapshot(
    annotation: Annotation,
    *,
    revision: int,
    client: str,
    warnings: Iterable[str],
    history: HistoryNames,
    save: SaveState,
    read_only: bool,
    item: int,
    items: list[ItemHead],
) -> tuple[Snapshot, Buffers]:
    """Build the whole document as one message and its eight buffers."""
    video = annotation.video
    tracks = list(annotation.tracks.values())
    message: Snapshot = {
        "kind": "snapshot",
        "protocol": PROTOCOL,
        "revision": revision,
        "client": client,
        "video": {
            "name": video.name,
            "width": video.width,
            "height": video.height,
            "frame_count": video.frame_count,
            "fps": video.fps,
            "warnings": list(warnings),
        },
        "parts": cast("Parts", parts_to_json(annotation)),
        "tracks": [head(track) for track in tracks],
        "history": history,
        "save": save,
        "read_only": read_only,
        "item": item,
        "items": items,
    }
    times = np.asarray(video.times).astype("<f8").tobytes()
    return message, [times, *columns(tracks)]


def marks(shown: Marks) -> tuple[MarksShown, Buffers]:
    """Build what is to be looked at as one message and its two buffers."""
    message: MarksShown = {
        "kind": "marks",
        "name": shown.name,
        "spans": list(shown.spans),
    }
    frames, boxes = shown.frames.astype("<i4"), shown.boxes.astype("<f8")
    return message, [frames.tobytes(), boxes.tobytes()]


def changed(
    before: Annotation,
    after: Annotation,
    *,
    revision: int,
    client: str | None,
    history: HistoryNames,
) -> tuple[Changed, Buffers]:
    """Build what differs between two documents as one message and its buffers."""
    ids, removed = after.changed_from(before)
    tracks = [after.tracks[track] for track in ids]
    message: Changed = {
        "kind": "changed",
        "revision": revision,
        "client": client,
        "tracks": [head(track) for track in tracks],
        "removed": [int(track) for track in removed],
        "parts": cast("Parts", parts_to_json(after, before)),
        "history": history,
    }
    return message, columns(tracks)
