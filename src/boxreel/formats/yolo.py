"""YOLO: a text file a frame, ``class cx cy w h``, in fractions of the picture.

Two sets of labels are kept apart: ``labels`` with five columns is what is trained on,
``labels_tracks`` has the id of the track as a sixth.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import PurePosixPath

from boxreel.formats.base import Format
from boxreel.formats.yolo_dump import dump
from boxreel.formats.yolo_parse import NAMES, TRACKED, parse


def spread(members: Sequence[str]) -> list[str]:
    """Return the label files and those that name the classes.

    >>> spread(["data.yaml", "images/a_1.jpg", "labels/train/a_1.txt"])
    ['data.yaml', 'labels/train/a_1.txt']
    """
    paths = [PurePosixPath(one) for one in members]
    if any(one.name in ("gt.txt", "det.txt", "seqinfo.ini") for one in paths):
        return []
    texts = [one for one in paths if re.search(r"\d\.txt$", one.name)]
    for folder in (TRACKED, "labels", "obj_train_data"):
        inside = [one for one in texts if folder in one.parts[:-1]]
        if inside:
            named = [one for one in paths if one.name in NAMES]
            return [str(one) for one in (*named, *inside)]
    return [] if len(texts) < len(paths) else [str(one) for one in texts]


FORMAT = Format(
    name="yolo",
    extensions=(),
    sniff=lambda head: False,
    parse=parse,
    dump=dump,
    member="data.yaml",
    spread=spread,
)
