"""Signals: any number a frame, whose thresholds and peaks are places to look at."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from boxreel.errors import AnnotationError
from boxreel.model.checks import as_text
from boxreel.model.keyframes import Floats


@dataclass(frozen=True, eq=False)
class Signal:
    """One value a frame: a loss, a confidence, a speed.

    Parameters
    ----------
    name
        What it is.
    values
        ``(frames,)`` float64; NaN where there is none.

    Examples
    --------
    >>> loss = Signal("loss", np.array([0, 1, 3, 1, 0, 2, 0.0]))
    >>> loss.selected(0.5), loss.peaks(0.5)
    ([(1, 4), (5, 6)], [2, 5])
    """

    name: str
    values: Floats

    @classmethod
    def of(cls, name: str, values: npt.ArrayLike, frame_count: int) -> Signal:
        """Check a signal of a video.

        Raises
        ------
        AnnotationError
            No name, or not one number for each frame.
        """
        as_text(name, "the name of a signal")
        try:
            numbers = np.array(values, dtype=np.float64)
        except (TypeError, ValueError):
            raise AnnotationError(
                f"signal {name!r} is {values!r:.100}: give one number a frame"
            ) from None
        if numbers.shape != (frame_count,):
            raise AnnotationError(
                f"signal {name!r} has the shape {numbers.shape}: the video has "
                f"{frame_count} frames, give one number for each"
            )
        numbers.setflags(write=False)
        return cls(name, numbers)

    def selected(
        self, threshold: float, *, above: bool = True
    ) -> list[tuple[int, int]]:
        """Half-open ranges of frames at or above a threshold, or at or below it."""
        with np.errstate(invalid="ignore"):
            picked = self.values >= threshold if above else self.values <= threshold
        edges = np.flatnonzero(np.diff(picked, prepend=False, append=False)).tolist()
        return list(zip(edges[::2], edges[1::2], strict=True))

    def peaks(self, threshold: float, *, above: bool = True) -> list[int]:
        """Frame of the most extreme value of each range of `selected`."""
        values = self.values if above else -self.values
        ranges = self.selected(threshold, above=above)
        return [start + int(values[start:stop].argmax()) for start, stop in ranges]
