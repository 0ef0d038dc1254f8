"""What the kernel says to a page; `asked` is what a page says to the kernel.

Every message is a dict with a ``kind``. The types here are the protocol; their twin
is ``js/src/link/messages.ts``. Arrays travel as binary buffers beside the message,
little endian, one column after another over the tracks as the message lists them.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Literal, TypedDict

from boxreel.widget.asked import Mark
from boxreel.widget.compared import ComparedReply

PROTOCOL = 3
"""Version of these messages. A browser that speaks another one is told to reload."""

Buffers = list[bytes]


class HistoryNames(TypedDict):
    """What undo and redo would do now; None when there is nothing to do."""

    undo: str | None
    redo: str | None


Histories = dict[str, HistoryNames]
"""By the part of a page's name before its dot; "" for who has done nothing yet."""


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


class MoreTracks(TypedDict):
    """Tracks of the snapshot that will name ``number``. Buffers: :func:`columns`."""

    kind: Literal["tracks"]
    number: int
    tracks: list[TrackHead]


class AheadOf(TypedDict):
    """Of the ``count`` tracks sent under ``number``, ``removed`` are there no more."""

    number: int
    count: int
    removed: list[int]


class Snapshot(TypedDict):
    """The whole document of an item.

    Buffers: ``VideoInfo.tick_runs`` as float64 and int32, then :func:`columns`.
    ``heard`` says up to which of its acts it has what each page did, ``document`` names
    it beyond the end of this kernel, and whoever it is shown by.
    ``tracks`` are all, or those that are not as they were sent ahead. Unasked and with
    an empty ``client`` when another item is shown than before, on ``frame``.
    """

    kind: Literal["snapshot"]
    protocol: int
    revision: int
    client: str
    video: dict[str, Any]
    parts: Parts
    tracks: list[TrackHead]
    ahead: AheadOf | None
    history: Histories
    save: SaveState
    read_only: bool
    frame: int
    item: int
    items: list[ItemHead]
    heard: dict[str, int]
    document: str


class Items(TypedDict):
    """How the videos of the list are marked now."""

    kind: Literal["items"]
    items: list[ItemHead]


class MarksShown(TypedDict):
    """What Python wants to be looked at, instead of what it wanted before.

    ``spans``: start, stop, track or None, text. Buffers: frames int32, boxes float64.
    """

    kind: Literal["marks"]
    name: str
    spans: list[tuple[int, int, int | None, str]]


class Edited(TypedDict):
    """An edit was applied: the receipt for its client, news for all others.

    ``client`` and ``seq`` are None when Python made it.
    """

    kind: Literal["edited"]
    item: int
    revision: int
    client: str | None
    seq: int | None
    edit: dict[str, Any]
    history: Histories


class Changed(TypedDict):
    """Tracks and parts as they are now. Buffers: :func:`columns`.

    The receipt for its client, as `Edited` is.
    """

    kind: Literal["changed"]
    item: int
    revision: int
    client: str | None
    seq: int | None
    tracks: list[TrackHead]
    removed: list[int]
    parts: Parts
    history: Histories


class Rejected(TypedDict):
    """An act was not done, nor those after it; its client says hello again."""

    kind: Literal["rejected"]
    item: int
    client: str
    seq: int
    revision: int
    reason: str


class HeardUpTo(TypedDict):
    """The document of an item has what a page did up to ``heard``, and no more.

    Sent where the act ``seq`` came twice or too early, or its item is not shown.
    """

    kind: Literal["heard"]
    item: int
    client: str
    seq: int
    heard: int


class Pong(TypedDict):
    """All that the page has said before is heard."""

    kind: Literal["pong"]
    client: str


class Frames(TypedDict):
    """Pictures, one JPEG buffer for each number in ``frames``."""

    kind: Literal["frames"]
    width: int
    frames: list[int]


class Ready(TypedDict):
    """The frames that the kernel has made at a width, as half-open spans in order."""

    kind: Literal["ready"]
    width: int
    spans: list[tuple[int, int]]


class Region(TypedDict):
    """A part of a frame as one JPEG buffer, for the view that asked for it."""

    kind: Literal["region"]
    client: str
    frame: int
    rect: list[int]


class FrameError(TypedDict):
    """A frame that cannot be shown."""

    kind: Literal["frame_error"]
    frame: int
    text: str


class Save(SaveState):
    """The state of saving has changed."""

    kind: Literal["save"]


class Warnings(TypedDict):
    """All that one should know of the video shown; more than before."""

    kind: Literal["warnings"]
    warnings: list[str]


class TrackingState(TypedDict):
    """How far an object is followed, as track, frame, start and stop; None: none is."""

    kind: Literal["tracking"]
    progress: dict[str, int] | None


class Text(TypedDict):
    """Something that the person at the browser should read."""

    kind: Literal["notice"]
    level: Literal["info", "warning", "error"]
    text: str


class Notice(Text, total=False):
    """Such a text; with ``undo`` it tells of the last edit."""

    undo: bool


Reply = (
    Snapshot
    | MoreTracks
    | Items
    | MarksShown
    | ComparedReply
    | Edited
    | Changed
    | Steps
    | Rejected
    | HeardUpTo
    | Pong
    | Frames
    | Ready
    | Region
    | FrameError
    | Save
    | Warnings
    | TrackingState
    | Notice
)
Send = Callable[[Reply, Buffers], None]
"""How a message leaves: takes it with its buffers, may be called on any thread."""
