"""Which arrows of `fewest` cannot be, found in one pass over the rows that follow.

Overlap of two boxes is at most that of their sides along either axis. Sides from x1 to
x2 and from X1 to X2 overlap by m or more if and only if neither is longer than the
other by more than 1 / m, x1 + m x2 <= m X1 + X2, and m x1 + x2 >= X1 + m X2. Each of
these says that a measure of the box, which changes linearly while it moves, is at most
a limit of the row. So an arrow must leave its first row with a slope of the measure
that reaches no limit on its way; what slopes are left shrinks from row to row (the
swing filter of Elmeleegy et al., "Online piece-wise linear approximation of numerical
streams with precision guarantees", VLDB 2009).

A turned box that shares more than half of its area with another has its centre in it,
as a convex part without the centre is at most one half: there the measures are the
centre, the limits those of the upright box around.
"""

from __future__ import annotations

from typing import Any, Final, TypeAlias

import numpy as np
import numpy.typing as npt

from boxreel.geometry import hull
from boxreel.model.ways import Rows, taken

Ints: TypeAlias = npt.NDArray[np.int64]
Bools: TypeAlias = npt.NDArray[np.bool_]
Numbers: TypeAlias = npt.NDArray[Any]

AT_ONCE: Final = 4096
"""Numbers worked on together, where one row has fewer."""

ROUNDING: Final = 1e-4
"""Overlap that four bytes a number may take away; what else gets through is checked."""


def cones(rows: Rows, front: Ints, at: Ints) -> tuple[Bools, Bools]:
    """Find out which arrows from `front` ``(b, m)`` to `at` ``(b, w)`` there may be.

    Returns them, ``(w, m, b)``, and for which of the b runs there may be more after.
    """
    passed = rows.frames[at].T[:, None] - rows.frames[front].T
    behind = passed <= 0
    passed[behind] = 1
    pace = np.divide(1, passed, dtype="f4")
    origin = rows.boxes[front[:, 0], :2]
    start = _limited(rows, front, origin)[0].transpose(1, 0, 2).copy()  # (c, m, b)
    measures, limits = _limited(rows, at, origin)
    least = np.full(start.shape, np.inf, dtype="f4")
    arrows = np.empty(pace.shape, dtype=np.bool_)
    step = max(1, AT_ONCE // start.size)
    for row in range(0, len(at.T), step):
        some = slice(row, row + step)
        room = limits[some, :, None] - start
        room *= pace[some, None]
        if behind[some].any():
            np.copyto(room, np.inf, where=behind[some, None])
        np.minimum(room[0], least, out=room[0])
        if step > 1:
            np.minimum.accumulate(room, axis=0, out=room)
        least = room[-1]
        slope = measures[some, :, None] - start
        slope *= pace[some, None]
        (slope <= room).all(axis=1, out=arrows[some])
    arrows &= ~behind
    return arrows, np.asarray(_opened(rows, least).any(axis=0))


def _opened(rows: Rows, least: Numbers) -> Bools:
    """Whether slopes are left, ``(m, b)``, of the least ones of each measure."""
    rising, falling = np.split(least, 2)
    gap = rising + falling
    if not rows.turned:  # m x1 + x2 is x1 + m x2 and what is left of the size
        gap[2:] += (1 - rows.least + ROUNDING) * rising[:2]
    return np.asarray((gap >= 0).all(axis=0))


def _limited(rows: Rows, at: Ints, origin: Numbers) -> tuple[Numbers, Numbers]:
    """Measures of boxes ``(w, c, b)``, and what they are at most in their place.

    All are seen from an origin nearby, so that four bytes a number are enough.
    """
    if rows.turned:
        return _centres(rows.boxes[at.T], origin, rows.least)
    sides = taken(rows.sides, at)
    sides[:2] += origin.T[..., None]
    sides[2:] -= origin.T[..., None]
    sides = sides.transpose(2, 0, 1).astype("f4", order="C")
    minus_low, high, m = sides[:, :2], sides[:, 2:], rows.least - ROUNDING
    size, early, late = high + minus_low, m * high - minus_low, high - m * minus_low
    return (
        np.concatenate([size, early, -size, -late], axis=1),
        np.concatenate([size / m, late, -m * size, -early], axis=1),
    )


def _centres(boxes: Numbers, origin: Numbers, least: float) -> tuple[Numbers, Numbers]:
    """Those of boxes ``(w, b, 5)`` that turn."""
    boxes[..., :2] -= origin
    centre = boxes[..., :2] + boxes[..., 2:4] / 2
    low, high = np.split(hull(boxes), 2, axis=-1)
    if least <= 0.5:
        low, high = np.full_like(low, -np.inf), np.full_like(high, np.inf)
    measures, limits = (
        np.concatenate(pair, axis=-1).swapaxes(1, 2).astype("f4", order="C")
        for pair in ((centre, -centre), (high, -low))
    )
    return measures, limits
