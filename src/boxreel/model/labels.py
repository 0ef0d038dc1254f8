"""Labels and the attributes that their tracks and events carry."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final, Literal, TypeAlias

from boxreel.errors import AnnotationError
from boxreel.model.checks import Value, all_of, as_text, as_value, same_value

AttributeType: TypeAlias = Literal["text", "number", "boolean", "choice"]
Per: TypeAlias = Literal["track", "frame"]
Use: TypeAlias = Literal["track", "event", "both"]

TYPES: Final = ("text", "number", "boolean", "choice")
USES: Final = ("track", "event", "both")


@dataclass(frozen=True, slots=True)
class Attribute:
    """Something to be said of each track, or event, of a label, or of the clip.

    Parameters
    ----------
    name
        Its name, unique within the label.
    type
        "text", "number", "boolean" or "choice".
    choices
        The texts to choose from, for type "choice" only.
    default
        The value that a new track gets; None for no value.
    per
        "track": one value for the whole track; "frame": may change over frames. An
        event, and the clip, have one value in any case.

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
        What its tracks and events carry. Where it declares none, they may carry any.
    parent
        Name of the label it is a kind of, or None.
    key
        The one character that chooses it by keyboard, or None.
    use
        What the editor offers it for: "track", "event" or "both".

    Raises
    ------
    AnnotationError
        A colour or a key of another form, or two attributes of one name.

    Examples
    --------
    >>> Label("car", "#ff8800").color
    '#ff8800'
    """

    name: str
    color: str | None = None
    attributes: tuple[Attribute, ...] = ()
    parent: str | None = None
    key: str | None = None
    use: Use = "track"

    def __post_init__(self) -> None:
        as_text(self.name, "the name of a label")
        if self.color is not None and not (
            isinstance(self.color, str) and re.fullmatch("#[0-9a-fA-F]{6}", self.color)
        ):
            raise AnnotationError(
                f"the color of label {self.name!r} is {self.color!r}: write #rrggbb"
            )
        attributes = unique_attributes(self.attributes, f"label {self.name!r}")
        object.__setattr__(self, "attributes", attributes)
        if self.parent is not None:
            as_text(self.parent, f"the parent of label {self.name!r}")
        if self.key is not None and not _is_key(self.key):
            raise AnnotationError(
                f"the key of label {self.name!r} is {self.key!r}: give one character"
            )
        if self.use not in USES:
            raise AnnotationError(
                f"label {self.name!r} is for use {self.use!r}: "
                f"choose one of {', '.join(USES)}"
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
        return attribute_of(self.attributes, name, f"label {self.name!r}")

    def starting_values(self) -> dict[str, Value]:
        """Values that a new track gets: the defaults, by name.

        Examples
        --------
        >>> wheels = Attribute("wheels", "number", default=4)
        >>> Label("car", attributes=(wheels,)).starting_values()
        {'wheels': 4}
        """
        return {
            attribute.name: attribute.default
            for attribute in self.attributes
            if attribute.default is not None
        }

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


def attribute_of(
    attributes: Iterable[Attribute], name: str, whose: str
) -> Attribute | None:
    """Find the declaration of an attribute; None where none is declared at all.

    Raises
    ------
    AnnotationError
        Others are declared, but not this one.

    Examples
    --------
    >>> attribute_of((Attribute("weather"),), "wether", "the clip")
    Traceback (most recent call last):
    ...
    boxreel.errors.AnnotationError: the clip has no attribute 'wether': it has 'weather'
    """
    known = []
    for attribute in attributes:
        if attribute.name == name:
            return attribute
        known.append(repr(attribute.name))
    if known:
        raise AnnotationError(
            f"{whose} has no attribute {name!r}: it has {', '.join(known)}"
        )
    return None


def unique_attributes(
    attributes: Iterable[Attribute], whose: str
) -> tuple[Attribute, ...]:
    """Take declarations of attributes, each name once.

    Examples
    --------
    >>> unique_attributes([Attribute("pose")], "label 'person'")[0].name
    'pose'
    """
    given = all_of(Attribute, attributes)
    names = [attribute.name for attribute in given]
    for name in names:
        if names.count(name) > 1:
            raise AnnotationError(f"{whose} declares attribute {name!r} twice")
    return given


def _is_key(key: object) -> bool:
    return isinstance(key, str) and len(key) == 1 and not key.isspace()


def label_list(labels: Iterable[str | Label]) -> list[str | Label]:
    """Return what somebody gave as labels, names among them, as a list.

    Raises
    ------
    AnnotationError
        If it is a text, or nothing that can be gone through.

    Examples
    --------
    >>> label_list(("car", "person"))
    ['car', 'person']
    """
    if isinstance(labels, str):
        raise AnnotationError(f"labels is the text {labels!r}: give a list of names")
    if not isinstance(labels, Iterable):
        raise AnnotationError(
            f"labels is {labels!r:.100}: give a list of names, such as ['car']"
        )
    return list(labels)
