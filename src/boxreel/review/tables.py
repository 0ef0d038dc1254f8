"""What a comparison found, as columns for tables and as values."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import Any

import numpy as np
import numpy.typing as npt

from boxreel.metrics import Side
from boxreel.model.keyframes import Bytes, Ints
from boxreel.review import kinds
from boxreel.review.events import Events
from boxreel.review.kinds import KINDS, Kind
from boxreel.review.outcomes import Outcomes

Columns = dict[str, npt.NDArray[Any]]


@dataclass(frozen=True)
class FoundError:
    """A place where predictions and truth disagree.

    Attributes
    ----------
    kind
        What is wrong; see `compare`.
    start, stop
        Half-open range of 0-based frames.
    label
        Label of the true track, else of the predicted one.
    truth, prediction
        Ids of the tracks, None where there is none.
    was
        Id of the track before: for a switch and a fragmentation the prediction, for a
        transfer the true track.
    iou
        Mean overlap of the two boxes, None where there are no two.
    severity
        How many boxes are wrong by it: frames of a run, each less its overlap for low
        IoU; for identity the frames of the shorter of the two stints around the break.
    fn, fp, idsw, frag
        What it adds to the counts of CLEAR.
    """

    kind: Kind
    start: int
    stop: int
    label: str
    truth: int | None
    prediction: int | None
    was: int | None
    iou: float | None
    severity: float
    fn: int
    fp: int
    idsw: int
    frag: int

    @property
    def frame(self) -> int:
        """The middle of its frames: where to look."""
        return (self.start + self.stop - 1) // 2


def event_columns(events: Events, truth: Side, predictions: Side) -> Columns:
    """Name the tracks of events by their ids, 0 for none, and their labels."""
    columns = events.columns()
    of_truth = events.kind == kinds.TRANSFER
    ids = {
        "truth": _ids(truth, events.truth),
        "prediction": _ids(predictions, events.prediction),
        "was": np.where(
            of_truth,
            _ids(truth, np.where(of_truth, events.was, -1)),
            _ids(predictions, np.where(of_truth, -1, events.was)),
        ),
    }
    labels = np.where(
        events.truth >= 0,
        _labels(truth, events.truth),
        _labels(predictions, events.prediction),
    )
    start = {name: columns.pop(name) for name in ("kind", "start", "stop")}
    return {**start, "label": labels, **columns, **ids}


def match_columns(outcomes: Outcomes) -> Columns:
    """Say of each box, frame by frame, what became of it, both of a pair as one row."""
    overlaps = outcomes.overlaps
    truth, predictions = overlaps.truth, overlaps.predictions
    alone = np.flatnonzero(outcomes.predicted_kind >= kinds.DUPLICATE)
    pair = outcomes.true_pair
    count = len(alone)
    predicted = np.full(len(pair), -1)
    predicted[pair >= 0] = overlaps.pair[1][pair[pair >= 0]]
    iou = np.full(len(pair) + count, np.nan)
    pairs = np.append(pair, outcomes.predicted_pair[alone])
    iou[pairs >= 0] = overlaps.iou[pairs[pairs >= 0]]
    doubled = np.full(count, -1)
    doubles = pairs[len(pair) :] >= 0
    doubled[doubles] = overlaps.pair[0][pairs[len(pair) :][doubles]]
    true = np.append(truth.track, doubled)
    other = np.append(predicted, predictions.track[alone])
    columns: Columns = {
        "frame": np.append(truth.frame, predictions.frame[alone]),
        "kind": np.append(outcomes.true_kind, outcomes.predicted_kind[alone]),
        "label": np.where(true >= 0, _labels(truth, true), _labels(predictions, other)),
        "truth": _ids(truth, true),
        "prediction": _ids(predictions, other),
        "iou": iou,
    }
    order = np.argsort(columns["frame"], kind="stable")
    return {name: column[order] for name, column in columns.items()}


def found_errors(columns: Mapping[str, npt.NDArray[Any]]) -> list[FoundError]:
    """Make values of the rows of `event_columns` that are errors of their own."""
    rows = np.flatnonzero(columns["severity"] > 0)
    plain = {name: column[rows].tolist() for name, column in columns.items()}
    plain["kind"] = [KINDS[kind] for kind in plain["kind"]]
    for name in ("truth", "prediction", "was"):
        plain[name] = [id or None for id in plain[name]]
    plain["iou"] = [None if iou != iou else iou for iou in plain["iou"]]
    order = [plain[field.name] for field in fields(FoundError)]
    return [*map(FoundError, *order)]


def frame_of(columns: Mapping[str, npt.NDArray[Any]]) -> Any:
    """Make a pandas table of columns: kinds by name, no id as missing."""
    from boxreel.model.tables import library

    pandas = library("pandas")
    table = dict(columns)
    table["kind"] = pandas.Categorical.from_codes(columns["kind"], list(KINDS))
    for name in ("truth", "prediction", "was"):
        if name in columns:
            column = pandas.array(columns[name], dtype="Int64")
            column[columns[name] == 0] = pandas.NA
            table[name] = column
    return pandas.DataFrame(table)


def _ids(side: Side, track: Ints) -> Ints:
    return np.append(side.ids, 0)[track]


def _labels(side: Side, track: Ints | Bytes) -> npt.NDArray[Any]:
    names = [side.boxes.labels[id] for id in side.ids.tolist()]
    return np.array([*names, ""], dtype=object)[track]
