"""Edits of the label set, which never leave a track or an event without a label."""

from __future__ import annotations

from dataclasses import dataclass, replace

from boxreel.errors import EditError
from boxreel.model.annotation import Annotation
from boxreel.model.edits.attributes import orphaned
from boxreel.model.edits.base import Edit, TrackId, counted, track_of, with_events
from boxreel.model.labels import Label
from boxreel.model.validate import ancestors, check_labels


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
        if label == track.label:
            return annotation
        return annotation.with_track(replace(track, label=label))

    def _text(self) -> str:
        return f"label of #{self.track}: {self.label}"


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
        _check_free(annotation, self.label.name)
        labels = (*annotation.labels, self.label)
        check_labels(labels)
        return annotation.with_parts(labels=labels)

    def _text(self) -> str:
        return f"label {self.label.name}"


@dataclass(frozen=True)
class EditLabel(Edit):
    """Declare a label otherwise: colour, key, parent, use and attributes.

    It is refused where values of tracks or events that suit now would not any more.

    Examples
    --------
    >>> EditLabel(Label("van", "#ff8800", key="v")).describe()
    'change of label van'
    """

    label: Label

    def _apply(self, annotation: Annotation) -> Annotation:
        old = annotation.label(self.label.name)
        if self.label == old:
            return annotation
        labels = tuple(
            self.label if label is old else label for label in annotation.labels
        )
        check_labels(labels)
        if self.label.attributes != old.attributes:
            _check_values(annotation, old, self.label)
        return annotation.with_parts(labels=labels)

    def _text(self) -> str:
        return f"change of label {self.label.name}"


@dataclass(frozen=True)
class RenameLabel(Edit):
    """Give a label another name; its tracks, events and the labels below it follow.

    Examples
    --------
    >>> RenameLabel("car", "vehicle").describe()
    'new name of label car: vehicle'
    """

    label: str
    name: str

    def _apply(self, annotation: Annotation) -> Annotation:
        old = annotation.label(self.label)
        if self.name == old.name:
            return annotation
        _check_free(annotation, self.name)
        labels = [
            replace(label, name=self.name) if label is old else label
            for label in _adopted(annotation, old.name, self.name)
        ]
        return _relabelled(annotation, old.name, self.name, labels)

    def _text(self) -> str:
        return f"new name of label {self.label}: {self.name}"


@dataclass(frozen=True)
class RemoveLabel(Edit):
    """Remove a label, or merge it into another.

    Parameters
    ----------
    label
        Its name.
    into
        The label that its tracks and events get, with their attributes as they are. The
        labels below it come below that one too; without one, or where that one is below
        it itself, they come below the label that it was below.

    Examples
    --------
    >>> RemoveLabel("van", into="car").describe()
    'removal of label van, into car'
    """

    label: str
    into: str | None = None

    def _apply(self, annotation: Annotation) -> Annotation:
        old = annotation.label(self.label)
        tracks = sum(track.label == old.name for track in annotation.tracks.values())
        events = sum(event.label == old.name for event in annotation.events)
        if self.into is None and (tracks or events):
            raise EditError(
                f"label {old.name!r} is on {counted(tracks, events)}: "
                "say with into= which label they get"
            )
        if self.into == old.name:
            raise EditError(
                f"label {old.name!r} cannot be merged into itself: choose another"
            )
        into = None if self.into is None else annotation.label(self.into).name
        parents = {label.name: label.parent for label in annotation.labels}
        below = into is not None and old.name in ancestors(parents, into)
        heir = old.parent if into is None or below else into
        labels = [
            label
            for label in _adopted(annotation, old.name, heir)
            if label.name != old.name
        ]
        return _relabelled(annotation, old.name, into, labels)

    def _text(self) -> str:
        into = "" if self.into is None else f", into {self.into}"
        return f"removal of label {self.label}{into}"


def _check_free(annotation: Annotation, name: str) -> None:
    if any(label.name == name for label in annotation.labels):
        raise EditError(f"there is a label {name!r} already: choose another name")


def _adopted(annotation: Annotation, old: str, new: str | None) -> list[Label]:
    """All labels, those below one of them put below another."""
    return [
        replace(label, parent=new) if label.parent == old else label
        for label in annotation.labels
    ]


def _relabelled(
    annotation: Annotation, old: str, new: str | None, labels: list[Label]
) -> Annotation:
    """Put other labels in place; what has the one gets the other."""
    tracks = [
        replace(track, label=new)
        for track in annotation.tracks.values()
        if new is not None and track.label == old
    ]
    changed = with_events(
        annotation,
        lambda event: (
            replace(event, label=new)
            if new is not None and event.label == old
            else event
        ),
    )
    if tracks:
        changed = changed.with_tracks(tracks)
    return changed.with_parts(labels=tuple(labels))


def _check_values(annotation: Annotation, old: Label, new: Label) -> None:
    """Raise EditError where values of tracks or events would be orphaned."""
    counts: dict[str, list[int]] = {}
    for track in annotation.tracks.values():
        if track.label == old.name:
            for name, steps in track.attributes.items():
                if orphaned(old, new, name, steps):
                    counts.setdefault(name, [0, 0])[0] += 1
    for event in annotation.events:
        if event.label == old.name:
            for name, value in event.attributes.items():
                if orphaned(old, new, name, ((0, value),)):
                    counts.setdefault(name, [0, 0])[1] += 1
    for name, count in counts.items():
        raise EditError(
            f"label {old.name!r} cannot change so: values of {name!r} on "
            f"{counted(*count)} would not suit any more; change those first"
        )
