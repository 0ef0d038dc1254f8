"""COCO for video: the dialects of TAO, CocoVID and YouTube-VIS.

TAO and CocoVID list a box a picture; one file holds the keys of both. YouTube-VIS
lists an object a video, with a box or null for each frame.
"""

from __future__ import annotations

import re

from boxreel.formats.base import Format
from boxreel.formats.coco_dump import dump
from boxreel.formats.coco_parse import parse


def sniff(head: str) -> bool:
    """Tell whether it is a JSON object with lists of images or videos."""
    listed = re.search(r'"(videos|images)"\s*:\s*\[', head)
    return head.lstrip().startswith("{") and listed is not None


FORMAT = Format(
    name="coco",
    extensions=(".coco.json",),
    sniff=sniff,
    parse=parse,
    dump=dump,
)
