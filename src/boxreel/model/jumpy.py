"""The fewest boxes of runs that jump about, between which all others lie near enough.

Few rows of such a run can be left out at a time, so that it costs less to try every
arrow of `fewest` than to choose among them: all runs lie in one strip, and what is k
rows after each row is the strip moved by k, without a row picked out. The shortest path
is exact but for arrows that are not tried, those longer than `REACH` and those of
lengths of which hardly any are there, and for those that rounding loses.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final, TypeAlias

import numpy as np
import numpy.typing as npt

from boxreel.model.ways import Floats, Ints, Rows, taken

Bools: TypeAlias = npt.NDArray[np.bool_]
Numbers: TypeAlias = npt.NDArray[Any]

REACH: Final = 24
"""Longest arrow, in rows."""

PROBE: Final = 10
"""Length of the arrows that tell whether a run jumps about: few of them are there."""

EVERY: Final = 8
"""Distance of the rows that they are tried from."""

FEW: Final = 0.85
"""Their share up to which a run does."""

HARDLY: Final = 0.005
"""Share of the arrows of one length up to which no longer ones are tried."""

AT_ONCE: Final = 16_384
"""Arrows looked at together, so that what is worked on stays in the cache."""

ROUNDED: Final = 0.99
"""Least overlap up to which four bytes a number tell which boxes are near."""


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
        strip = _Strip.of(rows, *spans[done].T)
        path = _shortest(strip, _arrows(rows, strip))
        chosen[strip.rows[path]] = True
        leaves = strip.left[path] > 0
        start, stop = strip.rows[path[:-1]], strip.rows[path[1:]]
        _mend(rows, start[leaves[:-1]], stop[leaves[:-1]], chosen)
    return done


def _jump(rows: Rows, spans: Ints) -> Bools:
    first, last = spans.T
    count = np.maximum(last - first - PROBE, 0) // EVERY + 1
    begin = count.cumsum() - count
    run = np.repeat(np.arange(len(spans)), count)
    start = first[run] + (np.arange(len(run)) - begin[run]) * EVERY
    stop = np.minimum(start + PROBE, last[run])
    there = stop - start == 1
    long = np.flatnonzero(~there)
    there[long] = _far(rows, start[long], stop[long])[1] >= rows.least
    return np.asarray(np.add.reduceat(there, begin, dtype=np.int64) <= FEW * count)


@dataclass(frozen=True, eq=False, slots=True)
class _Strip:
    """The rows of some runs, one run after the other.

    `left` says how many rows of its run follow each row. `times` go on from run to run,
    `even` if no frame is left out; after the last there is room to look ahead.
    """

    rows: Ints
    left: Ints
    first: Ints
    times: Floats
    even: bool
    sides: Numbers
    areas: Numbers
    least: float

    @classmethod
    def of(cls, rows: Rows, first: Ints, last: Ints) -> _Strip:
        count = last - first + 1
        begin = count.cumsum() - count
        place = np.arange(count.sum())
        at = place + np.repeat(first - begin, count)
        ahead = np.append(at, np.full(REACH, at[-1]))
        passed = np.diff(rows.frames[ahead], prepend=0)
        passed[begin] = passed[len(at) :] = 1
        sides = taken(rows.sides, ahead)
        origin = np.append(np.repeat(first, count), np.full(REACH, first[-1]))
        centre = (rows.sides[2:, origin] - rows.sides[:2, origin]) / 2
        sides[:2] += centre
        sides[2:] -= centre
        number = np.float32 if rows.least < ROUNDED else np.float64
        return cls(
            rows=at,
            left=np.repeat(begin + count - 1, count) - place,
            first=begin,
            times=passed.cumsum(),
            even=bool((passed == 1).all()),
            sides=sides.astype(number),
            areas=rows.areas[ahead].astype(number),
            least=rows.least,
        )

    def part(self, at: int, count: int, step: int, length: int) -> Numbers:
        """How much of their ways has passed `step` rows after `count` from `at` on."""
        number = self.sides.dtype.type
        if self.even:
            return np.asarray(number(step / length))
        start, now, stop = (
            self.times[at + ahead : at + ahead + count] for ahead in (0, step, length)
        )
        return ((now - start) / (stop - start)).astype(number)


def _arrows(rows: Rows, strip: _Strip) -> Bools:
    """Arrows ``(n, REACH)`` that lead to each row, by length - 1."""
    arrows = np.zeros((len(strip.rows), REACH), dtype=np.bool_)
    arrows[:, 0] = True
    for at in range(0, len(arrows), AT_ONCE):
        left = strip.left[at : at + AT_ONCE]
        for length in range(2, min(REACH, int(left.max())) + 1):
            there = left >= length
            if rows.turned:
                start = strip.rows[at : at + len(left)]
                there[there] = _turned_there(rows, start[there], length)
            else:
                there &= _there(strip, at, len(left), length)
            stops = arrows[at + length : at + length + len(left), length - 1]
            stops[:] = there[: len(stops)]
            if np.count_nonzero(there) <= HARDLY * len(left):
                break
    return arrows


def _there(strip: _Strip, at: int, count: int, length: int) -> Bools:
    """Whether there are the arrows of one length from `count` rows from `at` on."""
    sides, areas = strip.sides[:, at:], strip.areas[at:]
    share = sides.dtype.type(strip.least / (1 + strip.least))
    begin = sides[:, :count]
    delta = sides[:, length : length + count] - begin
    way, size, area = np.empty_like(delta), np.empty_like(delta[:2]), delta[0].copy()
    there, near = np.ones((2, count), dtype=np.bool_)
    for step in range(1, length):
        ahead = slice(step, step + count)
        np.multiply(delta, strip.part(at, count, step, length), out=way)
        way += begin
        np.add(way[:2], way[2:], out=size)
        np.multiply(size[0], size[1], out=area)
        area += areas[ahead]
        area *= share
        np.minimum(way, sides[:, ahead], out=way)
        np.add(way[:2], way[2:], out=size)
        shared, height = size
        np.maximum(shared, 0, out=shared)
        shared *= height
        there &= np.greater_equal(shared, area, out=near)
    return there


def _turned_there(rows: Rows, start: Ints, length: int) -> Bools:
    """Whether there are the arrows of one length from some rows, of boxes that turn.

    Their IoU takes so long that an arrow which one row stops is tried on no other.
    """
    there = np.ones(len(start), dtype=np.bool_)
    for step in sorted(range(1, length), key=lambda step: abs(2 * step - length)):
        left = np.flatnonzero(there)
        ways = rows.ways(start[left], start[left] + length)
        there[left] = ways.overlap(start[left] + step) >= rows.least
    return there


def _shortest(strip: _Strip, arrows: Bools) -> Ints:
    """Places of the shortest paths, sorted, all runs one row on at a time."""
    length = strip.left[strip.first]
    order = np.argsort(-length, kind="stable")
    first, length = REACH + strip.first[order], length[order]
    steps = np.zeros(REACH + len(arrows), dtype=np.int64)
    before = np.zeros(REACH + len(arrows), dtype=np.int64)
    back = np.arange(1, REACH + 1)
    never = len(steps)
    for place in range(1, int(length[0]) + 1):
        at = first[: np.searchsorted(-length, -place, side="right")] + place
        cost = np.where(arrows[at - REACH], steps[at[:, None] - back], never)
        best = cost.argmin(axis=1)
        steps[at] = cost[np.arange(len(at)), best] + 1
        before[at] = at - 1 - best
    path = np.zeros(len(arrows), dtype=np.bool_)
    row = first + length
    while len(row):
        path[row - REACH] = True
        going = row > first
        row, first = before[row[going]], first[going]
    return np.flatnonzero(path)


def _mend(rows: Rows, start: Ints, stop: Ints, chosen: Bools) -> None:
    """Choose also what lies farthest off ways that rounding took for near enough."""
    while len(start):
        long = stop - start > 1
        start, stop = start[long], stop[long]
        row, least = _far(rows, start, stop)
        bad = least < rows.least
        chosen[row[bad]] = True
        start, stop = (
            np.append(start[bad], row[bad]),
            np.append(row[bad], stop[bad]),
        )


def _far(rows: Rows, start: Ints, stop: Ints) -> tuple[Ints, Floats]:
    """Row between two that lies farthest off their way and its IoU, of many pairs."""
    row, least = np.empty(len(start), dtype=np.int64), np.empty(len(start))
    blocks = int((stop - start).sum()) // AT_ONCE + 1
    for some in np.array_split(np.arange(len(start)), blocks):
        if len(some):
            row[some], least[some] = rows.worst(start[some], stop[some])
    return row, least
