"""The exact ground truth of the street, in as few keyframes as it needs."""

from __future__ import annotations

from itertools import pairwise

import numpy as np

from boxreel.demo.cast import TRACKS
from boxreel.demo.scene import FRAMES, Array
from boxreel.demo.sight import Sight, runs, sights
from boxreel.model import Annotation, Keyframes, Track, VideoInfo

LABELS = ("car", "person", "bus", "bicycle")
TOLERANCE = 0.45
"""How far an edge may lie off between keyframes, pixels."""
HIDDEN = 0.5
"""Share that must be hidden for an object to count as occluded."""


def true_labels(video: VideoInfo) -> Annotation:
    """Label the street exactly.

    Parameters
    ----------
    video : VideoInfo
        The rendered clip, or anything of its length.

    Returns
    -------
    Annotation
        Boxes are clipped to the picture and never more than half a pixel off. A track
        is ``occluded`` while more than half of what could be seen is hidden, and
        ``outside`` where it is out of the picture or out of sight for long.

    Examples
    --------
    >>> video = VideoInfo.constant("street.mp4", 1280, 720, 500, fps=25)
    >>> labels = true_labels(video)
    >>> labels.tracks[3].label, labels.tracks[3].occluded_at(160)
    ('car', True)
    """
    empty = Annotation.for_video(video, LABELS)
    tracks = {
        track: Track(track, TRACKS[track].label, _keyframes(sight))
        for track, sight in sights().items()
    }
    return Annotation(empty.video, empty.labels, tracks)


def _keyframes(sight: Sight) -> Keyframes:
    occluded = sight.hidden > HIDDEN
    frames: list[int] = []
    ends: list[int] = []
    for start, stop in runs(sight.present):
        changes = start + np.flatnonzero(np.diff(occluded[start:stop])) + 1
        frames += knots(sight.boxes, [start, *changes.tolist(), stop - 1])
        if stop < FRAMES:
            ends.append(stop)
    at = np.array(sorted(frames + ends))
    outside = np.isin(at, ends)
    boxes = sight.boxes[at - outside]
    rows = np.concatenate([boxes[:, :2], boxes[:, 2:] - boxes[:, :2]], axis=1)
    return Keyframes(at, rows, outside=outside, occluded=occluded[at] & ~outside)


def knots(boxes: Array, fixed: list[int]) -> list[int]:
    """Frames that must be keyframes for the boxes between them to be linear.

    Parameters
    ----------
    boxes : ndarray, shape (n, 4), float64
        Edges on every frame.
    fixed : list of int
        Frames that are keyframes in any case, in order.

    Returns
    -------
    list of int
        In order, without doubles; no edge is off by more than ``TOLERANCE``.

    Examples
    --------
    >>> there = np.abs(np.arange(9.0) - 4)[:, None] * np.ones(4)
    >>> knots(there, [0, 8])
    [0, 4, 8]
    """
    found = {fixed[0]}
    for first, last in pairwise(fixed):
        found |= _between(boxes, first, last)
    return sorted(found)


def _between(boxes: Array, first: int, last: int) -> set[int]:
    """Split at the worst frame until a straight line fits (Douglas-Peucker)."""
    if last - first < 2:
        return {last}
    t = np.linspace(0.0, 1.0, last - first + 1)[:, None]
    line = boxes[first] + t * (boxes[last] - boxes[first])
    errors = np.abs(boxes[first : last + 1] - line).max(axis=1)
    worst = int(errors.argmax())
    if errors[worst] <= TOLERANCE:
        return {last}
    middle = first + worst
    return _between(boxes, first, middle) | _between(boxes, middle, last)
