"""Predictions held against a truth."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from types import MappingProxyType
from typing import Any

from boxreel.errors import AnnotationError
from boxreel.metrics.evaluation import Evaluation
from boxreel.metrics.judged import Judged
from boxreel.metrics.parts import Per
from boxreel.metrics.rules import Preset, check_ignore, judged_overlaps, per_of
from boxreel.model import Annotation
from boxreel.model.match import as_annotation, of_video

Sequences = Annotation | Mapping[str, Annotation] | Iterable[Annotation]


def evaluate(
    truth: Sequences,
    predictions: Sequences,
    *,
    iou: float = 0.5,
    per: Per = "label",
    ignore: Collection[str] = (),
    preset: Preset | None = None,
) -> Evaluation:
    """Count how good predictions are: CLEAR, Identity and HOTA.

    Parameters
    ----------
    truth, predictions
        Labels of one video; or of several, as two mappings with the same names or two
        lists of the same length.
    iou
        Least overlap, in (0, 1], at which two boxes may be one object. HOTA looks at
        all thresholds from 0.05 to 0.95 whatever this is.
    per
        "label": only boxes of one label can be one object. "all": labels do not count.
    ignore
        Labels of the truth whose boxes are regions: predictions that are matched with
        no box and lie in one by more than half are not judged. True boxes with the
        attribute "ignored" are not judged either, nor predictions matched with them.
    preset
        "mot17" or "kitti": what these benchmarks judge, as TrackEval prepares it.

    Returns
    -------
    Evaluation
        Shows itself as a table; numbers are those of TrackEval.

    Raises
    ------
    AnnotationError
        A bound or a label that is none, or sequences that do not correspond.
    VideoMismatchError
        Truth and predictions of different videos.
    TypeError
        One of them is no `Annotation`.
    ImportError
        scipy is not installed: ``pip install "boxreel[metrics]"``.

    Notes
    -----
    Definitions: Bernardin and Stiefelhagen 2008 (CLEAR), Ristani et al. 2016
    (Identity), Luiten et al. 2021 (HOTA). Sequences and labels are combined by adding
    their counts. docs/metrics.md says what other libraries count differently.

    Examples
    --------
    >>> from boxreel.model import VideoInfo
    >>> video = VideoInfo.constant("street.mp4", 1920, 1080, 10, fps=30)
    >>> empty = Annotation.for_video(video, labels=["car"])
    >>> truth = empty.add_track("car", {0: (10, 20, 40, 30)})
    >>> found = empty.add_track("car", {2: (11, 20, 40, 30)})
    >>> evaluate(truth, found)["recall"]
    0.8
    """
    check_bounds(iou, per)
    pairs = [*_pairs(truth, predictions)]
    check_ignore(ignore, preset, [true for _, true, _ in pairs])
    judged = {}
    for name, true, predicted in pairs:
        overlaps = judged_overlaps(true, predicted, ignore, preset)
        rule = per_of(preset, per)
        judged[name] = Judged.of(true, predicted, overlaps, iou, rule)
    return Evaluation(MappingProxyType(judged), iou)


def check_bounds(iou: float, per: str) -> None:
    """Refuse a least overlap that is none, or another word for `per`.

    Raises
    ------
    AnnotationError
        Naming the value.
    """
    if not 0 < iou <= 1:
        raise AnnotationError(f"iou is {iou}: give an overlap over 0 and up to 1")
    if per not in ("label", "all"):
        raise AnnotationError(f'per is {per!r}: it is "label" or "all"')


def _pairs(
    truth: Sequences, predictions: Sequences
) -> Iterable[tuple[str, Annotation, Annotation]]:
    """Bring the sequences of both sides together, by name or by place."""
    true, predicted = _named(truth, "truth"), _named(predictions, "predictions")
    if true.keys() != predicted.keys():
        odd = sorted(true.keys() ^ predicted.keys())
        raise AnnotationError(
            f"truth and predictions are not of the same sequences: only one has "
            f"{', '.join(map(repr, odd))}"
        )
    for name, one in true.items():
        yield name, one, of_video(predicted[name], one.video)


def _named(side: Any, what: str) -> dict[str, Annotation]:
    if isinstance(side, Mapping):
        named = dict(side)
    elif isinstance(side, Iterable) and not isinstance(side, str):
        named = {str(number): each for number, each in enumerate(side, start=1)}
    else:
        return {"1": as_annotation(side, what)}
    for each in named.values():
        as_annotation(each, f"each of {what}")
    return named
