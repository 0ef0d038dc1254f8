"""Supervisely's SDK reads a video's annotation by the meta of its project."""

import json
import math

import supervisely as sly
from common import FOLDER, FRAMES, TRUTH, rows, same

folder = FOLDER / "supervisely"
meta = sly.ProjectMeta.from_json(json.loads((folder / "meta.json").read_text()))
content = json.loads((folder / "street/ann/street.mp4.json").read_text())
ids = sly.KeyIdMap()
found = sly.VideoAnnotation.from_json(content, meta, ids)
width, height = TRUTH["size"]
assert (found.img_size, found.frames_count) == ((height, width), FRAMES)


def whole(sides):
    x, y, w, h = sides
    left, top = math.floor(x), math.floor(y)
    return [left, top, math.ceil(x + w) - left, math.ceil(y + h) - top]


boxes = {}
for figure in found.figures:
    shape = figure.geometry
    turn = math.degrees(getattr(shape, "angle", 0))
    sides = [shape.left, shape.top, shape.width, shape.height]
    id = ids.get_object_id(figure.video_object.key())
    boxes[figure.frame_index, id] = (figure.video_object.obj_class.name, [*sides, turn])
wanted = {
    (row["frame"], row["id"]): (row["label"], [*whole(row["box"][:4]), row["box"][4]])
    for row in rows()
}
same("supervisely", boxes, wanted)
[walker] = [one for one in found.objects if one.obj_class.name == "pedestrian"]
said = [(tag.name, tag.value, list(tag.frame_range)) for tag in walker.tags]
assert said == [
    ("occluded", None, [6, 11]),
    ("pose", "stands", [0, 5]),
    ("pose", "walks", [6, FRAMES - 1]),
], said
hidden = {row["frame"] for row in rows(occluded=True)}
assert hidden == set(range(6, 12))
[event] = found.tags
assert (event.name, list(event.frame_range)) == ("crossing", [4, 14])
