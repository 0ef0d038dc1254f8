"""The fewest boxes of a run between which all others lie near enough.

A run of boxes is a graph: an arrow leads from one box to a later one if every box
between them overlaps with the straight way from one to the other well enough. The
fewest boxes are the shortest path from the first to the last. It is searched layer by
layer, of each layer the rows that lie farthest, for many runs at once:

- `cones` say in one pass which arrows cannot be.
- Arrows that are left are checked on every row between, those that lead farthest first,
  until enough are found for the next layer.

Runs that jump about, of which few rows in succession can be left out, are left to
`jumpy`: there it costs less to try every arrow.
"""

from __future__ import annotations

from typing import Final, TypeAlias

import numpy as np
import numpy.typing as npt

from boxreel.model import jumpy
from boxreel.model.cones import cones
from boxreel.model.ways import Rows

Ints: TypeAlias = npt.NDArray[np.int64]
Floats: TypeAlias = npt.NDArray[np.float64]
Bools: TypeAlias = npt.NDArray[np.bool_]

BEAM: Final = 3
"""Rows of a layer that the search goes on from."""

SPREAD: Final = 8
"""How far, in rows, they may lie behind the farthest."""

WINDOWS: Final = (12, 32, 80, 200, 500, 1250, 3125)
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
    arrows, opened = cones(rows, front, at)
    size = np.full(len(front), index)
    larger = opened & inside[:, -1] & (at[:, -1] < last) & (index + 1 < len(WINDOWS))
    size[larger] += 1
    arrows &= (inside & (at > front[:, :1]) & ~larger[:, None]).T[:, None]
    top = _reached(rows, front, at, arrows, before)
    top = np.where(top < np.maximum(top[:, :1] - SPREAD, 0), top[:, :1], top)
    top = -np.sort(-top, axis=1)
    moved_on = np.where(larger[:, None], front, base + top)
    if index:
        size -= ~larger & (top[:, 0] < WINDOWS[index - 1] // 2)
    return moved_on, size


def _reached(rows: Rows, front: Ints, at: Ints, arrows: Bools, before: Ints) -> Ints:
    """Columns of `at` that are reached ``(b, BEAM)``: the farthest, then -1.

    A row that stops one arrow stops most of those over it: they are tried on it before
    they are checked on every row.
    """
    window, width, count = arrows.shape
    left = arrows[::-1].transpose(2, 0, 1).reshape(count, -1)  # the farthest first
    reached = np.full((count, BEAM), -1)
    found = np.zeros(count, dtype=np.int64)
    run = np.arange(count)
    while len(run):
        place = left[run].argmax(axis=1)
        column = window - 1 - place // width
        going = left[run, place] & (column >= reached[run, 0] - SPREAD)
        run, place, column = run[going], place[going], column[going]
        left[run, place] = False
        start, stop = front[run, place % width], at[run, column]
        good = stop - start == 1
        long = np.flatnonzero(~good)
        row, least = rows.worst(start[long], stop[long])
        good[long] = near = least >= rows.least
        _stopped(rows, front, at, left, run[long[~near]], row[~near])
        before[stop[good]] = start[good]
        better, column = run[good], column[good]
        reached[better, found[better]] = column
        found[better] += 1
        left.reshape(count, window, width)[better, window - 1 - column] = False
        run = run[found[run] < BEAM]
    return reached


def _stopped(
    rows: Rows, front: Ints, at: Ints, left: Bools, runs: Ints, obstacles: Ints
) -> None:
    """Leave out the arrows of some runs that an obstacle stops."""
    which, place = np.nonzero(left[runs])
    run, over = runs[which], obstacles[which]
    start = front[run, place % front.shape[1]]
    stop = at[run, at.shape[1] - 1 - place // front.shape[1]]
    some = np.flatnonzero((start < over) & (over < stop))
    run, place, over = run[some], place[some], over[some]
    iou = rows.ways(start[some], stop[some]).overlap(over)
    left[run, place] = iou >= rows.least


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
