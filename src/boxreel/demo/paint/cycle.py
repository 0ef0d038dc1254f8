"""A cyclist: the bicycle with its rider is one object."""

from __future__ import annotations

import math

from boxreel.demo.paint.canvas import Canvas, Point, bent, mix, soft

WHEEL = 0.34
BASE = 1.06
CRANK: Point = (0.44, 0.29)
CYCLE = 4 * math.pi * WHEEL
"""Metres ridden in one turn of the pedals, two turns of the wheels."""
SPOKES = 8

FRAME = "#b5483f"
TYRE = "#2e3136"
SKIN = "#e2ad8b"
JERSEY = "#4f8a8b"
TROUSERS = "#39455a"


def cyclist(phase: float, scale: float) -> Canvas:
    """Paint the cyclist, riding to the right.

    Parameters
    ----------
    phase : float
        Part of a turn of the pedals, 0 to 1.
    scale : float
        Pixels a metre.
    """
    c = Canvas(-0.45, -0.1, BASE + 0.45, 1.95, scale)
    _leg(c, phase + 0.5, mix(TROUSERS, "#000000", 0.2))
    for x in (0.0, BASE):
        _wheel(c, x, phase * 2)
    _frame(c)
    _leg(c, phase, TROUSERS)
    _rider(c)
    return c


def _wheel(c: Canvas, x: float, turns: float) -> None:
    for k in range(SPOKES):
        angle = -2 * math.pi * (turns + k / SPOKES)
        end = (x + 0.31 * math.cos(angle), WHEEL + 0.31 * math.sin(angle))
        c.limb([(x, WHEEL), end], 0.010, "#b9bcbc")
    c.ring(x, WHEEL, WHEEL, 0.045, TYRE)
    c.ellipse(x, WHEEL, 0.035, 0.035, "#8d9296")


def _frame(c: Canvas) -> None:
    seat, head, fork = (0.28, 0.86), (0.88, 0.84), (0.90, 0.72)
    rear, front = (0.0, WHEEL), (BASE, WHEEL)
    for tube in (
        [rear, CRANK, fork, seat],
        [rear, (0.31, 0.76)],
        [CRANK, seat],
        [head, front],
    ):
        c.limb(tube, 0.038, FRAME)
    c.limb([(0.26, 0.94), seat], 0.03, TYRE)
    c.limb([(0.17, 0.955), (0.35, 0.95)], 0.055, TYRE)
    c.limb([head, (0.86, 1.02), (0.95, 1.06), (1.0, 1.02)], 0.032, TYRE)
    c.ring(*CRANK, 0.085, 0.02, "#55595c")


def _leg(c: Canvas, phase: float, colour: str) -> None:
    angle = -2 * math.pi * phase
    pedal = (CRANK[0] + 0.16 * math.cos(angle), CRANK[1] + 0.16 * math.sin(angle))
    hip, ankle = (0.27, 0.98), (pedal[0] - 0.04, pedal[1] + 0.09)
    knee = bent(hip, ankle, 0.43)
    c.limb([CRANK, pedal], 0.03, "#55595c")
    c.limb([hip, knee], 0.17, colour)
    c.limb([knee, ankle], 0.12, colour)
    foot = [(-0.06, 0.05), (0.05, 0.06), (0.14, 0.0), (0.14, -0.03), (-0.07, -0.03)]
    c.polygon([(pedal[0] + x - 0.02, pedal[1] + y + 0.03) for x, y in foot], "#f0e9dc")


def _rider(c: Canvas) -> None:
    shoulder, hand = (0.60, 1.42), (0.95, 1.07)
    back = [
        (0.15, 0.98),
        (0.20, 1.16),
        (0.45, 1.46),
        (0.60, 1.50),
        (0.68, 1.40),
        (0.50, 1.12),
        (0.40, 0.95),
    ]
    torso = soft(back)
    c.polygon(torso, JERSEY)
    c.limb([(0.28, 1.08), (0.50, 1.38)], 0.07, mix(JERSEY, "#000000", 0.15))
    c.limb([(0.60, 1.45), (0.66, 1.55)], 0.10, SKIN)
    c.ellipse(0.70, 1.62, 0.10, 0.12, SKIN)
    c.polygon([(0.79, 1.635), (0.82, 1.60), (0.79, 1.58)], SKIN)
    c.pie(0.685, 1.645, 0.135, 0.125, 175, 365, "#f0e9dc")
    c.limb([(0.58, 1.66), (0.80, 1.66)], 0.03, "#d9cdb8")
    c.limb([shoulder, (0.72, 1.18), hand], 0.095, mix(JERSEY, "#ffffff", 0.12))
    c.ellipse(*hand, 0.05, 0.05, SKIN)
