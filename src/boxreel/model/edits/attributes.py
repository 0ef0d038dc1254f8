"""Edits of attributes: what is said of tracks, frame by frame, and of the clip."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import TypeVar

from boxreel.errors import AnnotationError, EditError
from boxreel.model.annotation import Annotation
from boxreel.model.checks import Value, same_value
from boxreel.model.edits.base import (
    Edit,
    Frame,
    TrackId,
    range_in,
    track_of,
    with_events,
)
from boxreel.model.events import Event
from boxreel.model.labels import Attribute, Label, attribute_of
from boxreel.model.track import Steps, Track, step_value

T = TypeVar("T")


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
        if same_steps(steps, old):
            return annotation
        attributes = {**track.attributes, self.name: steps}
        return annotation.with_track(replace(track, attributes=attributes))

    def _text(self) -> str:
        return f"{self.name} of #{self.track}"


@dataclass(frozen=True)
class RenameAttribute(Edit):
    """Give an attribute that a label declares another name; its values follow.

    Examples
    --------
    >>> RenameAttribute("person", "pose", "gait").describe()
    'new name of pose of person: gait'
    """

    label: str
    attribute: str
    name: str

    def _apply(self, annotation: Annotation) -> Annotation:
        label = annotation.label(self.label)
        names = [attribute.name for attribute in label.attributes]
        if self.attribute not in names:
            known = ", ".join(map(repr, names)) or "none"
            raise EditError(
                f"label {label.name!r} declares no attribute {self.attribute!r}: "
                f"it declares {known}"
            )
        if self.name == self.attribute:
            return annotation
        carriers: list[Track | Event] = [
            *annotation.tracks.values(),
            *annotation.events,
        ]
        carried = (
            self.name in carrier.attributes
            for carrier in carriers
            if carrier.label == label.name
        )
        if self.name in names or any(carried):
            raise EditError(
                f"label {label.name!r} has an attribute {self.name!r} already: "
                "choose another name"
            )
        declared = tuple(
            replace(attribute, name=self.name)
            if attribute.name == self.attribute
            else attribute
            for attribute in label.attributes
        )
        labels = tuple(
            replace(label, attributes=declared) if known is label else known
            for known in annotation.labels
        )
        tracks = [
            replace(track, attributes=self._renamed(track.attributes))
            for track in annotation.tracks.values()
            if track.label == label.name and self.attribute in track.attributes
        ]
        changed = with_events(
            annotation,
            lambda event: (
                replace(event, attributes=self._renamed(event.attributes))
                if event.label == label.name and self.attribute in event.attributes
                else event
            ),
        )
        return changed.with_tracks(tracks).with_parts(labels=labels)

    def _renamed(self, values: Mapping[str, T]) -> dict[str, T]:
        return {
            self.name if name == self.attribute else name: value
            for name, value in values.items()
        }

    def _text(self) -> str:
        return f"new name of {self.attribute} of {self.label}: {self.name}"


@dataclass(frozen=True)
class SetClipAttribute(Edit):
    """Say something of the whole clip.

    Parameters
    ----------
    name
        Which attribute; one that is declared for the clip, if any is.
    value
        Text, number or bool, or None for no value.

    Examples
    --------
    >>> SetClipAttribute("weather", "rain").describe()
    'weather of the clip'
    """

    name: str
    value: Value

    def _apply(self, annotation: Annotation) -> Annotation:
        attribute = attribute_of(annotation.declared, self.name, "the clip")
        if attribute is not None and self.value is not None:
            attribute.check(self.value)
        values = dict(annotation.attributes)
        if same_value(values.pop(self.name, None), self.value):
            return annotation
        if self.value is not None:
            values = {**annotation.attributes, self.name: self.value}
        return annotation.with_parts(attributes=MappingProxyType(values))

    def _text(self) -> str:
        return f"{self.name} of the clip"


@dataclass(frozen=True)
class DeclareClipAttributes(Edit):
    """Say which attributes the clip may have; none to let it have any.

    Examples
    --------
    >>> DeclareClipAttributes((Attribute("weather"),)).describe()
    'attributes of the clip'
    """

    attributes: tuple[Attribute, ...]

    def _apply(self, annotation: Annotation) -> Annotation:
        if self.attributes == annotation.declared:
            return annotation
        before = Label("clip", attributes=annotation.declared)
        after = Label("clip", attributes=self.attributes)
        for name, value in annotation.attributes.items():
            if orphaned(before, after, name, ((0, value),)):
                raise EditError(
                    f"the clip has {value!r} as its attribute {name!r}, which would "
                    "not suit any more: change or clear it first"
                )
        return annotation.with_parts(declared=self.attributes)

    def _text(self) -> str:
        return "attributes of the clip"


def orphaned(before: Label, after: Label, name: str, steps: Steps) -> bool:
    """Whether values suited a label and would not suit what it becomes.

    Examples
    --------
    >>> after = Label("car", attributes=(Attribute("age", "number"),))
    >>> orphaned(Label("car"), after, "age", ((0, "old"),))
    True
    """
    return _suits(before, name, steps) and not _suits(after, name, steps)


def _suits(label: Label, name: str, steps: Steps) -> bool:
    try:
        label.check_steps(name, steps)
    except AnnotationError:
        return False
    return True


def same_steps(a: Steps, b: Steps) -> bool:
    """Whether two lists of steps are the same; True is not 1.

    Examples
    --------
    >>> same_steps(((0, 1),), ((0, True),))
    False
    """
    return len(a) == len(b) and all(
        frame == other and same_value(value, other_value)
        for (frame, value), (other, other_value) in zip(a, b, strict=True)
    )


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
