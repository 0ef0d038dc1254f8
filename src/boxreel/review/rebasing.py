"""Labels that began as a model's output, carried over to the next model's."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Final

import numpy as np

from boxreel.geometry import rotated_iou
from boxreel.metrics import Overlaps
from boxreel.metrics.assign import heaviest
from boxreel.model import SOURCES, Annotation, Track, edits
from boxreel.model.match import as_annotation, of_video
from boxreel.model.sheet import Sheet

HUMAN: Final = SOURCES.index("human")

SAME: Final = 0.5
"""Least share of space and time that two tracks have in common to be one object."""

AGREES: Final = 0.75
"""Least overlap with the new model at which a person's keyframe is needed no more."""


@dataclass(frozen=True)
class Conflict:
    """A place where the new model says something else than a person did.

    Attributes
    ----------
    track, prediction
        Id of the track, and of the new model's, None where it has none.
    frame
        0-based frame of the person's keyframe.
    text
        What differs.
    """

    track: int
    prediction: int | None
    frame: int
    text: str


@dataclass(frozen=True, repr=False)
class Rebased:
    """What became of labels with the output of a new model.

    Attributes
    ----------
    annotation
        The labels.
    followed
        From track to the prediction that it follows now; no person had touched it.
    added, dropped
        Ids of tracks that only the new model has, and that it no longer has.
    kept
        Ids of tracks that a person had touched, which stay as they were.
    fixes, needless
        Keyframes of a person, and those of them that the new model agrees with.
    conflicts
        Those that it does not.
    """

    annotation: Annotation
    followed: Mapping[int, int]
    added: tuple[int, ...]
    dropped: tuple[int, ...]
    kept: tuple[int, ...]
    fixes: int
    needless: int
    conflicts: tuple[Conflict, ...]

    def _sheet(self) -> Sheet:
        caption = (
            f"{self.needless} of {self.fixes} fixes are no longer needed, "
            f"{len(self.conflicts)} conflicts; {len(self.followed)} tracks follow the "
            f"new model, {len(self.kept)} stay, {len(self.added)} are new, "
            f"{len(self.dropped)} are gone"
        )
        rows = [(c.track, c.prediction, c.frame, c.text) for c in self.conflicts[:20]]
        names = ("track", "prediction", "frame", "conflict")
        return Sheet(caption, names, rows, more=max(len(self.conflicts) - 20, 0))

    def __repr__(self) -> str:
        return self._sheet().text()

    def _repr_html_(self) -> str:
        return self._sheet().html()


def rebase(
    annotation: Annotation,
    new_predictions: Annotation,
    *,
    old_predictions: Annotation | None = None,
) -> Rebased:
    """Carry labels that a person has fixed over to a new model's output.

    Tracks without a keyframe of source "human" follow the new model and keep their
    ids; those with one stay as the person left them. Tracks that only the new model has
    are added.

    Parameters
    ----------
    annotation
        Labels that began as a model's output.
    new_predictions
        What the next model says of the same video.
    old_predictions
        What the labels began as: what a person removed of it is not added again.

    Returns
    -------
    Rebased
        The labels, and what became of them; shows itself.

    Raises
    ------
    VideoMismatchError
        Predictions of another video.
    TypeError
        Labels or predictions are no `Annotation`.
    ImportError
        scipy is not installed: ``pip install "boxreel[metrics]"``.

    Notes
    -----
    Two tracks are one object when the boxes they have in common make up half of what
    either covers, over all frames; whatever their labels. A person's keyframe is no
    longer needed where the new model has the same object with an IoU of 0.75, or, for
    an absence, does not have it either.

    Examples
    --------
    >>> from boxreel.model import VideoInfo
    >>> video = VideoInfo.constant("street.mp4", 1920, 1080, 300, fps=30)
    >>> empty = Annotation.for_video(video, labels=["car"])
    >>> old = empty.add_track("car", {0: (10, 20, 40, 30)}, source="model")
    >>> new = empty.add_track("car", {0: (12, 20, 40, 30)}, source="model")
    >>> rebase(old, new).annotation.tracks[1].at(7).x
    12.0
    """
    as_annotation(annotation, "annotation")
    new = of_video(as_annotation(new_predictions, "new_predictions"), annotation.video)
    match = _matches(annotation, new)
    touched = {id for id, track in annotation.tracks.items() if _touched(track)}
    removed: set[int] = set()
    if old_predictions is not None:
        old = of_video(old_predictions, annotation.video)
        gone = set(old.tracks) - set(_matches(old, annotation))
        removed = {mate for id, mate in _matches(old, new).items() if id in gone}
    followed = {id: mate for id, mate in match.items() if id not in touched}
    dropped = set(annotation.tracks) - touched - set(followed)
    fresh = [id for id in new.tracks if id not in {*match.values(), *removed}]
    result = _with_labels(annotation, new)
    for id in dropped:
        result = result.apply(edits.RemoveTrack(id))
    for id, mate in followed.items():
        result = result.with_track(_following(annotation.tracks[id], new.tracks[mate]))
    added = []
    for id in fresh:
        added.append(result.next_id)
        result = result.with_new_track(replace(new.tracks[id], id=result.next_id))
    fixes, conflicts = _judged(annotation, new, match, sorted(touched))
    return Rebased(
        annotation=result,
        followed=followed,
        added=tuple(added),
        dropped=tuple(sorted(dropped)),
        kept=tuple(sorted(touched)),
        fixes=fixes,
        needless=fixes - len(conflicts),
        conflicts=tuple(conflicts),
    )


def _touched(track: Track) -> bool:
    return bool((track.keyframes.sources == HUMAN).any())


def _following(track: Track, prediction: Track) -> Track:
    """Give a track the keyframes and the label of a prediction."""
    return replace(track, label=prediction.label, keyframes=prediction.keyframes)


def _with_labels(annotation: Annotation, new: Annotation) -> Annotation:
    """Add the labels that its tracks have, with parents and keys that fit."""
    known = {label.name for label in annotation.labels}
    used = {track.label for track in new.tracks.values()}
    more = [each for each in new.labels if each.name in used - known]
    keys = {each.key for each in annotation.labels}
    parents = known | {each.name for each in more}
    fitting = (
        replace(
            each,
            parent=each.parent if each.parent in parents else None,
            key=None if each.key in keys else each.key,
        )
        for each in more
    )
    return annotation.with_parts(labels=(*annotation.labels, *fitting))


def _matches(one: Annotation, two: Annotation) -> dict[int, int]:
    """Pair tracks that are one object, by the space and time they have in common."""
    both = Overlaps.of(one.dense(), two.dense(), one.video.frame_count)
    if not len(both.iou):
        return {}
    sides = both.truth, both.predictions
    areas = [side.boxes.w * side.boxes.h for side in sides]
    whole = [
        np.bincount(side.track, area, len(side.ids))
        for side, area in zip(sides, areas, strict=True)
    ]
    sums = areas[0][both.true] + areas[1][both.predicted]
    shared = both.iou / (1 + both.iou) * sums
    width = len(sides[1].ids)
    codes, place = np.unique(both.pair[0] * width + both.pair[1], return_inverse=True)
    inside = np.bincount(place.reshape(-1), shared)
    a, b = codes // width, codes % width
    share = inside / (whole[0][a] + whole[1][b] - inside)
    good = np.flatnonzero(share >= SAME)
    if not len(good):
        return {}
    best = good[heaviest(a[good], b[good], share[good])]
    pairs = zip(sides[0].ids[a[best]], sides[1].ids[b[best]], strict=True)
    return {int(id): int(mate) for id, mate in pairs}


def _judged(
    annotation: Annotation,
    new: Annotation,
    match: Mapping[int, int],
    touched: list[int],
) -> tuple[int, list[Conflict]]:
    """Count the keyframes of a person, and find those the new model does not need."""
    count, conflicts = 0, []
    for id in touched:
        mate = match.get(id)
        table = annotation.tracks[id].keyframes
        for index in np.flatnonzero(table.sources == HUMAN).tolist():
            count += 1
            frame = int(table.frames[index])
            box = None if mate is None else new.tracks[mate].at(frame)
            text = ""
            if table.outside[index]:
                text = "absent, the new model has it" if box is not None else ""
            elif box is None:
                text = "the new model does not have it"
            else:
                rows = table.boxes[index][None], np.array([box.row])
                iou = float(rotated_iou(*rows)[0, 0])
                text = f"IoU {iou:.2f}" if iou < AGREES else ""
            if text:
                conflicts.append(Conflict(id, mate, frame, text))
    return count, conflicts
