"""Tools that are read and not written: what is kept, dropped and guessed."""

import json
from pathlib import Path

import pytest

from boxreel import formats
from boxreel.errors import FormatError
from boxreel.model import Annotation, Event, VideoInfo

SAMPLES = Path(__file__).parent.parent / "data" / "read"
VIDEO = VideoInfo.constant("street.mp4", 640, 480, frame_count=90, fps=30)


def read(name, **options):
    labels, report = formats.read_report(SAMPLES / name, **options)
    return labels, {(note.kind, note.text.split(":")[0]) for note in report.notes}


def rows(labels):
    return {
        (id, track.label): [
            (row.frame, *row.box.row[:4]) for row in track.keyframes if not row.outside
        ]
        for id, track in labels.tracks.items()
    }


def test_scalabel():
    labels, notes = read("scalabel.json")
    assert rows(labels) == {
        (1, "car"): [(0, 10.5, 20, 40, 24), (2, 14.5, 20, 40, 24)],
    }
    track = labels.tracks[1]
    assert track.spans() == [(0, 3)]
    assert (track.occluded_at(0), track.occluded_at(2)) == (True, False)
    assert track.keyframes[0].score == 0.5
    assert track.attribute_at("truncated", 2) is True
    assert (labels.video.width, labels.video.height) == (1280, 720)
    assert ("dropped", "poly2d") in notes


def test_labelbox():
    labels, notes = read("labelbox.json", video=VIDEO)
    assert rows(labels) == {(1, "Car"): [(0, 10, 20, 40, 30), (1, 12, 21, 40, 30)]}
    assert labels.tracks[1].spans() == [(0, 2)]
    assert notes == {
        ("dropped", "shapes that are no box"),
        ("dropped", "classifications of frames"),
        ("dropped", "ids that are texts"),
    }


def test_vidat_counts_at_a_rate_of_its_own():
    labels, notes = read("vidat.json")
    assert rows(labels) == {
        (3, "person"): [(0, 10, 20, 40, 30), (10, 30, 20, 40, 30)],
        (4, "label 9"): [(0, 1, 2, 4, 3)],
    }
    assert (labels.video.fps, labels.video.frame_count) == (10, 30)
    assert {("dropped", "regions"), ("dropped", "actions")} < notes
    labels, _ = read("vidat.json", video=VIDEO)
    assert labels.tracks[3].keyframes.frames.tolist() == [0, 30]


@pytest.mark.parametrize(
    ("name", "second"), [("via.json", [(1, 12, 20, 40, 30)]), ("via.csv", [])]
)
def test_via(name, second):
    labels, notes = read(name)
    assert rows(labels) == {(2, "crab"): [(0, 10, 20, 40, 30), *second]}
    assert ("guessed", "frames, from the order of the pictures' names") in notes


def test_via_of_tracks_that_are_counted_from_0(tmp_path):
    text = (SAMPLES / "via.json").read_text()
    data = json.loads(text)
    for picture in data["_via_img_metadata"].values():
        for region in picture["regions"]:
            region["region_attributes"] = {"id": 0, "name": "crab"}
            region["shape_attributes"]["name"] = "rect"
        del picture["regions"][1:]
    (tmp_path / "via.json").write_text(json.dumps(data))
    labels, _ = read(tmp_path / "via.json")
    assert [*rows(labels)] == [(1, "crab")]


def test_detrac():
    labels, notes = read("detrac.xml")
    assert rows(labels) == {(7, "van"): [(0, 10.5, 20, 40, 30), (2, 14.5, 20, 40, 30)]}
    assert labels.tracks[7].attribute_at("speed", 0) == "6.8"
    assert (labels.video.name, labels.video.width) == ("MVI_1", 960)
    assert {
        ("dropped", "regions to ignore"),
        ("dropped", "regions that are occluded"),
    } < notes


def test_kitti_raw():
    labels, notes = read("kitti-raw.xml")
    size = {"length": 5.25, "width": 1.9, "height": 2.1}
    assert labels.events[0] == Event(1, "Van", 3, 5, (), size)
    assert [(one.label, one.start, one.stop) for one in labels.events[1:]] == [
        ("Pedestrian", 0, 1)
    ]
    assert (labels.video.frame_count, len(labels.tracks)) == (5, 0)
    assert ("dropped", "tracklets without a pose") in notes
    assert any(text.startswith("boxes in 3-D") for _, text in notes)


def test_a_tracklet_past_the_end_is_named():
    video = VideoInfo.constant("a", 64, 48, frame_count=4, fps=10)
    with pytest.raises(FormatError, match="tracklet 1 is on frame 4, past the end"):
        read("kitti-raw.xml", video=video)


@pytest.mark.parametrize(
    "name", ["scalabel", "labelbox", "vidat", "via", "detrac", "mots", "kitti-raw"]
)
def test_they_are_not_written(tmp_path, name):
    with pytest.raises(FormatError, match=f"{name} is read, not written.*boxreel, mot"):
        formats.write(Annotation.for_video(VIDEO, ["car"]), tmp_path / "a", format=name)
    assert not any(tmp_path.iterdir())


@pytest.mark.parametrize(
    ("name", "old", "new", "says"),
    [
        ("scalabel.json", '"x1": 10.5', '"x1": "a"', "frames[0].labels[0].box2d.x1"),
        ("scalabel.json", '"x2": 50.5', '"x2": 1', "frames[0].labels[0]: the box has"),
        ("labelbox.json", '"left": 10', '"left": null', "objects[0].bbox.left is miss"),
        ("labelbox.json", '"frameNumber": 1', '"frameNumber": 0', "before the first"),
        ("vidat.json", '"fps": 10', '"fps": 0', "annotation.video should have a rate"),
        ("vidat.json", '"10": [', '"1e3": [', "has the frame '1e3'"),
        ("via.json", '"x": 10', '"x": 1e300', "f_9.png1.regions[0].shape_attributes.x"),
        ("via.csv", '""x"":10', '""x"":ten', ", line 2: "),
        ("detrac.xml", 'left="10.5"', 'left="NaN"', ", line 7: left of <box>"),
        ("kitti-raw.xml", "<h>2.1", "<h>nan", ", line 7: <h> of a tracklet"),
        ("kitti-raw.xml", "frame>3", "frame>-3", ", line 7: first_frame is -3"),
        ("detrac.xml", 'num="3"', 'num="1.5"', ", line 12: frame 1.5"),
    ],
)
def test_what_cannot_stand_is_named(tmp_path, name, old, new, says):
    text = (SAMPLES / name).read_text()
    assert old in text
    (tmp_path / name).write_text(text.replace(old, new, 1))
    with pytest.raises(FormatError) as caught:
        formats.read_report(tmp_path / name)
    assert str(caught.value).startswith(str(tmp_path / name))
    assert says in str(caught.value)


def test_several_videos_are_told_apart(tmp_path):
    text = (SAMPLES / "scalabel.json").read_text()
    text = text.replace('"videoName": "a"', '"videoName": "b"', 1)
    (tmp_path / "a.json").write_text(text)
    with pytest.raises(FormatError, match=r"holds 2 videos; pass clip=.*'b'"):
        formats.read_report(tmp_path / "a.json")
    labels, _ = formats.read_report(tmp_path / "a.json", clip="b")
    assert len(labels.dense()) == 1
