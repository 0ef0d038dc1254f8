"""Formats of one row a box: what comes back is what went out, up to the report."""

import numpy as np
import pytest
from hypothesis import given, settings

from boxreel import formats
from boxreel.errors import FormatError
from boxreel.model import VideoInfo
from tests.formats.test_round_trip import documents, slow

few = settings(slow, max_examples=20)
VIDEO = VideoInfo.constant("a", 640, 480, frame_count=9, fps=25)


def lost_of(report):
    return " ".join(note.text for note in report.notes)


def check(annotation, back, lost, tolerance):
    """Every box of every frame is there, as it was up to what is said to be lost."""
    a, b = annotation.dense(), back.dense()
    assert (a.frame.tolist(), a.track.tolist()) == (b.frame.tolist(), b.track.tolist())
    straight = a.rotation == 0
    near = np.abs(a.xyxy - b.xyxy)[straight].max(initial=0)
    assert near <= (tolerance if "rounded" in lost else 1e-9)
    assert ("rotation" in lost) == (~straight).any()
    assert ("scores" in lost) or np.array_equal(a.score, b.score, equal_nan=True)
    assert ("occluded" in lost) or a.occluded.tolist() == b.occluded.tolist()
    assert ("events" in lost) == bool(annotation.events)
    for track in annotation.tracks.values():
        assert back.tracks[track.id].label == track.label
        for name in track.attributes:
            for frame in a.frame[a.track == track.id].tolist():
                value = track.attribute_at(name, frame)
                same = back.tracks[track.id].attribute_at(name, frame) == value
                assert same or f"attribute {name!r}" in lost


@few
@given(documents())
def test_kitti(tmp_path, annotation):
    path = tmp_path / "a.txt"
    names = {track.label for track in annotation.tracks.values()}
    if any(name.split() != [name] for name in names):
        with pytest.raises(FormatError, match="blanks"):
            formats.write(annotation, path, format="kitti")
        return
    report = formats.write(annotation, path, format="kitti")
    back, _ = formats.read_report(path, video=annotation.video, format="kitti")
    lost = lost_of(report)
    if "without a score get 1" not in lost:
        lost = lost.replace("scores", "")
    check(annotation, back, lost.replace("without a score", "scores"), 1e-6)


@few
@given(documents())
def test_coco_by_picture(tmp_path, annotation):
    path = tmp_path / "a.coco.json"
    report = formats.write(annotation, path)
    back, read = formats.read_report(path, video=annotation.video)
    assert read.notes == ()
    assert [label.name for label in back.labels] == [
        label.name for label in annotation.labels
    ]
    check(annotation, back, lost_of(report), 0)


@few
@given(documents())
def test_coco_by_object(tmp_path, annotation):
    path = tmp_path / "a.coco.json"
    report = formats.write(annotation, path, dialect="youtube_vis")
    back, _ = formats.read_report(path, video=annotation.video)
    check(annotation, back, lost_of(report), 0)


def kitti_row(frame=0, id=0, left=1, right=9, kind="Car"):
    return (
        f"{frame} {id} {kind} 0 1 -10 {left} 2 {right} 8"
        + " -1" * 3
        + (" -1000" * 3 + " -10\n")
    )


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (kitti_row() + "0 1 Car\n", "line 2: 3 columns"),
        (kitti_row() * 2, "line 2: object 1 is there twice"),
        (kitti_row() + kitti_row(frame=9, id=1), "line 2: the box is past the end"),
        (kitti_row(left=9), "line 1: the box has no width"),
        (kitti_row(left="nan"), "line 1: the box is no number"),
        (kitti_row(left="x"), "line 1: .*'x'"),
        (kitti_row(frame="1e99"), "line 1: .* whole numbers"),
    ],
)
def test_kitti_that_is_damaged(tmp_path, text, message):
    path = tmp_path / "0000.txt"
    path.write_text(text)
    with pytest.raises(FormatError, match=message):
        formats.read_report(path, video=VIDEO, format="kitti")


def coco(**changes):
    box = {
        "id": 1,
        "image_id": 1,
        "track_id": 1,
        "category_id": 1,
        "bbox": [1, 2, 3, 4],
    }
    return {
        "videos": [{"id": 1, "name": "a"}],
        "images": [{"id": 1, "video_id": 1, "frame_id": 0, "file_name": "a.jpg"}],
        "categories": [{"id": 1, "name": "car"}],
        "annotations": [box | changes],
    }


@pytest.mark.parametrize(
    ("document", "message"),
    [
        ({"images": [3]}, r"images\[0\] should be an object"),
        (coco(bbox=[1, 2]), r"annotations\[0\].bbox should be x, y"),
        (coco(bbox=[1, 2, "3", 4]), r"annotations\[0\].bbox\[2\] should be a number"),
        (coco(bbox=[1, 2, 0, 4]), r"annotations\[0\]: the box has no width"),
        (coco(category_id=7), r"annotations\[0\]: there is no category 7"),
        (coco(category_id=1.5), "whole number"),
        (coco(bbox=[1e99, 2, 3, 4]), "should be a number"),
        (coco() | {"videos": [{"id": n, "name": f"v{n}"} for n in (1, 2)]}, "clip="),
    ],
)
def test_coco_that_is_damaged(tmp_path, document, message):
    import json

    path = tmp_path / "a.json"
    path.write_text(json.dumps(document))
    with pytest.raises(FormatError, match=message):
        formats.read_report(path, format="coco")


@pytest.mark.parametrize("text", ['{"images": [NaN]}', '{"images": [' * 20_000, "{"])
def test_json_that_is_none(tmp_path, text):
    path = tmp_path / "a.json"
    path.write_text(text)
    with pytest.raises(FormatError):
        formats.read_report(path, format="coco")


def test_coco_of_every_tenth_picture_moves_between(tmp_path):
    import json

    document = coco()
    document["images"] = [
        {"id": n, "video_id": 1, "frame_index": f, "file_name": f"{f}.jpg"}
        for n, f in ((1, 0), (2, 10), (3, 20))
    ]
    one = document["annotations"][0]
    document["annotations"] = [one, one | {"image_id": 2, "bbox": [11, 2, 3, 4]}]
    path = tmp_path / "a.json"
    path.write_text(json.dumps(document))
    a, report = formats.read_report(path)
    assert a.tracks[1].at(5).x == 6
    assert a.tracks[1].spans() == [(0, 20)]
    assert any("linearly" in note.text for note in report.of_kind("guessed"))


@few
@given(documents())
def test_datumaro(tmp_path, annotation):
    path = tmp_path / "a.datumaro.json"
    report = formats.write(annotation, path)
    back, read = formats.read_report(path, video=annotation.video)
    assert (read.format, read.notes) == ("datumaro", ())
    a, b = annotation.dense(), back.dense()
    assert a.box.tobytes() == b.box.tobytes()
    for column in ("frame", "track", "occluded", "score"):
        np.testing.assert_array_equal(getattr(a, column), getattr(b, column))
    assert "attribute" not in lost_of(report)
    for track in annotation.tracks.values():
        assert back.tracks[track.id].label == track.label
        for name in track.attributes:
            for frame in a.frame[a.track == track.id].tolist():
                value = track.attribute_at(name, frame)
                assert back.tracks[track.id].attribute_at(name, frame) == value


@few
@given(documents())
def test_yolo(tmp_path_factory, annotation):
    path = tmp_path_factory.mktemp("yolo") / "set"
    report = formats.write(annotation, path, format="yolo")
    back, read = formats.read_report(path, video=annotation.video)
    assert {note.kind for note in read.notes} <= {"guessed"}
    check(annotation, back, lost_of(report), 1e-7)
    flat = path / "labels" / "train"
    trained = [float(n) for f in flat.iterdir() for n in f.read_text().split()]
    assert len(trained) % 5 == 0
    with pytest.raises(FormatError, match="not empty"):
        formats.write(annotation, path, format="yolo")


@pytest.mark.parametrize("ending", ["csv", "parquet", "arrow"])
@few
@given(documents())
def test_tables(tmp_path_factory, ending, annotation):
    path = tmp_path_factory.mktemp("table") / f"a.{ending}"
    report = formats.write(annotation, path)
    back, _ = formats.read_report(path, video=annotation.video)
    a, b = annotation.dense(), back.dense()
    assert a.box.tobytes() == b.box.tobytes()
    assert "rotation" not in lost_of(report)
    for track in annotation.tracks.values():
        assert back.tracks[track.id].label == track.label
    for column in ("frame", "track", "occluded", "score"):
        one, other = getattr(a, column), getattr(b, column)
        np.testing.assert_array_equal(one, other)


@pytest.mark.parametrize(
    ("item", "message"),
    [
        ({"annotations": [{"type": "bbox", "label_id": 3, "bbox": []}]}, "has label 3"),
        ({"annotations": [{"type": "bbox", "label_id": 0, "bbox": [1]}]}, "x, y, w, h"),
        ({"annotations": [{"label_id": 0}]}, r"items\[0\].annotations\[0\].type"),
        ({"attr": {"frame": "x"}}, r"items\[0\].attr.frame should be a number"),
        ({"image": {"size": [1, "a"]}}, "size"),
        ({"image": {"size": [1]}}, "size should have more than 1 elements"),
        (3, r"items\[0\] should be an object"),
    ],
)
def test_datumaro_that_is_damaged(tmp_path, item, message):
    import json

    categories = {"label": {"labels": [{"name": "car"}]}}
    path = tmp_path / "a.json"
    path.write_text(json.dumps({"categories": categories, "items": [item]}))
    with pytest.raises(FormatError, match=message):
        formats.read_report(path, format="datumaro")


def test_ultralytics_folder(tmp_path):
    folder = tmp_path / "labels"
    folder.mkdir()
    (folder / "street_1.txt").write_text("0 0.5 0.5 0.25 0.5 0.75 3\n")
    (folder / "street_12.txt").write_text("1 0.5 0.5 0.25 0.5 0.5 4\n")
    video = VideoInfo.constant("street.mp4", 640, 480, frame_count=12, fps=25)
    a, report = formats.read_report(tmp_path, video=video, classes=["car", "van"])
    assert a.tracks[3].at(0).row == (240, 120, 160, 240, 0)
    assert (a.tracks[4].start, a.tracks[4].label) == (11, "van")
    assert a.at(0).score.tolist() == [0.75]
    assert ["numbered from 1" in note.text for note in report.notes] == [True]


@pytest.mark.parametrize(
    ("files", "message"),
    [
        ({"a_1.txt": "0 1 1 1\n"}, "a_1.txt, line 1: '0 1 1 1' is no label"),
        ({"a_1.txt": "0 1 x 1 1\n"}, "a_1.txt, line 1: .*'x'"),
        ({"a_1.txt": "0 1 1 1 1\n" * 2 + "0 1 1 1 1 5\n"}, r"\[5, 6\] columns"),
        ({"a_1.txt": "0 1 1 1 nan\n"}, "a_1.txt, line 1: the box is no number"),
        ({"a_1.txt": "1e300 1 1 1 1\n"}, "is no label"),
        ({"a_1.txt": "", "b_1.txt": ""}, "several clips; pass clip="),
        ({"a_1.txt": "", "a_01.txt": ""}, "are of one frame"),
        ({"a_99.txt": "0 1 1 1 1\n"}, "past the end"),
    ],
)
def test_yolo_that_is_damaged(tmp_path, files, message):
    (tmp_path / "labels").mkdir()
    for name, text in files.items():
        (tmp_path / "labels" / name).write_text(text)
    video = VideoInfo.constant("c", 640, 480, frame_count=9, fps=25)
    with pytest.raises(FormatError, match=message):
        formats.read_report(tmp_path, video=video, frame_base=1)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("frame,x,y,w,h\n0,1,2,3\n", "a.csv, line 2: 4 fields, not 5"),
        ("frame,x,y,w,h\n0,1,2,3,4\n0,1,2,3,b\n", "a.csv, line 3: h is 'b'"),
        ("frame,x,y,w,h\n0,1,2,3,-4\n", "a.csv, line 2: on frame 0 .* is no box"),
        ("frame,id,x,y,w,h\n" + "0,1,1,2,3,4\n" * 2, "line 3: .* at line 2"),
        ("frame,x,y,w,h\n99,1,2,3,4\n", "line 2: the box is past the end"),
        ("frame,x,y,w,h\n0,1,2,3,nan\n", "no box"),
        ("frame,x,y,w,h\n\n0.5,1,2,3,4\n", "a.csv, line 3: frame is 0.5"),
        (
            'frame,x,y,w,h,label\n0,1,2,3,4,"two\nlines"\n1,1,2,3,x,a\n',
            "a.csv, line 4: h is 'x'",
        ),
    ],
)
def test_csv_that_is_damaged(tmp_path, text, message):
    path = tmp_path / "a.csv"
    path.write_text(text)
    with pytest.raises(FormatError, match=message):
        formats.read_report(path, video=VIDEO)


@pytest.mark.parametrize("ending", ["parquet", "arrow"])
def test_binary_tables_that_are_damaged(tmp_path, ending):
    magic = {"parquet": b"PAR1", "arrow": b"ARROW1"}[ending]
    path = tmp_path / f"a.{ending}"
    path.write_bytes(magic + b"\0" * 40)
    with pytest.raises(FormatError, match="damaged"):
        formats.read_report(path)


@pytest.mark.parametrize("blank", ["", "\n"])
def test_a_long_mot_file_is_read_as_a_short_one_is(tmp_path, blank, monkeypatch):
    path = tmp_path / "gt.txt"
    rows = [
        f"{f + 1},{i},{i - 1}.25,-0,30.125,4e1,{int(f != 4)},{1 + (f > 6)},1\n"
        for f in range(9)
        for i in (2, 1)
        if (f, i) != (5, 1)
    ]
    path.write_text(blank.join(rows))
    short, said = formats.read_report(path, video=VIDEO)
    assert "class changes inside a track (2 times), first at #1" in str(said)
    assert short.tracks[1].spans()[0] == (0, 5)
    assert short.tracks[2].attributes["ignored"] == ((0, False), (4, True), (5, False))
    assert not np.signbit(short.tracks[2].keyframes.boxes[:, 1]).any()
    monkeypatch.setattr("boxreel.formats.mot_table.LONG", 0)
    long, said_again = formats.read_report(path, video=VIDEO)
    assert long == short
    assert said_again == said
    for bad, place in (("x", "line 3"), ("nan", "line 3"), ("", "line 3")):
        path.write_text("".join(rows[:2]) + f"3,1,{bad},2,3,4,1,1,1\n" + rows[-1])
        with pytest.raises(FormatError, match=place):
            formats.read_report(path, video=VIDEO, format="mot")
