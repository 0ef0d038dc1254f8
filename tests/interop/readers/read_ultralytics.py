"""Ultralytics' check of labels takes our five columns, and refuses those with ids.

The package imports torch; the check itself needs none, and is taken out of its file.
"""

import ast
import importlib.util
import os
from pathlib import Path

import numpy as np
from common import FOLDER, TRUTH, parts, same_boxes, upright
from PIL import Image, ImageOps

package = importlib.util.find_spec("ultralytics").submodule_search_locations[0]
source = (Path(package) / "data/utils.py").read_text("utf-8")
wanted = {"verify_image_label", "check_image", "exif_size", "IMG_FORMATS"}
names = {"os": os, "np": np, "Image": Image, "ImageOps": ImageOps, "Path": Path}
for node in ast.parse(source).body:
    targets = getattr(node, "targets", [node])
    if wanted & {getattr(one, "name", getattr(one, "id", "")) for one in targets}:
        code = "from __future__ import annotations\n" + ast.unparse(node)
        exec(compile(code, "ultralytics", "exec"), names)


def checked(picture, folder):
    part, images = picture.parent.name, picture.parent.parent
    label = images.parent / folder / part / f"{picture.stem}.txt"
    return names["verify_image_label"](
        (str(picture), str(label), "", False, len(CLASSES), 0, 0, False)
    )


CLASSES = ["pedestrian", "car", "crossing"]
width, height = TRUTH["size"]
found = []
for picture in sorted((FOLDER / "yolo/images/train").iterdir()):
    _, rows, shape, _, _, missing, _, _, corrupt, message = checked(picture, "labels")
    assert (missing, corrupt, message) == (0, 0, ""), message
    assert tuple(shape) == (height, width)
    for code, x, y, w, h in rows.tolist():
        box = ((x - w / 2) * width, (y - h / 2) * height, w * width, h * height)
        found.append((int(picture.stem.split("_")[-1]), CLASSES[int(code)], box))
    *_, corrupt, message = checked(picture, "labels_tracks")
    assert corrupt == 1, message
    assert "labels require 5 columns" in message, message
same_boxes("verify_image_label", found, upright(), 1e-3)
folder, counted = parts("yolo")
for part, counts in counted.items():
    pictures = sorted((folder / "images" / part).iterdir())
    found = [checked(picture, "labels") for picture in pictures]
    assert len(found) == counts["images"]
    assert sum(len(one[1]) for one in found) == counts["boxes"]
    assert all((one[5], one[8], one[9]) == (0, 0, "") for one in found)
