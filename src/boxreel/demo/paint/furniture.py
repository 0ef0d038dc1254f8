"""Street furniture: tree, bus shelter with its poster, lamp, traffic light."""

from __future__ import annotations

from boxreel.demo.paint.canvas import Canvas, mix
from boxreel.demo.paint.frontal import FRONTAL, frontal

POSTER = (0.60, 0.35, 1.50, 1.75)
"""Picture on the shelter's poster: left, bottom, right and top, metres."""

METAL = "#4b565c"
LEAVES = (
    ("#6d8a5e", ((-0.75, 2.75, 0.85), (0.8, 2.7, 0.8), (0.0, 2.55, 0.85))),
    ("#6d8a5e", ((0.0, 3.5, 1.1),)),
    ("#7f9c69", ((-0.7, 3.05, 0.72), (0.62, 3.0, 0.72), (-0.05, 3.55, 0.95))),
    ("#7f9c69", ((0.0, 2.8, 0.7),)),
    ("#95ae78", ((-0.62, 3.4, 0.45), (-0.1, 3.9, 0.52), (0.45, 3.45, 0.38))),
    ("#95ae78", ((-0.25, 3.0, 0.36),)),
)
"""Colours of a tree's leaves and their puffs: middle and radius, metres."""


def tree(scale: float) -> Canvas:
    """Paint a round street tree."""
    c = Canvas(-2.0, -0.1, 2.0, 5.0, scale)
    c.polygon([(-0.10, 0.0), (0.10, 0.0), (0.065, 2.4), (-0.065, 2.4)], "#7b6250")
    c.polygon([(-0.10, 0.0), (-0.03, 0.0), (-0.02, 2.4), (-0.065, 2.4)], "#665041")
    c.limb([(0.0, 1.75), (0.45, 2.5)], 0.07, "#7b6250")
    c.limb([(0.0, 1.6), (-0.4, 2.4)], 0.07, "#665041")
    for colour, puffs in LEAVES:
        for x, y, r in puffs:
            c.ellipse(x, y, r, r * 0.92, colour)
    return c


def shelter(scale: float) -> Canvas:
    """Paint the bus shelter; the person on its poster is there to be mistaken."""
    c = Canvas(-2.0, -0.1, 2.0, 2.8, scale)
    c.rect(-1.70, 0.30, 0.50, 2.25, (205, 224, 226, 105))
    glint = [(-1.70, 2.25), (-0.6, 2.25), (-1.2, 0.30), (-1.70, 0.30)]
    c.wash(glint, (255, 255, 255, 70), (255, 255, 255, 10))
    for x in (-1.70, -0.6, 0.50):
        c.rect(x - 0.035, 0.0, x + 0.035, 2.3, METAL)
    c.rect(-1.55, 0.42, -0.15, 0.50, "#a97f58", 0.03)
    for x in (-1.4, -0.3):
        c.rect(x - 0.03, 0.0, x + 0.03, 0.42, METAL)
    c.rect(0.52, 0.12, 1.58, 1.92, "#e8e2d4", 0.05)
    left, bottom, right, top = POSTER
    c.rect(left, bottom, right, top, "#b9d2cf")
    c.ellipse(1.28, 1.42, 0.18, 0.18, "#f3d9a0")
    c.rect(left, bottom, right, 0.52, "#e3b98f")
    figure = frontal(FRONTAL["towards"], 0.0, c.scale * 0.72, behind=False)
    c.stamp(figure.finish(), 0.62, 1.84)
    c.rect(-1.80, 2.28, 1.80, 2.42, mix(METAL, "#ffffff", 0.15), 0.05)
    c.rect(-1.80, 2.38, 1.80, 2.50, METAL, 0.05)
    c.rect(1.50, 0.0, 1.58, 2.3, METAL)
    return c


def lamp(scale: float) -> Canvas:
    """Paint a street lamp with one arm."""
    c = Canvas(-0.6, -0.1, 1.6, 5.4, scale)
    c.rect(-0.10, 0.0, 0.10, 0.5, METAL, 0.03)
    c.rect(-0.05, 0.0, 0.05, 4.9, METAL)
    c.limb([(0.0, 4.8), (0.1, 5.05), (0.35, 5.14), (0.9, 5.14)], 0.07, METAL)
    c.rect(0.75, 5.04, 1.40, 5.18, METAL, 0.06)
    c.rect(0.82, 5.0, 1.32, 5.06, "#fbeec4", 0.02)
    return c


def traffic_light(phase: float, scale: float) -> Canvas:
    """Paint the traffic light of the crossing: green in phase 0, else red."""
    green = phase == 0
    c = Canvas(-0.5, -0.1, 0.5, 4.0, scale)
    c.rect(-0.09, 0.0, 0.09, 0.32, mix(METAL, "#000000", 0.15), 0.04)
    c.rect(-0.045, 0.0, 0.045, 2.4, METAL)
    c.rect(-0.045, 0.0, -0.015, 2.4, mix(METAL, "#ffffff", 0.18))
    c.rect(-0.23, 2.20, 0.23, 3.10, "#2b3034", 0.09)
    c.rect(-0.185, 2.245, 0.185, 3.055, "#394046", 0.07)
    top, low = ("#6b3a36", "#6fcf97") if green else ("#e8604f", "#35584a")
    for k, colour in enumerate((top, "#6b5a36", low)):
        y = 2.90 - 0.25 * k
        c.ellipse(0.0, y, 0.105, 0.105, "#22272a")
        c.ellipse(0.0, y, 0.088, 0.088, colour)
        c.ellipse(-0.025, y + 0.03, 0.03, 0.025, mix(colour, "#ffffff", 0.35))
    return c
