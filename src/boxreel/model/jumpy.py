"""The fewest boxes of runs that jump about, between which all others lie near enough.

Few rows of such a run can be left out at a time, so that every arrow of `fewest` that
may be there is soon tried, of all rows of all runs together. Then the shortest path is
exact but for the arrows that are not tried: those longer than `REACH`, and those of a
row of which several lengths in succession were none.
"""

from __future__ import annotations

from typing import Final, TypeAlias

import numpy as np
import numpy.typing as npt

from boxreel.model.ways import Rows, Ways

Ints: TypeAlias = npt.NDArray[np.int64]
Bools: TypeAlias = npt.NDArray[np.bool_]

REACH: Final = 24
"""Longest arrow, in rows."""

PROBE: Final = 10
"""Length of the arrows that tell whether a run jumps about: few of them are there."""

EVERY: Final = 8
"""Distance of the rows that they are tried from."""

FEW: Final = 0.85
"""Their share up to which a run does."""

PATIENCE: Final = 8
"""Lengths in succession that may fail before longer arrows of a row are given up."""

AT_ONCE: Final = 16_384
"""Arrows looked at together, so that what is worked on stays in the cache."""


def search(rows: Rows, spans: Ints, chosen: Bools) -> Bools:
    """Choose the rows of shortest paths through those runs that jump about.

    Parameters
    ----------
    rows
        The boxes.
    spans
        ``(k, 2)`` first and last row of each run.
    chosen
        ``(n,)``: where the rows are marked.

    Returns
    -------
    (k,) bool array
        The runs that it was done for.
    """
    done = _jump(rows, spans)
    if done.any():
        first, last = spans[done].T
        _shortest(_arrows(rows, first, last, len(chosen)), first, last, chosen)
    return done


def _jump(rows: Rows, spans: Ints) -> Bools:
    first, last = spans.T
    count = np.maximum(last - first - PROBE, 0) // EVERY + 1
    begin = count.cumsum() - count
    run = np.repeat(np.arange(len(spans)), count)
    start = first[run] + (np.arange(len(run)) - begin[run]) * EVERY
    length = np.minimum(PROBE, last[run] - start)
    ways = rows.ways(start, start + length)
    there = _obstacles(ways, start, length) < 0
    return np.asarray(np.add.reduceat(there, begin, dtype=np.int64) <= FEW * count)


def _obstacles(ways: Ways, start: Ints, length: Ints) -> Ints:
    """Return a row between that does not lie near, for each arrow; -1 for none."""
    obstacle = np.full(len(start), -1)
    longest = int(length.max(initial=1))
    left = np.arange(len(start))
    for step in sorted(range(1, longest), key=lambda step: abs(2 * step - longest)):
        at = start[left] + np.minimum(step, length[left] - 1)
        near = ways.near(at)
        obstacle[left[~near]] = at[~near]
        if near.sum() < 0.8 * len(near):
            left, ways = left[near], ways.picked(np.flatnonzero(near))
    return obstacle


def _arrows(rows: Rows, first: Ints, last: Ints, count: int) -> Bools:
    """Arrows ``(REACH + n, REACH)`` from row - REACH, by length - 1."""
    arrows = np.zeros((REACH + count, REACH), dtype=np.bool_)
    length = last - first
    run = np.repeat(np.arange(len(first)), length)
    begin = length.cumsum() - length
    starts = first[run] + np.arange(len(run)) - begin[run]
    arrows[REACH + starts, 0] = True
    for at in range(0, len(starts), AT_ONCE):
        alive, end = starts[at : at + AT_ONCE], last[run[at : at + AT_ONCE]]
        obstacle, failed = alive + 1, np.zeros(len(alive), dtype=np.int64)
        for step in range(2, REACH + 1):
            on = (alive + step <= end) & (failed < PATIENCE)
            alive, end, obstacle, failed = (
                column[on] for column in (alive, end, obstacle, failed)
            )
            # What stopped the arrow before will most often stop this one too.
            ways = rows.ways(alive, alive + step)
            open_ = np.flatnonzero(ways.near(obstacle))
            failed += 1
            length = np.full(len(open_), step)
            found = _obstacles(ways.picked(open_), alive[open_], length)
            obstacle[open_] = np.where(found < 0, obstacle[open_], found)
            there = open_[found < 0]
            failed[there] = 0
            arrows[REACH + alive[there], step - 1] = True
    return arrows


def _shortest(arrows: Bools, first: Ints, last: Ints, chosen: Bools) -> None:
    """Choose the rows of the shortest paths, all runs one row on at a time."""
    order = np.argsort(first - last, kind="stable")
    first, last = first[order], last[order]
    length = last - first
    steps = np.zeros(len(arrows), dtype=np.int64)
    before = np.zeros(len(arrows), dtype=np.int64)
    back = np.arange(1, REACH + 1)
    never = len(arrows)
    for place in range(1, int(length[0]) + 1):
        at = REACH + first[: np.searchsorted(-length, -place, side="right")] + place
        source = at[:, None] - back
        cost = np.where(arrows[source, back - 1], steps[source], never)
        best = cost.argmin(axis=1)
        steps[at] = cost[np.arange(len(at)), best] + 1
        before[at] = at - 1 - best
    row = REACH + last
    while len(row):
        chosen[row - REACH] = True
        row = before[row]
        going = row > REACH + first
        row, first = row[going], first[going]
