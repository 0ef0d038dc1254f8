"""The part of a picture around a box, at one small size whatever the box's."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from boxreel.video.base import RGB

Floats = npt.NDArray[np.float64]

SIDE = 64
"""Pixels of a patch in width and in height."""

AROUND = 2.2
"""Sides of the part that is looked at, in sides of the box."""


def patch(picture: RGB, box: Floats) -> Floats:
    """Cut what is around a box out of a picture; beyond its edge, the edge goes on.

    Parameters
    ----------
    picture
        (H, W, 3) uint8.
    box
        x, y, w, h in pixels.

    Returns
    -------
    numpy.ndarray
        (SIDE, SIDE, 3) float64 in [0, 1], mean pixels where the box is large.

    Examples
    --------
    >>> patch(np.full((20, 30, 3), 51, np.uint8), np.array([5.0, 5, 8, 6])).max()
    np.float64(0.2)
    """
    x, y, w, h = box[:4]
    rows, down = _samples(y + h / 2, AROUND * h)
    columns, across = _samples(x + w / 2, AROUND * w)
    tall, wide = picture.shape[:2]
    upper, lower = (picture[at.clip(0, tall - 1)] for at in (rows, rows + 1))
    left, right = (at.clip(0, wide - 1) for at in (columns, columns + 1))
    lines = upper[:, left] * (1 - across) + upper[:, right] * across
    below = lower[:, left] * (1 - across) + lower[:, right] * across
    sampled = lines * (1 - down[:, None]) + below * down[:, None]
    fine = len(rows) // SIDE, len(columns) // SIDE
    pooled: Floats = sampled.reshape(SIDE, fine[0], SIDE, fine[1], 3).mean((1, 3))
    return pooled / 255


def channels(pixels: Floats) -> Floats:
    """Return what is compared: light, its slopes and two colours, (5, SIDE, SIDE).

    Each has mean 0, and fades out towards the edge.
    """
    light = pixels.mean(axis=2)
    down, across = np.gradient(light)
    red, green, blue = np.moveaxis(pixels, 2, 0)
    stack = np.stack(
        [light, 2 * down, 2 * across, red - green, (red + green) / 2 - blue]
    )
    stack -= stack.mean(axis=(1, 2), keepdims=True)
    faded: Floats = stack * _WINDOW
    return faded


def _samples(centre: float, length: float) -> tuple[npt.NDArray[np.intp], Floats]:
    """Return pixels before the sampled points, and how far past them each point is."""
    count = SIDE * (1 if length < 1.5 * SIDE else 2)
    at = centre + length * ((np.arange(count) + 0.5) / count - 0.5) - 0.5
    before = np.floor(at).astype(np.intp)
    return before, (at - before)[:, None]


_WINDOW = np.outer(np.hanning(SIDE), np.hanning(SIDE))
