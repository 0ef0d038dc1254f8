"""Pavements, kerbs and the road, painted for a camera that stands in the middle."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from boxreel.demo.paint.canvas import Canvas, Colour, Point
from boxreel.demo.scene import EYE, FACADES, FOCAL, HEIGHT, HORIZON, WIDTH

MARGIN = 40
"""Pixels painted beyond the picture on either side, for the pan."""
TOP = 400
"""First picture row that is painted."""
FAR_KERB = 15.9
NEAR_KERB = 9.4
CENTRE = 12.25
CROSSING = (-0.1, 3.1)
"""Left and right end of the zebra crossing, metres."""
PATCHES = ((-6.6, -4.7, 12.4, 11.6), (6.0, 8.4, 14.9, 14.4), (4.7, 6.0, 10.9, 10.4))
"""Mended places in the road: left, right, far and near edge, metres."""

PAVING = "#cdc5b6"
JOINT = "#b9b0a1"
PAINT = "#ece6d6"


def ground() -> Canvas:
    """Paint everything the street stands on; one unit of the canvas is a pixel."""
    c = Canvas(-MARGIN, -HEIGHT, WIDTH + MARGIN, -TOP, 1.0, PAVING)
    _band(c, 21.0, FAR_KERB, "#c6beb0", "#d2cabb")
    _paving(c, (19.3, 18.2, 17.1), FACADES, FAR_KERB + 0.1, 1.2)
    _band(c, FACADES + 1.0, FACADES - 0.7, (60, 45, 60, 110), (60, 45, 60, 0))
    _road(c)
    _band(c, NEAR_KERB, 7.4, "#d4ccbd", "#c4bbac")
    _paving(c, (8.6, 7.9), NEAR_KERB - 0.12, 7.4, 1.05)
    _kerbs(c)
    _tactile(c)
    return c


def _at(x: float, depth: float) -> Point:
    return WIDTH / 2 + x * FOCAL / depth, -(HORIZON + EYE * FOCAL / depth)


def _strip(
    c: Canvas, x0: float, x1: float, far: float, near: float, fill: Colour
) -> None:
    c.wash([_at(x0, far), _at(x1, far), _at(x1, near), _at(x0, near)], fill, fill)


def _band(c: Canvas, far: float, near: float, top: Colour, bottom: Colour) -> None:
    (_, y0), (_, y1) = _at(0, far), _at(0, near)
    left, right = -MARGIN, WIDTH + MARGIN
    c.wash([(left, y0), (right, y0), (right, y1), (left, y1)], top, bottom)


def _columns(depth: float, pitch: float) -> Iterator[float]:
    reach = int((WIDTH / 2 + MARGIN) * depth / FOCAL / pitch) + 2
    yield from (pitch * k for k in range(-reach, reach + 1))


def _paving(
    c: Canvas, rows: tuple[float, ...], far: float, near: float, pitch: float
) -> None:
    edges = (far, *rows, near)
    for depth in rows:
        _strip(c, -30, 30, depth + 0.02, depth - 0.02, JOINT)
    for k, (a, b) in enumerate(pairwise(edges)):
        for n, x in enumerate(_columns(a, pitch)):
            x += 0.5 * pitch * (k % 2)
            if (n * 7 + k * 5) % 9 == 0:
                _strip(c, x, x + pitch, a, b, "#c5bcac" if n % 2 else "#d6cebf")
            _strip(c, x - 0.012, x + 0.012, a, b, JOINT)


def _road(c: Canvas) -> None:
    _band(c, FAR_KERB, NEAR_KERB, "#868a8d", "#6c7277")
    for left, right, far, near in PATCHES:
        _strip(c, left, right, far, near, (58, 62, 68, 20))
    for depth in (FAR_KERB - 0.35, NEAR_KERB + 0.22):
        _strip(c, -30, 30, depth + 0.03, depth - 0.03, (226, 221, 205, 150))
    for x in _columns(CENTRE, 3.4):
        if not CROSSING[0] - 2.4 < x < CROSSING[1] + 0.4:
            _strip(c, x, x + 1.8, CENTRE + 0.09, CENTRE - 0.09, PAINT)
    _zebra(c)
    left, right = CROSSING
    _strip(c, left - 0.9, left - 0.64, CENTRE - 0.15, NEAR_KERB + 0.35, PAINT)
    _strip(c, right + 0.65, right + 0.91, FAR_KERB - 0.5, CENTRE + 0.15, PAINT)
    _manhole(c, -3.6, 10.2)


def _zebra(c: Canvas) -> None:
    bars, depth = 7, FAR_KERB - 0.55
    pitch = (FAR_KERB - NEAR_KERB - 0.95) / (bars - 0.45)
    for k in range(bars):
        far = depth - pitch * k
        _strip(c, *CROSSING, far, far - 0.55 * pitch, PAINT)
        worn = CROSSING[0] + 0.5 + (k * 0.83) % 2.2
        _strip(c, worn, worn + 0.5, far - 0.1, far - 0.35 * pitch, (117, 123, 128, 70))


def _manhole(c: Canvas, x: float, depth: float) -> None:
    px, py = _at(x, depth)
    c.ellipse(px, py, 31, 9.5, "#60666b")
    c.ellipse(px, py, 28, 8, "#70767b")
    for k in range(-2, 3):
        y, half = py + 2.6 * k, 22 - 2 * abs(k)
        c.rect(px - half, y - 0.6, px + half, y + 0.6, "#60666b")


def _kerbs(c: Canvas) -> None:
    _band(c, FAR_KERB + 0.22, FAR_KERB, "#e5dece", "#e0d8c8")
    _band(c, FAR_KERB, FAR_KERB - 0.24, "#a39b90", "#8f8981")
    _band(c, NEAR_KERB + 0.12, NEAR_KERB, (45, 45, 55, 30), (45, 45, 55, 110))
    _band(c, NEAR_KERB, NEAR_KERB - 0.17, "#e9e2d3", "#dcd4c4")
    _band(c, NEAR_KERB - 0.17, NEAR_KERB - 0.19, "#aea596", "#aea596")
    for x in _columns(FAR_KERB, 1.6):
        _strip(c, x - 0.015, x + 0.015, FAR_KERB + 0.22, FAR_KERB, "#c3baab")
        _strip(c, x - 0.012, x + 0.012, NEAR_KERB, NEAR_KERB - 0.17, "#bdb4a5")


def _tactile(c: Canvas) -> None:
    left, right = CROSSING
    for far, near, rows in (
        (FAR_KERB + 0.75, FAR_KERB + 0.26, 3),
        (NEAR_KERB - 0.22, NEAR_KERB - 0.62, 4),
    ):
        _strip(c, left, right, far, near, "#d8b878")
        for row in range(rows):
            depth = far + (near - far) * (row + 0.5) / rows
            size = 0.028 * FOCAL / depth
            for k in range(26):
                px, py = _at(left + (right - left) * (k + 0.5) / 26, depth)
                c.ellipse(px, py, size, size * 0.45, "#c29f5f")
