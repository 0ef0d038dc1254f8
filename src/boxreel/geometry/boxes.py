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


def rotated_iou(a: npt.ArrayLike, b: npt.ArrayLike) -> Floats:
    """Intersection over union of every rotated box of `a` with every one of `b`.

    Only pairs whose hulls overlap are clipped; where both rotations are zero the
    result is that of `iou`.

    Parameters
    ----------
    a, b
        ``(n, 5)`` and ``(m, 5)`` arrays of x, y, w, h in pixels and rotation in
        degrees.

    Returns
    -------
    (n, m) float64 array
        Between 0 and 1.

    Examples
    --------
    >>> rotated_iou([[0, 0, 2, 2, 0]], [[0, 0, 2, 2, 45]]).round(4).tolist()
    [[0.7071]]
    """
    left, right = (np.asarray(rows, dtype=np.float64).reshape(-1, 5) for rows in (a, b))
    result = iou(left[:, :4], right[:, :4])
    turned = (left[:, 4] != 0)[:, None] | (right[:, 4] != 0)[None, :]
    result[turned] = 0.0
    near = iou(xyxy_to_xywh(hull(left)), xyxy_to_xywh(hull(right))) > 0
    left_corners, right_corners = corners(left), corners(right)
    for i, j in np.argwhere(turned & near):
        shared = _area(_clip(left_corners[i], right_corners[j]))
        either = left[i, 2] * left[i, 3] + right[j, 2] * right[j, 3] - shared
        result[i, j] = min(shared / either, 1.0)
    return result


def _clip(polygon: Floats, window: Floats) -> Floats:
    """Cut a convex polygon by the sides of another (Sutherland and Hodgman)."""
    for start, end in zip(window, np.roll(window, -1, axis=0), strict=True):
        if len(polygon) == 0:
            break
        side = end - start
        off = polygon - start
        depth = side[0] * off[:, 1] - side[1] * off[:, 0]
        kept = []
        for i in range(len(polygon)):
            here, there = depth[i - 1], depth[i]
            if (here >= 0) != (there >= 0):
                step = polygon[i] - polygon[i - 1]
                kept.append(polygon[i - 1] + step * (here / (here - there)))
            if there >= 0:
                kept.append(polygon[i])
        polygon = np.asarray(kept, dtype=np.float64).reshape(-1, 2)
    return polygon


def _area(polygon: Floats) -> float:
    """Area of a simple polygon (shoelace formula)."""
    if len(polygon) < 3:
        return 0.0
    x, y = (polygon - polygon[0]).T
    return float(abs(np.dot(x, np.roll(y, -1)) - np.dot(y, np.roll(x, -1))) / 2)
