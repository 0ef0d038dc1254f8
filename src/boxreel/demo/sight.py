"""What of each actor the camera sees: clipped boxes, and how much is hidden."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import NDArray

from boxreel.demo.cast import PROPS, TRACKS
from boxreel.demo.scene import FRAMES, HEIGHT, WIDTH, Actor, Array

Flags = NDArray[np.bool_]
Part = tuple[float, float, float, float]

OUTLINES: dict[str, tuple[Part, ...]] = {
    "person": ((0.28, 0.0, 0.75, 1.0), (0.04, 0.3, 0.95, 0.5)),
    "car": ((0.0, 0.33, 1.0, 0.95), (0.22, 0.08, 0.65, 0.4), (0.28, 0.0, 0.56, 0.1)),
    "teal hatch": (
        (0.0, 0.36, 1.0, 0.95),
        (0.04, 0.1, 0.64, 0.4),
        (0.1, 0.0, 0.54, 0.2),
    ),
    "white van": ((0.0, 0.0, 0.76, 0.95), (0.7, 0.2, 0.83, 0.95), (0.8, 0.43, 1, 0.95)),
    "bus": ((0.0, 0.0, 1.0, 0.92),),
    "bicycle": (
        (0.53, 0.0, 0.68, 0.2),
        (0.38, 0.18, 0.66, 0.45),
        (0.42, 0.45, 0.6, 0.88),
    ),
    "tree": ((0.04, 0.12, 0.96, 0.55), (0.47, 0.5, 0.53, 1.0)),
    "shelter": ((0.0, 0.0, 1.0, 0.09), (0.65, 0.22, 0.95, 0.95)),
    "lamp": ((0.02, 0.0, 0.08, 1.0),),
    "traffic light": ((0.0, 0.0, 1.0, 0.3), (0.4, 0.0, 0.6, 1.0)),
}
"""Solid parts of what faces right: left, top, right, bottom in shares of its box."""

GRID = 20
"""Points across a box on which sight is tested, and as many down."""
ENTERED = 1 / 8
"""Share of the box inside the picture from which an actor counts as present."""
FULLY = 0.98
"""Hidden share from which nothing is seen any more."""
LONG = 60
"""Frames in a row without any sight of it on which an actor counts as absent."""


@dataclass(frozen=True)
class Sight:
    """How the camera sees one actor.

    Parameters
    ----------
    boxes : ndarray, shape (FRAMES, 4), float64
        ``left, top, right, bottom`` in pixels, clipped to the picture.
    hidden : ndarray, shape (FRAMES,), float64
        Share, of what is inside the picture, that something nearer hides.
    present : ndarray, shape (FRAMES,), bool
        It is in the picture and not out of sight for long.
    """

    boxes: Array
    hidden: Array
    present: Flags


@cache
def sights() -> dict[int, Sight]:
    """See every actor that has a track, by its id.

    Examples
    --------
    >>> parked = sights()[3]
    >>> bool(parked.present.all()), float(parked.hidden[150])
    (True, 1.0)
    """
    actors = (*TRACKS.values(), *PROPS)
    boxes = np.stack([actor.boxes() for actor in actors])
    depths = np.stack([actor.places()[:, 1] for actor in actors])
    return {
        track: _sight(index, actors, boxes, depths)
        for index, track in enumerate(TRACKS)
    }


def _sight(index: int, actors: tuple[Actor, ...], boxes: Array, depths: Array) -> Sight:
    mine = boxes[index]
    picture = np.array([0, 0, WIDTH, HEIGHT], float)
    inside = np.concatenate(
        [np.maximum(mine[:, :2], picture[:2]), np.minimum(mine[:, 2:], picture[2:])],
        axis=1,
    )
    entered = np.nan_to_num(_area(inside) / _area(mine)) >= ENTERED
    hidden = np.zeros(FRAMES)
    points = _points(actors[index])
    frames = np.flatnonzero(entered)
    size = mine[frames, None, 2:] - mine[frames, None, :2]
    places = mine[frames, None, :2] + points * size
    seen = ((places >= 0) & (places < picture[2:])).all(axis=2)
    covered = np.zeros(seen.shape, bool)
    for other, actor in enumerate(actors):
        nearer = depths[other, frames] < depths[index, frames]
        covered[nearer] |= _covers(actor, boxes[other, frames[nearer]], places[nearer])
    hidden[frames] = (covered & seen).sum(axis=1) / np.maximum(seen.sum(axis=1), 1)
    return Sight(inside, hidden, entered & ~_lost(entered, hidden >= FULLY))


def _area(boxes: Array) -> Array:
    sides = np.maximum(boxes[:, 2:] - boxes[:, :2], 0.0)
    return np.asarray(sides[:, 0] * sides[:, 1], np.float64)


def _points(actor: Actor) -> Array:
    """Grid of points on the solid parts of an actor, in shares of its box."""
    steps = (np.arange(GRID) + 0.5) / GRID
    grid = np.stack(np.meshgrid(steps, steps), axis=-1).reshape(-1, 2)
    return np.asarray(grid[_solid(actor, grid)], np.float64)


def _solid(actor: Actor, shares: Array) -> Flags:
    """Which points, given in shares of an actor's box, lie on its solid parts."""
    across = shares[..., 0] if actor.facing > 0 else 1.0 - shares[..., 0]
    down = shares[..., 1]
    inside = np.zeros(across.shape, bool)
    parts = OUTLINES.get(actor.look) or OUTLINES[actor.label]
    for left, top, right, bottom in parts:
        inside |= (left <= across) & (across < right) & (top <= down) & (down < bottom)
    return inside


def _covers(actor: Actor, boxes: Array, places: Array) -> Flags:
    size = boxes[:, None, 2:] - boxes[:, None, :2]
    return _solid(actor, (places - boxes[:, None, :2]) / size)


def _lost(entered: Flags, unseen: Flags) -> Flags:
    """Frames on which an actor is out of sight for long, not yet, or for good."""
    first, *_, last = np.flatnonzero(entered & ~unseen).tolist()
    out = np.ones(FRAMES, bool)
    out[first : last + 1] = False
    for start, stop in runs(unseen):
        out[start:stop] |= stop - start >= LONG
    return out


def runs(flags: Flags) -> list[tuple[int, int]]:
    """Half-open runs of set flags.

    Examples
    --------
    >>> runs(np.array([True, False, True, True]))
    [(0, 1), (2, 4)]
    """
    edges = np.flatnonzero(np.diff(flags, prepend=False, append=False)).tolist()
    return list(zip(edges[::2], edges[1::2], strict=True))
