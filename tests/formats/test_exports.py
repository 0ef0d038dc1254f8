"""Every file among the samples of other tools: read, or said why it cannot be."""

import os
from pathlib import Path

import pytest

from boxreel import formats
from boxreel.model import VideoInfo

FOLDER = Path(os.environ.get("BOXREEL_TEST_DATA", "/none")) / "exports"
FILES = sorted(
    path.relative_to(FOLDER).as_posix() for path in FOLDER.rglob("*") if path.is_file()
)
HD = VideoInfo.constant("clip", 1920, 1080, 4_000, fps=30)
"""Of files that do not say the size of their picture."""

READ = {
    "coco-image/A-instances_train.json": ("coco", 1, {}),
    "coco-video/A-demo_cocovid_data-ann.json": ("coco", 5, {}),
    "coco-video/A-demo_vis_data-ann.json": ("coco", 1, {}),
    "cvat/A-mot-emtracker/gt.txt": ("mot", 2, {}),
    "cvat/A-video-dagshub.xml": ("cvat", 2, {}),
    "cvat/A-video-datumaro.xml": ("cvat", 1, {}),
    "cvat/A-video-job-export-20tracks.xml": ("cvat", 20, {}),
    "cvat/A-yolo11-1_Abandonment.zip": ("yolo", 1968, {"video": HD}),
    "dataloop/A-docs-video-annotation.json": ("dataloop", 1, {}),
    "dataloop/A-hamster.json": ("dataloop", 0, {}),
    "dive/A-viame_example_detections.csv": ("viame", 992, {}),
    "kili/A-interpolation-case-1.json": ("kili", 2, {"video": HD}),
    "kili/A-interpolation-case-10.json": ("kili", 2, {"video": HD}),
    "kili/A-interpolation-case-12.json": ("kili", 1, {"video": HD}),
    "kili/A-interpolation-case-9.json": ("kili", 1, {"video": HD}),
    "kili/A-video_project_assets.json": ("kili", 1, {}),
    "kili/A-video_project_assets_unnormalized.json": ("kili", 1, {}),
    "kitti/A-raw_tracklet_labels.xml": ("kitti-raw", 0, {}),
    "label-studio/A-dagshub-sample_task.json": ("label-studio", 2, {}),
    "label-studio/A-opossum_snow_short_1.json": ("label-studio", 16, {"video": HD}),
    "label-studio/A-video_bboxes-annotation.json": ("label-studio", 3, {"video": HD}),
    "labelbox/A-video_export_v1.json": ("labelbox", 7, {}),
    "mot/A-datumaro/gt.txt": ("mot", 1, {}),
    "mots/A-train-1.png": ("mots", 3, {}),
    "mots/A-train-2.png": ("mots", 1, {}),
    "other/A-detrac.xml": ("detrac", 1, {}),
    "scalabel/A-bdd100k_example_annotation.json": ("scalabel", 0, {}),
    "scalabel/A-kitti_tracking.json": ("scalabel", 7, {"clip": "image_02_0001"}),
    "scalabel/A-scalabel_box_track.json": ("scalabel", 4, {}),
    "v7/A-mini_uct_with_properties.json": ("darwin", 1, {}),
    "v7/A-single_slotted_video.json": ("darwin", 5, {}),
    "via/A-VIA_JSON_1.json": ("via", 4440, {}),
    "via/A-tracks_gt_test.csv": ("via", 2, {}),
    "vidat/A-example.json": ("vidat", 37, {}),
}
"""Format, number of tracks and options of each file of boxes on pictures."""

BESIDE = {
    "cvat/A-mot-emtracker/labels.txt": "gt.txt names its classes by it",
    "mot/A-datumaro/labels.txt": "gt.txt names its classes by it",
    "mot/A-datumaro/seqinfo.ini": "gt.txt has its video from it",
    "label-studio/A-video_bboxes-config.xml": "the labelling config, without a box",
    "mots/A-labels.txt": "names of classes of the pictures beside it",
    "dive/A-viame.spec.json": "pairs of two files each: test_viame_and_dive",
    "dive/A-attributes.spec.json": "pairs of two files each: test_viame_and_dive",
}
"""Files that are no label file by themselves, and what they are."""


@pytest.mark.skipif(not FILES, reason="BOXREEL_TEST_DATA names no folder of samples")
def test_every_file_is_accounted_for():
    assert sorted([*READ, *BESIDE]) == FILES


@pytest.mark.parametrize("name", FILES)
def test_every_sample_is_read(name):
    if name not in BESIDE:
        format, tracks, options = READ[name]
        labels, report = formats.read_report(FOLDER / name, **options)
        assert (report.format, len(labels.tracks)) == (format, tracks)
        boxes = labels.dense()
        dropped = sum(note.count for note in report.of_kind("dropped"))
        assert len(boxes) or labels.events or dropped or not tracks
