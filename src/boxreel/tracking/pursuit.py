"""How far an object is followed, and by whom."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any, Final, Literal, TypeAlias

import numpy as np

from boxreel.errors import TrackingError
from boxreel.shapes.box import Box
from boxreel.tracking.patch import Floats
from boxreel.video import Video
from boxreel.video.base import RGB

Tracker: TypeAlias = Callable[[Iterable[RGB], Floats], Iterable[object]]
"""Takes pictures and the box on the first; gives a box and a score for each other."""

Reason = Literal["end", "lost", "left", "cut", "stopped"]

CUT: Final = 40
"""Mean difference of blocks of two pictures, of 255, that is a cut."""

_BLOCKS = 16


@dataclass(frozen=True)
class Pursuit:
    """Boxes on the frames after `start`, and why there are no more.

    Attributes
    ----------
    start
        The frame with the first box.
    boxes, scores
        (n, 5) and (n,), of the frames from ``start + 1`` on; a score may be NaN.
    reason
        ``"end"`` of the range, ``"lost"``, ``"left"`` the picture, ``"cut"``, or
        ``"stopped"`` by whoever asked.
    """

    start: int
    boxes: Floats
    scores: Floats
    reason: Reason

    @property
    def stop(self) -> int:
        """The first frame without a box."""
        return self.start + 1 + len(self.boxes)


def pursue(
    video: Video,
    box: Box,
    start: int,
    stop: int,
    tracker: Tracker,
    going: Callable[[int], bool],
) -> Pursuit:
    """Follow what is in a box through the frames ``[start + 1, stop)``.

    Parameters
    ----------
    video, box, start, stop
        Where the object is and how far it is followed at most.
    tracker
        Who follows it.
    going
        Called with each frame before it is looked at; False ends it there.

    Raises
    ------
    TrackingError
        If the tracker gives what is no box.
    VideoError
        If a frame cannot be decoded.
    """
    rows: list[Floats] = []
    ended: list[Reason] = []

    def pictures() -> Iterator[RGB]:
        before: RGB | None = None
        for frame in range(start, stop):
            if not going(frame):
                ended.append("stopped")
                return
            picture = video.read(frame)
            if before is not None and _is_cut(before, picture):
                ended.append("cut")
                return
            before = picture
            yield picture
        ended.append("end")

    first = np.array([box.x, box.y, box.w, box.h, box.rotation])
    for number, given in enumerate(tracker(pictures(), first), start + 1):
        row = _row(given, number, box.rotation)
        if not _inside(row, video):
            ended.insert(0, "left")
            break
        rows.append(row)
        if number == stop - 1:
            ended.insert(0, "end")
            break
    table = np.array(rows).reshape(-1, 6)
    return Pursuit(start, table[:, :5], table[:, 5], ended[0] if ended else "lost")


def _row(given: Any, frame: int, rotation: float) -> Floats:
    """Return x, y, w, h, rotation and score of what a tracker gave."""
    try:
        place, said = given
        numbers = np.array([*place], np.float64)
        score = np.nan if said is None else float(said)
    except (TypeError, ValueError):
        numbers, score = np.empty(0), np.nan
    if len(numbers) == 4:
        numbers = np.append(numbers, rotation)
    bad = len(numbers) != 5 or not np.isfinite(numbers).all() or np.isinf(score)
    if bad or min(numbers[2:4]) <= 0:
        raise TrackingError(
            f"the tracker gave {given!r:.200} for frame {frame}; give a box with w and "
            "h above 0, and a score or None, as in ((1, 2, 3, 4), 0.9)"
        )
    return np.append(numbers, score)


def _inside(row: Floats, video: Video) -> bool:
    """Whether the middle of a box is in the picture."""
    x, y = row[:2] + row[2:4] / 2
    return bool(0 <= x < video.width and 0 <= y < video.height)


def _is_cut(before: RGB, after: RGB) -> bool:
    """Whether two pictures that follow each other show different scenes."""
    return bool(np.abs(_coarse(before) - _coarse(after)).mean() > CUT)


def _coarse(picture: RGB) -> Floats:
    """Return the mean light of blocks, some sixteen along the shorter side."""
    side = max(1, min(picture.shape[:2]) // _BLOCKS)
    down, across = (length // side for length in picture.shape[:2])
    light = picture[: down * side, : across * side, 1]
    blocks: Floats = light.reshape(down, side, across, side).mean(axis=(1, 3))
    return blocks
