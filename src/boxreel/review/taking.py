"""A model's boxes taken over as labels: on some frames of a track, or as a new one."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

import numpy as np

from boxreel.errors import AnnotationError
from boxreel.model import Annotation, Keyframes, Track, edits
from boxreel.model.edits import Edit
from boxreel.model.simplify import simplified

CLOSE: Final = 0.95
"""Least overlap of what is taken over with the prediction, on every frame."""


def take_boxes(
    truth: Annotation,
    predictions: Annotation,
    track: int,
    prediction: int,
    start: int,
    stop: int,
) -> Edit:
    """Make the edit that gives a track a prediction's boxes on a range.

    Parameters
    ----------
    truth, predictions
        Labels, and the model's output.
    track, prediction
        Ids of the track to change and of the one to follow.
    start, stop
        Half-open range; all other frames stay as they are.

    Returns
    -------
    Edit
        One `Batch`: few keyframes of source "human", as a person has taken them.

    Raises
    ------
    AnnotationError
        The prediction is nowhere in the range, or there is no such track.
    """
    taken = _followed(predictions, prediction, start, stop)
    label = _track(truth, track, "track")
    end = truth.video.frame_count
    steps: list[Edit] = []
    for frame in (start - 1, stop):
        box = label.at(frame) if 0 <= frame < end else None
        if box is not None:
            steps.append(edits.SetKeyframe(track, frame, box))
    steps += [
        edits.SetKeyframe(track, key.frame, key.box, outside=key.outside, hold=False)
        for key in taken
    ]
    new = set(taken.frames.tolist())
    old = label.keyframes.frames.tolist()
    steps += [
        edits.RemoveKeyframe(track, frame)
        for frame in old
        if start <= frame < stop and frame not in new
    ]
    if stop < end and label.at(stop) is None:
        later = (a for a, _ in label.spans() if a > stop)
        steps.append(edits.SetOutside(track, stop, next(later, None)))
    return edits.Batch(tuple(steps))


def take_track(
    truth: Annotation, predictions: Annotation, prediction: int, start: int, stop: int
) -> Edit:
    """Make the edit that adds a prediction, on a range, as a new track.

    Raises
    ------
    AnnotationError
        The prediction is nowhere in the range, or there is no such track.
    """
    taken = _followed(predictions, prediction, start, stop)
    if stop < truth.video.frame_count:
        last = replace(taken[len(taken) - 1], frame=stop, outside=True)
        taken = taken.put(last)
    name = predictions.tracks[prediction].label
    add = edits.AddTrack(Track(truth.next_id, name, taken))
    return with_label(truth, predictions, name, add)


def with_label(
    truth: Annotation, predictions: Annotation, name: str, edit: Edit
) -> Edit:
    """Declare a label of the predictions first, where the truth does not have it."""
    if name in {label.name for label in truth.labels}:
        return edit
    return edits.Batch((edits.AddLabel(predictions.label(name)), edit))


def _followed(
    predictions: Annotation, prediction: int, start: int, stop: int
) -> Keyframes:
    """Keyframes of a prediction on a range, as few as keep it close."""
    _track(predictions, prediction, "prediction")
    boxes = predictions.dense(range(start, stop))
    boxes = boxes.picked(boxes.track == prediction)
    if not len(boxes):
        raise AnnotationError(
            f"prediction #{prediction} is nowhere in frames [{start}, {stop})"
        )
    gone = boxes.frame[np.flatnonzero(np.diff(boxes.frame) > 1)] + 1
    frames = np.sort(np.append(boxes.frame, gone))
    rows = boxes.box[np.searchsorted(boxes.frame, frames, side="right") - 1]
    table = Keyframes(frames, rows, outside=np.isin(frames, gone))
    name = predictions.tracks[prediction].label
    (thin,), _ = simplified([Track(prediction, name, table)], CLOSE, ())
    return thin.keyframes


def _track(annotation: Annotation, id: int, what: str) -> Track:
    if id not in annotation.tracks:
        raise AnnotationError(f"there is no {what} #{id}")
    return annotation.tracks[id]
