"""What to do about an error when it is the label that is wrong: ordinary edits."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal, TypeAlias

import numpy as np

from boxreel.errors import AnnotationError
from boxreel.model import edits
from boxreel.model.edits import Edit
from boxreel.review.comparison import Comparison
from boxreel.review.tables import FoundError
from boxreel.review.taking import take_boxes, take_track, with_label

FixName: TypeAlias = Literal[
    "take_boxes", "take_track", "extend", "swap", "split", "bridge", "delete", "relabel"
]


@dataclass(frozen=True)
class Fix:
    """A way to change the labels so that an error is none.

    Attributes
    ----------
    name
        What kind of change it is.
    text
        What it does, for a person.
    edit
        The change, one step of undo.
    """

    name: FixName
    text: str
    edit: Edit


def fixes(comparison: Comparison, error: FoundError) -> list[Fix]:
    """Offer what can be done about an error when the label is wrong.

    Parameters
    ----------
    comparison
        What was compared; its truth is what the edits are for.
    error
        One of its errors.

    Returns
    -------
    list of Fix
        The likeliest first; all of them can be applied to the truth.

    Examples
    --------
    >>> from boxreel.model import Annotation, VideoInfo
    >>> from boxreel.review import compare
    >>> video = VideoInfo.constant("street.mp4", 1920, 1080, 10, fps=30)
    >>> empty = Annotation.for_video(video, labels=["car"])
    >>> truth = empty.add_track("car", {0: (10, 20, 40, 30)})
    >>> found = empty.add_track("car", {2: (11, 20, 40, 30)})
    >>> r = compare(truth, found)
    >>> (fix,) = fixes(r, r.errors[0])
    >>> fix.text
    'Absent: take #1 away from 0 to 1'
    >>> compare(truth.apply(fix.edit), found).errors
    []
    """
    return [fix for fix in _offered(comparison, error) if _applies(comparison, fix)]


def _applies(comparison: Comparison, fix: Fix) -> bool:
    try:
        return comparison.truth.apply(fix.edit) is not comparison.truth
    except AnnotationError:
        return False


def _offered(r: Comparison, error: FoundError) -> Iterator[Fix]:
    kind, truth, prediction = error.kind, error.truth, error.prediction
    start, stop = error.start, error.stop
    span = f"from {start} to {stop - 1}"
    if kind in ("miss", "late_start", "early_end") and truth:
        yield _absent(r, truth, start, stop, span)
    elif kind in ("false_positive", "duplicate") and prediction:
        yield from _missing(r, prediction, start, stop, span)
    elif kind == "low_iou" and truth and prediction:
        edit = take_boxes(r.truth, r.predictions, truth, prediction, start, stop)
        yield Fix("take_boxes", f"Take the boxes of P{prediction} {span}", edit)
    elif kind == "wrong_class" and truth and prediction:
        name = r.predictions.tracks[prediction].label
        relabel = edits.SetLabel(truth, name)
        edit = with_label(r.truth, r.predictions, name, relabel)
        yield Fix("relabel", f"Make #{truth} a {name}", edit)
    elif kind == "switch" and truth and prediction:
        other = _truth_before(r, prediction, start, truth)
        if other is not None:
            text = f"Swap #{truth} and #{other} from {start} on"
            yield Fix("swap", text, edits.SwapTracks(truth, other, start))
        yield _split(truth, start)
    elif kind == "fragmentation" and truth:
        yield _split(truth, stop)
    elif kind == "transfer" and truth and error.was:
        yield from _joined(r, error.was, truth, start)


def _absent(r: Comparison, truth: int, start: int, stop: int, span: str) -> Fix:
    present = r.truth.dense()
    frames = present.frame[present.track == truth]
    if ((frames >= start) & (frames < stop)).all():
        return Fix("delete", f"Delete #{truth}", edits.RemoveTrack(truth))
    text = f"Absent: take #{truth} away {span}"
    return Fix("delete", text, edits.SetOutside(truth, start, stop))


def _missing(
    r: Comparison, prediction: int, start: int, stop: int, span: str
) -> Iterator[Fix]:
    for truth in _truths_of(r, prediction):
        here = range(start, stop)
        if not any(r.truth.tracks[truth].at(frame) for frame in here):
            edit = take_boxes(r.truth, r.predictions, truth, prediction, start, stop)
            text = f"Present: #{truth} is where P{prediction} is, {span}"
            yield Fix("extend", text, edit)
            break
    edit = take_track(r.truth, r.predictions, prediction, start, stop)
    yield Fix("take_track", f"Add P{prediction} as a label {span}", edit)


def _split(truth: int, frame: int) -> Fix:
    text = f"Split #{truth} at {frame}: two objects"
    return Fix("split", text, edits.SplitTrack(truth, frame))


def _joined(r: Comparison, was: int, truth: int, start: int) -> Iterator[Fix]:
    merge = edits.MergeTracks(was, truth)
    ended = r.truth.tracks[was].spans()[-1][1]
    bridge: Edit = merge
    if ended is not None and ended < r.truth.tracks[truth].start:
        begin = r.truth.tracks[truth].start
        seen = edits.SetOutside(was, ended, begin, outside=False)
        bridge = edits.Batch((merge, seen))
    yield Fix("bridge", f"One object: merge #{truth} into #{was}", bridge)
    text = f"Swap #{was} and #{truth} from {start} on"
    yield Fix("swap", text, edits.SwapTracks(was, truth, start))


def _truth_before(r: Comparison, prediction: int, frame: int, but: int) -> int | None:
    """Find the true track that a prediction was on before, other than one."""
    frames, truths = _matched(r, prediction)
    earlier = truths[(frames < frame) & (truths != but)]
    return int(earlier[-1]) if len(earlier) else None


def _truths_of(r: Comparison, prediction: int) -> list[int]:
    """List the true tracks that a prediction is matched with, longest first."""
    ids, counts = np.unique(_matched(r, prediction)[1], return_counts=True)
    order = np.argsort(-counts, kind="stable")
    return [int(id) for id in ids[order]]


def _matched(r: Comparison, prediction: int) -> tuple[np.ndarray, np.ndarray]:
    overlaps, pairs = r.overlaps, r.outcomes.matches
    ids = overlaps.predictions.ids[overlaps.pair[1][pairs]]
    pairs = pairs[ids == prediction]
    return overlaps.frame[pairs], overlaps.truth.ids[overlaps.pair[0][pairs]]
