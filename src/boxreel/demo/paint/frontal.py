"""People who face the camera or turn their back to it, and those who stand and wait."""

from __future__ import annotations

import math

from boxreel.demo.paint.canvas import Canvas, mix, soft
from boxreel.demo.paint.people import Outfit

CYCLE = 1.1
"""Metres walked in one cycle of the gait, two steps."""

FRONTAL = {
    "away": Outfit(
        "#7d5a6e", "#664858", "#3b4558", "#323b4c", "#e9e2d6", "#c98f6c", "#33272a",
        bag="#c58a5a",
    ),
    "towards": Outfit(
        "#e5d8bf", "#cdbc9d", "#6a8390", "#587080", "#8d4f43", "#f0c3a3", "#6b3b2a",
        style="bob", coat=0.26, bag="#b5584a", accent="#b5584a",
    ),
    "waiting": Outfit(
        "#8a9a72", "#72825d", "#5b5361", "#4b4450", "#3a2f2a", "#8d5a40", "#2b2322",
        bag="#d9b25f", accent="#e7dfc4",
    ),
}  # fmt: skip


def frontal(outfit: Outfit, phase: float, scale: float, behind: bool) -> Canvas:
    """Paint a person who walks along the line of sight.

    Parameters
    ----------
    outfit : Outfit
        Colours and belongings.
    phase : float
        Part of the gait cycle, 0 to 1.
    scale : float
        Pixels a metre.
    behind : bool
        Seen from behind instead of from the front.
    """
    c = Canvas(-0.5, -0.1, 0.5, 2.0, scale)
    swing = math.sin(2 * math.pi * phase)
    for side in (-1, 1):
        _leg(c, outfit, side, max(0.0, side * swing))
    _arms(c, outfit, swing)
    _body(c, outfit)
    _head(c, outfit, behind)
    if behind:
        c.rect(-0.165, 0.98, 0.165, 1.42, outfit.bag, 0.08)
        c.rect(-0.11, 1.0, 0.11, 1.17, mix(outfit.bag, "#000000", 0.15), 0.04)
    return c


def waiting(outfit: Outfit, scale: float) -> Canvas:
    """Paint a person who stands still and looks at the camera, a bag at the side."""
    c = Canvas(-0.5, -0.1, 0.5, 2.0, scale)
    for side in (-1, 1):
        _leg(c, outfit, side, 0.0)
    _arms(c, outfit, 0.0)
    _body(c, outfit)
    _head(c, outfit, behind=False)
    c.limb([(-0.14, 1.42), (0.19, 0.98)], 0.035, mix(outfit.bag, "#000000", 0.2))
    c.rect(0.09, 0.80, 0.31, 1.0, outfit.bag, 0.04)
    return c


def _leg(c: Canvas, o: Outfit, side: int, lift: float) -> None:
    x, foot = 0.095 * side, 0.10 * lift
    colour = mix(o.legs, o.legs_shade, lift)
    c.limb(
        [(x, 0.86), (x * 0.95, 0.48 + foot * 0.6), (x * 0.9, 0.09 + foot)],
        0.155,
        colour,
    )
    c.rect(x * 0.9 - 0.075, foot, x * 0.9 + 0.075, foot + 0.10, o.shoes, 0.045)


def _arms(c: Canvas, o: Outfit, swing: float) -> None:
    for side in (-1, 1):
        hand = 0.88 + 0.05 * side * swing
        c.ellipse(0.235 * side, hand - 0.06, 0.05, 0.055, o.skin)
        sleeve = [(0.19 * side, 1.36), (0.245 * side, 1.12), (0.235 * side, hand)]
        c.limb(sleeve, 0.10, mix(o.top, o.top_shade, 0.75 if side < 0 else 0.35))


def _body(c: Canvas, o: Outfit) -> None:
    hem = 0.84 - o.coat
    flare = 0.185 + 0.12 * o.coat
    shape = [(-0.11, 1.46), (0.11, 1.46), (0.22, 1.39), (0.19, 1.1), (flare, hem)]
    body = soft([*shape, *((-x, y) for x, y in reversed(shape[2:]))])
    c.polygon(body, o.top)
    c.polygon([(min(x, -0.07), y) for x, y in body], o.top_shade)


def _head(c: Canvas, o: Outfit, behind: bool) -> None:
    if o.style == "bob":
        c.rect(-0.135, 1.42, 0.135, 1.70, o.hair, 0.08)
    c.limb([(0.0, 1.42), (0.0, 1.5)], 0.11, mix(o.skin, "#000000", 0.12))
    c.ellipse(0.0, 1.60, 0.11, 0.13, o.skin)
    if behind:
        c.ellipse(0.0, 1.625, 0.122, 0.135, o.hair)
        return
    c.pie(0.0, 1.625, 0.122, 0.135, 180, 360, o.hair)
    c.polygon(
        [(-0.12, 1.635), (-0.12, 1.60), (0.04, 1.66), (0.12, 1.60), (0.12, 1.635)],
        o.hair,
    )
    if o.coat:
        c.limb([(-0.09, 1.44), (0.09, 1.44)], 0.07, o.accent)
        c.rect(0.02, 1.18, 0.09, 1.45, o.accent, 0.02)
