"""V7's Darwin JSON 2.0 of a video: an annotation is an object, or a tag over a while.

Frames count from 0, boxes are in pixels, ``ranges`` and ``hidden_areas`` are half-open
(as V7's own exports are), and every frame that is listed is a keyframe.
"""

from __future__ import annotations

import re

from boxreel.formats.base import Format
from boxreel.formats.darwin_dump import dump
from boxreel.formats.darwin_parse import parse


def sniff(head: str) -> bool:
    """Tell whether it is a JSON object that names V7's schema or has its slots."""
    says = re.search(r'darwin_json|"slot_names?"\s*:', head)
    return head.lstrip().startswith("{") and says is not None


FORMAT = Format(
    name="darwin",
    extensions=(".darwin.json",),
    sniff=sniff,
    parse=parse,
    dump=dump,
)
