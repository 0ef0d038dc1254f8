"""Predictions held against a truth."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from functools import reduce
from operator import add
from types import MappingProxyType
from typing import TYPE_CHECKING, Literal

from boxreel.errors import AnnotationError
from boxreel.metrics.overlaps import Overlaps
from boxreel.metrics.parts import ALL, Per, parts
from boxreel.metrics.rules import Preset, check_ignore, judged_overlaps, per_of
from boxreel.metrics.scores import Scores
from boxreel.model import Annotation
from boxreel.model.match import of_video
from boxreel.model.sheet import Sheet

if TYPE_CHECKING:
    import pandas as pd

SHOWN = ("HOTA", "DetA", "AssA", "MOTA", "IDF1", "recall", "precision", "IDSW", "Frag")
"""Numbers that a notebook shows."""


@dataclass(frozen=True, repr=False)
class Evaluation:
    """The numbers of some predictions.

    Attributes
    ----------
    labels
        Scores by label name, over all sequences.
    sequences
        Scores by name of the sequence, over all labels.
    total
        Scores of everything: counts are added up, numbers made of the sums.
    iou
        Least overlap at which two boxes may be one object, for CLEAR and Identity.
    """

    labels: Mapping[str, Scores]
    sequences: Mapping[str, Scores]
    total: Scores
    iou: float

    @classmethod
    def of(cls, found: Mapping[str, Mapping[str, Scores]], iou: float) -> Evaluation:
        """Combine scores by sequence and label."""
        labels: dict[str, Scores] = {}
        for scores in found.values():
            for name, each in scores.items():
                labels[name] = labels.get(name, Scores()) + each
        sequences = {name: _sum(scores.values()) for name, scores in found.items()}
        total = _sum(sequences.values())
        return cls(MappingProxyType(labels), MappingProxyType(sequences), total, iou)

    def __getitem__(self, name: str) -> float:
        """Give a number of the total by its name, as ``evaluation["IDF1"]``."""
        numbers = self.total.numbers()
        if name not in numbers:
            raise KeyError(
                f"there is no number {name!r}: there are {', '.join(numbers)}"
            )
        return numbers[name]

    def to_pandas(self, by: Literal["label", "sequence"] = "label") -> pd.DataFrame:
        """Every number as a table: a row a label or a sequence, and one for all.

        Raises
        ------
        ImportError
            pandas is not installed.
        """
        import pandas as pd

        rows = {name: scores.numbers() for name, scores in self._rows(by)}
        return pd.DataFrame.from_dict(rows, orient="index").rename_axis(by)

    def _rows(self, by: str) -> list[tuple[str, Scores]]:
        parts = self.labels if by == "label" else self.sequences
        return [*parts.items(), (ALL, self.total)]

    def _sheet(self) -> Sheet:
        rows = self._rows("label" if len(self.sequences) == 1 else "sequence")
        table = []
        for name, scores in rows if len(rows) > 2 else rows[-1:]:
            numbers = scores.numbers()
            table.append((name, *(_cell(numbers[column]) for column in SHOWN)))
        count = self.total.clear
        caption = (
            f"{count.tp + count.fn:,} true and {count.tp + count.fp:,} predicted "
            f"boxes, IoU >= {self.iou:.2f}; percent, counts of errors"
        )
        return Sheet(caption, ("", *SHOWN), table)

    def __repr__(self) -> str:
        return self._sheet().text()

    def _repr_html_(self) -> str:
        return self._sheet().html()


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
    found = {}
    for name, true, predicted in pairs:
        judged = judged_overlaps(true, predicted, ignore, preset)
        found[name] = evaluated(judged, iou, per_of(preset, per))
    return Evaluation.of(found, iou)


def evaluated(overlaps: Overlaps, iou: float, per: Per) -> dict[str, Scores]:
    """Count by label, or of all under the name "all"."""
    found = parts(overlaps, per)
    return {part.name: Scores.of(part, iou) for part in found}


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
    true, predicted = _named(truth), _named(predictions)
    if true.keys() != predicted.keys():
        odd = sorted(true.keys() ^ predicted.keys())
        raise AnnotationError(
            f"truth and predictions are not of the same sequences: only one has "
            f"{', '.join(map(repr, odd))}"
        )
    for name, one in true.items():
        yield name, one, of_video(predicted[name], one.video)


def _named(side: Sequences) -> dict[str, Annotation]:
    if isinstance(side, Annotation):
        return {"1": side}
    if isinstance(side, Mapping):
        return dict(side)
    return {str(number): each for number, each in enumerate(side, start=1)}


def _sum(parts: Iterable[Scores]) -> Scores:
    return reduce(add, parts, Scores())


def _cell(number: float) -> float | int:
    return number if isinstance(number, int) else 100 * number
