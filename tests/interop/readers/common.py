"""What every reader needs: the folder, the truth, and the comparison with it.

Readers run in environments that have neither boxreel nor, maybe, numpy.
"""

import json
import sys
from pathlib import Path

FOLDER = Path(sys.argv[1])
TRUTH = json.loads((FOLDER / "truth.json").read_text())
FRAMES = TRUTH["frames"]


def parts(format):
    """The folder of a data set, and how much its data card says is in each part."""
    folder = FOLDER / "datasets" / format
    return folder, json.loads((folder / "datacard.json").read_text())["parts"]


def upright(**only):
    """Upright boxes x, y, w, h around the true ones, by frame and id."""
    return {
        (row["frame"], row["id"]): (row["label"], _sides(row["corners"]))
        for row in rows(**only)
    }


def turned(**only):
    """True boxes x, y, w, h, rotation, by frame and id."""
    return {
        (row["frame"], row["id"]): (row["label"], row["box"]) for row in rows(**only)
    }


def rows(**only):
    """Rows of the truth in which all these keys have these values."""
    return [row for row in TRUTH["rows"] if all(row[key] == only[key] for key in only)]


def _sides(corners):
    left, top, right, bottom = corners
    return [left, top, right - left, bottom - top]


def same(what, found, wanted, tolerance=1e-6):
    """Check that boxes by key, as ``(label, numbers)``, are those wanted."""
    assert set(found) == set(wanted), (
        what,
        sorted(set(found) - set(wanted), key=str)[:3],
        sorted(set(wanted) - set(found), key=str)[:3],
    )
    for key, (label, box) in wanted.items():
        assert found[key][0] == label, (what, key, found[key], label)
        far = max(abs(a - b) for a, b in zip(found[key][1], box, strict=True))
        assert far <= tolerance, (what, key, found[key][1], box)
    print(what, len(found), "boxes")


def same_boxes(what, found, wanted, tolerance=1e-6):
    """Check boxes without ids, as ``(frame, label, numbers)``, in any order."""
    boxes = {}
    for frame, label, box in found:
        near = [
            key
            for key, (name, other) in wanted.items()
            if (key[0], name) == (frame, label)
            and max(abs(a - b) for a, b in zip(box, other, strict=True)) <= tolerance
        ]
        assert near, (what, frame, label, box)
        boxes[near[0]] = (label, box)
    same(what, boxes, wanted, tolerance)
