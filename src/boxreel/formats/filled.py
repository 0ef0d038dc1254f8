"""Formats that list the frames between keyframes too, each as a keyframe or not."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import numpy as np

from boxreel.formats.base import Source, Target
from boxreel.model import Annotation, Keyframes, Track
from boxreel.model.checks import Value, same_value
from boxreel.model.track import Steps
from boxreel.shapes.box import deltas

TOLERANCE = 0.02
"""Pixels, or degrees, by which a box between keyframes may lie beside the line."""


def keyframes_of(
    source: Source, table: Keyframes, key: np.ndarray, place: str
) -> Keyframes:
    """Keep of all frames those that the others follow from.

    Parameters
    ----------
    source
        The file.
    table
        Every frame that is listed, and those on which the object is gone.
    key
        ``(n,)`` bool, whether the file calls a frame a keyframe.
    place
        Where the object is in the file.

    Returns
    -------
    Keyframes
        The keyframes, and the first frame of each presence and absence; all frames
        where those between do not lie on the way.
    """
    begins = np.diff(table.outside.astype(np.int8), prepend=2) != 0
    fewer = table.picked(key & ~table.outside | begins)
    if len(fewer) == len(table):
        return table
    track = Track(1, "object", fewer)
    wanted = ~table.outside & ~np.isin(table.frames, fewer.frames)
    made = np.array([track.keyframes.row_at(f) for f in table.frames[wanted].tolist()])
    if not len(made):
        return fewer
    off = deltas(made.T, table.boxes[wanted].T)
    off[2:4] += off[:2]
    if (np.abs(off) <= TOLERANCE).all():
        return fewer
    source.notes.guessed(
        "keyframes: boxes between the file's do not lie on their way, all are kept",
        place,
    )
    return table


def straightened(annotation: Annotation, target: Target) -> Annotation:
    """Pin the ends of holds and presences, so that boxes between keyframes move.

    Parameters
    ----------
    annotation
        The labels.
    target
        The file, whose report says which keyframes are new.

    Returns
    -------
    Annotation
        The same boxes on the same frames.
    """
    tracks = {}
    for id, track in annotation.tracks.items():
        table = track.keyframes
        ends = table.hold[:-1] | table.outside[1:]
        for end in (table.frames[1:][ends & ~table.outside[:-1]] - 1).tolist():
            if not table.has(end):
                table = table.pinned(end)
        target.notes.lost(
            "keyframes as they were: ends of holds and of presences have one more",
            f"#{id}",
            len(table) - len(track.keyframes),
        )
        tracks[id] = replace(track, keyframes=table)
    video, labels = annotation.video, annotation.labels
    return Annotation(video, labels, tracks, annotation.events)


def steps_of(said: Mapping[int, Mapping[str, Value]], start: int) -> dict[str, Steps]:
    """Return the steps of attributes from what is said of them on some frames.

    Parameters
    ----------
    said
        By frame, in order, the values of those that have one.
    start
        The first of the frames: what is said there holds from 0 on.
    """
    names = dict.fromkeys(name for values in said.values() for name in values)
    found: dict[str, Steps] = {}
    for name in names:
        steps: list[tuple[int, Value]] = []
        for frame, values in said.items():
            value = values.get(name)
            if not same_value(value, steps[-1][1] if steps else None):
                steps.append((0 if frame == start else frame, value))
        if steps:
            found[name] = tuple(steps)
    return found
