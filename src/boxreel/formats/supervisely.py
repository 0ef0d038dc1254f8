"""Supervisely's JSON of a video: figures frame by frame, tags over ranges of frames.

Frames count from 0. Rectangles are in whole pixels and their right and bottom pixels
belong to them, as the last frame of a range does. What classes and tags are is in the
project's ``meta.json``, two folders above an annotation in ``ann``, else beside it.
A project is read as it is exported, as a tar or zip archive: ``clip=`` names the video
where there are several.
"""

from __future__ import annotations

import re

from boxreel.formats.base import Format
from boxreel.formats.supervisely_dump import dump
from boxreel.formats.supervisely_parse import META, parse


def sniff(head: str) -> bool:
    """Tell whether it has Supervisely's objects, and no points as its pictures have."""
    says = re.search(r'"(framesCount|objectKey)"\s*:', head)
    objects = '"classTitle"' in head and '"points"' not in head
    return head.lstrip().startswith("{") and (says is not None or objects)


FORMAT = Format(
    name="supervisely",
    extensions=(".supervisely.json",),
    sniff=sniff,
    parse=parse,
    dump=dump,
    member="ann/*.json",
    companions=META,
)
