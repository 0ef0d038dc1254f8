"""Follows what is in a box by a correlation filter that learns as it goes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import numpy as np
import numpy.typing as npt

from boxreel.tracking.patch import AROUND, SIDE, Floats, channels, patch
from boxreel.video.base import RGB

Complex = npt.NDArray[np.complex128]

SCALES = (1.0, 1.02, 1 / 1.02)
"""Growth from frame to frame that is tried; the first wins where it is as good."""

CAUTION = 0.995
"""How much of its peak another size keeps in the comparison."""

RATE = 0.05
"""Share of a new picture in what the filter knows."""

SURE = 7.0
"""Sharpness of a place that is the object's; below, something may be in front."""

PATIENCE = 8
"""Frames without a sure place after which the object is lost."""

FULL = 20.0
"""Sharpness of a score of 1."""

_REGULAR = 1e-2
_BESIDE = 5


class Filter:
    """A correlation filter of several channels, as in MOSSE and DSST.

    Notes
    -----
    Bolme et al., "Visual Object Tracking using Adaptive Correlation Filters", CVPR
    2010; several channels with one denominator as Danelljan et al., "Accurate Scale
    Estimation for Robust Visual Tracking", BMVC 2014, section 3.
    """

    def __init__(self, pixels: Floats) -> None:
        self._top, self._bottom = _terms(pixels)

    def response(self, pixels: Floats) -> Floats:
        """Return (SIDE, SIDE), how much it looks like the object at each shift."""
        seen = np.fft.rfft2(channels(pixels))
        ratio = (self._top.conj() * seen).sum(0) / (self._bottom + _REGULAR)
        return np.fft.irfft2(ratio, (SIDE, SIDE))

    def learn(self, pixels: Floats, rate: float = RATE) -> None:
        """Take a share of how the object looks now."""
        top, bottom = _terms(pixels)
        self._top += rate * (top - self._top)
        self._bottom += rate * (bottom - self._bottom)


def follow(frames: Iterable[RGB], box: Floats) -> Iterator[tuple[Floats, float]]:
    """Give the box on each frame after the first, with a score, until it is lost.

    The score is the sharpness of the filter's peak (its peak-to-sidelobe ratio) in
    parts of 20, and 1 at most. Boxes of frames on which it is not sharp are given once
    the object has been found again.

    Parameters
    ----------
    frames
        (H, W, 3) uint8 pictures, the one that the box is on first.
    box
        x, y, w, h in pixels.
    """
    pictures = iter(frames)
    box = np.array(box[:4], np.float64)
    known = Filter(patch(next(pictures), box))
    unsure: list[tuple[Floats, float]] = []
    for picture in pictures:
        box, sharpness = _found(known, picture, box)
        unsure.append((box, min(sharpness / FULL, 1.0)))
        if sharpness >= SURE:
            yield from unsure
            unsure.clear()
            known.learn(patch(picture, box))
        elif len(unsure) > PATIENCE:
            return


def _found(known: Filter, picture: RGB, box: Floats) -> tuple[Floats, float]:
    """Return where the object is now, and how sharp the peak is."""
    best, response, grown = -np.inf, np.zeros((SIDE, SIDE)), box
    for scale in SCALES:
        tried = _scaled(box, scale)
        seen = known.response(patch(picture, tried))
        peak = seen.max() * (1 if scale == 1 else CAUTION)
        if peak > best:
            best, response, grown = peak, seen, tried
    down, across = _peak(response)
    moved = grown.copy()
    moved[:2] += np.array([across, down]) * grown[2:] * AROUND / SIDE
    return moved, _sharpness(response)


def _scaled(box: Floats, scale: float) -> Floats:
    size = box[2:] * scale
    return np.concatenate([box[:2] + (box[2:] - size) / 2, size])


def _terms(pixels: Floats) -> tuple[Complex, Floats]:
    seen = np.fft.rfft2(channels(pixels))
    return _WANTED.conj() * seen, (np.abs(seen) ** 2).sum(0)


def _peak(response: Floats) -> tuple[float, float]:
    """Return the shift at the peak, between pixels: a parabola through three values."""
    row, column = np.unravel_index(response.argmax(), response.shape)

    def refined(line: Floats, at: int) -> float:
        before, here, after = line[at - 1], line[at], line[(at + 1) % SIDE]
        bend = before - 2 * here + after
        shift = at + (0.5 * (before - after) / bend if bend < 0 else 0.0)
        return float((shift + SIDE / 2) % SIDE - SIDE / 2)

    return refined(response[:, column], int(row)), refined(response[row], int(column))


def _sharpness(response: Floats) -> float:
    """Return the peak's height over what is beside it, in standard deviations."""
    row, column = np.unravel_index(response.argmax(), response.shape)
    centred = np.roll(response, (SIDE // 2 - row, SIDE // 2 - column), (0, 1))
    beside = np.ones(centred.shape, bool)
    near = slice(SIDE // 2 - _BESIDE, SIDE // 2 + _BESIDE + 1)
    beside[near, near] = False
    rest = centred[beside]
    return float((response.max() - rest.mean()) / (rest.std() + 1e-9))


def _wanted() -> Complex:
    away = np.minimum(np.arange(SIDE), SIDE - np.arange(SIDE))
    return np.fft.rfft2(np.exp(-(away[:, None] ** 2 + away**2) / (2 * 2.0**2)))


_WANTED = _wanted()
