"""Edits of labels and attributes."""

from __future__ import annotations

from dataclasses import dataclass, replace

from boxreel.errors import EditError
from boxreel.model.annotation import Annotation
from boxreel.model.checks import Value, same_value
from boxreel.model.edits.base import Edit, Frame, TrackId, range_in, track_of
from boxreel.model.labels import Label
from boxreel.model.track import Steps, step_value
from boxreel.model.validate import check_labels


@dataclass(frozen=True)
class SetLabel(Edit):
    """Give a track another label; its attributes stay.

    Examples
    --------
    >>> SetLabel(2, "van").describe()
    'label of #2: van'
    """

    track: TrackId
    label: str

    def _apply(self, annotation: Annotation) -> Annotation:
        track = track_of(annotation, self.track)
        label = annotation.label(self.label).name
        return annotation.with_track(replace(track, label=label))

    def _text(self) -> str:
        return f"label of #{self.track}: {self.label}"


@dataclass(frozen=True)
class SetAttribute(Edit):
    """Give an attribute of a track a value on a range.

    Parameters
    ----------
    track, name
        Whose attribute, and which; one that the label declares, if it declares any.
    value
        Text, number or bool, or None for no value.
    start, stop
        Where; the whole track for an attribute that is fixed for the track.

    Examples
    --------
    >>> SetAttribute(2, "pose", "running", start=132).describe()
    'pose of #2'
    """

    track: TrackId
    name: str
    value: Value
    start: Frame = 0
    stop: Frame | None = None

    def _apply(self, annotation: Annotation) -> Annotation:
        track = track_of(annotation, self.track)
        start, stop = range_in(annotation, self.start, self.stop)
        to_end = stop == annotation.video.frame_count
        attribute = annotation.label(track.label).declared(self.name)
        if attribute is not None:
            if attribute.per == "track" and (start > 0 or not to_end):
                raise EditError(
                    f"attribute {self.name!r} is fixed for the track: "
                    "set it without start and stop"
                )
            if self.value is not None:
                attribute.check(self.value)
        old = track.attributes.get(self.name, ())
        steps = merged_steps(
            (
                *(step for step in old if step[0] < start),
                (start, self.value),
                *(() if to_end else ((stop, step_value(old, stop)),)),
                *(step for step in old if step[0] > stop),
            )
        )
        attributes = {**track.attributes, self.name: steps}
        return annotation.with_track(replace(track, attributes=attributes))

    def _text(self) -> str:
        return f"{self.name} of #{self.track}"


@dataclass(frozen=True)
class AddLabel(Edit):
    """Declare a label.

    Examples
    --------
    >>> AddLabel(Label("van")).to_json()
    {'kind': 'add_label', 'label': {'name': 'van'}}
    """

    label: Label

    def _apply(self, annotation: Annotation) -> Annotation:
        name = self.label.name
        if any(label.name == name for label in annotation.labels):
            raise EditError(f"there is a label {name!r} already: choose another name")
        labels = (*annotation.labels, self.label)
        check_labels(labels)
        return annotation.with_parts(labels=labels)

    def _text(self) -> str:
        return f"label {self.label.name}"


def merged_steps(steps: Steps) -> Steps:
    """Leave out steps that change nothing.

    Examples
    --------
    >>> merged_steps(((0, None), (5, "walking"), (9, "walking")))
    ((5, 'walking'),)
    """
    kept: list[tuple[int, Value]] = []
    for frame, value in steps:
        if not same_value(value, kept[-1][1] if kept else None):
            kept.append((frame, value))
    return tuple(kept)
