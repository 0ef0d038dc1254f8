"""MOTChallenge text: one row a box, ``frame, id, left, top, width, height, ...``.

Four kinds of file share the name: ground truth of 9 columns (``gt``) and of 10
(``mot15``), detections (``det``, id -1) and tracker results (``results``).
"""

from __future__ import annotations

from boxreel.formats.base import Format
from boxreel.formats.mot_dump import dump
from boxreel.formats.mot_parse import parse


def sniff(head: str) -> bool:
    """Tell whether the first line is a row of 6, 7, 9 or 10 numbers."""
    fields = head.lstrip().split("\n", 1)[0].split(",")
    try:
        return len([float(field) for field in fields]) in (6, 7, 9, 10)
    except ValueError:
        return False


FORMAT = Format(
    name="mot",
    extensions=(".txt",),
    sniff=sniff,
    parse=parse,
    dump=dump,
    member="gt/gt.txt",
    companions=("labels.txt", "seqinfo.ini", "../seqinfo.ini"),
)
