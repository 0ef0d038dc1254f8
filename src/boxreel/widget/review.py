"""Review: the widget in which labels are compared with predictions, and corrected."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import replace
from typing import Any

from boxreel.metrics.parts import Per
from boxreel.metrics.rules import Preset
from boxreel.model import Annotation
from boxreel.model.match import as_annotation, of_video
from boxreel.review import (
    Comparison,
    FoundError,
    Remarks,
    Reviewed,
    compare,
    progress,
)
from boxreel.review.reporting import Reporting
from boxreel.review.verdicts import Ruling
from boxreel.video import Video
from boxreel.widget.annotator import Annotator
from boxreel.widget.clips import clips_of
from boxreel.widget.comparing import Comparing, Frames
from boxreel.widget.reviewfile import keep_review
from boxreel.widget.setting import Scope, Setting


class Review(Reporting, Annotator):
    """See where predictions and labels disagree, and correct the labels there.

    The labels are solid, the predictions dashed; every error is a place on the timeline
    and a row of a list. What is edited are the labels, as in `Annotator`; after each
    edit they are compared anew, and the numbers follow. At each error a person says who
    is wrong; that is kept beside the label file, ``street.boxreel.review.json``, and
    known again when the cell runs again, also with another model's output.

    Parameters
    ----------
    truth
        Labels that are held to be right, and can be corrected.
    predictions
        What a model, or another person, has found in the same video; of several,
        a dict by name: ``{"v1": ..., "v2": ...}``. One of them is shown at a time.
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
    models : dict of str to Annotation
        All predictions by name; those without one are called "predictions".
    remarks : Remarks
        Verdicts, verified frames, pins and signals as they are now.
    truth : Annotation
        The labels as they were given; `annotation` are those of now.

    Raises
    ------
    TypeError
        If `truth` or `predictions` is no `Annotation`, or there are several videos.
    VideoMismatchError
        If they belong to another video.
    AnnotationError
        A bound or a label that is none.
    FormatError
        If the label file or the review beside it cannot be read.
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
        predictions: Annotation | Mapping[str, Annotation],
        video: object,
        *,
        iou: float = 0.5,
        per: Per = "label",
        ignore: Collection[str] = (),
        preset: Preset | None = None,
        **options: Any,
    ) -> None:
        models = (
            {**predictions}
            if isinstance(predictions, Mapping)
            else {"predictions": predictions}
        )
        for name, given in (("truth", truth), *models.items()):
            as_annotation(given, name)
        if len(clips_of(video)) > 1:
            raise TypeError("Review takes one video; make one for each of several")
        if not models:
            raise TypeError("predictions is an empty dict: there is nothing to compare")
        super().__init__(video, truth, **options)
        self.models = models
        item = self._item
        now = item.session.annotation
        given = of_video(truth, now.video)
        self.truth = now if given == now else given
        self.remarks = Remarks()

        def compared(
            labels: Annotation, found_by: Annotation, frames: Frames
        ) -> Comparison:
            found = compare(
                labels,
                found_by,
                iou=iou,
                per=per,
                ignore=ignore,
                preset=preset,
                frames=frames,
            )
            return replace(found, remarks=self.remarks)

        try:
            self._comparing = item.comparing = Comparing(
                item.session,
                self.truth,
                models,
                Setting(next(iter(models)), iou),
                compared,
                self.remarks,
                item.author,
                self._post,
            )
            keep_review(self.remarks, item.saving.path)
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
    def reviewed(self) -> Reviewed:
        """What people have said of errors, and the frames that they have verified.

        ``r.reviewed.verdicts_on(r.comparison)`` finds the verdict of each error;
        ``compare(..., frames=r.reviewed.frames())`` looks at verified frames alone.
        """
        return self.remarks.reviewed

    @property
    def progress(self) -> str:
        """What mending the labels changed so far, and whose the errors are; a line."""
        now = self.comparison
        return progress(self._comparing.first(), now, self.reviewed.verdicts_on(now))

    def judge(self, error: FoundError, ruling: Ruling | None, note: str = "") -> None:
        """Say who is wrong in an error.

        Parameters
        ----------
        error
            One of `errors`.
        ruling
            "model_wrong", "label_wrong", "both_wrong" or "unclear"; None takes back
            what was said.
        note
            A text for a person to read.

        Raises
        ------
        AnnotationError
            No ruling, or none of the errors as they are now.
        FormatError
            It cannot be written beside the labels; it is kept in memory.
        """
        self._check_open()
        self._comparing.judge(error, ruling, note)

    def verify(self, start: int, stop: int, *, verified: bool = True) -> None:
        """Mark the frames [start, stop) as verified by a person, or as not.

        Raises
        ------
        AnnotationError
            No range of frames of the video.
        FormatError
            It cannot be written beside the labels; it is kept in memory.
        """
        self._check_open()
        self._comparing.verify(start, stop, verified=verified)

    @property
    def predictions(self) -> Annotation:
        """What the labels are compared with now, whatever its scores."""
        return self.models[self.model]

    @property
    def model(self) -> str:
        """Name of the predictions that are shown. Assigning shows others.

        Raises
        ------
        AnnotationError
            If it is assigned what is none.
        """
        return self._comparing.setting.model

    @model.setter
    def model(self, model: str) -> None:
        self._set(model=model)

    @property
    def iou(self) -> float:
        """Least overlap at which two boxes may be one object. Assigning matches again.

        Raises
        ------
        AnnotationError
            If it is assigned what is none.
        """
        return self._comparing.setting.iou

    @iou.setter
    def iou(self, iou: float) -> None:
        self._set(iou=iou)

    @property
    def score(self) -> float:
        """Least score of a predicted box, 0 for all. Assigning compares again.

        Raises
        ------
        AnnotationError
            If it is assigned what is none.
        """
        return self._comparing.setting.score

    @score.setter
    def score(self, score: float) -> None:
        self._set(score=score)

    @property
    def scope(self) -> Scope:
        """Frames that the page's numbers are of: "clip", "view" or "verified".

        Raises
        ------
        AnnotationError
            If it is assigned what is none.
        """
        return self._comparing.setting.scope

    @scope.setter
    def scope(self, scope: Scope) -> None:
        self._set(scope=scope)

    def _set(self, **changes: Any) -> None:
        self._check_open()
        self._comparing.match(replace(self._comparing.setting, **changes))

    def __repr__(self) -> str:
        count = len(self.errors)
        closed = ", closed" if self._closed else ""
        return (
            f"<Review of {self.video.name!r}: {count} error{'s' * (count != 1)} at "
            f"IoU >= {self.iou:.2f}{closed}>"
        )
