"""Comparison: where predictions and a truth disagree, as places and as numbers."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import TYPE_CHECKING

from boxreel.metrics import Evaluation, Judged, Overlaps
from boxreel.metrics.evaluate import check_bounds
from boxreel.metrics.parts import Part, Per, parts
from boxreel.metrics.rules import Preset, check_ignore, judged_overlaps, per_of
from boxreel.model import Annotation
from boxreel.model.match import as_annotation, of_video
from boxreel.model.sheet import Sheet
from boxreel.review.events import Events, events_of
from boxreel.review.outcomes import Outcomes
from boxreel.review.remarks import Remarks
from boxreel.review.reporting import Reporting
from boxreel.review.tables import (
    Columns,
    FoundError,
    event_columns,
    found_errors,
    frame_of,
    match_columns,
)

if TYPE_CHECKING:
    import pandas as pd

SHOWN = 12
"""Errors that a notebook shows of a comparison."""


@dataclass(frozen=True, eq=False, repr=False)
class Comparison(Reporting):
    """Where some predictions and a truth disagree.

    Attributes
    ----------
    truth, predictions
        What is compared.
    iou
        Least overlap at which two boxes may be one object.
    per
        "label": only boxes of one label can be; "all": any two.
    overlaps
        All pairs of boxes that share some area.
    parts
        Those that can be one object, label by label.
    frames
        Frames that were looked at, None for all.
    remarks
        What people say of it; `at_iou` has the same.
    """

    truth: Annotation
    predictions: Annotation
    iou: float
    per: Per
    overlaps: Overlaps
    parts: tuple[Part, ...]
    frames: tuple[int, ...] | None = None
    remarks: Remarks = field(default_factory=Remarks)

    @property
    def comparison(self) -> Comparison:
        """Itself."""
        return self

    @cached_property
    def outcomes(self) -> Outcomes:
        """What became of every box."""
        return Outcomes.of(self.overlaps, self.parts, self.iou)

    @cached_property
    def columns(self) -> Columns:
        """The columns of `events`, kinds as indices and no id as 0."""
        found: Events = events_of(self.outcomes)
        sides = self.overlaps.truth, self.overlaps.predictions
        return event_columns(found, *sides)

    @cached_property
    def errors(self) -> list[FoundError]:
        """What a person has to look at, by first frame: events of a severity over 0."""
        return found_errors(self.columns)

    @cached_property
    def evaluation(self) -> Evaluation:
        """The numbers, as `evaluate` has them."""
        found = self.outcomes.parts
        sides = self.truth, self.predictions
        judged = Judged(*sides, self.overlaps, found, self.iou)
        return Evaluation({"1": judged}, self.iou, self._where())

    @property
    def events(self) -> pd.DataFrame:
        """All events as a table, by first frame.

        Returns
        -------
        pandas.DataFrame
            kind, start, stop (half-open), label, truth, prediction, was (ids), iou,
            severity, fn, fp, idsw, frag; see `FoundError`. The sums of the last four
            are the counts of CLEAR.

        Raises
        ------
        ImportError
            pandas is not installed.
        """
        return self._table(self.columns)

    @property
    def matches(self) -> pd.DataFrame:
        """What became of every box, frame by frame.

        Returns
        -------
        pandas.DataFrame
            frame, kind ("match", or that of its error), label, truth, prediction (ids),
            iou. A pair is one row, a box without another one too.

        Raises
        ------
        ImportError
            pandas is not installed.
        """
        return self._table(match_columns(self.outcomes))

    def at_iou(self, iou: float) -> Comparison:
        """Match again at another threshold; overlaps are not computed again.

        Raises
        ------
        AnnotationError
            A bound that is none.
        """
        check_bounds(iou, self.per)
        return replace(self, iou=iou)

    def _table(self, columns: Columns) -> pd.DataFrame:
        table: pd.DataFrame = frame_of(columns)
        return table

    def _sheet(self) -> Sheet:
        numbers = self.evaluation.total.numbers()
        counts = Counter(error.kind for error in self.errors)
        said = ", ".join(f"{n} {kind}" for kind, n in counts.most_common())
        total = len(self.errors)
        caption = (
            f"{total:,} error{'s' * (total != 1)} at "
            f"IoU >= {self.iou:.2f}{self._where()}"
            f"{said and ': '}{said}; "
            + ", ".join(f"{n} {100 * numbers[n]:.1f}" for n in ("HOTA", "MOTA", "IDF1"))
        )
        worst = sorted(self.errors, key=lambda error: -error.severity)[:SHOWN]
        rows = [
            (e.kind, f"{e.start}-{e.stop - 1}", e.label, *_tracks(e), e.severity)
            for e in worst
        ]
        names = ("kind", "frames", "label", "truth", "prediction", "severity")
        return Sheet(caption, names, rows, more=len(self.errors) - len(worst))

    def _where(self) -> str:
        if self.frames is None:
            return ""
        whole = self.truth.video.frame_count
        return f" on {len(self.frames):,} of {whole:,} frames"

    def __repr__(self) -> str:
        return self._sheet().text()

    def _repr_html_(self) -> str:
        return self._sheet().html()


def _tracks(error: FoundError) -> tuple[str, str]:
    truth, prediction = error.truth or "", error.prediction or ""
    if error.was is None:
        return str(truth), str(prediction)
    if error.kind == "transfer":
        return f"{error.was} → {truth}", str(prediction)
    return str(truth), f"{error.was} → {prediction}"


def compare(
    truth: Annotation,
    predictions: Annotation,
    *,
    iou: float = 0.5,
    per: Per = "label",
    ignore: Collection[str] = (),
    preset: Preset | None = None,
    frames: Iterable[int] | None = None,
) -> Comparison:
    """Find every place where predictions and a truth disagree.

    Parameters
    ----------
    truth, predictions
        Labels of one video.
    iou
        Least overlap, in (0, 1], at which two boxes may be one object.
    per
        "label": only boxes of one label can be one object. "all": labels do not count.
    ignore, preset
        What is not judged, see `evaluate`.
    frames
        0-based frames to look at, as those that were verified; all by default. Frames
        that are left out are no gaps: identities are followed across them.

    Returns
    -------
    Comparison
        `errors`, `events` and `matches`; shows itself as a table of the worst.

    Raises
    ------
    AnnotationError
        A bound or a label that is none.
    VideoMismatchError
        Truth and predictions of different videos.
    TypeError
        One of them is no `Annotation`.
    ImportError
        scipy is not installed: ``pip install "boxreel[metrics]"``.

    Notes
    -----
    Boxes are matched as CLEAR does, within labels. What is left of both sides is
    paired once more, for the greatest overlap together: ``low_iou`` (one label, IoU
    from 0.1 up to `iou`) and ``wrong_class`` (two labels, IoU >= `iou`). What is then
    left of the predictions is a ``duplicate`` where it lies on a true box of its label
    that is matched with another, else a ``false_positive``; what is left of the truth a
    ``late_start`` before its track is found for the first time, an ``early_end`` after
    the last time, else a ``miss``. Frames in a row with one kind and the same two
    tracks are one event.

    Identity breaks in a ``fragmentation`` (after a gap the truth goes on as a
    prediction that is new; the frames are the gap), a ``switch`` (as another one at
    once, or as one matched before) or a ``transfer`` (a prediction moves to another
    true track, where CLEAR counts no switch). A switch stands on the frame from which
    the other prediction is the better one. CLEAR stays with the old one while it
    overlaps enough, so it may count the switch some frames later.

    Of severity 0, and not among the `errors`, are ``reentry`` (an object leaves and
    returns, found throughout; CLEAR counts a fragmentation), ``split_identity`` and
    ``merged_identity`` (tracks on which identity breaks, from first to last match).

    Examples
    --------
    >>> from boxreel.model import VideoInfo
    >>> video = VideoInfo.constant("street.mp4", 1920, 1080, 10, fps=30)
    >>> empty = Annotation.for_video(video, labels=["car"])
    >>> truth = empty.add_track("car", {0: (10, 20, 40, 30)})
    >>> found = empty.add_track("car", {2: (11, 20, 40, 30)})
    >>> error = compare(truth, found).errors[0]
    >>> error.kind, error.start, error.stop
    ('late_start', 0, 2)
    """
    check_bounds(iou, per)
    as_annotation(truth, "truth")
    predictions = of_video(as_annotation(predictions, "predictions"), truth.video)
    check_ignore(ignore, preset, [truth])
    only = None if frames is None else tuple(sorted({*frames}))
    overlaps = judged_overlaps(truth, predictions, ignore, preset, only)
    per = per_of(preset, per)
    apart = tuple(parts(overlaps, per))
    return Comparison(truth, predictions, iou, per, overlaps, apart, only)
