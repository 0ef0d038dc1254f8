"""Put a frame of the street together: background, shadows, actors, noise."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from boxreel.demo import scene
from boxreel.demo.cast import PROPS, RED_LIGHT, TRACKS, TRAFFIC_LIGHT
from boxreel.demo.paint import ground
from boxreel.demo.paint.houses import houses
from boxreel.demo.scene import FRAMES, HEIGHT, WIDTH, Actor
from boxreel.demo.wardrobe import LOOKS, place, shadow, sprite

if TYPE_CHECKING:
    from PIL import Image

HALF = 14.0
"""Half of the painted row of houses, metres."""
STEP = 8
"""The ground is shifted by whole parts of a pixel, so many to one."""
SPARE = 64
"""How much larger than a frame the tile of noise is, pixels."""
NOISE = 3
"""Largest value of the noise."""

Pixels = NDArray[np.uint8]
Placed = tuple["Image.Image", tuple[int, int]]


class Stage:
    """The painted street; :meth:`frame` renders any frame of it.

    Examples
    --------
    >>> Stage().frame(0).shape  # doctest: +SKIP
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
        return place(sprite(this.look, pose, this.facing), self._boxes[actor, index])

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
            return place(shadow(8), box)
        middle, reach = (left + right) / 2, min(0.62 * width, 0.9 * scale)
        box = (
            middle - 0.55 * reach,
            foot - 0.11 * scale,
            middle + 1.35 * reach,
            foot + 0.07 * scale,
        )
        return place(shadow(2), box)

    def _background(self, index: int) -> Image.Image:
        from PIL import Image

        sway_x, sway_y = self._sway[index]
        scale = scene.FOCAL / scene.FACADES
        x = HALF * scale - WIDTH / 2 + self._pan[index] * scale - sway_x
        y = 0.1 * scale - sway_y
        height = ground.TOP + 2
        picture = Image.new("RGB", (WIDTH, HEIGHT))
        picture.paste(_sampled(self._houses, x, y, height))
        rows = np.arange(height, HEIGHT)
        shifts = self._pan[index] * (rows - scene.HORIZON) / scene.EYE - sway_x
        for shift, band in groupby(
            rows, lambda row: round(shifts[row - height] * STEP)
        ):
            lines = [int(row) for row in band]
            x, y = ground.MARGIN + shift / STEP, lines[0] - ground.TOP - sway_y
            picture.paste(_sampled(self._ground, x, y, len(lines)), (0, lines[0]))
        return picture

    @staticmethod
    def _paste(picture: Image.Image, placed: Placed) -> None:
        piece, at = placed
        picture.paste(piece, at, piece)


def _poses(actor: Actor) -> NDArray[np.int64]:
    if actor is TRAFFIC_LIGHT:
        poses = np.zeros(FRAMES, np.int64)
        for start, stop in RED_LIGHT:
            poses[start:stop] = 1
        return poses
    look = LOOKS[actor.look]
    return np.array([look.pose(metres) for metres in actor.travelled()], np.int64)


def _sampled(picture: Image.Image, x: float, y: float, height: int) -> Image.Image:
    """Cut a picture's part at a fraction of a pixel, as wide as a frame."""
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
