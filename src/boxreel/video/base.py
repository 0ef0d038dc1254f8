"""What every video is: an exact, indexable sequence of pictures."""

from __future__ import annotations

import operator
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterator
from fractions import Fraction
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any, SupportsIndex

import numpy as np
import numpy.typing as npt

if TYPE_CHECKING:
    from boxreel.video.check import CheckReport, Header

RGB = npt.NDArray[np.uint8]


class Picture(ABC):
    """One frame, decoded but not yet converted."""

    @abstractmethod
    def rgb(self) -> RGB:
        """Return the pixels as a new (H, W, 3) uint8 RGB array."""

    @abstractmethod
    def jpeg(self, width: int) -> bytes:
        """Return a JPEG scaled to `width` pixels, never to more than its own width."""


class Video(ABC):
    """A sequence of pictures of one size, each with its exact time.

    Frame `n` is the n-th frame that a straight decode yields, in presentation
    order, from 0; upright and with square pixels. Videos come from
    `open_video`; all of them may be read from several threads at once.

    Parameters
    ----------
    name : str
        What messages call the video: a file's name without its folder.
    width, height : int
        Size of every picture in pixels.
    ticks : numpy.ndarray
        (n,) int64 presentation times in units of `time_base`, strictly increasing.
    time_base : fractions.Fraction
        Seconds per tick.
    fingerprint : str
        Identifies the content whatever the source is called.
    path : pathlib.Path, optional
        The file or folder; None for arrays.

    Examples
    --------
    >>> import numpy as np
    >>> from boxreel.video import open_video
    >>> v = open_video(np.zeros((10, 48, 64, 3), np.uint8), fps=5)
    >>> len(v), v.width, v.height, v.fps
    (10, 64, 48, 5.0)
    >>> v[-1].shape, v.times[3]
    ((48, 64, 3), np.float64(0.6))
    """

    def __init__(
        self,
        *,
        name: str,
        width: int,
        height: int,
        ticks: npt.NDArray[np.int64],
        time_base: Fraction,
        fingerprint: str,
        path: Path | None = None,
    ) -> None:
        self.name = name
        self.width = width
        self.height = height
        self.ticks = ticks
        self.time_base = time_base
        self.fingerprint = fingerprint
        self.path = path
        self.ticks.flags.writeable = False

    @abstractmethod
    def reach(self, target: int, wanted: Callable[[int], bool]) -> tuple[int, Picture]:
        """Decode towards `target`; stop at the first `wanted` frame or at `target`.

        Called again with the same target it goes on from there, so a run of
        decoding gives away every useful frame it passes.

        Returns
        -------
        tuple of int and Picture
            The frame reached, which need not be `target`, and its picture.

        Raises
        ------
        VideoError
            If frame `target` cannot be decoded.
        """

    def close(self) -> None:  # noqa: B027 - arrays hold nothing open
        """Let go of the source. Closing twice is fine; reading afterwards is not."""

    @property
    def warnings(self) -> tuple[str, ...]:
        """What was found to be wrong with the source so far, with frame numbers."""
        return ()

    @property
    def frame_count(self) -> int:
        """Number of frames that can be read."""
        return len(self.ticks)

    @property
    def times(self) -> npt.NDArray[np.float64]:
        """Presentation times in seconds, (n,) float64, read-only."""
        seconds = self.ticks * self.time_base.numerator / self.time_base.denominator
        seconds.flags.writeable = False
        return seconds

    @property
    def fps(self) -> float:
        """Mean frame rate; of a single frame, one over its time base."""
        span = int(self.ticks[-1] - self.ticks[0]) or 1
        return float(max(len(self) - 1, 1) / (span * self.time_base))

    def read(self, i: SupportsIndex) -> RGB:
        """Return frame `i` as a new, C-contiguous (H, W, 3) uint8 RGB array.

        Parameters
        ----------
        i : int
            Frame, 0-based; negative counts from the end.

        Raises
        ------
        IndexError
            If there is no such frame.
        VideoError
            If the frame cannot be decoded.
        """
        return self._picture(i).rgb()

    def jpeg(self, i: SupportsIndex, width: int) -> bytes:
        """Return frame `i` as a JPEG, `width` pixels wide or the video's own width.

        Parameters
        ----------
        i : int
            Frame, 0-based; negative counts from the end.
        width : int
            Pixels, at least 1. The aspect is kept; nothing is ever enlarged.

        Raises
        ------
        IndexError
            If there is no such frame.
        VideoError
            If the frame cannot be decoded.
        """
        return self._picture(i).jpeg(width)

    def check(self) -> CheckReport:
        """Tell where other readers would number the frames differently.

        Asked are the file's header (its count, its duration times its rate, its rate
        times the time of each frame) and OpenCV if it is installed: how many frames it
        promises and reads, and which ones, in order and when it seeks; for that all
        of the video is decoded, several times. What is no file knows no other numbers.

        Returns
        -------
        CheckReport
            A table; `agrees` is True where all number frames as this video does.
        """
        from boxreel.video.check import compare

        return compare(self, self._header())

    def _header(self) -> Header:
        from boxreel.video.check import Header

        return Header()

    def _picture(self, i: SupportsIndex) -> Picture:
        return self.reach(self._index(i), lambda _: False)[1]

    def _index(self, i: Any) -> int:
        if isinstance(i, slice):
            frames = range(*i.indices(len(self)))
            raise TypeError(
                f"{self.name} gives one frame at a time, not {i}; take them one by "
                f"one, [video[i] for i in {frames}]"
            )
        try:
            given = operator.index(i)
        except TypeError as error:
            message = f"{self.name} has no frame {i!r:.100}; give a whole number"
            raise TypeError(f"{message} from 0 to {len(self) - 1}") from error
        index = given + len(self) if given < 0 else given
        if not 0 <= index < len(self):
            message = f"{self.name} has no frame {given}; it has {len(self)} frames"
            raise IndexError(f"{message}, 0 to {len(self) - 1}")
        return index

    def __len__(self) -> int:
        return self.frame_count

    def __getitem__(self, i: SupportsIndex) -> RGB:
        return self.read(i)

    def __iter__(self) -> Iterator[RGB]:
        return (self.read(i) for i in range(len(self)))

    def __repr__(self) -> str:
        size = f"{self.width} × {self.height}"
        return f"<{type(self).__name__} {self.name}: {len(self)} frames, {size}>"

    def __enter__(self) -> Video:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()
