"""The street as pure geometry: camera, actors, and where each box is on each frame.

World coordinates are metres: ``x`` to the right of the picture's middle, ``depth``
away from the camera. The camera looks straight across the street, so that an object
at a depth is drawn at one scale, and its foot lies on one line of the picture.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]
Ease = Literal["steady", "brake", "pull_away"]

FRAMES = 500
FPS = 25
WIDTH = 1280
HEIGHT = 720
HORIZON = 200.0
"""Picture row of the horizon, pixels."""
EYE = 4.0
"""Height of the camera above the ground, metres."""
FOCAL = 1000.0
"""Pixels a metre at a depth of one metre."""
FACADES = 20.0
"""Depth of the row of houses, metres."""

PAN = 0.16
"""Metres that the camera moves to either side."""
SWAY = 0.1
"""Reach of each of the two waves of the tremble, pixels."""
GRID = 64.0
"""Boxes are rounded to parts of a pixel, so many to one."""


@dataclass(frozen=True)
class Mark:
    """Where an actor is on a frame, and how it moves on the way there.

    Parameters
    ----------
    frame : int
        0-based frame.
    x, depth : float
        Place of the foot's middle, metres.
    ease : {"steady", "brake", "pull_away"}
        Motion since the mark before: at one speed, slowing to a stop, or starting
        from rest.
    """

    frame: int
    x: float
    depth: float
    ease: Ease = "steady"


@dataclass(frozen=True)
class Actor:
    """Something that stands in the street, at the size of its tight box.

    Parameters
    ----------
    label : str
        Its label in the ground truth; empty for a piece of the scenery.
    look : str
        Which painting it wears, a key of the painters.
    width, height : float
        Size of the box, metres.
    facing : {1, -1}
        Right or left.
    path : tuple of Mark
        Present from the first mark to the last one.
    """

    label: str
    look: str
    width: float
    height: float
    facing: int
    path: tuple[Mark, ...]

    def places(self) -> Array:
        """Foot of the actor on every frame.

        Returns
        -------
        ndarray, shape (FRAMES, 2), float64
            ``x, depth`` in metres; NaN where the actor is not in the street.

        Examples
        --------
        >>> walk = (Mark(10, 0.0, 8.0), Mark(20, 1.0, 8.0))
        >>> Actor("person", "commuter", 0.7, 1.75, 1, walk).places()[15].tolist()
        [0.5, 8.0]
        """
        out = np.full((FRAMES, 2), np.nan)
        for a, b in pairwise(self.path):
            t = np.linspace(0.0, 1.0, b.frame - a.frame + 1)
            if b.ease == "brake":
                t = t * (2.0 - t)
            elif b.ease == "pull_away":
                t = t * t
            ends = np.array([[a.x, a.depth], [b.x, b.depth]])
            out[a.frame : b.frame + 1] = ends[0] + t[:, None] * (ends[1] - ends[0])
        return out

    def travelled(self) -> Array:
        """Metres walked or driven since the first mark, shape (FRAMES,), float64."""
        steps = np.nan_to_num(np.diff(self.places(), axis=0, prepend=np.nan))
        return np.asarray(np.cumsum(np.hypot(steps[:, 0], steps[:, 1])), np.float64)

    def boxes(self) -> Array:
        """Box of the actor on every frame, also beyond the picture.

        Returns
        -------
        ndarray, shape (FRAMES, 4), float64
            ``left, top, right, bottom`` in pixels; NaN where it is not in the street.
        """
        x, depth = self.places().T
        feet = project(x, depth)
        half = 0.5 * self.width * FOCAL / depth
        left, right = feet[:, 0] - half, feet[:, 0] + half
        top = feet[:, 1] - self.height * FOCAL / depth
        corners = np.stack([left, top, right, feet[:, 1]], axis=1)
        return np.asarray(np.round(corners * GRID) / GRID, np.float64)


def camera() -> tuple[Array, Array]:
    """Motion of the camera.

    Returns
    -------
    pan : ndarray, shape (FRAMES,), float64
        Sideways place of the camera in metres: one slow, eased move to the right.
    sway : ndarray, shape (FRAMES,), float64
        Sideways tremble of the whole picture in pixels, a fraction of one.
    """
    frames = np.arange(FRAMES)
    pan = -PAN * np.cos(np.pi * frames / (FRAMES - 1))
    waves = [np.sin(2 * np.pi * frames / period) for period in (41, 17)]
    return np.round(pan * 4096) / 4096, np.round(SWAY * sum(waves) * GRID) / GRID


def project(x: Array, depth: Array) -> Array:
    """Picture of a point on the ground, one for each frame.

    Parameters
    ----------
    x, depth : ndarray, shape (FRAMES,), float64
        Metres.

    Returns
    -------
    ndarray, shape (FRAMES, 2), float64
        Pixels.
    """
    pan, sway = camera()
    across = WIDTH / 2 + (x - pan) * FOCAL / depth + sway
    down = HORIZON + EYE * FOCAL / depth
    return np.stack([across, down], axis=1)
