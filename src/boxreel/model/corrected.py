"""Frames that a person has been at: keyframes of theirs, and boxes they changed."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from boxreel.model.boxes import Boxes
from boxreel.model.keyframe import source_index
from boxreel.model.keyframes import Ints

TOLERANCE = 1e-6
"""Pixels or degrees: where a keyframe is put on the way, last digits differ."""

if TYPE_CHECKING:
    from boxreel.model.annotation import Annotation


def corrected_frames(annotation: Annotation, since: Annotation | None) -> Ints:
    """Return the frames; see `Annotation.corrected`."""
    from boxreel.model.match import of_video

    human = source_index("human")
    found = [
        track.keyframes.frames[track.keyframes.sources == human]
        for track in annotation.tracks.values()
    ]
    if since is not None:
        found.append(_differing(annotation, of_video(since, annotation.video)))
    return np.unique(np.concatenate([np.empty(0, np.int64), *found]))


def _differing(annotation: Annotation, since: Annotation) -> Ints:
    """Frames on which a box is new, gone, or not what it was."""
    changed, removed = annotation.changed_from(since)
    ids, count = {*changed, *removed}, annotation.video.frame_count
    mine, theirs = _boxes(annotation, ids), _boxes(since, ids)
    key, other = (boxes.track * count + boxes.frame for boxes in (mine, theirs))
    both, a, b = np.intersect1d(key, other, assume_unique=True, return_indices=True)
    labels = {track.id: track.label for track in since.tracks.values()}
    relabelled = [id for id in changed if annotation.tracks[id].label != labels.get(id)]
    differ = (np.abs(mine.box[a] - theirs.box[b]) > TOLERANCE).any(axis=1)
    differ |= mine.occluded[a] != theirs.occluded[b]
    differ |= np.isin(mine.track[a], relabelled)
    alone = np.setxor1d(key, other, assume_unique=True)
    return np.unique(np.concatenate([both[differ], alone]) % count)


def _boxes(annotation: Annotation, ids: set[int]) -> Boxes:
    tracks = {id: track for id, track in annotation.tracks.items() if id in ids}
    return annotation.with_parts(tracks=tracks).dense()
