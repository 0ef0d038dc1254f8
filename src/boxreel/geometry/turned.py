"""Overlap of turned boxes, by clipping one with the other, many pairs at once."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from boxreel.geometry.boxes import Floats, corners, hull, iou, xyxy_to_xywh


def paired_iou(a: npt.ArrayLike, b: npt.ArrayLike) -> Floats:
    """Intersection over union of each box of `a` with the one in its place in `b`.

    Parameters
    ----------
    a, b
        ``(n, 5)`` arrays of x, y, w, h in pixels and rotation in degrees.

    Returns
    -------
    (n,) float64 array
        Between 0 and 1; 0 where neither box has an area.

    Examples
    --------
    >>> paired_iou([[0, 0, 2, 2, 0]] * 2, [[1, 0, 2, 2, 0], [0, 0, 2, 2, 45]]).round(4)
    array([0.3333, 0.7071])
    """
    left, right = (np.asarray(rows, dtype=np.float64).reshape(-1, 5) for rows in (a, b))
    low = np.maximum(left[:, :2], right[:, :2])
    high = np.minimum(left[:, :2] + left[:, 2:4], right[:, :2] + right[:, 2:4])
    shared = np.prod(np.maximum(high - low, 0.0), axis=1)
    turned = np.flatnonzero((left[:, 4] != 0) | (right[:, 4] != 0))
    if len(turned):
        shared[turned] = _shared(corners(left[turned]), corners(right[turned]))
    either = np.prod(left[:, 2:4], axis=1) + np.prod(right[:, 2:4], axis=1) - shared
    result: Floats = np.zeros_like(shared)
    np.divide(shared, either, out=result, where=either > 0)
    return np.minimum(result, 1.0)


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
    i, j = np.nonzero(turned & near)
    result[i, j] = paired_iou(left[i], right[j])
    return result


def _shared(polygons: Floats, windows: Floats) -> Floats:
    """Area that convex polygons ``(n, 4, 2)`` share (Sutherland and Hodgman).

    A polygon with fewer corners than there is room for repeats its last one, which
    changes no area.
    """
    for side in range(4):
        start = windows[:, side, None]
        way = windows[:, (side + 1) % 4, None] - start
        off = polygons - start
        depth = way[..., 0] * off[..., 1] - way[..., 1] * off[..., 0]
        polygons = _cut(polygons, depth)
    x, y = np.moveaxis(polygons - polygons[:, :1], -1, 0)
    twice = x * np.roll(y, -1, axis=1) - y * np.roll(x, -1, axis=1)
    return np.asarray(np.abs(twice.sum(axis=1)) / 2)


def _cut(polygons: Floats, depth: Floats) -> Floats:
    """Keep what lies at a depth of zero or more: one corner more at most."""
    count, room, _ = polygons.shape
    before, depth_before = np.roll(polygons, 1, axis=1), np.roll(depth, 1, axis=1)
    inside = depth >= 0
    crosses = inside != (depth_before >= 0)
    fall = np.where(crosses, depth_before - depth, 1.0)
    crossing = before + (polygons - before) * (depth_before / fall)[..., None]
    # each corner gives up to two: where its side crosses the line, then itself
    made = np.stack([crossing, polygons], axis=2).reshape(count, 2 * room, 2)
    kept = np.stack([crosses, inside], axis=2).reshape(count, 2 * room)
    order = np.argsort(~kept, axis=1, kind="stable")[:, : room + 1]
    last = np.maximum(kept.sum(axis=1) - 1, 0)
    order = np.where(
        np.arange(room + 1) <= last[:, None],
        order,
        np.take_along_axis(order, last[:, None], axis=1),
    )
    cut = np.take_along_axis(made, order[..., None], axis=1)
    cut[~kept.any(axis=1)] = 0.0
    return np.asarray(cut)
