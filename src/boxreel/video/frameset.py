"""A set of frames that takes room by its spans, not by its frames."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable

Span = tuple[int, int]
"""Frames from the first to before the second."""


class FrameSet:
    """A set of frames, kept as spans in order, none touching another.

    Parameters
    ----------
    frames : iterable of int
        What is in it at first.

    Examples
    --------
    >>> frames = FrameSet([3, 4, 5, 9])
    >>> frames.discard(4)
    >>> frames.add(8)
    >>> frames.spans, 9 in frames, 4 in frames
    ([(3, 4), (5, 6), (8, 10)], True, False)
    """

    def __init__(self, frames: Iterable[int] = ()) -> None:
        self._starts: list[int] = []
        self._stops: list[int] = []
        for i in sorted(frames):
            self.add(i)

    @property
    def spans(self) -> list[Span]:
        """The frames as half-open spans in order."""
        return [*zip(self._starts, self._stops, strict=False)]

    def add(self, i: int) -> None:
        """Put a frame in."""
        at = bisect_right(self._starts, i)
        if at and i < self._stops[at - 1]:
            return
        follows = at > 0 and self._stops[at - 1] == i
        leads = at < len(self._starts) and self._starts[at] == i + 1
        if follows and leads:
            del self._starts[at], self._stops[at - 1]
        elif follows:
            self._stops[at - 1] = i + 1
        elif leads:
            self._starts[at] = i
        else:
            self._starts.insert(at, i)
            self._stops.insert(at, i + 1)

    def discard(self, i: int) -> None:
        """Take a frame out, if it is in."""
        if i not in self:
            return
        at = bisect_right(self._starts, i) - 1
        start, stop = self._starts[at], self._stops[at]
        parts = [part for part in ((start, i), (i + 1, stop)) if part[0] < part[1]]
        self._starts[at : at + 1] = [start for start, _ in parts]
        self._stops[at : at + 1] = [stop for _, stop in parts]

    def __contains__(self, i: int) -> bool:
        at = bisect_right(self._starts, i)
        return at > 0 and i < self._stops[at - 1]

    def __bool__(self) -> bool:
        return bool(self._starts)


def union(one: list[Span], other: list[Span]) -> list[Span]:
    """Join two lists of spans in order.

    Examples
    --------
    >>> union([(0, 4), (9, 12)], [(2, 6), (7, 9)])
    [(0, 6), (7, 12)]
    """
    joined: list[Span] = []
    for start, stop in sorted([*one, *other]):
        if joined and start <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(stop, joined[-1][1]))
        else:
            joined.append((start, stop))
    return joined
