"""What a page says to the kernel; `messages` is what the kernel says to a page."""

from __future__ import annotations

from typing import Any, Literal, TypedDict

from boxreel.widget.compared import ReviewRequest


class Hello(TypedDict):
    """A browser that has nothing yet, or lost its place, asks for a snapshot."""

    kind: Literal["hello"]
    protocol: int
    client: str


class Ping(TypedDict):
    """A browser wants to know whether it is heard."""

    kind: Literal["ping"]
    client: str


class Nudge(TypedDict):
    """A browser says something so that the answer before it is not held up."""

    kind: Literal["nudge"]


class ActRequest(TypedDict):
    """What a person did, said again until the browser knows that it arrived.

    ``client`` has given it the number ``seq``. It is done once, and not before the one
    that has the number ``after`` (0: there is none that is still under way).
    """

    client: str
    item: int
    seq: int
    after: int


class EditRequest(ActRequest):
    """An edit that the browser already shows, made on ``revision`` of an item."""

    kind: Literal["edit"]
    revision: int
    edit: dict[str, Any]


class StepRequest(ActRequest):
    """Take the last edit back, or do it again."""

    kind: Literal["undo", "redo"]


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
    """Show the video `to` of the list, in place of `item`, which is at `frame`."""

    kind: Literal["open"]
    item: int
    frame: int
    to: int


Mark = Literal["done", "discarded"]
"""What a person has said of a whole video."""


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


Rect = tuple[int, int, int, int]
"""Left, top, width and height in whole pixels of the video."""


class RegionRequest(TypedDict):
    """A part of a frame at the video's own resolution; replaces what it wanted."""

    kind: Literal["region"]
    client: str
    item: int
    frame: int
    rect: Rect | None


class TrackRequest(TypedDict):
    """Follow a track from its box on a frame, up to ``stop`` or as far as it goes."""

    kind: Literal["track"]
    client: str
    item: int
    track: int
    frame: int
    stop: int | None


class StopTracking(TypedDict):
    """Follow it no further, and keep what was found."""

    kind: Literal["stop_tracking"]
    item: int


class ErrorReport(TypedDict):
    """Something failed in the browser and Python should know."""

    kind: Literal["error"]
    client: str
    text: str


Request = (
    Hello
    | Ping
    | Nudge
    | EditRequest
    | StepRequest
    | StepsRequest
    | TravelRequest
    | SaveRequest
    | OpenRequest
    | MarkRequest
    | FramesRequest
    | RegionRequest
    | TrackRequest
    | StopTracking
    | ErrorReport
    | ReviewRequest
)
