"""Supervisely's JSON of a video, with and without the meta of its project."""

import json
import shutil
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given

from boxreel import formats
from boxreel.__main__ import main
from boxreel.errors import FormatError
from boxreel.model import Annotation, Attribute, Event, Keyframes, Label, Track
from tests.formats.test_dense_formats import few, lost_of
from tests.formats.test_filled_formats import VIDEO, same
from tests.formats.test_round_trip import documents

KEY = "a" * 32


@few
@given(documents())
def test_round_trip(tmp_path, annotation):
    path = tmp_path / "street" / "ann" / "a.mp4.json"
    path.parent.mkdir(parents=True, exist_ok=True)
    report = formats.write(annotation, path, format="supervisely", companions=True)
    lost = lost_of(report)
    back, read = formats.read_report(path, video=annotation.video)
    assert read.format == "supervisely"
    dropped = {note.text for note in read.of_kind("dropped")}
    assert dropped <= {"objects without boxes"}
    same(annotation, back, lost, tolerance=2)
    a, b = annotation.dense(), back.dense()
    for moved in (b.xyxy - a.xyxy)[a.rotation == 0]:
        outwards = moved * (-1, -1, 1, 1)
        assert (outwards > -1e-6).all()
        assert (outwards <= 1 + 1e-6).all()
    assert {label.name: label.color for label in back.labels} == {
        label.name: label.color for label in annotation.labels
    }
    assert any(one.tracks for one in annotation.events) == ("tracks of events" in lost)
    again = tmp_path / "street" / "ann" / "b.mp4.json"
    formats.write(back, again, format="supervisely", companions=True)
    assert formats.read_report(again, video=annotation.video)[0] == back


def labels():
    pose = Attribute("pose", "choice", choices=("stands", "walks"), per="frame")
    table = Keyframes(
        [2, 12, 20, 25],
        [[x, 5.5, 10, 10, turn] for x, turn in ((0, 0), (10, 0), (20, 90), (25, 90))],
        outside=[False, True, False, True],
        occluded=[False, False, True, False],
    )
    said = {
        "pose": ((0, "stands"), (22, "walks")),
        "sure": ((0, True), (4, None), (9, False)),
        "age": ((3, 4.5),),
    }
    events = (
        Event(1, "crossing", 4, 9),
        Event(2, "weather", 0, 30, (), {"value": "rain"}),
        Event(3, "pose", 0, 3),
    )
    return Annotation(
        VIDEO,
        (
            *(Label("car", "#102030"), Label("van", attributes=(pose,))),
            *(Label(name, use="event") for name in ("crossing", "weather", "pose")),
        ),
        {7: Track(7, "car", table, said)},
        events,
    )


@pytest.fixture(params=["zip", "tar", "folder"])
def project(request, tmp_path):
    """Give a project of two clips as Supervisely exports it, or unpacked."""
    for clip in ("a.mp4", "b.mp4"):
        path = tmp_path / "project" / "street" / "ann" / f"{clip}.json"
        path.parent.mkdir(parents=True, exist_ok=True)
        formats.write(labels(), path, format="supervisely", companions=True)
    if request.param == "folder":
        return tmp_path / "project"
    name = str(tmp_path / "packed")
    return Path(shutil.make_archive(name, request.param, tmp_path / "project"))


def test_a_project_is_read_as_it_is_exported(project):
    with pytest.raises(FormatError, match=r"pass clip= with one of: street/ann/a.mp4"):
        formats.read_report(project, video=VIDEO)
    with pytest.raises(FormatError, match=r": 0 of its clips are meant"):
        formats.read_report(project, video=VIDEO, clip="c.mp4")
    for clip in ("b.mp4", "street/ann/b.mp4.json"):
        back, report = formats.read_report(project, video=VIDEO, clip=clip)
        assert report.format == "supervisely"
        assert report.path == f"{project}/street/ann/b.mp4.json"
        assert back.tracks[7].spans() == labels().tracks[7].spans()
        assert back.labels[0].color == "#102030"  # as meta.json says


@pytest.mark.parametrize("project", ["folder"], indirect=True)
def test_a_project_is_converted_clip_by_clip(project, capsys):
    out = project.parent / "out"
    assert main(["convert", str(project), "--to", "cvat", str(out)]) == 0
    said = capsys.readouterr().out
    assert "2 of 2 files converted" in said
    assert f"not label files: {project / 'meta.json'}" in said


def test_an_archive_that_is_cut_off(tmp_path):
    (tmp_path / "ann").mkdir()
    formats.write(labels(), tmp_path / "ann" / "a.json", format="supervisely")
    for kind, length in (("zip", 400), ("tar", 1200)):
        whole = Path(
            shutil.make_archive(str(tmp_path / "a"), kind, tmp_path, base_dir="ann")
        )
        whole.write_bytes(whole.read_bytes()[:length])
        with pytest.raises(FormatError, match=f"a.{kind}: "):
            formats.read(whole, video=VIDEO)


def test_what_is_written(tmp_path):
    path = tmp_path / "a.supervisely.json"
    report = formats.write(labels(), path, companions=True)
    assert "events that are named as an attribute is" in lost_of(report)
    document = json.loads(path.read_text())
    [car] = document["objects"]
    assert (car["id"], car["classTitle"]) == (7, "car")
    spans = [(tag["name"], tag.get("value"), tag["frameRange"]) for tag in car["tags"]]
    assert spans == [
        ("occluded", None, [20, 24]),
        ("pose", "stands", [0, 21]),
        ("pose", "walks", [22, 29]),
        ("sure", "true", [0, 3]),
        ("sure", "false", [9, 29]),
        ("age", 4.5, [3, 29]),
    ]
    [first, *_], [*_, last] = document["frames"], document["frames"]
    assert (first["index"], last["index"]) == (2, 24)
    [figure] = first["figures"]
    assert figure["geometry"]["points"]["exterior"] == [[0, 5], [9, 15]]
    [turned] = last["figures"]
    assert turned["geometryType"] == "oriented_bbox"
    assert turned["geometry"]["angle"] == pytest.approx(np.pi / 2)
    meta = json.loads((tmp_path / "meta.json").read_text())
    shapes = [(one["title"], one["shape"]) for one in meta["classes"]]
    assert shapes == [("car", "any"), ("van", "rectangle")]
    kinds = {
        one["name"]: (one["value_type"], one.get("values")) for one in meta["tags"]
    }
    assert kinds == {
        "occluded": ("none", None),
        "pose": ("oneof_string", ["stands", "walks"]),
        "sure": ("oneof_string", ["true", "false"]),
        "age": ("any_number", None),
        "crossing": ("none", None),
        "weather": ("any_string", None),
    }
    back, read = formats.read_report(path)
    assert [str(note) for note in read.notes] == [
        "guessed: 30 frames a second; pass video=",
    ]
    pose = Attribute("pose", "choice", choices=("stands", "walks"), per="frame")
    assert [label.attributes for label in back.labels][:2] == [(pose,), ()]
    assert (back.video.name, back.video.frame_count) == ("street.mp4", 30)
    assert back.tracks[7].spans() == [(2, 12), (20, 25)]
    assert dict(back.tracks[7].attributes) == dict(labels().tracks[7].attributes)
    assert [(one.label, one.start, one.stop) for one in back.events] == [
        ("crossing", 4, 9),
        ("weather", 0, 30),
    ]
    assert dict(back.events[1].attributes) == {"value": "rain"}


def test_without_the_meta_truth_values_are_texts(tmp_path):
    path = tmp_path / "a.supervisely.json"
    report = formats.write(labels(), path)
    assert "companions=True writes meta.json" in lost_of(report)
    assert not (tmp_path / "meta.json").exists()
    back, _ = formats.read_report(path)
    assert back.tracks[7].attribute_at("sure", 0) == "true"
    assert back.labels[0].color is None


def test_values_of_several_kinds_are_texts(tmp_path):
    path = tmp_path / "a.supervisely.json"
    track = Track(1, "car", Keyframes([0], [[0, 0, 9, 9]]), {"a": ((0, 1), (5, True))})
    report = formats.write(Annotation(VIDEO, (Label("car"),), {1: track}), path)
    assert "kinds of the values of 'a': all are texts" in lost_of(report)
    back, _ = formats.read_report(path)
    assert back.tracks[1].attributes["a"] == ((0, "1"), (5, "true"))


def rectangle(**changes):
    points = {"exterior": [[3, 9], [12, 4]], "interior": []}
    return {
        "objectKey": KEY,
        "geometryType": "rectangle",
        "geometry": {"points": points},
    } | changes


def document(figures=None, tags=(), **changes):
    figures = [rectangle()] if figures is None else figures
    return {
        "size": {"height": 480, "width": 640},
        "framesCount": 30,
        "tags": [],
        "objects": [{"key": KEY, "classTitle": "car", "tags": list(tags)}],
        "frames": [{"index": 4, "figures": figures}],
    } | changes


def read(tmp_path, content, meta=None):
    path = tmp_path / "a.json"
    path.write_text(json.dumps(content))
    if meta is not None:
        (tmp_path / "meta.json").write_text(meta)
    return formats.read_report(path)


def test_what_others_write(tmp_path):
    """As Supervisely's server gives it: ids, tags without a range, other shapes."""
    objects = [
        {"id": 812, "classTitle": "car", "tags": [{"name": "occluded"}]},
        {"id": 813, "classTitle": "road", "tags": []},
    ]
    box = rectangle(objectId=812)
    del box["objectKey"]
    mask = {"objectId": 813, "geometryType": "bitmap", "geometry": {}}
    tags = [{"name": "night"}]
    a, report = read(
        tmp_path, document([box, mask], objects=objects, tags=[]) | {"tags": tags}
    )
    assert a.tracks[812].at(4).row == (3, 4, 10, 6, 0)
    assert a.tracks[812].keyframes.occluded.tolist() == [True, False]
    assert [(one.label, one.start, one.stop) for one in a.events] == [("night", 0, 30)]
    assert {str(note) for note in report.of_kind("dropped")} == {
        "dropped: figure of type 'bitmap', at frames[0].figures[1]",
        "dropped: objects without boxes, at objects[1]",
    }


def test_tags_that_overlap(tmp_path):
    tags = [
        {"name": "pose", "value": "late", "frameRange": [20, 29]},
        {"name": "pose", "value": "one", "frameRange": [2, 5]},
        {"name": "pose", "value": "two", "frameRange": [5, 9]},
        {"name": "new", "frameRange": [0, 3]},
    ]
    a, report = read(tmp_path, document(tags=tags))
    assert dict(a.tracks[1].attributes) == {
        "pose": ((2, "one"), (6, None), (20, "late")),
        "new": ((0, True), (4, None)),
    }
    assert "objects[0].tags[2]" in str(report.of_kind("dropped"))


def test_pictures_are_called_by_their_name(tmp_path):
    shape = {"classTitle": "car", "points": {"exterior": [[0, 0], [9, 9]]}}
    with pytest.raises(FormatError, match="a picture of Supervisely's"):
        read(tmp_path, {"size": {"height": 4, "width": 4}, "objects": [shape]})


def points(*corners):
    return rectangle(geometry={"points": {"exterior": list(corners)}})


def tagged(*frames):
    return {"tags": [{"name": "a", "frameRange": list(frames)}]}


BAD = [
    (document(framesCount=4), "frames[0].figures[0]: the box is past the end"),
    (document(frames=[{"index": -1, "figures": [rectangle()]}]), "before the first"),
    (document(frames=[{"figures": []}]), "frames[0].index is missing"),
    (document(framesCount=1e11), "more than"),
    (document(size={"height": 0, "width": 9}), "size is 9x0"),
    (document([rectangle(), rectangle()]), "is there twice on one frame"),
    (document([rectangle(objectKey="b")]), "objectKey is 'b', no object's"),
    (document([rectangle(objectKey=[])]), "should be a text or a number"),
    (document([points([1, 2])]), "should be two corners, not 1"),
    (document([points([1, 2], [3])]), "should have more than 1 elements"),
    (document([points([1, 2], [3, "x"])]), "should be a number"),
    (document([{"geometryType": "rectangle"}]), "objectId is missing"),
    (document(objects=[{"key": KEY}]), "objects[0].classTitle is missing"),
    (document(objects=[{"key": KEY, "classTitle": "a"}] * 2), "the key of objects[0]"),
    (document(tags=[{"name": ""}]), "objects[0].tags[0] has no name"),
    (document() | tagged(3), "should be a first and a last frame"),
    (document() | tagged(3, 30), "is on the frames 3 to 30; the video has 0 to 29"),
    (document() | tagged(5, 4), "is on the frames 5 to 4"),
    ({"framesCount": 3, "objects": {}}, "objects should be a list"),
]


@pytest.mark.parametrize(("content", "part"), BAD)
def test_bad_input(tmp_path, content, part):
    with pytest.raises(FormatError) as caught:
        read(tmp_path, content)
    assert str(caught.value).startswith(str(tmp_path / "a.json"))
    assert part in str(caught.value)


@pytest.mark.parametrize("meta", ["{", "[]", '{"classes": [{}]}', '{"tags": [3]}'])
def test_a_bad_meta_is_named(tmp_path, meta):
    with pytest.raises(FormatError) as caught:
        read(tmp_path, document(), meta)
    assert str(caught.value).startswith(str(tmp_path / "meta.json"))
