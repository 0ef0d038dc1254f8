"""What a document needs to know of its video."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property, partial
from typing import Any

import numpy as np
import numpy.typing as npt

from boxreel.errors import AnnotationError
from boxreel.model.checks import as_int, as_positive


@dataclass(frozen=True, init=False, eq=False, repr=False)
class VideoInfo:
    """Size and frame times of a video, without its pixels.

    Parameters
    ----------
    name
        File name or another name to show.
    width, height
        Size of the upright picture in pixels.
    ticks
        ``(n,)`` presentation time of each frame in units of `time_base`, strictly
        increasing; there is at least one frame.
    time_base
        Seconds a tick.
    fingerprint
        Tells videos apart; empty when unknown.

    Raises
    ------
    AnnotationError
        A value that describes no video.

    Examples
    --------
    >>> video = VideoInfo("street.mp4", 1920, 1080, [0, 512, 1024], Fraction(1, 15360))
    >>> video.frame_count, video.fps
    (3, 30.0)
    """

    name: str
    width: int
    height: int
    ticks: npt.NDArray[np.int64]
    time_base: Fraction
    fingerprint: str

    def __init__(
        self,
        name: str,
        width: int,
        height: int,
        ticks: npt.ArrayLike,
        time_base: Fraction,
        fingerprint: str = "",
    ) -> None:
        put = partial(object.__setattr__, self)
        put("name", str(name))
        put("width", as_positive(width, "the video's width in pixels"))
        put("height", as_positive(height, "the video's height in pixels"))
        put("ticks", _checked_ticks(ticks))
        put("time_base", _checked_base(time_base))
        put("fingerprint", str(fingerprint))

    @classmethod
    def constant(
        cls,
        name: str,
        width: int,
        height: int,
        frame_count: int,
        fps: float | Fraction,
    ) -> VideoInfo:
        """Describe a video of constant frame rate whose first frame is at time 0.

        Parameters
        ----------
        name, width, height
            As of the class.
        frame_count
            Number of frames.
        fps
            Frames a second; a float is taken for the simple fraction nearest to it,
            so that 29.97002997 means 30000/1001.

        Raises
        ------
        AnnotationError
            A value that describes no video.

        Examples
        --------
        >>> VideoInfo.constant("street.mp4", 1920, 1080, 300, fps=30).times[:3].tolist()
        [0.0, 0.03333333333333333, 0.06666666666666667]
        """
        if not 0 < fps < float("inf"):
            raise AnnotationError(f"fps is {fps}; it must be positive and finite")
        rate = Fraction(float(fps))
        if rate < 1:
            base = (1 / rate).limit_denominator(100_000)
        else:
            base = 1 / rate.limit_denominator(100_000)
        ticks = np.arange(as_int(frame_count, "frame_count"))
        return cls(name, width, height, ticks, base)

    @classmethod
    def of(cls, video: Any) -> VideoInfo:
        """Take what a document needs of a video; a `VideoInfo` is returned as it is.

        Parameters
        ----------
        video
            Anything with the attributes of this class.

        Raises
        ------
        AnnotationError
            An attribute is missing.

        Examples
        --------
        >>> video = VideoInfo.constant("street.mp4", 1920, 1080, 300, fps=30)
        >>> VideoInfo.of(video) is video
        True
        """
        if isinstance(video, cls):
            return video
        try:
            return cls(
                name=video.name,
                width=video.width,
                height=video.height,
                ticks=video.ticks,
                time_base=video.time_base,
                fingerprint=video.fingerprint,
            )
        except AttributeError as error:
            raise AnnotationError(
                f"{video!r:.100} is not a video: {error}; open it with open_video()"
            ) from None

    @property
    def frame_count(self) -> int:
        """Number of frames."""
        return len(self.ticks)

    @cached_property
    def times(self) -> npt.NDArray[np.float64]:
        """Presentation time of each frame in seconds, ``(n,)``, read-only."""
        base = self.time_base
        ticks = self.ticks.astype(np.float64)
        times = ticks * float(base.numerator) / float(base.denominator)
        times.setflags(write=False)
        return times

    def tick_runs(self) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int64]]:
        """Say all ticks by runs of equal steps.

        Returns
        -------
        steps, counts : numpy.ndarray
            ``(k,)`` int64: from 0 and then from tick to tick, and how often in a row.
            The first step is the first tick and counts once.

        Examples
        --------
        >>> video = VideoInfo("street.mp4", 64, 48, [5, 7, 9, 12], Fraction(1, 30))
        >>> [runs.tolist() for runs in video.tick_runs()]
        [[5, 2, 3], [1, 2, 1]]
        """
        steps = np.diff(self.ticks)
        starts = np.flatnonzero(np.diff(steps, prepend=-1))
        counts = np.diff(starts, append=len(steps))
        first = self.ticks[:1]
        return np.append(first, steps[starts]), np.append(1, counts)

    @property
    def fps(self) -> float:
        """Mean frames a second; 0 where a single frame leaves it open."""
        steps = self.frame_count - 1
        if steps == 0:
            return 0.0
        seconds = int(self.ticks[-1] - self.ticks[0]) * self.time_base
        return float(steps / seconds)

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, VideoInfo):
            return NotImplemented
        return self is other or (
            self._scalars() == other._scalars()
            and np.array_equal(self.ticks, other.ticks)
        )

    def __hash__(self) -> int:
        return hash((*self._scalars(), self.frame_count))

    def __reduce__(self) -> tuple[Any, ...]:
        name, width, height, time_base, fingerprint = self._scalars()
        return VideoInfo, (name, width, height, self.ticks, time_base, fingerprint)

    def __repr__(self) -> str:
        return (
            f"VideoInfo({self.name!r}, {self.width}x{self.height}, "
            f"{self.frame_count} frames, {self.fps:.5g} fps)"
        )

    def _scalars(self) -> tuple[str, int, int, Fraction, str]:
        return self.name, self.width, self.height, self.time_base, self.fingerprint


def _checked_base(value: Any) -> Fraction:
    try:
        base = Fraction(value)
    except (TypeError, ValueError, ArithmeticError):
        base = Fraction(0)
    if base <= 0:
        raise AnnotationError(
            f"the time base is {value!s:.100}; it must be positive seconds"
        )
    return base


def _checked_ticks(values: npt.ArrayLike) -> npt.NDArray[np.int64]:
    ticks = np.asarray(values)
    if ticks.ndim != 1 or len(ticks) == 0 or ticks.dtype.kind not in "iu":
        raise AnnotationError(
            "a video has one integer tick a frame and at least one frame, "
            f"not ticks {values!r:.100}"
        )
    ticks = ticks.astype(np.int64)
    stalled = np.flatnonzero(np.diff(ticks) <= 0)
    if len(stalled):
        i = int(stalled[0]) + 1
        raise AnnotationError(
            f"ticks must increase from frame to frame, but frame {i} has "
            f"{ticks[i]} after {ticks[i - 1]}"
        )
    ticks.setflags(write=False)
    return ticks
