"""Tracks from rows of boxes, for formats that list every frame."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from boxreel.model import SOURCES, Keyframes


def sorted_rows(
    tracks: NDArray[np.int64], frames: NDArray[np.int64]
) -> NDArray[np.int64]:
    """Return the order of the rows by track, then frame, stable.

    Parameters
    ----------
    tracks, frames : ndarray of int64, shape (n,)

    Returns
    -------
    ndarray of int64, shape (n,)

    Examples
    --------
    >>> sorted_rows(np.array([2, 1, 1]), np.array([0, 5, 3])).tolist()
    [2, 1, 0]
    """
    return np.lexsort((frames, tracks))


def keyframes_of_rows(
    tracks: NDArray[np.int64],
    frames: NDArray[np.int64],
    boxes: NDArray[np.float64],
    occluded: NDArray[np.bool_],
    scores: NDArray[np.float64],
    frame_count: int,
) -> Iterator[tuple[int, Keyframes]]:
    """Yield the keyframes of each track: every row one, a gap an absence.

    A track is outside from the first frame that has no row of it.

    Parameters
    ----------
    tracks, frames : ndarray of int64, shape (n,)
        In the order of `sorted_rows`, without duplicates; frames 0-based.
    boxes : ndarray of float64, shape (n, 5)
        x, y, w, h in pixels, rotation in degrees.
    occluded : ndarray of bool, shape (n,)
    scores : ndarray of float64, shape (n,)
        nan for none.
    frame_count
        Length of the video.

    Yields
    ------
    tuple of int and Keyframes
        Track id and its keyframes, of source "import".
    """
    last = np.ones(len(tracks), dtype=bool)
    last[:-1] = (np.diff(tracks) != 0) | (np.diff(frames) > 1)
    ended = last & (frames + 1 < frame_count)
    row = np.repeat(np.arange(len(tracks)), 1 + ended)
    outside = np.zeros(len(row), dtype=bool)
    outside[1:] = row[1:] == row[:-1]
    frames = frames[row] + outside
    boxes, tracks = boxes[row], tracks[row]
    occluded = occluded[row] & ~outside
    scores = np.where(outside, np.nan, scores[row])
    sources = np.full(len(row), SOURCES.index("import"), dtype=np.uint8)
    bounds = np.flatnonzero(np.diff(tracks, prepend=-1, append=-1))
    for start, stop in pairwise(bounds.tolist()):
        cut = slice(start, stop)
        yield (
            int(tracks[start]),
            Keyframes(
                frames=frames[cut],
                boxes=boxes[cut],
                outside=outside[cut],
                occluded=occluded[cut],
                hold=np.zeros(stop - start, dtype=bool),
                sources=sources[cut],
                scores=scores[cut],
            ),
        )
