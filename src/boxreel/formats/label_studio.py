"""Label Studio's JSON of tasks with videos: annotations and predictions.

Boxes are in percent of the picture and turn about their upper left corner, frames count
from 1, and ``enabled`` says of a keyframe whether the object is there after it.
"""

from __future__ import annotations

import re

from boxreel.formats.base import Format
from boxreel.formats.label_studio_dump import dump
from boxreel.formats.label_studio_parse import parse


def sniff(head: str) -> bool:
    """Tell whether it is JSON with a list of results."""
    listed = re.search(r'"result"\s*:\s*\[', head)
    return head.lstrip().startswith(("[", "{")) and listed is not None


FORMAT = Format(
    name="label-studio",
    extensions=(".label-studio.json",),
    sniff=sniff,
    parse=parse,
    dump=dump,
)
