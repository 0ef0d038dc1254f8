"""Which true and which predicted boxes overlap, on every frame of a clip."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from typing import Final

import numpy as np

from boxreel.geometry import hull, paired_iou
from boxreel.metrics.order import numbered, order_by
from boxreel.model import Boxes
from boxreel.model.keyframes import Floats, Ints

PAIRS_AT_ONCE: Final = 1 << 15
"""Pairs looked at together, so that what is worked on stays small."""


@dataclass(frozen=True, eq=False)
class Side:
    """The boxes of one side, frame by frame.

    Attributes
    ----------
    boxes
        In the order of their frames.
    frame
        ``(n,)`` place of each box's frame among all frames.
    track
        ``(n,)`` place of each box's track in `ids`.
    ids
        Track ids, increasing.
    """

    boxes: Boxes
    frame: Ints
    track: Ints
    ids: Ints

    @classmethod
    def of(cls, boxes: Boxes) -> Side:
        """Bring boxes into the order of frames."""
        if len(boxes) and (np.diff(boxes.track) < 0).any():
            boxes = boxes.picked(np.argsort(boxes.track, kind="stable"))
        limit = int(boxes.frame.max(initial=0)) + 1
        boxes = boxes.picked(order_by(boxes.frame, limit))
        ids, track = numbered(boxes.track, int(boxes.track.max(initial=0)) + 1)
        return cls(boxes, boxes.frame, track, ids)

    def __len__(self) -> int:
        return len(self.frame)

    @cached_property
    def lengths(self) -> Ints:
        """Number of boxes of each track."""
        return np.bincount(self.track, minlength=len(self.ids))

    @cached_property
    def before(self) -> Ints:
        """``(n,)`` row of the box that the same track had last, -1 for its first."""
        order = order_by(self.track, len(self.ids))
        same = np.diff(self.track[order], prepend=-1) == 0
        before = np.full(len(self), -1)
        before[order[same]] = order[np.flatnonzero(same) - 1]
        return before


@dataclass(frozen=True, eq=False)
class Overlaps:
    """True and predicted boxes, and all pairs on one frame that share some area.

    Attributes
    ----------
    truth, predictions
        Both sides.
    true, predicted
        ``(k,)`` rows of both sides that overlap, in the order of frames.
    iou
        ``(k,)`` intersection over union, over 0.
    frame_count
        Frames of the clip.
    """

    truth: Side
    predictions: Side
    true: Ints
    predicted: Ints
    iou: Floats
    frame_count: int

    @classmethod
    def of(cls, truth: Boxes, predictions: Boxes, frame_count: int) -> Overlaps:
        """Find the overlaps of all boxes of a clip.

        Parameters
        ----------
        truth, predictions
            Boxes in any order.
        frame_count
            Frames of the clip.

        Examples
        --------
        >>> from boxreel.model import Annotation, VideoInfo
        >>> video = VideoInfo.constant("street.mp4", 1920, 1080, 3, fps=30)
        >>> labels = Annotation.for_video(video, labels=["car"])
        >>> a = labels.add_track("car", {0: (0, 0, 10, 10)}).dense()
        >>> b = labels.add_track("car", {1: (5, 0, 10, 10)}).dense()
        >>> Overlaps.of(a, b, 3).iou.round(3).tolist()
        [0.333, 0.333]
        """
        sides = Side.of(truth), Side.of(predictions)
        parts = [np.empty((3, 0)), *_overlapping(*sides)]
        true, predicted, iou = np.concatenate(parts, axis=1)
        rows = (true.astype(np.int64), predicted.astype(np.int64))
        return cls(*sides, *rows, iou, frame_count)

    @property
    def frame(self) -> Ints:
        """``(k,)`` frame of each pair."""
        return np.asarray(self.truth.frame[self.true])

    @cached_property
    def rank(self) -> Ints:
        """Rank ``(frames,)`` of each among those with boxes on both sides, else -1."""
        both = np.ones(self.frame_count, np.bool_)
        for side in (self.truth, self.predictions):
            both &= np.bincount(side.frame, minlength=self.frame_count) > 0
        return np.where(both, both.cumsum() - 1, -1)

    @cached_property
    def before(self) -> Ints:
        """Row of each true box's track on the frame of the rank before, else -1."""
        truth, rank = self.truth, self.rank[self.truth.frame]
        rows = np.flatnonzero(rank >= 0)
        rows = rows[order_by(truth.track[rows], len(truth.ids))]
        follows = np.diff(truth.track[rows]) == 0
        follows &= np.diff(rank[rows]) == 1
        before = np.full(len(truth), -1)
        before[rows[1:][follows]] = rows[:-1][follows]
        return before

    @cached_property
    def pair(self) -> tuple[Ints, Ints]:
        """Both tracks of each pair."""
        return (
            self.truth.track[self.true],
            self.predictions.track[self.predicted],
        )


def _overlapping(truth: Side, predictions: Side) -> Iterator[Floats]:
    """Rows of both sides that overlap, and their IoU, as three rows of a table.

    Predictions are sorted by frame and left edge; those that reach a true box lie
    between two places there, so far apart as the widest box.
    """
    left, right = (_extent(side.boxes) for side in (truth, predictions))
    if not len(truth) or not len(predictions):
        return
    low = min(left[0].min(), right[0].min())
    span = 2 * (max(left[2].max(), right[2].max()) - low + 1)
    widest = (right[2] - right[0]).max()
    order = np.lexsort((right[0], predictions.frame))
    keys = predictions.frame[order] * span + (right[0][order] - low)
    base = truth.frame * span
    first = np.searchsorted(keys, base + np.maximum(left[0] - widest - low, 0))
    last = np.searchsorted(keys, base + (left[2] - low), side="right")
    count = np.maximum(last - first, 0)
    right = right[:, order]
    cuts = np.searchsorted(count.cumsum(), np.arange(0, count.sum(), PAIRS_AT_ONCE))
    for start, stop in pairwise([*np.unique(cuts).tolist(), len(truth)]):
        rows = slice(start, stop)
        ends = count[rows].cumsum()
        true = np.repeat(np.arange(start, stop), count[rows])
        place = np.arange(ends[-1]) + np.repeat(
            first[rows] - ends + count[rows], count[rows]
        )
        a, b = np.repeat(left[:, rows], count[rows], axis=1), right[:, place]
        width = np.minimum(a[2], b[2]) - np.maximum(a[0], b[0])
        height = np.minimum(a[3], b[3]) - np.maximum(a[1], b[1])
        meets = np.flatnonzero((width > 0) & (height > 0))
        true, predicted = true[meets], order[place[meets]]
        boxes = truth.boxes.box[true], predictions.boxes.box[predicted]
        iou = paired_iou(*boxes)
        shares = np.lexsort((predicted, true))
        shares = shares[iou[shares] > 0]
        yield np.stack([true[shares], predicted[shares], iou[shares]])


def _extent(boxes: Boxes) -> Floats:
    """Left, top, right and bottom of each box, ``(4, n)``."""
    turned = bool(boxes.box[:, 4].any())
    extent = hull(boxes.box) if turned else boxes.xyxy
    return np.ascontiguousarray(extent.T)
