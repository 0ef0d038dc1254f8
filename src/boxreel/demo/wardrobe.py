"""Every look as sprites: one picture for each pose, cut to its tight box."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache, partial
from typing import TYPE_CHECKING

from boxreel.demo.paint import (
    bus,
    cars,
    cycle,
    frontal,
    furniture,
    people,
    wheels,
)
from boxreel.demo.paint.canvas import Canvas

if TYPE_CHECKING:
    from PIL import Image

MARGIN = 12
"""Transparent pixels around a sprite, so that it can be sampled past its edge."""
SOLID = 128
"""Alpha from which a pixel belongs to the object."""


@dataclass(frozen=True)
class Look:
    """How something is painted.

    Parameters
    ----------
    paint : callable
        Takes the phase of the cycle, 0 to 1, and pixels a metre.
    scale : float
        Pixels a metre of its sprites.
    cycle : float
        Metres travelled in one cycle.
    poses : int
        Pictures in one cycle.
    """

    paint: Callable[[float, float], Canvas]
    scale: float
    cycle: float = 1.0
    poses: int = 1

    def pose(self, travelled: float) -> int:
        """Pose after so many metres."""
        return int(travelled / self.cycle * self.poses) % self.poses


def _walker(name: str) -> Look:
    paint = partial(people.walker, people.OUTFITS[name])
    return Look(paint, 170.0, people.CYCLE, people.POSES)


def _frontal(name: str, behind: bool) -> Look:
    paint = partial(frontal.frontal, frontal.FRONTAL[name], behind=behind)
    return Look(paint, 150.0, frontal.CYCLE, people.POSES)


def _vehicle(paint: Callable[[float, float], Canvas], radius: float) -> Look:
    turn = 2 * math.pi * radius / wheels.SPOKES
    return Look(paint, 120.0, turn, wheels.POSES)


def _car(body: cars.Body, paint: str, sign: bool = False) -> Look:
    return _vehicle(partial(cars.car, body, paint, sign=sign), cars.RADIUS)


def _still(paint: Callable[[float], Canvas], scale: float) -> Look:
    return Look(lambda _phase, scale: paint(scale), scale)


LOOKS: dict[str, Look] = {
    **{name: _walker(name) for name in people.OUTFITS},
    "waiting": _still(partial(frontal.waiting, frontal.FRONTAL["waiting"]), 120.0),
    "away": _frontal("away", behind=True),
    "towards": _frontal("towards", behind=False),
    "red saloon": _car(cars.SALOON, "#b5503f"),
    "teal hatch": _car(cars.HATCH, "#6fa39c"),
    "blue saloon": _car(cars.SALOON, "#5c7fa3"),
    "yellow taxi": _car(cars.SALOON, "#e2b04a", sign=True),
    "white van": _car(cars.VAN, "#efe8da"),
    "bus": _vehicle(bus.bus, bus.RADIUS),
    "cyclist": Look(cycle.cyclist, 150.0, cycle.CYCLE, people.POSES),
    "tree": _still(furniture.tree, 100.0),
    "shelter": _still(furniture.shelter, 100.0),
    "lamp": _still(furniture.lamp, 100.0),
    "traffic light": Look(furniture.traffic_light, 170.0, poses=2),
}


@cache
def sprite(look: str, pose: int, facing: int) -> Image.Image:
    """Picture of a look, premultiplied, ``MARGIN`` around its tight box."""
    from PIL import ImageOps

    this = LOOKS[look]
    picture = this.paint(pose / this.poses, this.scale).finish()
    solid = picture.getchannel("A").point(lambda alpha: 255 * (alpha >= SOLID))
    bounds = solid.getbbox()
    assert bounds is not None
    left, top, right, bottom = bounds
    around = (left - MARGIN, top - MARGIN, right + MARGIN, bottom + MARGIN)
    cut = picture.crop(around)
    return (ImageOps.mirror(cut) if facing < 0 else cut).convert("RGBa")


@cache
def shadow(hardness: int) -> Image.Image:
    """Soft shadow on the ground: round at 2, flat in its middle above."""
    import numpy as np
    from PIL import Image

    x = np.linspace(-1.0, 1.0, 160)[None, :]
    y = np.linspace(-1.0, 1.0, 64)[:, None]
    reach = np.clip(1.0 - np.abs(x) ** hardness - np.abs(y) ** 2, 0.0, 1.0)
    alpha = np.zeros((64 + 2 * MARGIN, 160 + 2 * MARGIN, 4), np.float64)
    dark = reach[..., None] * np.array([40, 34, 52, 255]) / 255
    alpha[MARGIN:-MARGIN, MARGIN:-MARGIN] = np.round(dark * 120)
    bytes_ = alpha.astype(np.uint8)
    return Image.frombuffer(
        "RGBa", bytes_.shape[1::-1], bytes_.tobytes(), "raw", "RGBa", 0, 1
    )


Box = tuple[float, float, float, float]


def place(picture: Image.Image, box: Box) -> Image.Image:
    """Scale a sprite so that its tight box fills ``box``, at a fraction of a pixel.

    Parameters
    ----------
    picture : Image
        From :func:`sprite` or :func:`shadow`.
    box : tuple of float
        ``left, top, right, bottom`` in pixels, the corner in the first pixel.

    Returns
    -------
    Image
        RGBA, from pixel (0, 0) on.
    """
    from PIL import Image

    left, top, right, bottom = box
    width, height = math.ceil(right), math.ceil(bottom)
    across = (picture.width - 2 * MARGIN) / (right - left)
    down = (picture.height - 2 * MARGIN) / (bottom - top)
    first, above = MARGIN - left * across, MARGIN - top * down
    source = (first, above, first + width * across, above + height * down)
    scaled = picture.resize((width, height), Image.Resampling.HAMMING, box=source)
    return scaled.convert("RGBA")
