"""Read XML that others wrote: no entities, no rules of its own, lines in errors."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import NoReturn
from xml.etree.ElementTree import Element, TreeBuilder
from xml.parsers import expat

from boxreel.formats.base import Source, Target

LINE = ""
"""Key under which an element's attributes carry its line; no XML name is empty."""

MAX_DEPTH = 32

NO_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def read_elements(
    source: Source, tag: str, handle: Callable[[Element], None]
) -> Element:
    """Parse XML, hand over each element `tag` below the root and forget it.

    Parameters
    ----------
    source
        The file.
    tag, handle
        `handle` is called with every complete ``<tag>`` directly below the root,
        which is emptied afterwards, so that memory holds one at a time.

    Returns
    -------
    Element
        The root with all the rest.

    Raises
    ------
    FormatError
        If it is not well-formed, declares entities or a document type that is more
        than a name, or nests more than `MAX_DEPTH` deep.

    Examples
    --------
    >>> root = read_elements(
    ...     Source("a.xml", "<all><box n='1'/><meta/></all>"), "box",
    ...     lambda box: print(box.get("n"), line_of(box)))
    1 1
    >>> root[1].tag
    'meta'
    """
    parser = expat.ParserCreate("utf-8")
    builder = TreeBuilder()
    depth = 0

    def start(name: str, attributes: dict[str, str]) -> None:
        nonlocal depth
        depth += 1
        if depth > MAX_DEPTH:
            raise source.error("elements nest too deep", parser.CurrentLineNumber)
        attributes[LINE] = str(parser.CurrentLineNumber)
        builder.start(name, attributes)

    def end(name: str) -> None:
        nonlocal depth
        depth -= 1
        element = builder.end(name)
        if depth == 1 and name == tag:
            handle(element)
            element.clear()

    def refuse_all_but_a_name(
        _: str, system: str | None, public: str | None, inside: bool
    ) -> None:
        if system is not None or public is not None or inside:
            refuse()

    def refuse(*_: object) -> NoReturn:
        raise source.error(
            "document types and entities are not read; remove the <!DOCTYPE ...>",
            parser.CurrentLineNumber,
        )

    parser.StartElementHandler = start
    parser.EndElementHandler = end
    parser.CharacterDataHandler = builder.data
    parser.StartDoctypeDeclHandler = refuse_all_but_a_name
    parser.EntityDeclHandler = refuse
    parser.buffer_text = True
    try:
        parser.Parse(source.text.encode("utf-8"), True)
    except expat.ExpatError as error:
        message = f"damaged XML: {expat.ErrorString(error.code)}"
        raise source.error(
            f"{message} (column {error.offset + 1})", error.lineno
        ) from error
    return builder.close()


def holdable(text: str, target: Target) -> str:
    """Return the text of a document that is written.

    Raises
    ------
    FormatError
        If it holds a character that XML cannot hold.

    Examples
    --------
    >>> holdable("<a/>", Target("a.xml"))
    '<a/>'
    """
    bad = NO_XML.search(text)
    if bad:
        line = text[text.rfind("\n", 0, bad.start()) + 1 :].split("\n")[0]
        raise target.error(
            f"XML cannot hold the character {bad.group()!r} in {line[:80]!r}; "
            "rename what contains it"
        )
    return text


def line_of(element: Element) -> int:
    """Return the 1-based line on which an element starts."""
    return int(element.attrib[LINE])
