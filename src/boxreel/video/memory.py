"""JPEGs kept in memory around the playhead, within a budget of bytes."""

from __future__ import annotations

import ctypes
import math
import sys
from collections.abc import Iterator

from boxreel.video.frameset import FrameSet, Span

TURN = 64
"""Frames filled ahead before filling turns to those behind."""

PIECE = 16
"""Frames filled before it is looked anew whether there is room for more."""


class Memory:
    """JPEGs by frame and width; those farthest from the playhead go first.

    Room is made for a sixteenth of the budget at once, as sorting takes its time.

    Parameters
    ----------
    max_bytes : int
        JPEGs kept at most.

    Examples
    --------
    >>> memory = Memory(100)
    >>> memory.centre(50, 320)
    >>> for i in (0, 49, 52):
    ...     memory.put(i, 320, b"." * 40)
    >>> (0, 320) in memory, (49, 320) in memory, memory.radius
    (False, True, 2)
    """

    def __init__(self, max_bytes: int) -> None:
        self._max_bytes = max_bytes
        self._jpegs: dict[tuple[int, int], bytes] = {}
        self._frames: dict[int, FrameSet] = {}
        self._bytes = 0
        self._playhead, self._width = 0, 0
        self.radius: float = math.inf
        """Farthest from the playhead that there is room for, as far as is known."""

    def centre(self, playhead: int, width: int) -> None:
        """Keep what is near `playhead` from now on, and of `width` before others."""
        if width != self._width or abs(playhead - self._playhead) > self.radius:
            self.radius = math.inf
        self._playhead, self._width = playhead, width

    def get(self, i: int, width: int) -> bytes | None:
        """Return a JPEG, None if it is not here."""
        return self._jpegs.get((i, width))

    def put(self, i: int, width: int, jpeg: bytes) -> None:
        """Keep a JPEG, and then drop what is farthest if it is too much; never all."""
        self._bytes += len(jpeg) - len(self._jpegs.get((i, width), b""))
        self._jpegs[i, width] = jpeg
        self._frames.setdefault(width, FrameSet()).add(i)
        self._make_room()

    def spans(self, width: int) -> list[Span]:
        """List the frames that are here."""
        return self._frames.get(width, FrameSet()).spans

    def limit(self, max_bytes: int) -> None:
        """Keep at most so many bytes from now on."""
        if max_bytes > self._max_bytes:
            self.radius = math.inf
        self._max_bytes = max_bytes
        self._make_room()

    def _make_room(self) -> None:
        if self._bytes <= self._max_bytes:
            return
        nearest_first = sorted(self._jpegs, key=self._distance)
        while len(nearest_first) > 1 and self._bytes > self._max_bytes * 15 // 16:
            i, width = nearest_first.pop()
            self._bytes -= len(self._jpegs.pop((i, width)))
            self._frames[width].discard(i)
        of_other_width, farthest = self._distance(nearest_first[-1])
        self.radius = math.inf if of_other_width else farthest

    def clear(self) -> None:
        """Drop everything, and give the memory back to the system."""
        self._jpegs.clear()
        self._frames.clear()
        self._bytes = 0
        if sys.platform == "linux":
            # glibc would keep all of it for this process: blocks of this size are not
            # returned when freed. Another C library has no such function, or need.
            trim = getattr(ctypes.CDLL(None), "malloc_trim", None)
            if trim is not None:
                trim(0)

    def __contains__(self, frame_and_width: tuple[int, int]) -> bool:
        return frame_and_width in self._jpegs

    def _distance(self, key: tuple[int, int]) -> tuple[bool, int]:
        i, width = key
        return width != self._width, abs(i - self._playhead)


def pieces(playhead: int, count: int) -> Iterator[range]:
    """Order all frames of a clip outwards from the playhead, in pieces.

    What was covered ahead is then covered behind, and each time the distance doubles:
    decoding goes forward only, so few turns are taken.

    Examples
    --------
    >>> order = list(pieces(100, 300))
    >>> [order[n] for n in (0, 3, 4, 7, 8)]
    [range(100, 116), range(148, 164), range(36, 52), range(84, 100), range(164, 180)]
    """
    near, far = 0, TURN
    while playhead + near < count or playhead - near > 0:
        for start, stop in (
            (playhead + near, min(playhead + far, count)),
            (max(playhead - far, 0), playhead - near),
        ):
            for first in range(start, stop, PIECE):
                yield range(first, min(first + PIECE, stop))
        near, far = far, 2 * far
