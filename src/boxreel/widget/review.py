"""Review: the widget in which labels are compared with predictions, and corrected."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from typing import Any

from boxreel.metrics.parts import Per
from boxreel.metrics.rules import Preset
from boxreel.model import Annotation
from boxreel.review import Comparison, FoundError, Remarks, compare
from boxreel.review.reporting import Reporting
from boxreel.video import Video
from boxreel.widget.annotator import Annotator
from boxreel.widget.clips import clips_of
from boxreel.widget.comparing import Comparing


class Review(Reporting, Annotator):
    """See where predictions and labels disagree, and correct the labels there.

    The labels are solid, the predictions dashed; every error is a place on the timeline
    and a row of a list. What is edited are the labels, as in `Annotator`; after each
    edit they are compared anew, and the numbers follow.

    Parameters
    ----------
    truth
        Labels that are held to be right, and can be corrected.
    predictions
        What a model, or another person, has found in the same video.
    video
        As of `Annotator`; one video.
    iou
        Least overlap, in (0, 1], at which two boxes may be one object.
    per, ignore, preset
        As of `compare`.
    **options
        The other parameters of `Annotator`: save_to, height, theme, read_only, ...

    Attributes
    ----------
    predictions : Annotation
        What the labels are compared with.
    remarks : Remarks
        Verdicts, verified frames, pins and signals as they are now.

    Raises
    ------
    TypeError
        If `truth` or `predictions` is no `Annotation`, or there are several videos.
    VideoMismatchError
        If they belong to another video.
    AnnotationError
        A bound or a label that is none.
    ImportError
        scipy is not installed: ``pip install "boxreel[metrics]"``.

    Examples
    --------
    >>> import numpy as np
    >>> from boxreel.model import VideoInfo
    >>> from boxreel.video import open_video
    >>> video = open_video(np.zeros((50, 48, 64), np.uint8))
    >>> empty = Annotation.for_video(VideoInfo.of(video), labels=["car"])
    >>> truth = empty.add_track("car", {0: (5, 5, 20, 10)})
    >>> w = Review(truth, empty.add_track("car", {9: (5, 5, 20, 10)}), video)
    >>> w
    <Review of 'array': 1 error at IoU >= 0.50>
    >>> w.errors[0].kind
    'late_start'
    >>> w.annotation = empty.add_track("car", {9: (5, 5, 20, 10)})
    >>> w.errors
    []
    >>> w.close()
    """

    def __init__(
        self,
        truth: Annotation,
        predictions: Annotation,
        video: object,
        *,
        iou: float = 0.5,
        per: Per = "label",
        ignore: Collection[str] = (),
        preset: Preset | None = None,
        **options: Any,
    ) -> None:
        for name, given in (("truth", truth), ("predictions", predictions)):
            if not isinstance(given, Annotation):
                raise TypeError(
                    f"{name} must be a boxreel.Annotation (boxreel.read gives one for "
                    f"a file), not {given!r:.100}"
                )
        if len(clips_of(video)) > 1:
            raise TypeError("Review takes one video; make one for each of several")
        super().__init__(video, truth, **options)
        self.predictions = predictions
        self.remarks = Remarks()

        def compared(labels: Annotation) -> Comparison:
            found = compare(
                labels, predictions, iou=iou, per=per, ignore=ignore, preset=preset
            )
            return replace(found, remarks=self.remarks)

        try:
            self._comparing = self._item.comparing = Comparing(
                self._session, compared, self._post
            )
        except BaseException:
            self.close()
            raise
        self._comparing.show()

    @property
    def comparison(self) -> Comparison:
        """The labels as they are now, compared with the predictions."""
        return self._comparing.newest()

    def _shown(self) -> tuple[int, int | None]:
        return self.frame, next(iter(self.selection), None)

    def _video(self) -> Video:
        return self.video

    @property
    def errors(self) -> list[FoundError]:
        """Every place where they disagree, by first frame."""
        return self.comparison.errors

    @property
    def iou(self) -> float:
        """Least overlap at which two boxes may be one object. Assigning matches again.

        Raises
        ------
        AnnotationError
            If it is assigned what is none.
        """
        return self._comparing.iou

    @iou.setter
    def iou(self, iou: float) -> None:
        self._check_open()
        self._comparing.match(iou)

    def __repr__(self) -> str:
        count = len(self.errors)
        closed = ", closed" if self._closed else ""
        return (
            f"<Review of {self.video.name!r}: {count} error{'s' * (count != 1)} at "
            f"IoU >= {self.iou:.2f}{closed}>"
        )
