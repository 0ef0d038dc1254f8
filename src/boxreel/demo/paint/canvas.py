"""A small vector canvas in metres: drawn large, then averaged down for soft edges."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from PIL import Image

Point = tuple[float, float]
Colour = str | tuple[int, int, int] | tuple[int, int, int, int]

OVERSAMPLE = 3


class Canvas:
    """Paint with x to the right and y up, both in metres.

    Parameters
    ----------
    left, bottom, right, top : float
        The part of the plane that is painted, metres.
    scale : float
        Pixels a metre of the finished image.
    ground : Colour, optional
        What the canvas is filled with; transparent by default.
    """

    def __init__(
        self,
        left: float,
        bottom: float,
        right: float,
        top: float,
        scale: float,
        ground: Colour = (0, 0, 0, 0),
    ) -> None:
        from PIL import Image, ImageDraw

        self.left, self.top = left, top
        self.scale = scale * OVERSAMPLE
        width = round((right - left) * scale) * OVERSAMPLE
        height = round((top - bottom) * scale) * OVERSAMPLE
        self.image = Image.new("RGBA", (width, height), ground)
        self._draw = ImageDraw.Draw(self.image)

    def _at(self, points: Sequence[Point]) -> list[Point]:
        return [
            ((x - self.left) * self.scale, (self.top - y) * self.scale)
            for x, y in points
        ]

    def _box(self, x0: float, y0: float, x1: float, y1: float) -> list[Point]:
        (a, b), (c, d) = self._at(
            [(min(x0, x1), max(y0, y1)), (max(x0, x1), min(y0, y1))]
        )
        return [(a, b), (max(c - 1, a), max(d - 1, b))]

    def polygon(self, points: Sequence[Point], fill: Colour) -> None:
        """Fill a polygon."""
        self._draw.polygon(self._at(points), fill=fill)

    def rect(
        self,
        x0: float,
        y0: float,
        x1: float,
        y1: float,
        fill: Colour,
        radius: float = 0,
    ) -> None:
        """Fill a rectangle, its corners rounded by ``radius`` metres."""
        box = self._box(x0, y0, x1, y1)
        self._draw.rounded_rectangle(box, radius * self.scale, fill=fill)

    def ellipse(self, x: float, y: float, rx: float, ry: float, fill: Colour) -> None:
        """Fill an ellipse around ``x, y``."""
        self._draw.ellipse(self._box(x - rx, y - ry, x + rx, y + ry), fill=fill)

    def ring(
        self, x: float, y: float, radius: float, width: float, fill: Colour
    ) -> None:
        """Draw a circle's line, inside ``radius``."""
        box = self._box(x - radius, y - radius, x + radius, y + radius)
        self._draw.ellipse(box, outline=fill, width=max(1, round(width * self.scale)))

    def pie(
        self,
        x: float,
        y: float,
        rx: float,
        ry: float,
        start: float,
        end: float,
        fill: Colour,
    ) -> None:
        """Fill a slice of an ellipse, degrees clockwise from the right."""
        box = self._box(x - rx, y - ry, x + rx, y + ry)
        self._draw.pieslice(box, start, end, fill=fill)

    def limb(self, points: Sequence[Point], width: float, fill: Colour) -> None:
        """Draw a line with round joints and ends."""
        self._draw.line(
            self._at(points), fill=fill, width=max(1, round(width * self.scale))
        )
        for x, y in points:
            self.ellipse(x, y, width / 2, width / 2, fill)

    def wash(self, points: Sequence[Point], top: Colour, bottom: Colour) -> None:
        """Blend a polygon with a vertical gradient over what is already painted."""
        from PIL import Image, ImageChops, ImageDraw

        corners = np.array(self._at(points))
        low = np.maximum(np.floor(corners.min(axis=0)), 0).astype(int)
        high = np.minimum(np.ceil(corners.max(axis=0)), self.image.size).astype(int)
        if (high <= low).any():
            return
        region = (int(low[0]), int(low[1]), int(high[0]), int(high[1]))
        width, height = (int(n) for n in high - low)
        ends = np.array([_rgba(top), _rgba(bottom)], float)
        ramp = ends[0] + (ends[1] - ends[0]) * np.linspace(0.0, 1.0, height)[:, None]
        pixels = np.broadcast_to(
            np.round(ramp).astype(np.uint8)[:, None], (height, width, 4)
        )
        layer = Image.fromarray(np.ascontiguousarray(pixels))
        shape = Image.new("L", layer.size)
        ImageDraw.Draw(shape).polygon(
            [(x - low[0], y - low[1]) for x, y in corners], 255
        )
        under = self.image.crop(region)
        shape = ImageChops.multiply(shape, under.getchannel("A"))
        layer.putalpha(ImageChops.multiply(shape, layer.getchannel("A")))
        self.image.paste(Image.alpha_composite(under, layer), region[:2])

    def tint(
        self, x0: float, y0: float, x1: float, y1: float, top: Colour, bottom: Colour
    ) -> None:
        """Blend a rectangle with a vertical gradient, as :meth:`wash` does."""
        self.wash([(x0, y0), (x1, y0), (x1, y1), (x0, y1)], top, bottom)

    def stamp(self, picture: Image.Image, left: float, top: float) -> None:
        """Put a picture on top, as large as it is, its corner at ``left, top``."""
        x, y = self._at([(left, top)])[0]
        self.image.alpha_composite(picture, (round(x), round(y)))

    def finish(self) -> Image.Image:
        """Average down to the finished size, RGBA."""
        return self.image.convert("RGBa").reduce(OVERSAMPLE).convert("RGBA")


def _rgba(colour: Colour) -> tuple[int, ...]:
    from PIL import ImageColor

    if isinstance(colour, str):
        return (*ImageColor.getrgb(colour), 255)
    return (*colour, 255)[:4]


def soft(shape: Sequence[Point]) -> list[Point]:
    """Cut the corners of a polygon twice (Chaikin)."""
    shape = list(shape)
    for _ in range(2):
        nxt = shape[1:] + shape[:1]
        shape = [
            (ax * w + bx * (1 - w), ay * w + by * (1 - w))
            for (ax, ay), (bx, by) in zip(shape, nxt, strict=True)
            for w in (0.8, 0.2)
        ]
    return shape


def turned(shape: Sequence[Point], about: Point, angle: float) -> list[Point]:
    """Rotate a shape counter-clockwise by radians and move its origin to ``about``."""
    cos, sin = math.cos(angle), math.sin(angle)
    return [
        (about[0] + x * cos - y * sin, about[1] + x * sin + y * cos) for x, y in shape
    ]


def bent(hip: Point, ankle: Point, bone: float) -> Point:
    """Knee of a leg with two equal bones, bent to the right."""
    dx, dy = ankle[0] - hip[0], ankle[1] - hip[1]
    reach = math.hypot(dx, dy)
    out = math.sqrt(max(bone**2 - (reach / 2) ** 2, 0.0)) / reach
    return hip[0] + dx / 2 - dy * out, hip[1] + dy / 2 + dx * out


def mix(a: str, b: str, share: float) -> str:
    """Blend two ``#rrggbb`` colours: ``a`` at 0, ``b`` at 1.

    Examples
    --------
    >>> mix("#000000", "#ffffff", 0.5)
    '#808080'
    """
    mixed = [
        round(x + (y - x) * share) for x, y in zip(_rgba(a), _rgba(b), strict=True)
    ]
    return "#" + "".join(f"{value:02x}" for value in mixed[:3])
