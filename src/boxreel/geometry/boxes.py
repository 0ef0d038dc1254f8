"""Boxes as plain arrays: conversions, corners and overlap.

A box is ``x, y, w, h`` in pixels, `x, y` being its top-left corner before it is
turned, followed where a function says so by its rotation in degrees clockwise
about the box's centre (the y axis points down).
"""

from __future__ import annotations

from typing import TypeAlias

import numpy as np
import numpy.typing as npt

Floats: TypeAlias = npt.NDArray[np.float64]


def xywh_to_xyxy(boxes: npt.ArrayLike) -> Floats:
    """Turn top-left corner and size into two opposite corners.

    Parameters
    ----------
    boxes
        ``(..., 4)`` array of x, y, w, h in pixels.

    Returns
    -------
    (..., 4) float64 array
        x1, y1, x2, y2: top-left and bottom-right corner.

    Examples
    --------
    >>> xywh_to_xyxy([10, 20, 30, 40]).tolist()
    [10.0, 20.0, 40.0, 60.0]
    """
    xywh = np.asarray(boxes, dtype=np.float64)
    return np.concatenate([xywh[..., :2], xywh[..., :2] + xywh[..., 2:4]], axis=-1)


def xyxy_to_xywh(boxes: npt.ArrayLike) -> Floats:
    """Turn two opposite corners into top-left corner and size.

    Parameters
    ----------
    boxes
        ``(..., 4)`` array of x1, y1, x2, y2 in pixels.

    Returns
    -------
    (..., 4) float64 array
        x, y, w, h.

    Examples
    --------
    >>> xyxy_to_xywh([10, 20, 40, 60]).tolist()
    [10.0, 20.0, 30.0, 40.0]
    """
    xyxy = np.asarray(boxes, dtype=np.float64)
    return np.concatenate([xyxy[..., :2], xyxy[..., 2:4] - xyxy[..., :2]], axis=-1)


def corners(boxes: npt.ArrayLike) -> Floats:
    """Corners of rotated boxes.

    Parameters
    ----------
    boxes
        ``(..., 5)`` array of x, y, w, h in pixels and rotation in degrees.

    Returns
    -------
    (..., 4, 2) float64 array
        The corners that were top-left, top-right, bottom-right and bottom-left
        before the box was turned, each as x, y.

    Examples
    --------
    >>> corners([0, 0, 4, 2, 90]).round(6).tolist()
    [[3.0, -1.0], [3.0, 3.0], [1.0, 3.0], [1.0, -1.0]]
    """
    rows = np.asarray(boxes, dtype=np.float64)
    half = rows[..., 2:4] / 2
    centre = rows[..., :2] + half
    angle = np.deg2rad(rows[..., 4])
    cos, sin = np.cos(angle)[..., None], np.sin(angle)[..., None]
    across = half[..., :1] * [-1.0, 1.0, 1.0, -1.0]
    down = half[..., 1:] * [-1.0, -1.0, 1.0, 1.0]
    turned = np.stack([across * cos - down * sin, across * sin + down * cos], axis=-1)
    return np.asarray(centre[..., None, :] + turned)


def hull(boxes: npt.ArrayLike) -> Floats:
    """Smallest axis-aligned rectangles around rotated boxes.

    Parameters
    ----------
    boxes
        ``(..., 5)`` array of x, y, w, h in pixels and rotation in degrees.

    Returns
    -------
    (..., 4) float64 array
        x1, y1, x2, y2.

    Examples
    --------
    >>> hull([0, 0, 4, 2, 90]).round(6).tolist()
    [1.0, -1.0, 3.0, 3.0]
    """
    points = corners(boxes)
    return np.concatenate([points.min(axis=-2), points.max(axis=-2)], axis=-1)


def iou(a: npt.ArrayLike, b: npt.ArrayLike) -> Floats:
    """Intersection over union of every box of `a` with every box of `b`.

    Parameters
    ----------
    a, b
        ``(n, 4)`` and ``(m, 4)`` arrays of x, y, w, h in pixels; rotation plays no
        part, see `rotated_iou`.

    Returns
    -------
    (n, m) float64 array
        Between 0 and 1; 0 where neither box has an area.

    Examples
    --------
    >>> iou([[0, 0, 2, 2]], [[0, 0, 2, 2], [1, 1, 2, 2], [5, 5, 1, 1]]).round(3)
    array([[1.   , 0.143, 0.   ]])
    """
    left, right = (np.asarray(rows, dtype=np.float64) for rows in (a, b))
    left, right = left.reshape(-1, 4)[:, None], right.reshape(-1, 4)[None, :]
    low = np.maximum(left[..., :2], right[..., :2])
    high = np.minimum(left[..., :2] + left[..., 2:], right[..., :2] + right[..., 2:])
    shared = np.prod(np.maximum(high - low, 0.0), axis=-1)
    either = np.prod(left[..., 2:], axis=-1) + np.prod(right[..., 2:], axis=-1) - shared
    result: Floats = np.zeros_like(shared)
    np.divide(shared, either, out=result, where=either > 0)
    return result
