"""The row of houses and the sky behind it, seen square on."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from boxreel.demo.paint.canvas import Canvas, mix
from boxreel.demo.paint.shops import shop_front

SKY_TOP = "#a9c9d8"
SKY_LOW = "#f2e6d2"
FRAME = "#f1e9da"
PANE = "#6d8791"
IRON = "#3f4a50"
SHADE = "#5b4a55"
FLOOR = 1.62
"""Height of a storey, metres."""
SHOP = 2.62
"""Height of the ground floor, metres."""


@dataclass(frozen=True)
class House:
    """A house of the row.

    Parameters
    ----------
    left, width : float
        Metres.
    wall : str
        Colour of the plaster.
    floors : int
        Storeys above the shop.
    bays : int
        Windows side by side.
    shop : str
        Colour of the shop front.
    awning : str
        Colour of the awning's stripes; empty for none.
    roof : str
        Colour of the tiles; empty for a flat roof.
    trim : {"plain", "arched", "balcony"}
        Its windows.
    """

    left: float
    width: float
    wall: str
    floors: int
    bays: int
    shop: str
    awning: str = ""
    roof: str = ""
    trim: Literal["plain", "arched", "balcony"] = "plain"

    @property
    def right(self) -> float:
        """Right edge, metres."""
        return self.left + self.width

    @property
    def eaves(self) -> float:
        """Upper edge of the wall, metres."""
        return SHOP + self.floors * FLOOR + 0.30

    def pale(self, share: float) -> str:
        """Colour of the wall, lightened."""
        return mix(self.wall, "#ffffff", share)


SLATE = "#6c747c"
TILES = "#7f5f5a"
ROW = (
    House(-14.6, 4.4, "#c9b08c", 2, 3, "#6b5a52", "#a8514a"),
    House(-10.2, 4.6, "#b97f63", 2, 4, "#3f5d5c", "", SLATE),
    House(-5.6, 3.7, "#e4d3b0", 3, 3, "#7b4a45", "#c9803f", trim="arched"),
    House(-1.9, 4.5, "#9db0a4", 2, 4, "#4b5266", "#5d7fa0", trim="balcony"),
    House(2.6, 3.5, "#d8a98d", 2, 3, "#5d6b4f", "", TILES),
    House(7.7, 3.6, "#b4a3a6", 3, 3, "#54606e", "#7d8f5d", trim="arched"),
    House(11.3, 3.6, "#d9bf93", 2, 3, "#6d4f47", "#4f8280", SLATE),
)
CLOUDS = ((-9.6, 7.45, 1.0), (4.9, 7.35, 1.15), (12.2, 7.6, 0.8))
PUFFS = ((-0.8, 0.0, 0.22), (-0.3, 0.12, 0.32), (0.3, 0.06, 0.27), (0.85, 0.0, 0.18))
TOWERS = (
    (-15, 3, 6.1), (-7.5, 3.4, 6.4), (-3.2, 3.6, 5.9), (1.2, 2.2, 6.6), (5.6, 1.2, 5.2),
    (6.5, 1.6, 6.1), (9.8, 3.0, 6.6),
)  # fmt: skip
BUSHES = (
    (6.25, 2.7, 1.0, "#a3b892"), (7.45, 3.0, 1.05, "#a3b892"),
    (6.8, 2.3, 0.9, "#8fa97c"), (6.1, 1.5, 0.7, "#84a072"), (7.5, 1.6, 0.8, "#84a072"),
)  # fmt: skip


def houses(scale: float, half: float) -> Canvas:
    """Paint sky, skyline and houses.

    Parameters
    ----------
    scale : float
        Pixels a metre.
    half : float
        Half of the painted width, metres.
    """
    c = Canvas(-half, 0.0, half, 8.0, scale, SKY_LOW)
    c.tint(-half, 8.0, half, 3.5, SKY_TOP, SKY_LOW)
    _skyline(c)
    _garden(c)
    for house in ROW:
        _house(c, house)
    return c


def _skyline(c: Canvas) -> None:
    for x, y, size in CLOUDS:
        for dx, dy, r in PUFFS:
            c.ellipse(x + dx * size, y + dy * size, 1.7 * r * size, r * size, "#eef0ea")
        low, reach = y - 0.2 * size, 1.2 * size
        c.rect(x - reach, low, x + reach, y, "#eef0ea", 0.1 * size)
    for x, width, top in TOWERS:
        c.rect(x, 0.0, x + width, top, "#c9d1cf")
    c.polygon([(6.1, 4.4), (6.25, 6.9), (6.4, 4.4)], "#c9d1cf")


def _garden(c: Canvas) -> None:
    for x, y, r, colour in BUSHES:
        c.ellipse(x, y, r, r, colour)
    c.rect(6.0, 0.0, 7.8, 1.6, "#84a072")
    c.rect(6.0, 0.0, 7.8, 0.62, "#b9a48c")
    c.rect(6.0, 0.58, 7.8, 0.68, "#d3c3ab")
    c.rect(6.0, 1.20, 7.8, 1.24, IRON)
    for k in range(13):
        c.rect(6.16 + 0.125 * k, 0.68, 6.19 + 0.125 * k, 1.30, IRON)


def _house(c: Canvas, h: House) -> None:
    left, right, eaves = h.left, h.right, h.eaves
    if h.roof:
        _roof(c, h)
    c.rect(left, 0.0, right, eaves, h.wall)
    c.tint(left, eaves, right, 0.0, (255, 244, 220, 70), (70, 50, 70, 36))
    for width in (0.42, 0.26, 0.12):
        c.tint(right - width, eaves, right, 0.0, (60, 45, 60, 22), (60, 45, 60, 22))
    for floor in range(h.floors):
        sill = SHOP + 0.42 + floor * FLOOR
        for bay in range(h.bays):
            x = left + h.width * (bay + 0.5) / h.bays
            _window(c, h, x, sill, (bay * 2 + floor * 3) % 5)
    if h.trim == "balcony":
        _balcony(c, h, SHOP + 0.42)
    low, high = eaves - 0.14, eaves + 0.06
    c.rect(left - 0.07, low, right + 0.07, high, h.pale(0.42))
    c.tint(left, low, right, low - 0.20, (60, 45, 60, 70), (60, 45, 60, 0))
    c.rect(left, SHOP - 0.02, right, SHOP + 0.10, h.pale(0.34))
    c.rect(left, SHOP - 0.10, right, SHOP - 0.02, mix(h.wall, SHADE, 0.30))
    shop_front(c, left + 0.16, right - 0.16, SHOP - 0.16, h.shop, h.awning)


def _roof(c: Canvas, h: House) -> None:
    left, right, eaves = h.left, h.right, h.eaves
    inset, height = (0.30, 0.95) if h.roof == SLATE else (0.75, 1.12)
    for x in (left + 0.55, right - 0.95):
        c.rect(x, eaves, x + 0.42, eaves + 1.28, "#a4715c")
        c.rect(x - 0.04, eaves + 1.22, x + 0.46, eaves + 1.34, "#8b5f4e")
    slope = [
        (left - 0.05, eaves),
        (right + 0.05, eaves),
        (right - inset, eaves + height),
        (left + inset, eaves + height),
    ]
    c.polygon(slope, h.roof)
    ridge, lit = eaves + height - 0.04, mix(h.roof, "#ffffff", 0.25)
    c.rect(left + inset - 0.04, ridge, right - inset + 0.04, ridge + 0.09, lit)
    for offset in (-0.85, 0.85):
        x = (left + right) / 2 + offset
        c.rect(x - 0.30, eaves + 0.10, x + 0.30, eaves + 0.68, FRAME)
        gable = [(x - 0.40, eaves + 0.66), (x + 0.40, eaves + 0.66), (x, eaves + 0.96)]
        c.polygon(gable, mix(h.roof, "#000000", 0.12))
        c.rect(x - 0.21, eaves + 0.14, x + 0.21, eaves + 0.60, PANE)


def _window(c: Canvas, h: House, x: float, sill: float, variant: int) -> None:
    half, top = 0.33, sill + 0.96
    left, right, trim = x - half, x + half, h.pale(0.40)
    c.rect(left - 0.07, sill - 0.04, right + 0.07, top + 0.07, trim)
    if h.trim == "arched":
        c.pie(x, top + 0.02, half + 0.07, 0.22, 180, 360, trim)
        c.pie(x, top - 0.01, half, 0.16, 180, 360, PANE)
    c.rect(left, sill, right, top, PANE)
    if variant == 1:
        c.rect(left, sill + 0.42, right, top, "#d9cfb8")
    elif variant in (2, 4):
        for side in (-half, half):
            far, hem = x + side, x + 0.7 * side
            curtain = [(far, top), (x + 0.2 * side, top), (hem, sill), (far, sill)]
            c.polygon(curtain, "#cfd6d3")
    c.tint(left, top, right, sill, (220, 234, 236, 110), (50, 60, 70, 50))
    glint = [
        (left, sill + 0.2),
        (left, sill + 0.62),
        (x + 0.3 * half, top),
        (x + 0.75 * half, top),
    ]
    c.wash(glint, (255, 255, 255, 46), (255, 255, 255, 22))
    c.rect(x - 0.022, sill, x + 0.022, top, FRAME)
    c.rect(left, sill + 0.60, right, sill + 0.645, FRAME)
    c.rect(left - 0.11, sill - 0.12, right + 0.11, sill - 0.03, h.pale(0.52))
    ledge = mix(h.wall, SHADE, 0.34)
    c.rect(left - 0.09, sill - 0.16, right + 0.09, sill - 0.12, ledge)
    if variant == 3 and h.trim == "plain":
        _flowers(c, left, right, sill)


def _flowers(c: Canvas, left: float, right: float, sill: float) -> None:
    c.rect(left, sill - 0.05, right, sill + 0.08, "#8b5f4e", 0.03)
    for k in range(6):
        colour = ("#7f9c69", "#d98a7a")[k % 2]
        c.ellipse(left + 0.07 + 0.105 * k, sill + 0.13, 0.075, 0.075, colour)


def _balcony(c: Canvas, h: House, sill: float) -> None:
    left, right = h.left + 0.3, h.right - 0.3
    c.rect(left, sill - 0.22, right, sill - 0.10, h.pale(0.5))
    c.rect(left, sill - 0.28, right, sill - 0.22, mix(h.wall, SHADE, 0.35))
    c.rect(left, sill + 0.36, right, sill + 0.41, IRON)
    for k in range(round((right - left) / 0.13) + 1):
        x = left + 0.13 * k
        c.rect(x - 0.013, sill - 0.10, x + 0.013, sill + 0.38, IRON)
