"""What a comparison and the widget that shows it have in common."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

import numpy.typing as npt

from boxreel.errors import AnnotationError, ExportError
from boxreel.model.checks import as_frame
from boxreel.review.pins import Pin
from boxreel.review.signals import Signal
from boxreel.review.tables import FoundError

if TYPE_CHECKING:
    from boxreel.formats import Report
    from boxreel.review.comparison import Comparison
    from boxreel.review.remarks import Remarks


class Reporting:
    """Pins, signals, plots and reports: the same on `Comparison` and on `Review`.

    Attributes
    ----------
    remarks : Remarks
        Verdicts, verified frames, pins and signals as they are now.
    """

    remarks: Remarks

    @property
    def comparison(self) -> Comparison:
        """What is reported on, as it is now."""
        raise NotImplementedError

    def _shown(self) -> tuple[int, int | None] | None:
        """Frame that somebody looks at and the track they chose, None for nobody."""
        return None

    def _video(self) -> object:
        """Return the video, None where there is none."""
        return None

    @property
    def pins(self) -> tuple[Pin, ...]:
        """Places to show to others, in the order they were pinned."""
        return self.remarks.reviewed.pins

    def pin(self, text: str, at: int | FoundError | None = None) -> Pin:
        """Pin a place, to show it to others.

        Parameters
        ----------
        text
            What is to be seen there.
        at
            A 0-based frame, or one of `errors`; by default the widget's frame, and its
            selected track.

        Returns
        -------
        Pin
            What `unpin` takes. Pinned twice, the same place is there once.

        Raises
        ------
        AnnotationError
            No text, no place, or a frame that the video does not have.
        """
        shown = self._shown()
        if isinstance(at, FoundError):
            pin = Pin.on(text, at)
        elif at is not None:
            pin = Pin(text, as_frame(at))
        elif shown is not None:
            pin = Pin(text, *shown)
        else:
            raise AnnotationError(
                f'say where it is: pin({text!r:.40}, 12), or one of "errors" for 12'
            )
        count = self.comparison.truth.video.frame_count
        if pin.frame >= count:
            raise AnnotationError(
                f"frame {pin.frame} cannot be pinned: the video has {count} frames, "
                f"0 to {count - 1}"
            )
        self.remarks.reviewed = self.remarks.reviewed.with_pin(pin)
        return pin

    def unpin(self, pin: Pin) -> None:
        """Take a pin away."""
        self.remarks.reviewed = self.remarks.reviewed.without_pin(pin)

    @property
    def signals(self) -> Mapping[str, Signal]:
        """Signals by their names; see `add_signal`."""
        return self.remarks.signals

    def add_signal(self, name: str, values: npt.ArrayLike) -> Signal:
        """Add any number a frame, as a loss or a confidence, to look at beside errors.

        Parameters
        ----------
        name
            What it is; another signal of this name gives way.
        values
            ``(frames,)`` numbers; NaN where there is none.

        Returns
        -------
        Signal
            ``selected(threshold)`` gives ranges of frames, ``peaks(threshold)`` the
            most extreme frame of each.

        Raises
        ------
        AnnotationError
            No name, or not one number for each frame.
        """
        count = self.comparison.truth.video.frame_count
        signal = Signal.of(name, values, count)
        self.remarks.add(signal)
        return signal

    def plot(
        self,
        kind: Literal["hota", "errors", "iou", "confusion"] | None = None,
        ax: Any = None,
    ) -> Any:
        """Plot what was found, by matplotlib.

        Parameters
        ----------
        kind
            "hota" and its parts over the threshold of overlap; "errors" over time;
            "iou" of pairs of boxes; "confusion" of labels. All four by default.
        ax
            matplotlib axes to draw in; new ones by default.

        Returns
        -------
        matplotlib.axes.Axes
            Or an array of 2 x 2 of them, for all four.

        Raises
        ------
        AnnotationError
            There is no such plot.
        ImportError
            matplotlib is not installed: ``pip install "boxreel[plot]"``.
        """
        from boxreel.review.plots import plot

        return plot(self.comparison, kind, ax)

    def report(
        self,
        path: str | os.PathLike[str],
        *,
        video: object = None,
        worst: int = 12,
        title: str | None = None,
    ) -> Path:
        """Write what was found as a file that needs neither Python nor a network.

        Parameters
        ----------
        path
            Ends in .html: one file with everything in it; or in .md: text as for a
            pull request, its pictures beside it in the folder ``<name>_files``.
        video
            What was labelled: a path, or anything else that `open_video` takes; the
            widget's own by default. Without one there are no pictures.
        worst
            How many of the most severe errors are shown in pictures, after all pins.
        title
            Heading; names the video by default.

        Returns
        -------
        Path
            The file; one that was there is replaced.

        Raises
        ------
        ExportError
            Another ending, or the place cannot be written to.
        VideoError
            The video cannot be opened, or a frame cannot be decoded.
        VideoMismatchError
            It is another video than was labelled.

        Notes
        -----
        It has the numbers (by label, occlusion, size and speed), charts, the pinned
        and the worst errors as strips of pictures (labels solid, predictions dashed),
        the confusion of labels and a table of errors with their verdicts.
        """
        from boxreel.review.report import write_report

        source = self._video() if video is None else video
        return write_report(self.comparison, path, source, worst, title)

    def hard_frames(self, count: int = 50, *, apart: float = 0.5) -> list[int]:
        """Choose the frames on which most boxes are wrong, for people or for training.

        Parameters
        ----------
        count
            How many at most; those that are pinned come first.
        apart
            Seconds between two of them at least, as neighbours look alike.

        Returns
        -------
        list of int
            0-based frames, increasing; fewer where there are fewer errors.

        Raises
        ------
        AnnotationError
            A number that is none.
        """
        from boxreel.review.hard import hard_frames

        return hard_frames(self.comparison, count, apart)

    def export_hard_frames(
        self,
        folder: str | os.PathLike[str],
        count: int = 50,
        *,
        apart: float = 0.5,
        video: object = None,
        **options: Any,
    ) -> Report:
        """Export `hard_frames` with their labels as a data set, to train on.

        Parameters
        ----------
        folder
            Where it goes: a folder that is not there yet, or empty.
        count, apart
            As of `hard_frames`.
        video
            As of `report`.
        **options
            Other parameters of `export_dataset`: ``format="yolo"``, "coco", ...;
            context, quality, overwrite, ...

        Returns
        -------
        Report
            What was written. The labels are those of the truth as they are now.

        Raises
        ------
        ExportError
            There is no video or no error, or what `export_dataset` refuses.
        VideoMismatchError
            It is another video than was labelled.
        """
        from boxreel.dataset import export_dataset

        source = self._video() if video is None else video
        if source is None:
            raise ExportError("there is no video to take images from: give video=")
        frames = self.hard_frames(count, apart=apart)
        if not frames:
            raise ExportError("there is no error, hence no frame to export")
        truth = self.comparison.truth
        return export_dataset(truth, source, folder, frames=frames, **options)
