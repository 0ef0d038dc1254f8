"""What Label Studio's boxes and words are in boxreel's."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from boxreel.shapes.box import wrapped

ORIGINS = {"manual": "human", "prediction": "model", "prediction-changed": "human"}
"""Label Studio's origin of a region -> source of its keyframes."""

TURNS = "way of a box that turns: its corner moves linearly there, its centre here"


def to_percent(
    boxes: NDArray[np.float64], size: tuple[int, int]
) -> NDArray[np.float64]:
    """Turn boxes about their corner, in percent of the picture.

    Parameters
    ----------
    boxes
        (n, 5) x, y, w, h in pixels, degrees clockwise about the centre.
    size
        Width and height of the picture in pixels.

    Returns
    -------
    ndarray of float64, shape (n, 5)
        Upper left corner after turning, w, h in percent, degrees about that corner.

    Examples
    --------
    >>> to_percent(np.array([[10.0, 0, 20, 10, 90]]), (100, 50)).round(9).tolist()
    [[25.0, -10.0, 20.0, 20.0, 90.0]]
    """
    found = boxes.copy()
    found[:, :2] += boxes[:, 2:4] / 2 - _half(boxes)
    found[:, :4] *= 100 / np.array([*size, *size])
    return found


def to_pixels(boxes: NDArray[np.float64], size: tuple[int, int]) -> NDArray[np.float64]:
    """Undo `to_percent`; a box of negative size was drawn from another corner.

    Examples
    --------
    >>> to_pixels(np.array([[25.0, -10, 20, 20, 90]]), (100, 50)).round(9).tolist()
    [[10.0, 0.0, 20.0, 10.0, 90.0]]
    """
    found = boxes.copy()
    found[:, :4] *= np.array([*size, *size]) / 100
    found[:, :2] += _half(found) - np.abs(found[:, 2:4]) / 2
    found[:, 2:4] = np.abs(found[:, 2:4])
    found[:, 4] = wrapped(boxes[:, 4])
    return found


def _half(boxes: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return (n, 2) the way from the turned corner to the centre, in pixels."""
    turn = np.deg2rad(boxes[:, 4])
    cos, sin = np.cos(turn), np.sin(turn)
    w, h = boxes[:, 2] / 2, boxes[:, 3] / 2
    return np.stack([cos * w - sin * h, sin * w + cos * h], axis=1)
