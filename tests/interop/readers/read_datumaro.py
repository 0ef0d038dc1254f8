"""Datumaro recognises and reads MOT, CVAT, COCO, YOLO, VOC and its own JSON.

Its KITTI is of single pictures (``label_2``), another format than that of tracking.
"""

import datumaro
from common import FOLDER, FRAMES, TRUTH, parts, rows, same, same_boxes, turned, upright

NEAR = 0.011  # it rounds corners to 0.01


def items(folder, name, *also):
    fitting = datumaro.Environment().detect_dataset(str(FOLDER / folder))
    assert fitting == [name, *also]
    data = datumaro.Dataset.import_from(str(FOLDER / folder), name)
    assert len(data) == FRAMES, len(data)
    return data, data.categories()[datumaro.AnnotationType.label]


def found(folder, name, frame_of, first_id=0):
    data, names = items(folder, name)
    boxes = {}
    for item in data:
        shapes = [one for one in item.annotations if one.type.name != "polygon"]
        for number, one in enumerate(shapes):  # COCO has outlines beside its boxes
            id = one.attributes.get("track_id", -number) + first_id
            boxes[frame_of(item), id] = (names[one.label].name, one.get_bbox(), one)
    return boxes


def frame_in_attributes(item):
    return item.attributes["frame"]


mot = found("mot/street", "mot_seq", lambda item: int(item.id) - 1)
same("mot_seq", mot, upright(), NEAR)
hidden = {key for key, (_, _, one) in mot.items() if one.attributes["occluded"]}
assert hidden == {(row["frame"], row["id"]) for row in rows(occluded=True)}

cvat = found("cvat", "cvat", frame_in_attributes, 1)
inside = {key: one for key, one in cvat.items() if not one[2].attributes["outside"]}
straight = {key for key, (_, box) in turned().items() if box[4] == 0}
boxes = {key: one for key, one in inside.items() if key in straight}
same("cvat", boxes, {key: upright()[key] for key in straight}, 2 * NEAR)
for key in set(inside) - straight:
    x, y, w, h, angle = turned()[key][1]
    near = zip(inside[key][2].points, (x + w / 2, y + h / 2, w, h, angle), strict=True)
    assert max(abs(a - b) for a, b in near) < 0.011, (key, inside[key])
keyframes = {key for key, (_, _, one) in inside.items() if one.attributes["keyframe"]}
assert keyframes == {(row["frame"], row["id"]) for row in rows(keyframe=True)}
assert inside[6, 1][2].attributes["pose"] == "walks"

images = found("cvat-images", "cvat", frame_in_attributes)
same(
    "cvat-images",
    {key: images[key] for key in straight},
    {k: upright()[k] for k in straight},
    2 * NEAR,
)
assert set(images) == set(turned())

own = found("datumaro", "datumaro", frame_in_attributes)
wanted = {key: (label, box[:4]) for key, (label, box) in turned().items()}
same("datumaro", own, wanted, NEAR)

voc, names = items("voc", "voc", "voc_classification", "voc_detection")
listed = [
    (int(item.id), names[one.label].name, one.get_bbox())
    for item in voc
    for one in item.annotations
]
same_boxes("voc", listed, upright(), 2 * NEAR)

for folder, name in (("coco", "coco_instances"), ("yolo", "yolo")):
    boxes = found(folder, name, lambda item: int(item.id.split("_")[-1]))
    listed = [(key[0], label, box) for key, (label, box, _) in boxes.items()]
    same_boxes(name, listed, upright(), 2 * NEAR)

for name in ("coco", "voc", "datumaro", "yolo"):
    folder, counted = parts(name)
    kind = {"coco": "coco_instances"}.get(name, name)
    data = datumaro.Dataset.import_from(str(folder), kind)
    for part, counts in counted.items():
        mine = [item for item in data if item.subset == part]
        boxes = [a for item in mine for a in item.annotations if a.type.name == "bbox"]
        assert (len(mine), len(boxes)) == (counts["images"], counts["boxes"])
        sizes = {item.media.data.shape[1::-1] for item in mine}
        assert sizes == {tuple(TRUTH["size"])}
    print(name, "data set", len(data), "images")
folder, counted = parts("mot")
for part, counts in counted.items():
    (sequence,) = (folder / part).iterdir()
    data = datumaro.Dataset.import_from(str(sequence), "mot_seq")
    assert sum(len(item.annotations) for item in data) == counts["boxes"]
    assert {item.media.data.shape[1::-1] for item in data} == {tuple(TRUTH["size"])}
