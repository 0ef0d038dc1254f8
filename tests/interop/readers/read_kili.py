"""Kili's SDK parses the response of a label.

It has no more what made such responses of key annotations: its server does that.
"""

import json

from common import FOLDER, TRUTH, rows, same, upright
from kili.utils.labels.parsing import ParsedLabel

JOB, CLASSES = "OBJECT_DETECTION_JOB", "CLASSIFICATION_JOB"
WIDTH, HEIGHT = TRUTH["size"]


def categories(*names, below=()):
    listed = {name: {"name": name, "children": list(below)} for name in names}
    return {"categories": listed, "input": "radio"}


INTERFACE = {
    "jobs": {
        JOB: {
            "content": categories("pedestrian", "car", below=["pose"]),
            "mlTask": "OBJECT_DETECTION",
            "tools": ["rectangle"],
            "isChild": False,
            "required": 0,
        },
        "pose": {
            "content": categories("stands", "walks"),
            "mlTask": "CLASSIFICATION",
            "isChild": True,
            "required": 0,
        },
        CLASSES: {
            "content": categories("crossing"),
            "mlTask": "CLASSIFICATION",
            "isChild": False,
            "required": 0,
        },
    }
}


def check(what, label):
    parsed = ParsedLabel(label, INTERFACE, "VIDEO")
    boxes, keyframes, crossing = {}, set(), []
    for number in range(TRUTH["frames"]):
        if parsed.jobs[CLASSES].frames[number].categories:
            crossing.append(number)
        for one in parsed.jobs[JOB].frames[number].annotations:
            corners = one.bounding_poly[0].normalized_vertices
            xs, ys = (
                [p["x"] * WIDTH for p in corners],
                [p["y"] * HEIGHT for p in corners],
            )
            sides = [min(xs), min(ys), max(xs) - min(xs), max(ys) - min(ys)]
            boxes[number, int(one.mid)] = (one.category.name, sides)
            keyframes |= {(number, int(one.mid))} if one.is_key_frame else set()
    same(what, boxes, upright())
    assert keyframes >= {(row["frame"], row["id"]) for row in rows(keyframe=True)}
    assert crossing == [*range(4, 15)]


[asset] = json.loads((FOLDER / "kili.json").read_text())
check("kili", asset["latestLabel"])
