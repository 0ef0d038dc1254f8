"""Wheels, which roll with the distance driven."""

from __future__ import annotations

import math

from boxreel.demo.paint.canvas import Canvas

SPOKES = 5
POSES = 6
"""Pictures in one turn from a spoke to the next."""

GLASS = "#3f5059"
TYRE = "#2b2e32"
SKY = (190, 214, 220)
"""What windows and chrome mirror."""


def wheel(c: Canvas, x: float, radius: float, phase: float, arch: str) -> None:
    """Paint a wheel under its arch.

    Parameters
    ----------
    c : Canvas
        Canvas of the vehicle.
    x, radius : float
        Middle of the axle and size, metres.
    phase : float
        Part of the turn from one spoke to the next, 0 to 1.
    arch : str
        Colour of the hollow above the wheel.
    """
    c.pie(x, radius, 1.26 * radius, 1.26 * radius, 180, 360, arch)
    c.ellipse(x, radius, radius, radius, TYRE)
    rim = 0.64 * radius
    c.ellipse(x, radius, rim, rim, "#b7babb")
    for k in range(2 * SPOKES):
        angle = -2 * math.pi * (phase + k / 2) / SPOKES
        hole_x = x + 0.76 * rim * math.cos(angle)
        hole_y = radius + 0.76 * rim * math.sin(angle)
        size = (0.14 if k % 2 else 0.11) * rim
        c.ellipse(hole_x, hole_y, size, size, "#7c8185")
    c.ellipse(x, radius, 0.2 * rim, 0.2 * rim, "#8a8f92")
