"""DIVE JSON: tracks of keyframes ("features") in whole pixels, frames count from 0.

Between two features a box moves if the first says ``interpolate``, else it is absent.
"""

from __future__ import annotations

import re

from boxreel.formats.base import Format
from boxreel.formats.dive_dump import dump
from boxreel.formats.dive_parse import parse


def sniff(head: str) -> bool:
    """Tell whether it is a JSON object with tracks by id, or says how sure of them."""
    says = re.search(r'"confidencePairs"\s*:|"tracks"\s*:\s*\{', head)
    return head.lstrip().startswith("{") and says is not None


FORMAT = Format(
    name="dive", extensions=(".dive.json",), sniff=sniff, parse=parse, dump=dump
)
