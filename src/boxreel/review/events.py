"""Errors as events: runs of frames, and places where identity breaks."""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import Any, TypeAlias

import numpy as np
import numpy.typing as npt

from boxreel.model.keyframes import Bools, Bytes, Floats, Ints
from boxreel.review import kinds
from boxreel.review.identities import Identities
from boxreel.review.outcomes import Outcomes

Array: TypeAlias = npt.NDArray[Any]


@dataclass(frozen=True, eq=False)
class Events:
    """Columns ``(n,)`` of all events, by their first frame.

    Attributes
    ----------
    kind
        Index into `KINDS`.
    start, stop
        Half-open range of frames.
    truth, prediction
        Place of the tracks among those of their side, -1 for none.
    was
        Place of the track before: of the prediction, for a transfer of the truth.
    iou
        Mean overlap of the two boxes, NaN where there are no two.
    severity
        How many boxes are wrong by it; 0 for what is no error of its own.
    fn, fp, idsw, frag
        What it adds to the counts of CLEAR.
    """

    kind: Bytes
    start: Ints
    stop: Ints
    truth: Ints
    prediction: Ints
    was: Ints
    iou: Floats
    severity: Floats
    fn: Ints
    fp: Ints
    idsw: Ints
    frag: Ints

    def __len__(self) -> int:
        return len(self.kind)

    def columns(self) -> dict[str, Array]:
        """All columns by name."""
        return {each.name: getattr(self, each.name) for each in fields(self)}


def events_of(outcomes: Outcomes) -> Events:
    """Gather what went wrong into events.

    Parameters
    ----------
    outcomes
        What became of every box.
    """
    runs, run_of_row = _runs(outcomes)
    names = Identities.of(outcomes)
    blamed, rest = names.broken_by(run_of_row)
    runs["frag"] = np.bincount(blamed, minlength=len(runs["kind"]))
    tables = [runs, names.breaks(), names.reentries(rest), names.mixed()]
    columns = {name: np.concatenate([t[name] for t in tables]) for name in runs}
    order = np.lexsort(
        (columns["prediction"], columns["truth"], columns["kind"], columns["start"])
    )
    return Events(**{name: column[order] for name, column in columns.items()})


def _runs(outcomes: Outcomes) -> tuple[dict[str, Array], Ints]:
    """Find runs of frames on which boxes are wrong, and the run of each true box."""
    overlaps = outcomes.overlaps
    true = np.flatnonzero(outcomes.true_kind != kinds.MATCH)
    alone = np.flatnonzero(outcomes.predicted_kind >= kinds.DUPLICATE)
    kind = np.append(outcomes.true_kind[true], outcomes.predicted_kind[alone])
    pair = np.append(outcomes.true_pair[true], outcomes.predicted_pair[alone])
    frame = np.append(overlaps.truth.frame[true], overlaps.predictions.frame[alone])
    truth, prediction = (_taken(tracks, pair, -1) for tracks in overlaps.pair)
    truth[: len(true)] = overlaps.truth.track[true]
    prediction[len(true) :] = overlaps.predictions.track[alone]
    iou = _taken(overlaps.iou, pair, np.nan)
    order = np.lexsort((frame, prediction, truth, kind))
    starts = _cuts(frame[order], kind[order], truth[order], prediction[order])
    run = np.empty(len(order), np.int64)
    run[order] = starts.cumsum() - 1
    first = order[starts]
    count = np.bincount(run, minlength=len(first))
    mean = np.bincount(run, iou, len(first)) / np.maximum(count, 1)
    kind = kind[first]
    none = np.zeros(len(first), np.int64)
    near = kind == kinds.LOW_IOU
    run_of_row = np.full(len(overlaps.truth), -1)
    run_of_row[true] = run[: len(true)]
    return {
        "kind": kind,
        "start": frame[first],
        "stop": frame[first] + count,
        "truth": truth[first],
        "prediction": prediction[first],
        "was": none - 1,
        "iou": mean,
        "severity": np.where(near, count * (1 - mean), count),
        "fn": np.where(kind < kinds.DUPLICATE, count, 0),
        "fp": np.where(kind >= kinds.LOW_IOU, count, 0),
        "idsw": none,
        "frag": none,
    }, run_of_row


def _taken(column: Array, place: Ints, none: float) -> Array:
    """Values at some places, `none` where the place is -1."""
    taken = np.full(len(place), none, column.dtype)
    taken[place >= 0] = column[place[place >= 0]]
    return taken


def _cuts(frame: Ints, *same: Array) -> Bools:
    """Rows at which a run begins: another frame than the next, or anything else."""
    goes_on = frame[1:] == frame[:-1] + 1
    for column in same:
        goes_on &= column[1:] == column[:-1]
    return np.append(np.ones(min(len(frame), 1), np.bool_), ~goes_on)
