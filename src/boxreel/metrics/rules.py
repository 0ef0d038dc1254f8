"""What is not judged: ignored boxes and regions, and the rules of two benchmarks."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from typing import Final, Literal, TypeAlias

import numpy as np

from boxreel.errors import AnnotationError
from boxreel.metrics.assign import assigned
from boxreel.metrics.clear import EPS
from boxreel.metrics.overlaps import Overlaps, Side
from boxreel.metrics.parts import ALL, Per, label_codes, part
from boxreel.model import Annotation
from boxreel.model.keyframes import Bools

Preset: TypeAlias = Literal["mot17", "kitti"]
"""A benchmark whose rules of preprocessing are TrackEval's."""

IGNORED: Final = "ignored"
"""Attribute of true boxes that are not to be judged."""

LEAST: Final = 0.5
"""Least overlap of a prediction with an ignored box, and least part in a region."""

PEDESTRIAN: Final = "pedestrian"
DISTRACTORS: Final = ("person_on_vehicle", "static_person", "distractor", "reflection")
KITTI: Final = {"car": "van", "pedestrian": "person"}
"""What KITTI judges, and the label that stands for "nearly that"."""
SMALL: Final = 25.0
"""Height, pixels, up to which KITTI forgives a prediction on nothing."""


@dataclass(frozen=True, eq=False)
class _Rules:
    """Masks over pairs ``(k,)``, true boxes ``(n,)`` and predicted ones ``(m,)``."""

    edges: Bools
    forgiven: Bools
    region: Bools
    kept: Bools
    judged: Bools
    small: float = 0.0


def judged_overlaps(
    truth: Annotation,
    predictions: Annotation,
    ignore: Collection[str] = (),
    preset: Preset | None = None,
    frames: Iterable[int] | None = None,
) -> Overlaps:
    """Find the overlaps of all boxes that are judged.

    A prediction is left out when it is matched with an ignored true box (IoU >= 0.5,
    all boxes of the frame matched together), or, matched with none, lies by more than
    half in a region; and so are ignored boxes and regions.

    Parameters
    ----------
    truth, predictions
        Labels of one video.
    ignore
        Labels whose true boxes are regions.
    preset
        Rules of a benchmark instead.
    frames
        Those to look at; all by default.
    """
    looked_at = None if frames is None else [*frames]
    sides = truth.dense(looked_at), predictions.dense(looked_at)
    whole = Overlaps.of(*sides, truth.video.frame_count)
    attributes = {name for each in truth.tracks.values() for name in each.attributes}
    if preset is None and not ignore and IGNORED not in attributes:
        return whole
    rules = {"mot17": _mot17, "kitti": _kitti, None: _plain}[preset]
    return _applied(whole, rules(whole, truth, frozenset(ignore)))


def per_of(preset: Preset | None, per: Per) -> Per:
    """Say what can be one object; MOT17 judges pedestrians, whatever found them."""
    return ALL if preset == "mot17" else per


def check_ignore(
    ignore: Collection[str], preset: str | None, truths: Iterable[Annotation]
) -> None:
    """Refuse labels that no truth has, and presets that are none.

    Raises
    ------
    AnnotationError
        Naming the value.
    """
    if preset not in ("mot17", "kitti", None):
        raise AnnotationError(f'preset is {preset!r}: it is "mot17", "kitti" or None')
    if isinstance(ignore, str):
        raise AnnotationError(f"ignore is the text {ignore!r}: give a list of labels")
    if preset and ignore:
        raise AnnotationError(f"preset {preset!r} has its own rules: leave out ignore=")
    known = {label.name for truth in truths for label in truth.labels}
    for name in ignore:
        if name not in known:
            raise AnnotationError(
                f"ignore: there is no label {name!r}: there are "
                f"{', '.join(sorted(known))}"
            )


def _plain(whole: Overlaps, truth: Annotation, ignore: frozenset[str]) -> _Rules:
    _, true, predicted = label_codes(whole)
    region = _labelled(whole.truth, ignore)
    forgiven = _over(whole.truth, truth, IGNORED, 0)
    return _Rules(
        edges=np.asarray(true[whole.true] == predicted[whole.predicted]),
        forgiven=forgiven & ~region,
        region=region,
        kept=~region & ~forgiven,
        judged=~_labelled(whole.predictions, ignore),
    )


def _mot17(whole: Overlaps, truth: Annotation, _: frozenset[str]) -> _Rules:
    everything = np.ones(len(whole.iou), np.bool_)
    ignored = _over(whole.truth, truth, IGNORED, 0)
    return _Rules(
        edges=everything,
        forgiven=_labelled(whole.truth, DISTRACTORS),
        region=np.zeros(len(whole.truth), np.bool_),
        kept=_labelled(whole.truth, (PEDESTRIAN,)) & ~ignored,
        judged=np.ones(len(whole.predictions), np.bool_),
    )


def _kitti(whole: Overlaps, truth: Annotation, _: frozenset[str]) -> _Rules:
    edges = np.zeros(len(whole.iou), np.bool_)
    for label, near in KITTI.items():
        true = _labelled(whole.truth, (label, near))[whole.true]
        edges |= true & _labelled(whole.predictions, (label,))[whole.predicted]
    hard = _over(whole.truth, truth, "occlusion", 2)
    hard |= _over(whole.truth, truth, "truncated", 0)
    return _Rules(
        edges=edges,
        forgiven=hard | _labelled(whole.truth, KITTI.values()),
        region=_labelled(whole.truth, ("dontcare",)),
        kept=_labelled(whole.truth, KITTI) & ~hard,
        judged=_labelled(whole.predictions, KITTI),
        small=SMALL,
    )


def _applied(whole: Overlaps, rules: _Rules) -> Overlaps:
    edges = np.flatnonzero(rules.edges & (whole.iou >= LEAST - EPS))
    ends = whole.true[edges], whole.predicted[edges]
    pairs = edges[assigned(*ends, whole.iou[edges])]
    free = np.ones(len(whole.predictions), np.bool_)
    free[whole.predicted[pairs]] = False
    gone = np.zeros(len(free), np.bool_)
    gone[whole.predicted[pairs[rules.forgiven[whole.true[pairs]]]]] = True
    gone |= free & (whole.predictions.boxes.h <= rules.small)
    gone |= free & _inside(whole, rules.region)
    left = part(whole, rules.kept, rules.judged & ~gone).overlaps
    return replace(
        left,
        truth=_names_kept(left.truth, whole.truth, rules.kept),
        predictions=_names_kept(left.predictions, whole.predictions, rules.judged),
    )


def _inside(whole: Overlaps, region: Bools) -> Bools:
    """Whether more than half of a prediction lies in one region."""
    pairs = np.flatnonzero(region[whole.true])
    rows = whole.predicted[pairs]
    area = [
        side.boxes.w[row] * side.boxes.h[row]
        for side, row in ((whole.truth, whole.true[pairs]), (whole.predictions, rows))
    ]
    iou = whole.iou[pairs]
    inside = np.zeros(len(whole.predictions), np.bool_)
    inside[rows[iou / (1 + iou) * (area[0] + area[1]) > (LEAST + EPS) * area[1]]] = True
    return inside


def _labelled(side: Side, names: Collection[str]) -> Bools:
    """Whether a box has one of some labels, small letters or capitals."""
    wanted = {name.casefold() for name in names}
    labels = side.boxes.labels
    of_track = [labels[id].casefold() in wanted for id in side.ids.tolist()]
    return np.array(of_track, np.bool_)[side.track]


def _names_kept(left: Side, whole: Side, mask: Bools) -> Side:
    """Forget the labels of tracks of which no box is judged by its label."""
    judged = set(whole.ids[np.unique(whole.track[mask])].tolist())
    none = {id for id in whole.ids.tolist() if id not in judged}
    names = {id: name for id, name in left.boxes.labels.items() if id not in none}
    return replace(left, boxes=replace(left.boxes, labels=names))


def _over(side: Side, annotation: Annotation, name: str, limit: float) -> Bools:
    """Whether an attribute of the track is over a limit on the frame of a box."""
    over = np.zeros(len(side), np.bool_)
    for place, id in enumerate(side.ids.tolist()):
        steps = annotation.tracks[id].attributes.get(name, ())
        if not steps:
            continue
        values = [isinstance(v, int | float) and v > limit for _, v in steps]
        rows = np.flatnonzero(side.track == place)
        since = np.searchsorted([at for at, _ in steps], side.frame[rows], "right")
        over[rows] = np.array([False, *values])[since]
    return over
