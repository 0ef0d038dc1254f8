"""People: walkers seen from the side, from behind and from the front, and a cyclist.

A walker keeps something still at both ends of its box (a bag, a cup, the elbows) and
steps inside it, so that its tight box does not pulse with every step.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

from boxreel.demo.paint.canvas import Canvas, bent, mix, soft, turned

POSES = 16
"""Pictures in one cycle of the gait, two steps."""
STRIDE = 0.21
"""How far a foot reaches before and behind the hip, metres."""
CYCLE = 4 * STRIDE
"""Metres walked in one cycle; the standing foot does not slide."""

THIGH = 0.42
ANKLE = 0.07
HIP = 0.90


@dataclass(frozen=True)
class Outfit:
    """Colours and belongings of a walker."""

    top: str
    top_shade: str
    legs: str
    legs_shade: str
    shoes: str
    skin: str
    hair: str
    style: str = "short"
    coat: float = 0.0
    back: str = "backpack"
    front: str = "phone"
    bag: str = "#48707a"
    accent: str = "#f3ead9"


OUTFITS = {
    "commuter": Outfit(
        "#dba13b", "#b9812a", "#3f4b63", "#333d52", "#f0e9dc", "#c98f6c", "#3a2c29",
        bag="#4d7a80",
    ),
    "camel coat": Outfit(
        "#c99f78", "#a98260", "#4a3f45", "#3b3238", "#5a3b35", "#eebc9b", "#7b3f2c",
        style="bob", coat=0.42, back="handbag", front="cup", bag="#8a3f4c",
    ),
    "shopper": Outfit(
        "#6f8fae", "#567492", "#57505f", "#48424f", "#e9e2d6", "#8d5a40", "#2b2322",
        style="bun", back="tote", front="tote", bag="#d9c7a1",
    ),
    "student": Outfit(
        "#b5584a", "#94443a", "#46617a", "#384f64", "#f0e9dc", "#f0c3a3", "#b9803f",
        style="curls", back="backpack", front="phone", bag="#5b5470",
    ),
    "gentleman": Outfit(
        "#5d7064", "#4a5a50", "#4d4a4b", "#3e3b3c", "#3a2f2a", "#e2ad8b", "#b9b3a8",
        style="hat", coat=0.2, back="satchel", front="paper", bag="#7a5a3d",
    ),
    "neighbour": Outfit(
        "#8c6580", "#735069", "#3f4b63", "#333d52", "#5a3b35", "#e2ad8b", "#d9cfc0",
        style="bun", back="tote", front="tote", bag="#8fa97c",
    ),
}  # fmt: skip


def walker(outfit: Outfit, phase: float, scale: float) -> Canvas:
    """Paint a walker that faces right.

    Parameters
    ----------
    outfit : Outfit
        Colours and belongings.
    phase : float
        Part of the gait cycle, 0 to 1.
    scale : float
        Pixels a metre.
    """
    c = Canvas(-0.6, -0.1, 0.7, 2.0, scale)
    swing = math.sin(2 * math.pi * phase)
    _side_leg(c, (phase + 0.5) % 1.0, outfit.legs_shade, outfit.shoes)
    _back_arm(c, outfit, swing)
    _carried_behind(c, outfit)
    _side_leg(c, phase, outfit.legs, outfit.shoes)
    _torso(c, outfit)
    _side_head(c, outfit)
    _front_arm(c, outfit)
    return c


def _side_leg(c: Canvas, phase: float, colour: str, shoes: str) -> None:
    if phase < 0.5:
        x, lift, tilt = STRIDE * (1 - 4 * phase), 0.0, 0.0
    else:
        t = 2 * phase - 1
        ease = t * t * (3 - 2 * t)
        x = STRIDE * (2 * ease - 1)
        lift, tilt = (
            0.065 * math.sin(math.pi * t),
            0.55 * math.sin(math.pi * t) * (1 - t),
        )
    hip, ankle = (0.0, HIP), (x - 0.02, ANKLE + lift)
    knee = bent(hip, ankle, THIGH)
    c.limb([hip, knee], 0.165, colour)
    c.limb([knee, ankle], 0.125, colour)
    c.polygon(
        turned(
            [
                (-0.06, -0.07),
                (-0.065, 0.02),
                (0.05, 0.03),
                (0.13, -0.03),
                (0.135, -0.07),
            ],
            ankle,
            -tilt,
        ),
        shoes,
    )


def _torso(c: Canvas, o: Outfit) -> None:
    hem = 0.84 - o.coat
    flare = 0.15 + 0.16 * o.coat
    shape = [
        (-0.13, 1.40),
        (-0.06, 1.46),
        (0.06, 1.46),
        (0.13, 1.38),
        (0.15, 1.15),
        (flare, hem),
        (-flare, hem),
        (-0.145, 1.12),
    ]
    torso = soft(shape)
    c.polygon(torso, o.top_shade)
    c.polygon([(max(x, -0.035), y) for x, y in torso], o.top)


def _side_head(c: Canvas, o: Outfit) -> None:
    c.limb([(0.0, 1.42), (0.02, 1.52)], 0.10, o.skin)
    c.ellipse(0.035, 1.60, 0.105, 0.125, o.skin)
    c.polygon([(0.13, 1.615), (0.16, 1.575), (0.125, 1.56)], o.skin)
    if o.style == "hat":
        c.pie(0.02, 1.60, 0.125, 0.13, 100, 200, o.hair)
        c.rect(-0.13, 1.655, 0.20, 1.685, o.legs, 0.012)
        c.rect(-0.085, 1.67, 0.13, 1.78, o.legs, 0.035)
        c.rect(-0.085, 1.675, 0.13, 1.70, o.bag)
        return
    if o.style == "curls":
        for x, y, r in (
            (-0.05, 1.64, 0.09),
            (0.0, 1.70, 0.085),
            (0.07, 1.70, 0.07),
            (-0.08, 1.57, 0.07),
        ):
            c.ellipse(x, y, r, r, o.hair)
        return
    c.pie(0.015, 1.615, 0.13, 0.135, 95, 335, o.hair)
    c.polygon(
        [(-0.10, 1.62), (0.0, 1.60), (0.01, 1.66), (0.13, 1.68), (0.05, 1.73)], o.hair
    )
    if o.style == "bob":
        c.polygon(
            soft(
                [
                    (-0.12, 1.68),
                    (0.0, 1.72),
                    (0.03, 1.62),
                    (-0.01, 1.44),
                    (-0.15, 1.43),
                    (-0.15, 1.58),
                ]
            ),
            o.hair,
        )
    elif o.style == "bun":
        c.ellipse(-0.13, 1.70, 0.065, 0.065, o.hair)


def _back_arm(c: Canvas, o: Outfit, swing: float) -> None:
    if o.front == "tote":
        return
    elbow = (0.0 - 0.09 * swing, 1.12)
    hand = (0.04 - 0.20 * swing, 0.88 + 0.03 * abs(swing))
    c.limb([(0.0, 1.36), elbow, hand], 0.10, o.top_shade)
    c.ellipse(*hand, 0.05, 0.05, o.skin)


def _carried_behind(c: Canvas, o: Outfit) -> None:
    if o.back == "backpack":
        c.polygon(
            soft(
                [
                    (-0.06, 1.42),
                    (-0.27, 1.40),
                    (-0.325, 1.25),
                    (-0.325, 0.98),
                    (-0.27, 0.93),
                    (-0.06, 0.95),
                ]
            ),
            o.bag,
        )
        c.rect(-0.33, 0.98, -0.20, 1.16, mix(o.bag, "#000000", 0.15), 0.03)
    elif o.back == "handbag":
        c.limb([(-0.02, 1.38), (-0.22, 0.99)], 0.025, mix(o.bag, "#000000", 0.2))
        c.rect(-0.33, 0.80, -0.09, 1.0, o.bag, 0.04)
    elif o.back == "satchel":
        c.limb([(0.04, 1.40), (-0.2, 0.95)], 0.03, mix(o.bag, "#000000", 0.2))
        c.rect(-0.34, 0.76, -0.05, 0.98, o.bag, 0.03)
    else:
        c.limb([(-0.04, 1.36), (-0.16, 1.12), (-0.22, 0.90)], 0.10, o.top_shade)
        _tote(c, -0.24, o.bag)


def _tote(c: Canvas, x: float, colour: str) -> None:
    c.limb(
        [(x - 0.06, 0.70), (x, 0.88), (x + 0.06, 0.70)],
        0.02,
        mix(colour, "#000000", 0.25),
    )
    c.polygon(
        [(x - 0.11, 0.71), (x + 0.11, 0.71), (x + 0.095, 0.36), (x - 0.095, 0.36)],
        colour,
    )
    c.rect(x - 0.045, 0.48, x + 0.045, 0.60, mix(colour, "#b5584a", 0.7), 0.02)


def _front_arm(c: Canvas, o: Outfit) -> None:
    shoulder = (0.0, 1.36)
    if o.front == "tote":
        c.limb([shoulder, (0.13, 1.12), (0.22, 0.90)], 0.105, o.top)
        c.ellipse(0.225, 0.88, 0.05, 0.05, o.skin)
        _tote(c, 0.24, o.bag)
        return
    elbow, hand = (0.015, 1.08), (0.265, 1.16)
    if o.back == "backpack":
        c.limb(
            [(-0.07, 1.43), (0.05, 1.36), (0.05, 1.2)], 0.04, mix(o.bag, "#000000", 0.1)
        )
    c.limb([shoulder, elbow, hand], 0.105, mix(o.top, o.top_shade, 0.35))
    c.ellipse(hand[0] + 0.025, hand[1] + 0.01, 0.052, 0.052, o.skin)
    if o.front == "cup":
        c.polygon([(0.26, 1.31), (0.35, 1.31), (0.335, 1.15), (0.275, 1.15)], o.accent)
        c.rect(0.255, 1.30, 0.355, 1.325, "#7a5a3d", 0.01)
    elif o.front == "paper":
        c.polygon([(0.22, 1.10), (0.31, 1.36), (0.36, 1.34), (0.28, 1.08)], o.accent)
    else:
        c.polygon([(0.285, 1.15), (0.31, 1.29), (0.355, 1.28), (0.33, 1.14)], "#2e3238")
