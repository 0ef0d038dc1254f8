"""Places in a video as people write them: a frame, a time, or so far from here."""

from __future__ import annotations

import re

import numpy as np
import numpy.typing as npt

from boxreel.errors import AnnotationError

_FRAME = re.compile(r"[0-9]+")
_SECONDS = re.compile(r"([0-9]+(?:[.,][0-9]+)?) ?s")
_CLOCK = re.compile(r"(?:([0-9]+):)?([0-9]+):([0-9]+(?:[.,][0-9]+)?)")


def frame_named(text: str, times: npt.NDArray[np.float64], frame: int = 0) -> int:
    """Return the frame that a text names.

    Parameters
    ----------
    text
        A frame from 0 (``"132"``), a time (``"0:05.92"``, ``"1:00:05"``, ``"5.92s"``),
        or how far to go from `frame` (``"+10"``, ``"-2s"``), which ends at the ends of
        the video. A time means the frame nearest to it, of two the earlier one.
    times
        ``(n,)`` presentation time of each frame in seconds.
    frame
        Where a relative place is counted from.

    Raises
    ------
    AnnotationError
        If the text is none of these, or names a place that the video does not have.

    Examples
    --------
    >>> times = np.arange(480) / 25
    >>> frame_named("0:05.92", times), frame_named("-10", times, frame=132)
    (148, 122)
    """
    sign, place = _parts(text)
    way = -1 if sign == "-" else 1
    last = len(times) - 1
    count = int(place) if _FRAME.fullmatch(place) else None
    seconds = _seconds(place)
    if sign and count is not None:
        return max(0, min(frame + way * count, last))
    if sign and seconds is not None:
        return frame_near(times, float(times[frame]) + way * seconds)
    if count is not None:
        if count > last:
            raise AnnotationError(f"there is no frame {count}: the last one is {last}")
        return count
    if seconds is not None:
        end = float(times[-1])
        if seconds > end + (end - float(times[0])) / max(last, 1):
            shown = f"{end:.12g}"
            raise AnnotationError(
                f"there is no {text.strip()}: the last frame is at {shown} s"
            )
        return frame_near(times, seconds)
    raise AnnotationError(
        f"{text!r} is no frame and no time; 132, 0:05.92, 5.92s, +10 and -2s are"
    )


def frame_near(times: npt.NDArray[np.float64], seconds: float) -> int:
    """Return the frame whose time is nearest; of two the earlier one.

    Examples
    --------
    >>> frame_near(np.array([0.0, 0.5, 1.0]), 0.75)
    1
    """
    after = int(np.searchsorted(times, seconds))
    if after == 0 or after == len(times):
        return max(0, after - 1)
    before = seconds - float(times[after - 1])
    return after - 1 if before <= float(times[after]) - seconds else after


def _parts(text: str) -> tuple[str, str]:
    stripped = text.strip()
    signed = stripped[:1] in ("+", "-")
    return (stripped[0], stripped[1:].strip()) if signed else ("", stripped)


def _seconds(place: str) -> float | None:
    if plain := _SECONDS.fullmatch(place):
        return _number(plain[1])
    if clock := _CLOCK.fullmatch(place):
        hours, minutes, seconds = map(_number, clock.groups("0"))
        return hours * 3600 + minutes * 60 + seconds
    return None


def _number(digits: str) -> float:
    return float(digits.replace(",", "."))
