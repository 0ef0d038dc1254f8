"""CVAT for video 1.1: XML with keyframes, plain or in a zip archive."""

from __future__ import annotations

from boxreel.formats import cvat_images
from boxreel.formats.base import Format
from boxreel.formats.cvat_dump import dump
from boxreel.formats.cvat_parse import parse


def sniff(head: str) -> bool:
    """Tell whether the root element is CVAT's, and it is not of images."""
    return "<annotations" in head and not cvat_images.sniff(head)


FORMAT = Format(
    name="cvat",
    extensions=(".xml", ".zip"),
    sniff=sniff,
    parse=parse,
    dump=dump,
    member="annotations.xml",
)
