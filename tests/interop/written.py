"""The labels that other tools are to read, in every format, and what is true of them.

Everything lies inside the picture, and names are plain: what a tool refuses is to be a
fault of the format, not of hostile labels.
"""

import json

import numpy as np
from PIL import Image

from boxreel import formats
from boxreel.dataset import export_dataset
from boxreel.dataset.layouts import LAYOUTS
from boxreel.geometry import hull
from boxreel.model import (
    Annotation,
    Attribute,
    Event,
    Keyframes,
    Label,
    Track,
    VideoInfo,
)
from boxreel.video import open_video

WIDTH, HEIGHT, FRAMES = 640, 480, 24
POSE = Attribute("pose", "choice", choices=("stands", "walks"), per="frame")


def labels():
    """Three tracks: one ends and is occluded, one has a gap, one turns."""
    walker = Keyframes(
        [0, 6, 12, 20],
        [
            *([40, 60, 50, 120, 0], [70, 60, 50, 120, 0]),
            *([99.5, 61, 52, 121, 0], [140, 62, 50, 120, 0]),
        ],
        outside=[False, False, False, True],
        occluded=[False, True, False, False],
    )
    parked = Keyframes(
        [3, 8, 14],
        [[300, 200, 120, 60, 0], [330, 200, 120, 60, 0], [350, 210, 120, 60, 0]],
        outside=[False, True, False],
    )
    turning = Keyframes(
        [0, 23], [[400, 300, 100, 50, 0], [440, 310, 100, 50, 30]], scores=[0.5, 0.75]
    )
    return Annotation(
        VideoInfo.constant("street.mp4", WIDTH, HEIGHT, FRAMES, fps=30000 / 1001),
        (Label("pedestrian", "#d04040", (POSE,)), Label("car"), Label("crossing")),
        {
            1: Track(1, "pedestrian", walker, {"pose": ((0, "stands"), (6, "walks"))}),
            2: Track(2, "car", parked),
            3: Track(3, "car", turning),
        },
        (Event(1, "crossing", 4, 15, (1,), {"said": "mind the car"}),),
    )


def write(folder):
    """Write the labels in every format into `folder`, and ``truth.json``.

    Below ``datasets`` they are with their images, of two clips in two parts.
    """
    annotation = labels()
    boxes = annotation.dense()
    corners = hull(boxes.box).tolist()
    truth = {
        "size": [WIDTH, HEIGHT],
        "frames": FRAMES,
        "fps": annotation.video.fps,
        "rows": [
            {
                "frame": frame,
                "id": id,
                "label": boxes.labels[id],
                "box": boxes.box[i].tolist(),
                "corners": corners[i],
                "occluded": bool(boxes.occluded[i]),
                "keyframe": bool(boxes.keyframe[i]),
            }
            for i, (frame, id) in enumerate(
                zip(boxes.frame.tolist(), boxes.track.tolist(), strict=True)
            )
        ],
    }
    (folder / "truth.json").write_text(json.dumps(truth))
    for name, options in FILES.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        formats.write(annotation, folder / name, **options)
    shape = (FRAMES, HEIGHT, WIDTH)
    videos = [open_video(np.full(shape, grey, dtype=np.uint8)) for grey in (9, 99)]
    (folder / "datasets").mkdir()
    for name in LAYOUTS:
        place = folder / "datasets" / name
        export_dataset([annotation] * 2, videos, place, format=name, split=0.5)
    for frame in range(FRAMES):
        picture = Image.fromarray(np.full((HEIGHT, WIDTH), 9 * frame, dtype=np.uint8))
        for name in PICTURES:
            path = folder / name.format(frame)
            path.parent.mkdir(parents=True, exist_ok=True)
            picture.save(path)


PICTURES = (
    "yolo/images/train/street_{:06d}.jpg",
    "coco/images/default/{:06d}.jpg",
    "cvat-images/images/{:06d}.jpg",
    "voc/JPEGImages/{:06d}.jpg",
)
FILES = {
    "mot/street/gt/gt.txt": {"format": "mot", "companions": True},
    "mot15/street/gt/gt.txt": {"format": "mot", "kind": "mot15", "companions": True},
    "results/street.txt": {"format": "mot", "kind": "results"},
    "cvat/annotations.xml": {"format": "cvat"},
    "cvat-images/annotations.xml": {
        "format": "cvat-images",
        "file_name": "{frame:06d}.jpg",
    },
    "kitti/label_02/0000.txt": {"format": "kitti"},
    "coco/annotations/instances_default.json": {"format": "coco"},
    "ours.results.json": {},
    "youtube_vis.json": {"format": "coco", "dialect": "youtube_vis"},
    "datumaro/annotations/default.json": {"format": "datumaro"},
    "yolo": {"format": "yolo"},
    "a.csv": {},
    "a.parquet": {},
    "a.arrow": {},
    "label-studio.json": {"format": "label-studio"},
    "darwin.json": {"format": "darwin"},
    "dataloop.json": {"format": "dataloop"},
    "supervisely/street/ann/street.mp4.json": {
        "format": "supervisely",
        "companions": True,
    },
    "voc": {"format": "voc"},
    "kili.json": {"format": "kili"},
    "kili_keys.json": {"format": "kili", "form": "keys"},
    "a.vtt": {},
    "a.eaf": {},
    "a.viame.csv": {},
    "a.dive.json": {},
}
