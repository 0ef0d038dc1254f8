"""What kernel and browser say to each other of a comparison; see `messages`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, TypedDict

if TYPE_CHECKING:
    from boxreel.widget.messages import TrackHead


class MatchRequest(TypedDict):
    """Compare at another least IoU of two boxes that may be one object."""

    kind: Literal["match"]
    item: int
    iou: float


ErrorRow = tuple[
    str, int, int, str, int | None, int | None, int | None, float | None, float
]
"""Kind, start, stop, label, truth, prediction, was, iou, severity of `FoundError`."""


class Numbers(TypedDict):
    """Of a comparison, as ratios; ``IoU`` is the mean of what is matched."""

    IDF1: float
    MOTA: float
    HOTA: float
    IoU: float


class Compared(TypedDict):
    """How the labels of a revision compare with the predictions.

    ``first`` are the numbers of the labels as they were when the widget opened, at the
    same ``iou``; ``fixes`` steps lead from those to these. One buffer: the pairs
    (int32, 4 a row), see `boxreel.review.pairs.pair_runs`.
    """

    kind: Literal["compared"]
    revision: int
    iou: float
    errors: list[ErrorRow]
    numbers: Numbers
    first: Numbers
    fixes: int


class Predictions(TypedDict):
    """What the labels are compared with. Buffers: `compose.columns`."""

    kind: Literal["predictions"]
    tracks: list[TrackHead]


ComparedReply = Predictions | Compared
