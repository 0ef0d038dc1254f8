"""The meta of Supervisely's projects: their classes, and the kinds of their tags."""

from __future__ import annotations

import json

from boxreel.formats.base import Target
from boxreel.formats.supervisely_parse import GREY
from boxreel.formats.supervisely_tags import OCCLUDED, TRUTHS, VALUE
from boxreel.model import Annotation, Event
from boxreel.model.checks import Value


class Kinds:
    """Of what kind the tags of an annotation are; a name has one in a project.

    Parameters
    ----------
    annotation
        The labels.
    target
        The file, whose report says what no tag can hold.

    Attributes
    ----------
    values : dict of str to list
        By name of the tag, what it says somewhere, None for nothing.
    by_name : dict of str to tuple
        By name of the tag, its kind and its choices.
    """

    def __init__(self, annotation: Annotation, target: Target) -> None:
        self.values: dict[str, list[Value]] = {OCCLUDED: []}
        for track in annotation.tracks.values():
            for name, steps in track.attributes.items():
                if name != OCCLUDED:
                    self.values.setdefault(name, []).extend(
                        value for _, value in steps if value is not None
                    )
        self._attributes = frozenset(self.values)
        for event in annotation.events:
            if self.holds(event):
                self.values.setdefault(event.label, []).append(
                    event.attributes.get(VALUE)
                )
        choices = _choices(annotation)
        self.by_name = {
            name: _kind(values, list(choices.get(name, ())))
            for name, values in self.values.items()
        }
        self._note_losses(annotation, target)

    def holds(self, event: Event) -> bool:
        """Whether the name of an event is free for its tag."""
        return event.label not in self._attributes

    def written(self, name: str, value: Value) -> str | float | None:
        """Return a value as its tag has it."""
        kind, _ = self.by_name[name]
        if kind == "none":
            return None
        if isinstance(value, str) or kind == "any_number":
            return value
        return json.dumps(value)

    def _note_losses(self, annotation: Annotation, target: Target) -> None:
        lost = target.notes.lost
        for name, (kind, _) in self.by_name.items():
            if kind == "any_string" and {*map(type, self.values[name])} != {str}:
                lost(f"kinds of the values of {name!r:.60}: all are texts")
        for event in annotation.events:
            place = f"event {event.id}"
            lost("tracks of events", place, int(bool(event.tracks)))
            if not self.holds(event):
                lost("events that are named as an attribute is", place)
                continue
            kept = {VALUE} if self.by_name[event.label][0] != "none" else set()
            said = {k for k, v in event.attributes.items() if v is not None}
            lost(f"attributes of events but {VALUE!r}", place, len(said - kept))
        declared = sum(len(label.attributes) for label in annotation.labels)
        lost("which attributes labels declare", count=declared)


def _kind(values: list[Value], choices: list[str]) -> tuple[str, list[str]]:
    """Return the kind of a tag with these values, and the choices it then has."""
    types = set(map(type, values))
    if not types or type(None) in types:
        return "none", []
    if types == {bool}:
        return "oneof_string", list(TRUTHS)
    if types <= {int, float}:
        return "any_number", []
    if types == {str} and set(values) <= set(choices) != set(TRUTHS):
        return "oneof_string", choices
    return "any_string", []


def _choices(annotation: Annotation) -> dict[str, dict[str, None]]:
    """Return the choices of attributes, by name, of all labels together."""
    found: dict[str, dict[str, None]] = {}
    for label in annotation.labels:
        for one in label.attributes:
            found.setdefault(one.name, {}).update(dict.fromkeys(one.choices))
    return found


def meta(annotation: Annotation, turned: set[str], kinds: Kinds) -> str:
    """Write ``meta.json``.

    Parameters
    ----------
    annotation
        The labels.
    turned
        Labels of which boxes are turned: such a class takes any shape.
    kinds
        Of the tags.
    """
    boxed = {track.label for track in annotation.tracks.values()}
    classes: list[dict[str, object]] = [
        {
            "title": label.name,
            "shape": "any" if label.name in turned else "rectangle",
            "color": label.color or GREY,
            "geometry_config": {},
        }
        for label in annotation.labels
        if label.use != "event" or label.name in boxed
    ]
    tags: list[dict[str, object]] = []
    for name, (kind, choices) in kinds.by_name.items():
        tag: dict[str, object] = {"name": name, "value_type": kind, "color": GREY}
        tags.append({**tag, "values": choices} if choices else tag)
    document = {"classes": classes, "tags": tags, "projectType": "videos"}
    return json.dumps(document, ensure_ascii=False, indent=1) + "\n"
