"""Labels and the attributes that their tracks carry."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final, Literal, TypeAlias

from boxreel.errors import AnnotationError
from boxreel.model.checks import Value, as_text, as_value, same_value

AttributeType: TypeAlias = Literal["text", "number", "boolean", "choice"]
Per: TypeAlias = Literal["track", "frame"]

TYPES: Final = ("text", "number", "boolean", "choice")


@dataclass(frozen=True, slots=True)
class Attribute:
    """Something to be said of each track of a label.

    Parameters
    ----------
    name
        Its name, unique within the label.
    type
        "text", "number", "boolean" or "choice".
    choices
        The texts to choose from, for type "choice" only.
    default
        What to offer for a new track; None offers nothing.
    per
        "track": one value for the whole track; "frame": may change over frames.

    Raises
    ------
    AnnotationError
        An unknown type, choices missing or given in vain, or a default that does not
        suit.

    Examples
    --------
    >>> Attribute("pose", "choice", ("walking", "running"), per="frame").choices
    ('walking', 'running')
    """

    name: str
    type: AttributeType = "text"
    choices: tuple[str, ...] = ()
    default: Value = None
    per: Per = "track"

    def __post_init__(self) -> None:
        as_text(self.name, "the name of an attribute")
        if self.type not in TYPES:
            raise AnnotationError(
                f"attribute {self.name!r} has type {self.type!r}: "
                f"choose one of {', '.join(TYPES)}"
            )
        if self.per not in ("track", "frame"):
            raise AnnotationError(
                f"attribute {self.name!r} is per {self.per!r}: choose track or frame"
            )
        choices = tuple(self.choices)
        for choice in choices:
            as_text(choice, f"a choice of attribute {self.name!r}")
        if len(set(choices)) < len(choices):
            raise AnnotationError(f"attribute {self.name!r} offers a choice twice")
        if (self.type == "choice") != bool(choices):
            raise AnnotationError(
                f"attribute {self.name!r} of type {self.type!r} has "
                f"{len(choices)} choices: give choices to type 'choice' only"
            )
        object.__setattr__(self, "choices", choices)
        if self.default is not None:
            self.check(self.default)

    def check(self, value: Value) -> None:
        """Raise AnnotationError unless the value suits this attribute.

        Examples
        --------
        >>> Attribute("age", "number").check("old")
        Traceback (most recent call last):
        ...
        boxreel.errors.AnnotationError: attribute 'age': 'old' is not a number
        """
        as_value(value, f"attribute {self.name!r}")
        if self.type == "choice":
            if not any(same_value(value, choice) for choice in self.choices):
                raise AnnotationError(
                    f"attribute {self.name!r}: {value!r} is none of "
                    + ", ".join(self.choices)
                )
        elif self.type != _type_of(value):
            raise AnnotationError(
                f"attribute {self.name!r}: {value!r} is not a {self.type}"
            )


def _type_of(value: Value) -> str:
    if isinstance(value, str):
        return "text"
    return "boolean" if isinstance(value, bool) else "number"


@dataclass(frozen=True, slots=True)
class Label:
    """A class of objects.

    Parameters
    ----------
    name
        Its name, unique within the document.
    color
        "#rrggbb", or None to be given one from the palette.
    attributes
        What its tracks carry. A label that declares none lets its tracks carry any.

    Raises
    ------
    AnnotationError
        A colour of another form, or two attributes of one name.

    Examples
    --------
    >>> Label("car", "#ff8800").color
    '#ff8800'
    """

    name: str
    color: str | None = None
    attributes: tuple[Attribute, ...] = ()

    def __post_init__(self) -> None:
        as_text(self.name, "the name of a label")
        if self.color is not None and not (
            isinstance(self.color, str) and re.fullmatch("#[0-9a-fA-F]{6}", self.color)
        ):
            raise AnnotationError(
                f"the color of label {self.name!r} is {self.color!r}: write #rrggbb"
            )
        object.__setattr__(self, "attributes", tuple(self.attributes))
        names = [attribute.name for attribute in self.attributes]
        for name in names:
            if names.count(name) > 1:
                raise AnnotationError(
                    f"label {self.name!r} declares attribute {name!r} twice"
                )

    def declared(self, name: str) -> Attribute | None:
        """Find the declaration of an attribute.

        Returns
        -------
        Attribute or None
            None where the label declares no attributes at all.

        Raises
        ------
        AnnotationError
            The label declares others, but not this one.

        Examples
        --------
        >>> Label("person", attributes=(Attribute("name"),)).declared("name").type
        'text'
        """
        for attribute in self.attributes:
            if attribute.name == name:
                return attribute
        if self.attributes:
            known = ", ".join(repr(attribute.name) for attribute in self.attributes)
            raise AnnotationError(
                f"label {self.name!r} has no attribute {name!r}: it has {known}"
            )
        return None

    def check_steps(self, name: str, steps: Iterable[tuple[int, Value]]) -> None:
        """Raise AnnotationError unless a track of this label can carry the values.

        Parameters
        ----------
        name
            Name of the attribute.
        steps
            Pairs of frame and value; None stands for no value.

        Examples
        --------
        >>> person = Label("person", attributes=(Attribute("name"),))
        >>> person.check_steps("name", [(0, 7)])
        Traceback (most recent call last):
        ...
        boxreel.errors.AnnotationError: attribute 'name': 7 is not a text
        """
        attribute = self.declared(name)
        if attribute is None:
            return
        for frame, value in steps:
            if attribute.per == "track" and frame != 0:
                raise AnnotationError(
                    f"attribute {name!r} is fixed for the track: "
                    f"give it one value, not another from frame {frame} on"
                )
            if value is not None:
                attribute.check(value)
