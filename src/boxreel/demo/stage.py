"""Put a frame of the street together: background, shadows, actors, noise."""

from __future__ import annotations

import math
from collections.abc import Sequence
from functools import lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from boxreel.demo import scene
from boxreel.demo.cast import PROPS, RED_LIGHT, TRACKS, TRAFFIC_LIGHT
from boxreel.demo.paint import ground
from boxreel.demo.paint.houses import houses
from boxreel.demo.scene import FRAMES, HEIGHT, WIDTH, Actor
from boxreel.demo.wardrobe import LOOKS, Box, place, shadow, sprite

if TYPE_CHECKING:
    from PIL import Image

HALF = 14.0
"""Half of the painted row of houses, metres."""
STEP = 8
"""Things are shifted by whole parts of a pixel, so many to one."""
SPARE = 64
"""How much larger than a frame the tile of noise is, pixels."""
NOISE = 3
"""Largest value of the noise."""

Pixels = NDArray[np.uint8]
Costume = tuple[str, int, int]
"""Look, pose and the side it faces; a shadow has no look, its pose is its hardness."""
FLAT: Costume = ("", 8, 1)
ROUND: Costume = ("", 2, 1)
Placed = tuple["Image.Image", tuple[int, int]]


class Stage:
    """The painted street; :meth:`frame` renders any frame of it.

    Examples
    --------
    >>> Stage().frame(0).shape
    (720, 1280, 3)
    """

    def __init__(self) -> None:
        actors = (*TRACKS.values(), *PROPS)
        self._houses = houses(scene.FOCAL / scene.FACADES, HALF).finish().convert("RGB")
        self._ground = ground.ground().finish().convert("RGB")
        self._pan, self._sway = scene.camera()
        self._noise = _noise()
        self._actors = actors
        self._boxes = np.stack([actor.boxes() for actor in actors])
        self._depths = np.stack([actor.places()[:, 1] for actor in actors])
        self._poses = np.stack([_poses(actor) for actor in actors])

    def frame(self, index: int) -> Pixels:
        """Render a frame.

        Parameters
        ----------
        index : int
            0-based frame.

        Returns
        -------
        ndarray, shape (720, 1280, 3), uint8
            RGB.
        """
        picture = self._background(index)
        visible = self._visible(index)
        for actor in visible:
            self._paste(picture, self._shadow(actor, index))
        for actor in visible:
            self._paste(picture, self.piece(actor, index))
        pixels: Pixels = np.clip(np.asarray(picture), NOISE, 255 - NOISE)
        y, x = index * 37 % SPARE, index * 23 % SPARE
        pixels += self._noise[y : y + HEIGHT, x : x + WIDTH]
        return pixels

    def piece(self, actor: int, index: int) -> Placed:
        """One actor alone on a frame: its picture, RGBA, and where that comes."""
        this = self._actors[actor]
        pose = int(self._poses[actor, index])
        return _placed((this.look, pose, this.facing), self._boxes[actor, index])

    def _visible(self, index: int) -> list[int]:
        """Actors in the picture or just beside it, farthest first."""
        left, _, right, _ = self._boxes[:, index].T
        inside = (right > -WIDTH / 4) & (left < WIDTH)
        order = np.argsort(-self._depths[:, index], kind="stable")
        return [int(k) for k in order if inside[k]]

    def _shadow(self, actor: int, index: int) -> Placed:
        left, _, right, foot = self._boxes[actor, index]
        scale = (foot - scene.HORIZON) / scene.EYE
        width = right - left
        if self._actors[actor].label in ("car", "bus"):
            box = (
                left - 0.04 * width,
                foot - 0.30 * scale,
                right + 0.07 * width,
                foot + 0.10 * scale,
            )
            return _placed(FLAT, box)
        middle, reach = (left + right) / 2, min(0.62 * width, 0.9 * scale)
        box = (
            middle - 0.55 * reach,
            foot - 0.11 * scale,
            middle + 1.35 * reach,
            foot + 0.07 * scale,
        )
        return _placed(ROUND, box)

    def _background(self, index: int) -> Image.Image:
        from PIL import Image

        pan, sway = self._pan[index], self._sway[index]
        scale = scene.FOCAL / scene.FACADES
        picture = Image.new("RGB", (WIDTH, HEIGHT))
        x = HALF * scale - WIDTH / 2 + pan * scale - sway
        picture.paste(_sampled(self._houses, x, 0, ground.TOP))
        rows = np.arange(ground.TOP, HEIGHT)
        shifts = pan * (rows - scene.HORIZON) / scene.EYE - sway
        steps = np.round(shifts * STEP).astype(int)
        edges = [0, *(np.flatnonzero(np.diff(steps)) + 1).tolist(), len(rows)]
        for top, end in pairwise(edges):
            x = ground.MARGIN + float(steps[top]) / STEP
            band = _sampled(self._ground, x, top, end - top)
            picture.paste(band, (0, ground.TOP + top))
        return picture

    @staticmethod
    def _paste(picture: Image.Image, placed: Placed) -> None:
        piece, at = placed
        picture.paste(piece, at, piece)


def _placed(costume: Costume, box: Sequence[float]) -> Placed:
    """Dress an actor in its costume, to a part of a pixel."""
    left, top, right, bottom = (round(float(edge) * STEP) / STEP for edge in box)
    x, y = math.floor(left), math.floor(top)
    return _dressed(costume, (left - x, top - y, right - x, bottom - y)), (x, y)


@lru_cache(maxsize=1024)
def _dressed(costume: Costume, box: Box) -> Image.Image:
    look, pose, facing = costume
    return place(sprite(look, pose, facing) if look else shadow(pose), box)


def _poses(actor: Actor) -> NDArray[np.int64]:
    if actor is TRAFFIC_LIGHT:
        poses = np.zeros(FRAMES, np.int64)
        for start, stop in RED_LIGHT:
            poses[start:stop] = 1
        return poses
    look = LOOKS[actor.look]
    return np.array([look.pose(metres) for metres in actor.travelled()], np.int64)


def _sampled(picture: Image.Image, x: float, y: int, height: int) -> Image.Image:
    """Cut rows out of a picture, as wide as a frame, from a part of a pixel on."""
    from PIL import Image

    part = (x, y, x + WIDTH, y + height)
    return picture.resize((WIDTH, height), Image.Resampling.BILINEAR, box=part)


def _noise() -> Pixels:
    """Tile of sensor noise to be added modulo 256, the same on every machine."""
    shape = (HEIGHT + SPARE, WIDTH + SPARE)
    words = np.random.PCG64(7).random_raw(-(-shape[0] * shape[1] // 8))
    bits = words.astype("<u8").view(np.uint8)[: shape[0] * shape[1]].reshape(shape)
    grain = (bits & 3) + ((bits >> 2) & 3) - np.uint8(NOISE)
    return np.repeat(grain[:, :, None], 3, axis=2)
