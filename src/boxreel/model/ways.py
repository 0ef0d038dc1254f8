"""Boxes in rows, the straight ways from one to another, and how near others lie."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, TypeAlias

import numpy as np
import numpy.typing as npt

from boxreel.geometry import paired_iou, xywh_to_xyxy
from boxreel.shapes.box import deltas, moved

Ints: TypeAlias = npt.NDArray[np.int64]
Floats: TypeAlias = npt.NDArray[np.float64]
Bools: TypeAlias = npt.NDArray[np.bool_]


@dataclass(frozen=True, eq=False, slots=True)
class Rows:
    """The boxes, and what is worked out of them once.

    `sides` ``(4, n)`` are -x1, -y1, x2 and y2, so that of two boxes the lesser ones are
    those of what they share.
    """

    frames: Floats
    boxes: Floats
    sides: Floats
    areas: Floats
    least: float
    turned: bool

    @classmethod
    def of(cls, frames: Ints, boxes: Floats, min_iou: float, turned: bool) -> Rows:
        """Take boxes ``(n, 5)`` on frames ``(n,)``; `turned` where one of them is."""
        sides = np.ascontiguousarray(xywh_to_xyxy(boxes[:, :4]).T)
        np.negative(sides[:2], out=sides[:2])
        return cls(
            frames=frames.astype(np.float64),
            boxes=boxes,
            sides=sides,
            areas=area(sides),
            least=min(min_iou + 1e-12, 1 - 1e-12),  # what rounding may take away
            turned=turned,
        )

    def ways(self, start: Ints, stop: Ints) -> Ways:
        """Ways of the boxes of some rows to those of others."""
        frames = self.frames[start]
        if self.turned:
            begin = self.boxes[start].T
            delta = deltas(begin, self.boxes[stop].T)
        else:
            begin = taken(self.sides, start)
            delta = taken(self.sides, stop)
            delta -= begin
        return Ways(self, frames, self.frames[stop] - frames, begin, delta)

    def worst(self, start: Ints, stop: Ints) -> tuple[Ints, Floats]:
        """Row between two that lies farthest off the way from one to the other.

        Returns it and its IoU, for each pair of rows with others between them.
        """
        count = stop - start - 1
        begin = count.cumsum() - count
        at = np.arange(count.sum()) + np.repeat(start + 1 - begin, count)
        way = np.repeat(np.arange(len(start)), count)
        iou = self.ways(start, stop).picked(way).overlap(at)
        least = np.minimum.reduceat(iou, begin)
        which = np.flatnonzero(iou == np.repeat(least, count))
        return at[which[np.searchsorted(which, begin)]], least


@dataclass(frozen=True, eq=False, slots=True)
class Ways:
    """Ways from one box to another: where each begins, when, and how far it goes."""

    rows: Rows
    frames: Floats
    lengths: Floats
    begin: Floats
    delta: Floats

    def picked(self, which: Ints) -> Ways:
        """Return those of some indices."""
        return Ways(
            self.rows,
            self.frames.take(which),
            self.lengths.take(which),
            taken(self.begin, which),
            taken(self.delta, which),
        )

    def overlap(self, at: Ints) -> Floats:
        """IoU of the box of each row `at` with the one that is moved there."""
        rows = self.rows
        t = rows.frames.take(at)
        t -= self.frames
        t /= self.lengths
        if rows.turned:
            return paired_iou(moved(self.begin, self.delta, t).T, rows.boxes[at])
        way = self.delta * t
        way += self.begin
        union = area(way)
        np.minimum(way, taken(rows.sides, at), out=way)
        shared = area(way)
        union += rows.areas.take(at)
        union -= shared
        return np.asarray(np.divide(shared, union, out=shared))


def area(sides: npt.NDArray[np.floating]) -> npt.NDArray[Any]:
    """Area within -x1, -y1, x2 and y2; 0 where there is nothing between."""
    size = sides[:2] + sides[2:]
    np.maximum(size, 0, out=size)
    return np.asarray(np.multiply(size[0], size[1], out=size[0]))


def taken(columns: npt.NDArray[Any], which: Ints) -> npt.NDArray[Any]:
    """Return rows of columns, each column on its own: several times as fast."""
    result = np.empty((len(columns), *which.shape), dtype=columns.dtype)
    for column, row in zip(columns, result, strict=True):
        column.take(
            which, out=row, mode="clip"
        )  # of indices that are known to be right
    return result
