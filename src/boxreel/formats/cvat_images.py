"""CVAT for images 1.1: XML with boxes by image, plain or in a zip archive."""

from __future__ import annotations

import re

from boxreel.formats.base import Format
from boxreel.formats.cvat_images_dump import dump
from boxreel.formats.cvat_images_parse import parse


def sniff(head: str) -> bool:
    """Tell whether the root element is CVAT's, and images come in it first."""
    first = re.search(r"<track |<image |<mode>(interpolation|annotation)</mode>", head)
    images = first is not None and first.group() not in (
        "<track ",
        "<mode>interpolation</mode>",
    )
    return "<annotations" in head and images


FORMAT = Format(
    name="cvat-images",
    extensions=(".images.xml",),
    sniff=sniff,
    parse=parse,
    dump=dump,
    member="annotations.xml",
)
