"""Predictions without the boxes that a model is not sure of."""

from __future__ import annotations

from dataclasses import replace
from types import MappingProxyType

import numpy as np

from boxreel.model import Annotation, Track


def scored(predictions: Annotation, least: float) -> Annotation:
    """Leave out boxes whose score is lower; those without a score stay.

    Parameters
    ----------
    predictions
        A model's output; the score of a keyframe holds until the next one.
    least
        Least score that is kept, 0 for all.

    Examples
    --------
    >>> from boxreel.model import Keyframes, VideoInfo
    >>> video = VideoInfo.constant("street.mp4", 1920, 1080, 10, fps=30)
    >>> empty = Annotation.for_video(video, labels=["car"])
    >>> boxes = np.array([[10, 20, 40, 30, 0.0]] * 3)
    >>> keys = Keyframes([0, 4, 6], boxes, scores=[0.2, 0.9, 0.4])
    >>> found = Annotation(video, empty.labels, [Track(1, "car", keys)])
    >>> scored(found, 0.5).tracks[1].spans()
    [(4, 6)]
    """
    if least <= 0:
        return predictions
    tracks = (_scored(track, least) for track in predictions.tracks.values())
    kept = {track.id: track for track in tracks if track is not None}
    return replace(predictions, tracks=MappingProxyType(kept))


def _scored(track: Track, least: float) -> Track | None:
    keys = track.keyframes
    with np.errstate(invalid="ignore"):
        outside = keys.outside | (keys.scores < least)
    if (outside == keys.outside).all():
        return track
    kept = np.flatnonzero(~outside)
    if not len(kept):
        return None
    rows = slice(kept[0], None)
    left = type(keys)(
        keys.frames[rows],
        keys.boxes[rows],
        outside=outside[rows],
        occluded=keys.occluded[rows],
        hold=keys.hold[rows],
        sources=keys.sources[rows],
        scores=keys.scores[rows],
    )
    return replace(track, keyframes=left)
