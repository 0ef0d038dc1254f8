"""Kili's JSON of a video asset, in both forms of its API.

``frames``: every frame is listed with its boxes, ``isKeyFrame`` where one is set.
``keys``: an annotation is an object, with its key annotations and the frames it is on.
Frames count from 0, corners are parts of the picture.
"""

from __future__ import annotations

import re

from boxreel.formats.base import Format
from boxreel.formats.kili_dump import dump
from boxreel.formats.kili_parse import parse


def sniff(head: str) -> bool:
    """Tell whether it is JSON with Kili's responses, corners or key annotations."""
    says = re.search(
        r'"(jsonResponse|latestLabel|normalizedVertices|keyAnnotations)"\s*:', head
    )
    return head.lstrip().startswith(("[", "{")) and says is not None


FORMAT = Format(
    name="kili",
    extensions=(".kili.json",),
    sniff=sniff,
    parse=parse,
    dump=dump,
)
