"""Make what is in boxes unrecognisable, for good."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from boxreel.export.patch import Patch
from boxreel.video.base import RGB

CELLS = 4
"""Most colours that are left along the longer side of a box."""

SMALLEST_CELL = 8
"""Least side of what becomes one colour, pixels; a smaller box becomes one colour."""

TOUCHED = 0.75
"""A pixel whose centre is no farther than this from a box may be partly in it."""


def blur_boxes(pixels: RGB, box: npt.NDArray[np.float64]) -> RGB:
    """Return a picture with every pixel that a box touches blurred.

    At most 4 × 4 mean colours of the box's surroundings are kept, and the colours in
    between are interpolated: all else is gone from the picture and no sharpening
    brings it back.

    Parameters
    ----------
    pixels
        ``(H, W, 3)`` uint8 RGB; stays as it is.
    box
        ``(n, 5)`` x, y, w, h in pixels and rotation in degrees.

    Examples
    --------
    >>> stripes = np.zeros((32, 32, 3), np.uint8)
    >>> stripes[:, ::2] = 200
    >>> blurred = blur_boxes(stripes, np.array([[8.0, 8.0, 16.0, 16.0, 0.0]]))
    >>> int(np.ptp(blurred[8:24, 8:24])), int(np.ptp(blurred[:7]))
    (22, 200)
    """
    blurred = pixels.copy()
    for row in box:
        patch = Patch.around(row, pixels.shape, TOUCHED)
        if patch is not None:
            inside = patch.distance < TOUCHED
            blurred[patch.window][inside] = _few_colours(pixels[patch.window])[inside]
    return blurred


def _few_colours(pixels: RGB) -> RGB:
    from PIL import Image

    height, width = pixels.shape[:2]
    longer = max(height, width)
    cell = longer / min(CELLS, max(1, longer // SMALLEST_CELL))
    cells = max(1, round(width / cell)), max(1, round(height / cell))
    mosaic = Image.fromarray(pixels).resize(cells, Image.Resampling.BOX)
    return np.asarray(mosaic.resize((width, height), Image.Resampling.BILINEAR))
