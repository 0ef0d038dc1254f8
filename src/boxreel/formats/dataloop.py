"""Dataloop's JSON of a video item: an object with snapshots, or a class over a while.

Frames count from 0, boxes are two opposite corners in pixels, and the last frame of an
object is among its frames. Its SDK holds a box until the next snapshot, so files that
are written list every frame, ``fixed`` where it is a keyframe.
"""

from __future__ import annotations

import re

from boxreel.formats.base import Format
from boxreel.formats.dataloop_dump import dump
from boxreel.formats.dataloop_parse import parse


def sniff(head: str) -> bool:
    """Tell whether it is JSON of snapshots, or of an item that is a video."""
    says = re.search(r'"(snapshots_|nb_read_frames)"\s*:', head)
    return head.lstrip().startswith(("[", "{")) and says is not None


FORMAT = Format(
    name="dataloop",
    extensions=(".dataloop.json",),
    sniff=sniff,
    parse=parse,
    dump=dump,
)
