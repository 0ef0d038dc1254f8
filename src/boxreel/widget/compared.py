"""What kernel and browser say to each other of a comparison; see `messages`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal, TypedDict

from boxreel.review.verdicts import Ruling
from boxreel.widget.setting import Scope

if TYPE_CHECKING:
    from boxreel.widget.messages import TrackHead

ErrorKey = tuple[str, int, int, int | None, int | None]
"""What names an error: kind, start, stop, truth, prediction of `FoundError`."""


class SettingHead(TypedDict):
    """As of `boxreel.widget.setting.Setting`."""

    model: str
    iou: float
    score: float
    scope: Scope
    view: tuple[int, int]


class MatchRequest(SettingHead):
    """Compare in another way; the page numbers what it asks by `seq`."""

    kind: Literal["match"]
    client: str
    item: int
    seq: int


class VerdictRequest(TypedDict):
    """Say who is wrong in an error; None takes back what was said."""

    kind: Literal["verdict"]
    item: int
    error: ErrorKey
    ruling: Ruling | None


class VerifyRequest(TypedDict):
    """Mark the frames [start, stop) as verified, or as not."""

    kind: Literal["verify"]
    item: int
    start: int
    stop: int
    verified: bool


class FixesRequest(TypedDict):
    """Ask what can be done about an error when it is the label that is wrong."""

    kind: Literal["fixes"]
    client: str
    item: int
    error: ErrorKey


ReviewRequest = MatchRequest | VerdictRequest | VerifyRequest | FixesRequest


ErrorRow = tuple[
    str, int, int, str, int | None, int | None, int | None, float | None, float
]
"""Kind, start, stop, label, truth, prediction, was, iou, severity of `FoundError`."""


SaidRow = tuple[int, Ruling, str, float]
"""What was said of the error at an index: the ruling, by whom, and when (seconds)."""


class Numbers(TypedDict):
    """Of a comparison, as ratios; ``IoU`` is the mean of what is matched."""

    IDF1: float
    MOTA: float
    HOTA: float
    IoU: float


class Compared(TypedDict):
    """How the labels of a revision compare with the predictions.

    ``numbers`` are of so many ``frames``, None for all; ``first`` are those of the
    truth as it was given. ``models`` are all predictions with their numbers on the
    whole clip; the errors at ``differs`` are not made by all of them. ``fixes`` of the
    first errors were said to be the label's and are no more. ``asked`` is which page
    set it so by which of its requests, None where Python did. ``verified``: half-open
    ranges of frames. One buffer: the pairs (int32, 4 a row), see
    `boxreel.review.pairs.pair_runs`.
    """

    kind: Literal["compared"]
    revision: int
    setting: SettingHead
    asked: tuple[str, int] | None
    models: list[tuple[str, Numbers]]
    frames: int | None
    errors: list[ErrorRow]
    differs: list[int]
    said: list[SaidRow]
    verified: list[tuple[int, int]]
    numbers: Numbers
    first: Numbers
    fixes: int


class Predictions(TypedDict):
    """What the labels are compared with. Buffers: `compose.columns`."""

    kind: Literal["predictions"]
    tracks: list[TrackHead]


class Signals(TypedDict):
    """All signals that Python has added. Buffers: the values of each, float64."""

    kind: Literal["signals"]
    names: list[str]


class FixHead(TypedDict):
    """A way to mend the labels: what it is called, what it does, and the edit."""

    name: str
    text: str
    edit: dict[str, Any]


class Fixes(TypedDict):
    """What can be done about an error of the labels at a revision, likeliest first."""

    kind: Literal["fixes"]
    client: str
    revision: int
    error: ErrorKey
    fixes: list[FixHead]


ComparedReply = Predictions | Compared | Signals | Fixes
