"""supervision reads YOLO and COCO as data sets of detections."""

from pathlib import Path

from common import FOLDER, parts, same_boxes, upright
from supervision import DetectionDataset


def found(data):
    for path, _, detections in data:
        frame = int(Path(path).stem.split("_")[-1])
        rows = zip(detections.class_id, detections.xyxy.tolist(), strict=True)
        for code, (left, top, right, bottom) in rows:
            sides = (left, top, right - left, bottom - top)
            yield frame, data.classes[code], sides


yolo = DetectionDataset.from_yolo(
    images_directory_path=str(FOLDER / "yolo/images/train"),
    annotations_directory_path=str(FOLDER / "yolo/labels/train"),
    data_yaml_path=str(FOLDER / "yolo/data.yaml"),
)
coco = DetectionDataset.from_coco(
    images_directory_path=str(FOLDER / "coco/images/default"),
    annotations_path=str(FOLDER / "coco/annotations/instances_default.json"),
)
for name, data in (("from_yolo", yolo), ("from_coco", coco)):
    same_boxes(name, found(data), upright(), 1e-3)
for name in ("yolo", "coco"):
    folder, counted = parts(name)
    for part, counts in counted.items():
        images = str(folder / "images" / part)
        if name == "yolo":
            labels = str(folder / "labels" / part)
            data = DetectionDataset.from_yolo(
                images, labels, data_yaml_path=str(folder / "data.yaml")
            )
        else:
            labels = str(folder / f"annotations/instances_{part}.json")
            data = DetectionDataset.from_coco(images, labels)
        boxes = sum(len(detections) for _, _, detections in data)
        assert (len(data), boxes) == (counts["images"], counts["boxes"])
