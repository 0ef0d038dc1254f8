"""What a comparison and the widget that shows it have in common."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Literal

import numpy.typing as npt

from boxreel.errors import AnnotationError
from boxreel.model.checks import as_frame
from boxreel.review.pins import Pin
from boxreel.review.signals import Signal
from boxreel.review.tables import FoundError

if TYPE_CHECKING:
    from boxreel.review.comparison import Comparison
    from boxreel.review.remarks import Remarks


class Reporting:
    """Pins, signals and plots: the same on `Comparison` and on the `Review` widget.

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

    def _shown(self) -> int | None:
        """Frame that somebody looks at, None where nothing is shown."""
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
            A 0-based frame, or one of `errors`; the widget's frame by default.

        Returns
        -------
        Pin
            What `unpin` takes. Pinned twice, the same place is there once.

        Raises
        ------
        AnnotationError
            No text, no place, or a frame that the video does not have.
        """
        place = self._shown() if at is None else at
        if place is None:
            raise AnnotationError(
                f'say where it is: pin({text!r:.40}, 12), or one of "errors" for 12'
            )
        if isinstance(place, FoundError):
            pin = Pin.on(text, place)
        else:
            pin = Pin(text, as_frame(place))
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
