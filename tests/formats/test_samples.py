"""Real exports of other tools load, with the numbers they are known to have."""

import os
from pathlib import Path

import numpy as np
import pytest

from boxreel import formats
from boxreel.errors import BoxreelWarning
from boxreel.model import Label, VideoInfo

OWN = Path(__file__).parent.parent / "data"


@pytest.fixture(scope="module")
def data():
    folder = os.environ.get("BOXREEL_TEST_DATA")
    if not folder:
        pytest.skip("BOXREEL_TEST_DATA names no folder with real material")
    return Path(folder)


def kinds(report):
    return [(note.kind, note.text.split(":")[0], note.count) for note in report.notes]


def test_cvat_job_export(data):
    path = data / "exports/cvat/A-video-job-export-20tracks.xml"
    a, report = formats.read_report(path)
    assert (a.video.frame_count, a.video.width, a.video.height) == (221, 1280, 720)
    assert a.video.name == "A-video-job-export-20tracks"
    assert list(a.tracks) == list(range(1, 21))
    assert [label.name for label in a.labels] == ["person", "car"]
    assert a.labels[0].color == "#c06060"
    assert sum(len(track.keyframes) for track in a.tracks.values()) == 1741
    assert len(a.dense()) == 1751 - 11
    assert a.tracks[5].spans() == [(0, 3)]
    assert a.tracks[9].spans() == [(21, None)]
    assert a.tracks[7].label == "car"
    box = a.tracks[1].at(0)
    np.testing.assert_allclose(box.row, (731.44, 259.31, 167.25, 424.45, 0))
    assert kinds(report) == [("guessed", "30 frames a second; pass video=", 1)]


def test_cvat_export_with_other_shapes_and_a_frame_step(data):
    a, report = formats.read_report(data / "exports/cvat/A-video-datumaro.xml")
    assert (a.video.frame_count, a.video.width, a.video.height) == (20, 25, 20)
    assert a.video.name == "t.mp4"
    assert list(a.tracks) == [1]
    assert a.tracks[1].keyframes.frames.tolist() == [10, 13, 16]
    assert a.tracks[1].spans() == [(10, 13)]
    assert a.tracks[1].occluded_at(12)
    (attribute,) = a.labels[0].attributes
    assert (attribute.name, attribute.choices) == ("hgl", ("jk", "hgkf"))
    assert (attribute.default, attribute.per) == ("jk", "frame")
    assert [row for row in kinds(report) if row[0] == "dropped"] == [
        ("dropped", "points", 2),
        ("dropped", "track without boxes", 2),
        ("dropped", "polyline", 2),
    ]


def test_cvat_export_without_labels_and_with_boxes_out_of_line(data):
    a, report = formats.read_report(data / "exports/cvat/A-video-dagshub.xml")
    assert [label.name for label in a.labels] == ["person", "car"]
    assert a.tracks[1].keyframes.frames.tolist() == [0, 3]
    assert a.tracks[2].spans() == [(0, 3), (4, None)]
    (dropped,) = report.of_kind("dropped")
    assert "not the interpolated one" in dropped.text
    assert (dropped.count, dropped.place) == (2, "line 23")


def test_cvat_mot_export(data):
    a, report = formats.read_report(data / "exports/cvat/A-mot-emtracker/gt.txt")
    assert report.counts["boxes"] == len(a.dense()) == 1793
    assert [label.name for label in a.labels] == ["car", "person"]
    assert {track.label for track in a.tracks.values()} == {"car"}
    assert list(a.tracks) == [1, 2]
    assert a.tracks[1].start == 9
    assert a.tracks[1].at(9).x == 209.65
    assert int(a.dense().occluded.sum()) == 283
    assert report.of_kind("dropped") == ()


def test_mot_with_seqinfo_and_labels(data):
    a, report = formats.read_report(data / "exports/mot/A-datumaro/gt.txt")
    assert a.video.name == "Test"
    assert (a.video.width, a.video.height, a.video.frame_count) == (16, 16, 1)
    assert len(a.labels) == 10
    assert a.tracks[1].label == "label_2"
    assert a.tracks[1].at(0).row == (0, 4, 4, 8, 0)
    assert kinds(report) == [
        (
            "guessed",
            "rows without an id (-1) are tracks of one frame; link=True links them",
            1,
        )
    ]


def test_mot17(data):
    a, report = formats.read_report(data / "tracking/A-mot17-02-gt/gt.txt")
    assert report.counts["boxes"] == len(a.dense()) == 30003
    assert a.video.frame_count == 600
    ignored = sum(
        track.attribute_at("ignored", frame) is True
        for track in a.tracks.values()
        for frame in range(600)
        if track.at(frame) is not None
    )
    assert ignored == 11422
    walkers = [t.id for t in a.tracks.values() if t.label == "pedestrian"]
    assert int(np.isin(a.dense().track, walkers).sum()) == 18581
    (lost,) = report.of_kind("lost")
    assert "visibility" in lost.text


@pytest.mark.parametrize(
    ("name", "frames", "boxes", "tracks", "scored"),
    [
        ("A-tud-campus/gt.txt", 71, 359, 8, False),
        ("A-tud-campus/result.txt", 71, 222, None, False),
        ("A-pets09-s2l1/derived-gt-mot.txt", 795, 4650, 19, False),
        ("A-pets09-s2l1/derived-gt-cropped-mot.txt", 795, 3955, None, False),
        ("A-pets09-s2l1/res-mot15-devkit.txt", 795, 4477, None, False),
        ("A-pets09-s2l1/det-mot15.txt", 795, 4359, 4359, True),
    ],
)
def test_mot15(data, name, frames, boxes, tracks, scored):
    path = data / "tracking" / name
    with pytest.warns(BoxreelWarning, match="object"):
        a = formats.read(path)
    table = a.dense()
    assert (a.video.frame_count, len(table)) == (frames, boxes)
    assert tracks in (None, len(a.tracks))
    assert (~np.isnan(table.score)).any() == scored
    rows = np.loadtxt(path, delimiter=",")
    rows = rows[np.lexsort((rows[:, 3], rows[:, 2], rows[:, 0]))]
    order = np.lexsort((table.y, table.x, table.frame))
    np.testing.assert_array_equal(table.frame[order], rows[:, 0] - 1)
    np.testing.assert_array_equal(table.box[order, :4], rows[:, 2:6])


def test_own_samples():
    a, report = formats.read_report(OWN / "cvat" / "street.xml")
    assert report.of_kind("dropped") == ()
    walker, car, van = a.tracks.values()
    assert walker.spans() == [(0, 20), (30, None)]
    assert walker.attribute_at("pose", 9) == "walking"
    assert walker.attribute_at("pose", 10) == "running"
    assert walker.attribute_at("name", 0) == 'Ann "the <fast> & loud"'
    assert car.at(10).rotation == -10
    assert car.occluded_at(10)
    assert not car.occluded_at(9)
    assert [track.group for track in (walker, car, van)] == [None, 7, 7]
    b, report = formats.read_report(OWN / "mot" / "gt" / "gt.txt")
    assert report.notes == ()
    assert b.video.name == "street"
    assert b.video.fps == 25
    assert b.tracks[1].spans() == [(0, 2), (3, 5)]
    assert b.tracks[2].label == "van"
    assert b.tracks[2].attributes == {"ignored": ((0, True),)}
    c = formats.read(OWN / "native" / "v1.json")
    assert c.tracks[2].keyframes.hold.tolist() == [True, False]
    assert c.events[0].label == "crossing"
    assert c.labels[2] == Label("crossing", use="event")
    assert c.video.ticks.tolist() == [0, 512, 1024, 1600, 2112]


def test_own_native_sample(tmp_path):
    path = OWN / "native" / "v2.json"
    a = formats.read(path)
    assert [(track.group, track.note) for track in a.tracks.values()] == [
        (1, "looks away"),
        (1, ""),
    ]
    assert [(label.parent, label.key, label.use) for label in a.labels] == [
        (None, "p", "track"),
        (None, None, "track"),
        ("vehicle", "c", "track"),
        (None, None, "event"),
    ]
    assert (a.next_id, a.label_version) == (5, 3)
    assert (a.notes, a.attributes) == ({2: "hardly to be seen"}, {"weather": "rain"})
    assert a.declared[0].choices == ("sun", "rain")
    assert a.events[0].attributes == {"said": "mind the car"}
    formats.write(a, tmp_path / "again.json")
    assert (tmp_path / "again.json").read_text("utf-8") == path.read_text("utf-8")


def test_own_cvat_sample_is_a_fixed_point(tmp_path):
    a, _ = formats.read_report(OWN / "cvat" / "street.xml")
    report = formats.write(a, tmp_path / "b.xml")
    assert report.notes == ()
    b, _ = formats.read_report(tmp_path / "b.xml", video=a.video)
    assert b == a
    text = (tmp_path / "b.xml").read_text("utf-8")
    person, car, van = text.split("<track ")[1:]
    assert person.count("<box ") == 31
    assert person.count('keyframe="1"') == 4
    assert 'group_id="7"' in car
    assert 'rotation="350.00"' in car
    assert 'source="auto"' in van
    assert 'frame="39"' in van
    assert 'frame="40"' not in text
    assert "group_id</name>" not in text


def test_kitti(data):
    a, report = formats.read_report(data / "tracking/A-kitti-labels/0012.txt")
    assert (report.format, report.counts["boxes"]) == ("kitti", 354)
    assert sum(t.label != "DontCare" for t in a.tracks.values()) == 4
    assert [(n.text.split(",")[0], n.count) for n in report.of_kind("dropped")] == [
        ("boxes in 3-D and angles", 249)
    ]


def test_coco_of_a_video(data):
    path = data / "exports/coco-video"
    a, report = formats.read_report(path / "A-demo_cocovid_data-ann.json")
    assert (a.video.width, a.video.height, a.video.frame_count) == (512, 256, 8)
    assert (len(a.tracks), report.counts["boxes"]) == (5, 10)
    b, report = formats.read_report(path / "A-demo_vis_data-ann.json")
    assert (b.video.name, b.tracks[1].label) == ("0043f083b5", "sedan")
    assert b.tracks[1].at(0).row == (1174, 335, 104, 79, 0)
    c, _ = formats.read_report(data / "exports/coco-image/A-instances_train.json")
    assert (c.video.width, c.video.height) == (10, 5)


def test_yolo_of_cvat(data):
    path = data / "exports/cvat/A-yolo11-1_Abandonment.zip"
    video = VideoInfo.constant("abandonment", 1280, 720, frame_count=2500, fps=25)
    a, report = formats.read_report(path, video=video)
    assert (report.format, report.counts["boxes"]) == ("yolo", 1968)
    assert [label.name for label in a.labels] == [
        *("person", "backpack", "handbag", "suitcase")
    ]
    first = a.at(600)
    assert first.xyxy[0] == pytest.approx((734.1, 211.2, 768.5, 270.3), abs=0.1)
