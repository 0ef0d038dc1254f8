"""What CVAT's files of videos and of images have in common: head, end and texts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Literal
from xml.sax.saxutils import escape, quoteattr

from boxreel.formats import cvat_terms as terms
from boxreel.formats.base import Target
from boxreel.formats.safe_xml import holdable
from boxreel.model import Annotation, Attribute, Label

INPUT_TYPE = {
    "choice": "select",
    "boolean": "checkbox",
    "number": "number",
    "text": "text",
}


def closed(lines: list[str], target: Target) -> str:
    """Return the document of its lines, closed.

    Raises
    ------
    FormatError
        If it holds a character that XML cannot hold.
    """
    return holdable("\n".join([*lines, "</annotations>", ""]), target)


def head(
    annotation: Annotation,
    target: Target,
    mode: Literal["interpolation", "annotation"],
    besides: Iterable[Attribute] = (),
) -> Iterator[str]:
    """Yield the lines of ``<meta>``.

    Parameters
    ----------
    annotation, target
        The labels and the file.
    mode
        "interpolation" of tracks, "annotation" of images.
    besides
        Attributes to declare that the labels do not have.

    Raises
    ------
    FormatError
        If a choice holds a new line.
    """
    video = annotation.video
    last = video.frame_count - 1
    yield from (
        "<version>1.1</version>",
        "<meta>",
        "<task>",
        "<id>1</id>",
        f"<name>{text_of(video.name)}</name>",
        f"<size>{video.frame_count}</size>",
        f"<mode>{mode}</mode>",
        "<overlap>0</overlap>",
        "<bugtracker></bugtracker>",
        "<start_frame>0</start_frame>",
        f"<stop_frame>{last}</stop_frame>",
        "<frame_filter></frame_filter>",
        "<segments>",
        f"<segment><id>1</id><start>0</start><stop>{last}</stop><url></url></segment>",
        "</segments>",
        "<labels>",
    )
    for label in annotation.labels:
        declared = [*_declared(label, annotation), *besides]
        yield from _label(label, declared, target)
    yield from (
        "</labels>",
        "<original_size>",
        f"<width>{video.width}</width>",
        f"<height>{video.height}</height>",
        "</original_size>",
        f"<source>{text_of(video.name)}</source>",
        "</task>",
        "</meta>",
    )


def _label(
    label: Label, declared: Iterable[Attribute], target: Target
) -> Iterator[str]:
    yield f"<label><name>{text_of(label.name)}</name>"
    if label.color:
        yield f"<color>{label.color}</color>"
    yield "<type>rectangle</type><attributes>"
    for attribute in declared:
        if any("\n" in choice for choice in attribute.choices):
            raise target.error(
                f"a choice of attribute {attribute.name!r} holds a new line, which "
                "separates choices in CVAT; rename it"
            )
        default = "" if attribute.default is None else attribute.default
        yield (
            f"<attribute><name>{text_of(attribute.name)}</name>"
            f"<mutable>{attribute.per == 'frame'}</mutable>"
            f"<input_type>{INPUT_TYPE[attribute.type]}</input_type>"
            f"<default_value>{text_of(terms.value_to_text(default))}</default_value>"
            f"<values>{text_of(chr(10).join(attribute.choices))}</values></attribute>"
        )
    yield "</attributes></label>"


def _declared(label: Label, annotation: Annotation) -> list[Attribute]:
    """Return the label's attributes and those its tracks have without."""
    known = {attribute.name: attribute for attribute in label.attributes}
    values: dict[str, set[type]] = {}
    for track in annotation.tracks.values():
        if track.label == label.name:
            for name in set(track.attributes) - set(known):
                kinds = {type(value) for _, value in track.attributes[name]}
                values.setdefault(name, set()).update(kinds - {type(None)})
    for name, kinds in sorted(values.items()):
        if kinds == {bool}:
            known[name] = Attribute(name, "boolean", per="frame")
        elif kinds and kinds <= {int, float}:
            known[name] = Attribute(name, "number", per="frame")
        else:
            known[name] = Attribute(name, "text", per="frame")
    return list(known.values())


def text_of(text: str) -> str:
    """Return a text as XML."""
    return escape(text, {"\r": "&#13;"})


def quoted(value: object) -> str:
    """Return a value as XML, in quotes."""
    return quoteattr(str(value))
