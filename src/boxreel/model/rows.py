"""Rows: boxes as detectors and dense files list them, and the tracks they make."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, fields, replace
from typing import Any

import numpy as np
import numpy.typing as npt

from boxreel.model.keyframe import Source, source_index
from boxreel.model.keyframes import Bools, Floats, Ints, Keyframes
from boxreel.model.track import Track
from boxreel.shapes.box import checked_rows

NOBODY = -1
"""Id of a box that belongs to no track."""


@dataclass(frozen=True, eq=False)
class Rows:
    """One row a frame and object, in any order.

    Attributes
    ----------
    frames : ndarray of int64, shape (n,)
        0-based.
    ids : ndarray of int64, shape (n,)
        Positive track ids, `NOBODY` where there is none.
    boxes : ndarray of float64, shape (n, 5)
        x, y, w, h in pixels, rotation in degrees.
    codes : ndarray of int64, shape (n,)
        Indices into the names of the labels.
    occluded : ndarray of bool, shape (n,)
    scores : ndarray of float64, shape (n,)
        nan for none.
    numbers : ndarray of int64, shape (n,)
        What errors name a row by: its line, or its place.
    """

    frames: Ints
    ids: Ints
    boxes: Floats
    codes: Ints
    occluded: Bools
    scores: Floats
    numbers: Ints

    def __len__(self) -> int:
        return len(self.frames)

    def picked(self, which: npt.NDArray[Any]) -> Rows:
        """Return the rows of a mask, or of indices."""
        return Rows(*(getattr(self, one.name)[which] for one in fields(self)))

    def numbered(self) -> Rows:
        """Return the rows with an id of its own for each that has none."""
        nobody = self.ids == NOBODY
        ids = self.ids.copy()
        ids[nobody] = max(0, ids.max(initial=0)) + 1 + np.arange(nobody.sum())
        return replace(self, ids=ids)

    def in_order(self) -> Rows:
        """Return the rows by track, then frame, stable."""
        return self.picked(np.lexsort((self.frames, self.ids)))

    def twice(self) -> int | None:
        """Index of a row, of rows in order, with frame and id of the one before."""
        same = (np.diff(self.ids) == 0) & (np.diff(self.frames) == 0)
        return int(same.argmax()) + 1 if same.any() else None

    def relabelled(self) -> Bools:
        """Mask of the rows, of rows in order, with another label than their track."""
        first = np.ones(len(self), dtype=np.bool_)
        first[1:] = np.diff(self.ids) != 0
        of_track = self.codes[np.flatnonzero(first)][np.cumsum(first) - 1]
        return np.asarray(of_track != self.codes)

    def tracks(
        self, names: tuple[str, ...], frame_count: int, source: Source
    ) -> dict[int, Track]:
        """Make the tracks of rows in order, none of them twice.

        A track has the label of its first row.
        """
        first = bounds_of(self.ids)[:-1]
        labels = dict(
            zip(self.ids[first].tolist(), self.codes[first].tolist(), strict=True)
        )
        made = keyframes_of_rows(
            self.ids,
            self.frames,
            checked_rows(self.boxes, self.frames),
            self.occluded,
            self.scores,
            frame_count,
            source,
        )
        return {id: Track(id, names[labels[id]], table) for id, table in made}


def bounds_of(ids: Ints) -> Ints:
    """Where the rows of each id begin, ids in order, and the end of the last.

    Examples
    --------
    >>> bounds_of(np.array([3, 3, 7])).tolist()
    [0, 2, 3]
    """
    inner = np.flatnonzero(ids[1:] != ids[:-1]) + 1
    return np.concatenate([np.zeros(min(len(ids), 1), np.int64), inner, [len(ids)]])


def keyframes_of_rows(
    tracks: Ints,
    frames: Ints,
    boxes: Floats,
    occluded: Bools,
    scores: Floats,
    frame_count: int,
    source: Source = "import",
) -> Iterator[tuple[int, Keyframes]]:
    """Yield the keyframes of each track: every row one, a gap an absence.

    A track is outside from the first frame that has no row of it.

    Parameters
    ----------
    tracks, frames : ndarray of int64, shape (n,)
        In the order of track, then frame, without duplicates; frames 0-based.
    boxes : ndarray of float64, shape (n, 5)
        x, y, w, h in pixels, rotation in degrees, as of `checked_rows`.
    occluded : ndarray of bool, shape (n,)
    scores : ndarray of float64, shape (n,)
        nan for none.
    frame_count
        Length of the video.
    source
        Of all keyframes.

    Yields
    ------
    tuple of int and Keyframes
        Track id and its keyframes.
    """
    last = np.ones(len(tracks), dtype=bool)
    last[:-1] = (tracks[1:] != tracks[:-1]) | (frames[1:] - frames[:-1] > 1)
    ended = last & (frames + 1 < frame_count)
    outside = np.zeros(len(tracks), dtype=bool)
    if ended.any():
        row = np.repeat(np.arange(len(tracks)), 1 + ended)
        outside = np.zeros(len(row), dtype=bool)
        outside[1:] = row[1:] == row[:-1]
        frames, tracks = frames[row] + outside, tracks[row]
        boxes = boxes.T.take(row, axis=1).T
        occluded = occluded[row] & ~outside
        scores = np.where(outside, np.nan, scores[row])
    sources = np.full(len(tracks), source_index(source), dtype=np.uint8)
    bounds = bounds_of(tracks)
    tables = Keyframes.cut(
        bounds.tolist(),
        {
            "frames": frames,
            "boxes": boxes,
            "outside": outside,
            "occluded": occluded,
            "hold": np.zeros(len(tracks), dtype=bool),
            "sources": sources,
            "scores": scores,
        },
    )
    yield from zip(tracks[bounds[:-1]].tolist(), tables, strict=True)
