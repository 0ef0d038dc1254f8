"""The fewest boxes of a run between which all others lie near enough.

A run of boxes is a graph: an arrow leads from one box to a later one if every box
between them overlaps with the straight way from one to the other well enough. The
fewest boxes are the shortest path from the first to the last. It is searched layer by
layer, of each layer the rows that lie farthest, for many runs at once:

- *Cones* say in a few passes which arrows cannot be. Overlap of two boxes is at most
  that of their sides, so a side that moves straight from its place on the first row
  must pass through an interval on every later one; what slopes are left shrinks from
  row to row (the swing filter of Elmeleegy et al., "Online piece-wise linear
  approximation of numerical streams with precision guarantees", VLDB 2009).
- Arrows that are left are *checked* on every row between, those that lead farthest
  first, until enough are found for the next layer.

Runs that jump about, of which few rows in succession can be left out, are left to
`jumpy`: there it costs less to try every arrow.
"""

from __future__ import annotations

from typing import Final, TypeAlias

import numpy as np
import numpy.typing as npt

from boxreel.model import jumpy
from boxreel.model.ways import Rows

Ints: TypeAlias = npt.NDArray[np.int64]
Floats: TypeAlias = npt.NDArray[np.float64]
Bools: TypeAlias = npt.NDArray[np.bool_]

BEAM: Final = 3
"""Rows of a layer that the search goes on from."""

SPREAD: Final = 8
"""How far, in rows, they may lie behind the farthest."""

WINDOWS: Final = (8, 24, 72, 216, 648, 1944, 5832)
"""Rows looked at ahead: the next size where all of them come into question."""

PIECE: Final = 2048
"""Rows of a run that are searched as a whole; a longer run is cut, then mended."""

AT_ONCE: Final = 73_728
"""Arrows looked at together, so that what is worked on stays in the cache."""


def fewest(frames: Ints, boxes: Floats, spans: Ints, min_iou: float) -> Bools:
    """Choose rows so that boxes moved linearly between them come near all others.

    Parameters
    ----------
    frames
        ``(n,)`` strictly increasing within a span.
    boxes
        ``(n, 5)`` x, y, w, h in pixels and rotation in degrees.
    spans
        ``(k, 2)`` first and last row of each run, which are chosen in any case; runs
        may share those and no others.
    min_iou
        Least overlap of a box with the one in its place, in (0, 1].

    Returns
    -------
    (n,) bool array
        The rows chosen.

    Examples
    --------
    >>> frames = np.arange(9)
    >>> boxes = np.array([[4.0 * abs(f - 5), 0, 40, 20, 0] for f in frames])
    >>> np.flatnonzero(fewest(frames, boxes, np.array([[0, 8]]), 0.95)).tolist()
    [0, 5, 8]
    """
    chosen = np.zeros(len(frames), dtype=np.bool_)
    chosen[spans] = True
    before = np.append(0, (boxes[:, 4] != 0).cumsum())
    turned = before[spans[:, 1] + 1] > before[spans[:, 0]]
    for turn in np.unique(turned).tolist():
        _choose(Rows.of(frames, boxes, min_iou, turn), spans[turned == turn], chosen)
    return chosen


def _choose(rows: Rows, spans: Ints, chosen: Bools) -> None:
    """Search runs, cutting long ones, and search again where they were cut."""
    pieces = [
        np.append(np.arange(first, max(last - PIECE // 2, first + 1), PIECE), last)
        for first, last in spans.tolist()
    ]
    seams = np.concatenate([cuts[1:-1] for cuts in pieces])
    chosen[seams] = True
    runs = np.concatenate([np.c_[cuts[:-1], cuts[1:]] for cuts in pieces])
    _search(rows, runs[~jumpy.search(rows, runs, chosen)], chosen)
    _search(rows, _around(seams, spans, chosen), chosen)


def _search(rows: Rows, spans: Ints, chosen: Bools) -> None:
    """Choose the rows of shortest paths through some runs."""
    first, last = spans.T
    before = np.full(len(chosen), -1)
    front = np.repeat(first[:, None], BEAM, axis=1)
    size = np.zeros(len(spans), dtype=np.int64)
    open_runs = np.arange(len(spans))
    while len(open_runs):
        for index, window in enumerate(WINDOWS):
            runs = open_runs[size[open_runs] == index]
            at_once = max(1, AT_ONCE // (BEAM * window))
            for block in np.split(runs, range(at_once, len(runs), at_once)):
                if len(block):
                    front[block], size[block] = _layer(
                        rows, front[block], last[block], index, before
                    )
        open_runs = open_runs[before[last[open_runs]] < 0]
    row = last.copy()
    while (row != first).any():
        chosen[row] = True
        row = np.where(row == first, row, before[row])


def _layer(
    rows: Rows, front: Ints, last: Ints, index: int, before: Ints
) -> tuple[Ints, Ints]:
    """Go from the front as far as arrows lead, or ask for a larger window."""
    window = WINDOWS[index]
    base = front[:, -1:] + 1
    at = base + np.arange(window)
    inside = at <= last[:, None]
    np.minimum(at, last[:, None], out=at)
    arrows, opened = _cones(rows, front, at)
    size = np.full(len(front), index)
    larger = opened & inside[:, -1] & (at[:, -1] < last) & (index + 1 < len(WINDOWS))
    size[larger] += 1
    arrows &= (inside & (at > front[:, :1]) & ~larger[:, None])[:, None, :]
    found = _checked(rows, front, at, arrows, before)
    reach = np.where(found, np.arange(window), -1)
    top = np.sort(reach, axis=1)[:, : -BEAM - 1 : -1]
    top = np.where(top < top[:, :1] - SPREAD, -1, top)
    top = -np.sort(-np.where(top < 0, top[:, :1], top), axis=1)
    moved_on = np.where(larger[:, None], front, base + top)
    if index:
        size -= ~larger & (top[:, 0] < WINDOWS[index - 1] // 2)
    return moved_on, size


def _cones(rows: Rows, front: Ints, at: Ints) -> tuple[Bools, Bools]:
    """Find out which arrows from `front` ``(b, m)`` to `at` ``(b, w)`` there may be.

    Returns them, ``(b, m, w)``, and for which runs there may be more of them after.
    """
    passed = (rows.frames[at][:, None] - rows.frames[front][:, :, None]).astype("f4")
    ahead = passed > 0
    pace = np.divide(1, passed, where=ahead, out=np.zeros_like(passed))
    arrows = ahead.copy()
    opened = np.ones(front.shape, dtype=np.bool_)
    for side, low, high in zip(*(rows.bounds[i::3] for i in range(3)), strict=True):
        start = side[front][:, :, None]
        slope = (side[at][:, None] - start) * pace
        floor = np.where(ahead, (low[at][:, None] - start) * pace, -np.inf)
        roof = np.where(ahead, (high[at][:, None] - start) * pace, np.inf)
        np.maximum.accumulate(floor, axis=2, out=floor)
        np.minimum.accumulate(roof, axis=2, out=roof)
        arrows &= slope >= floor
        arrows &= slope <= roof
        opened &= floor[..., -1] <= roof[..., -1]
    return arrows, np.asarray(opened.any(axis=1))


def _checked(rows: Rows, front: Ints, at: Ints, arrows: Bools, before: Ints) -> Bools:
    """Which rows of `at` are reached: the farthest, as many as there is need of.

    A row that stops one arrow stops most of those over it: they are tried on it before
    they are checked on every row.
    """
    count, width, window = arrows.shape
    run, place = np.nonzero(arrows.transpose(0, 2, 1)[:, ::-1].reshape(count, -1))
    column = window - 1 - place // width
    start, stop = front[run, place % width], at[run, column]
    found = np.zeros(at.shape, dtype=np.bool_)
    while len(run):
        tried = np.diff(run, prepend=-1) != 0
        good = tried.copy()
        alive = ~tried
        long = np.flatnonzero(tried & (stop - start > 1))
        if len(long):
            row, least = rows.worst(start[long], stop[long])
            bad = least < rows.least
            good[long[bad]] = False
            obstacle = np.full(count, -1)
            obstacle[run[long[bad]]] = row[bad]
            over = obstacle[run]
            some = np.flatnonzero(alive & (start < over) & (over < stop))
            iou = rows.ways(start[some], stop[some]).overlap(over[some])
            alive[some[iou < rows.least]] = False
        found[run[good], column[good]] = True
        before[stop[good]] = start[good]
        alive &= ~found[run, column] & (found.sum(axis=1) < BEAM)[run]
        run, column, start, stop = run[alive], column[alive], start[alive], stop[alive]
    return found


def _around(seams: Ints, spans: Ints, chosen: Bools) -> Ints:
    """Free what is chosen near each seam: the runs to be searched again."""
    kept = np.flatnonzero(chosen)
    runs, done = [], -1
    for seam in seams.tolist():
        first, last = spans[np.searchsorted(spans[:, 0], seam) - 1]
        index = int(np.searchsorted(kept, seam))
        start, stop = (
            max(first, kept[max(index - 2, 0)]),
            min(last, kept[min(index + 2, len(kept) - 1)]),
        )
        if start >= done and stop - start < WINDOWS[-1]:
            runs.append((start, stop))
            chosen[start + 1 : stop] = False
            done = stop
    return np.array(runs, dtype=np.int64).reshape(-1, 2)
