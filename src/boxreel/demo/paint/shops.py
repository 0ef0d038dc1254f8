"""Shop fronts: a sign, a door, a lit window with goods and sometimes an awning."""

from __future__ import annotations

from boxreel.demo.paint.canvas import Canvas, mix

GLASS = "#587078"
GOODS = ("#c9655a", "#e2b04a", "#6f8fae", "#7f9c69", "#efe4cc")
DOOR = 0.76
HEAD = 1.86
"""Upper edge of doors and windows, metres."""
SIGN = ((-0.62, 0.30), (-0.24, 0.16), (0.0, 0.42), (0.50, 0.22))
"""Strokes of the writing on a sign: left end from its middle, and length."""


def shop_front(
    c: Canvas, left: float, right: float, height: float, colour: str, awning: str
) -> None:
    """Paint a shop front.

    Parameters
    ----------
    c : Canvas
        Canvas of the house.
    left, right, height : float
        Its frame, metres, standing on the ground.
    colour : str
        Of its woodwork.
    awning : str
        Of the awning's stripes; empty for none.
    """
    light = mix(colour, "#ffffff", 0.22)
    c.rect(left, 0.0, right, height, colour)
    c.rect(left, height - 0.46, right, height, light)
    middle = (left + right) / 2
    for start, length in SIGN:
        x = middle + start
        c.rect(x, height - 0.275, x + length, height - 0.185, "#f3e6c8", 0.04)
    if round(left) % 2:
        _door(c, left + 0.22, light)
        _window(c, left + 1.16, right - 0.16, light)
    else:
        _door(c, right - 0.98, light)
        _window(c, left + 0.16, right - 1.14, light)
    c.tint(left, 0.12, right, 0.0, (30, 25, 35, 30), (30, 25, 35, 90))
    if awning:
        _awning(c, left - 0.04, right + 0.04, awning)


def _door(c: Canvas, x: float, frame: str) -> None:
    c.rect(x, 0.0, x + DOOR, HEAD, frame)
    c.rect(x + 0.10, 0.30, x + 0.66, 1.74, GLASS)
    c.tint(x + 0.10, 1.74, x + 0.66, 0.30, (240, 214, 160, 120), (240, 214, 160, 20))
    c.rect(x + 0.60, 0.86, x + 0.64, 1.10, "#f0d9a0", 0.01)


def _window(c: Canvas, left: float, right: float, frame: str) -> None:
    low, high = 0.45, HEAD - 0.05
    c.rect(left - 0.05, low - 0.05, right + 0.05, HEAD, frame)
    c.rect(left, low, right, high, GLASS)
    c.tint(left, high, right, low, (246, 218, 160, 190), (246, 218, 160, 50))
    _goods(c, left, right)
    for share in (0.12, 0.62):
        x = left + (right - left) * share
        glint = [(x, low), (x + 0.3, low), (x + 0.75, high), (x + 0.45, high)]
        c.wash(glint, (255, 255, 255, 60), (255, 255, 255, 20))
    middle = (left + right) / 2
    c.rect(middle - 0.025, low, middle + 0.025, high, frame)


def _goods(c: Canvas, left: float, right: float) -> None:
    start = round(left)
    for k in range(int((right - left) / 0.34)):
        x, height = left + 0.1 + 0.34 * k, 0.18 + 0.07 * ((k * 7 + start) % 4)
        colour = mix(GOODS[(k + start) % 5], GLASS, 0.25)
        c.rect(x, 0.47, x + 0.22, 0.47 + height, colour, 0.03)
    c.rect(left + 0.06, 1.16, right - 0.06, 1.19, mix("#efe4cc", GLASS, 0.3))
    for k in range(int((right - left) / 0.52)):
        colour = mix(GOODS[(k + 2 * start) % 5], GLASS, 0.25)
        c.ellipse(left + 0.3 + 0.52 * k, 1.28, 0.09, 0.09, colour)


def _awning(c: Canvas, left: float, right: float, colour: str) -> None:
    top, edge = 2.12, 1.74
    stripes = max(6, round((right - left) / 0.36))
    step = (right - left) / stripes
    for k in range(stripes):
        x, fill = left + k * step, "#f2e8d5" if k % 2 else colour
        c.rect(x, edge, x + step, top, fill)
        c.pie(x + step / 2, edge, step / 2, 0.10, 0, 180, mix(fill, "#5b4a55", 0.14))
    c.tint(left, top, right, edge, (255, 255, 255, 50), (60, 45, 60, 40))
    c.tint(left, edge - 0.10, right, edge - 0.46, (40, 30, 45, 110), (40, 30, 45, 0))
