"""Dataloop and Kili: files that list the frames between keyframes too."""

import json

import numpy as np
import pytest
from hypothesis import given

from boxreel import formats
from boxreel.errors import FormatError
from boxreel.model import Annotation, Event, Keyframes, Label, Track, VideoInfo
from tests.formats.test_dense_formats import few, lost_of
from tests.formats.test_round_trip import documents
from tests.formats.test_samples import data

__all__ = ["data"]

VIDEO = VideoInfo.constant("street.mp4", 640, 480, frame_count=30, fps=30000 / 1001)


def same(annotation, back, lost, tolerance=1e-9):
    """Boxes, keyframes, attributes and events are the same, up to what is lost."""
    a, b = annotation.dense(), back.dense()
    np.testing.assert_array_equal(a.frame, b.frame)
    np.testing.assert_array_equal(a.track, b.track)
    straight = a.rotation == 0
    kept = straight if "rotation" in lost else np.ones(len(a), dtype=bool)
    np.testing.assert_allclose(a.box[kept], b.box[kept], atol=tolerance)
    assert "occluded" in lost or a.occluded.tolist() == b.occluded.tolist()
    if "keyframes" not in lost and straight.all():
        np.testing.assert_array_equal(a.keyframe, b.keyframe)
    for track in annotation.tracks.values():
        assert back.tracks[track.id].label == track.label
        for name in track.attributes:
            for frame in a.frame[a.track == track.id].tolist():
                value = track.attribute_at(name, frame)
                same = back.tracks[track.id].attribute_at(name, frame) == value
                assert same or "no text" in lost
    if "touch another" in lost:
        assert happening(annotation) == happening(back)
    else:
        spans = sorted((one.label, one.start, one.stop) for one in annotation.events)
        found = sorted((one.label, one.start, one.stop) for one in back.events)
        assert spans == found


def happening(annotation):
    """Labels of events, each with the frames on which there is one."""
    return {
        (one.label, frame)
        for one in annotation.events
        for frame in range(one.start, one.stop)
    }


@few
@given(documents())
def test_dataloop(tmp_path, annotation):
    path = tmp_path / "a.dataloop.json"
    lost = lost_of(formats.write(annotation, path))
    back, read = formats.read_report(path, video=annotation.video)
    assert read.format == "dataloop"
    assert {note.text.split(",")[0] for note in read.notes} <= {"keyframes: boxes"}
    assert "rotation" not in lost
    same(
        annotation, back, lost + "keyframes" * any("kept" in str(n) for n in read.notes)
    )
    for one, two in zip(annotation.events, back.events, strict=True):
        assert one.attributes == two.attributes


@pytest.mark.parametrize("form", ["frames", "keys"])
@few
@given(annotation=documents())
def test_kili(tmp_path, annotation, form):
    path = tmp_path / "a.kili.json"
    lost = lost_of(formats.write(annotation, path, form=form))
    back, read = formats.read_report(path, video=annotation.video)
    assert read.format == "kili"
    assert read.of_kind("dropped") == ()
    same(annotation, back, lost)


def labels():
    table = Keyframes(
        [2, 12, 20, 25],
        [[x, 0, 10, 10, 0] for x in (0, 10, 20, 25)],
        outside=[False, True, False, True],
        occluded=[False, False, True, False],
    )
    track = Track(7, "car", table, {"pose": ((0, "stands"), (22, "moves"))})
    event = Event(1, "crossing", 4, 9)
    return Annotation(
        VIDEO, (Label("car"), Label("crossing", use="event")), {7: track}, (event,)
    )


def test_what_is_written_for_dataloop(tmp_path):
    path = tmp_path / "a.dataloop.json"
    formats.write(labels(), path)
    item = json.loads(path.read_text())
    car, crossing = item["annotations"]
    system = car["metadata"]["system"]
    assert (system["frame"], system["endFrame"], system["objectId"]) == (2, 24, "7")
    assert car["coordinates"][1] == {"x": 10, "y": 10, "z": 0}
    fixed = [one["frame"] for one in system["snapshots_"] if one["fixed"]]
    assert fixed == [11, 12, 20, 24]
    hidden = [one["frame"] for one in system["snapshots_"] if not one["objectVisible"]]
    assert hidden == [12]
    assert (crossing["type"], crossing["metadata"]["system"]["endFrame"]) == (
        "class",
        8,
    )
    back, report = formats.read_report(path)
    assert report.notes == ()
    assert back.tracks[7].spans() == [(2, 12), (20, 25)]
    assert (back.video.width, back.video.frame_count) == (640, 30)
    assert back.tracks[7].attribute_at("pose", 22) == "moves"


def test_a_snapshot_of_dataloop_may_hold(data):
    path = data / "exports/dataloop/A-docs-video-annotation.json"
    a, report = formats.read_report(path)
    assert (len(a.tracks), a.tracks[1].label) == (1, "Home")
    assert a.tracks[1].keyframes.frames.tolist() == [0, 5, 10, 15]
    assert "hold=True" in str(report.notes)
    b, _ = formats.read_report(path, hold=True)
    assert a.tracks[1].at(4).x == pytest.approx(1412.9333)
    assert b.tracks[1].at(4).x == pytest.approx(1418.3333)
    c, report = formats.read_report(data / "exports/dataloop/A-hamster.json")
    assert ((c.video.width, c.video.height), len(c.tracks)) == ((612, 408), 0)
    assert [str(n) for n in report.of_kind("dropped")] == [
        "dropped: annotation of type 'binary' (2 times), first at annotations[0]"
    ]


def test_kili_forms_say_the_same(tmp_path):
    for form in ("frames", "keys"):
        formats.write(labels(), tmp_path / f"{form}.kili.json", form=form)
    a = formats.read(tmp_path / "frames.kili.json")
    b = formats.read(tmp_path / "keys.kili.json")
    assert a == b
    assert a.tracks[7].spans() == [(2, 12), (20, 25)]
    assert a.video.name == "street.mp4"
    assert (a.events[0].label, a.events[0].start, a.events[0].stop) == (
        "crossing",
        4,
        9,
    )
    np.testing.assert_allclose(a.dense().box, labels().dense().box, atol=1e-9)


@pytest.mark.parametrize(
    ("name", "tracks", "boxes", "events"),
    [("1", 2, 8, 3), ("9", 1, 10, 0), ("10", 2, 7, 0), ("12", 1, 2, 0)],
)
def test_kili_interpolates_as_we_do(data, tmp_path, name, tracks, boxes, events):
    path = data / f"exports/kili/A-interpolation-case-{name}.json"
    keys, report = formats.read_report(path, video=VIDEO)
    assert report.format == "kili"
    assert (len(keys.tracks), len(keys.dense()), len(keys.events)) == (
        tracks,
        boxes,
        events,
    )
    listed = tmp_path / "frames.json"
    listed.write_text(json.dumps(json.loads(path.read_text())["expected_json_resp"]))
    frames, _ = formats.read_report(listed, video=VIDEO)
    a, b = keys.dense(), frames.dense()

    def by_place(boxes):
        rows = np.column_stack([boxes.frame, boxes.box]).round(6).tolist()
        return sorted(rows)

    assert by_place(a) == by_place(b)
    assert keys.events == frames.events
    said = [sorted(track.attributes.items()) for track in keys.tracks.values()]
    assert sorted(map(str, said)) == sorted(
        str(sorted(t.attributes.items())) for t in frames.tracks.values()
    )


def test_kili_samples(data):
    folder = data / "exports/kili"
    for name in ("", "_unnormalized"):
        a, _ = formats.read_report(folder / f"A-video_project_assets{name}.json")
        assert (a.video.width, a.video.height, a.video.frame_count) == (1920, 1080, 86)
        assert a.video.fps == pytest.approx(20)
        assert a.tracks[1].label == "A"
        assert a.tracks[1].spans() == [(11, 13)]
        assert a.tracks[1].at(11).x == pytest.approx(598.7357)


def dataloop(**changes):
    point = {"x": 1, "y": 2, "z": 0}
    box = [point, {"x": 9, "y": 8, "z": 0}]
    return {
        "type": "box",
        "label": "car",
        "coordinates": box,
        "metadata": {
            "system": {"frame": 0, "snapshots_": []} | changes.pop("system", {})
        },
    } | changes


def kili(vertices=4, **changes):
    corners = [{"x": 0.1, "y": 0.5}, {"x": 0.1, "y": 0.1}, {"x": 0.3, "y": 0.1}]
    one = {
        "boundingPoly": [
            {"normalizedVertices": [*corners, {"x": 0.3, "y": 0.5}][:vertices]}
        ],
        "categories": [{"name": "A"}],
        "mid": "1",
    } | changes
    return {"JOB": {"annotations": [one]}}


def keyed(**changes):
    return [{"category": "A", "id": "a", "frames": [{"start": 0, "end": 3}]} | changes]


CORNERS = {
    "vertices": [[[{"x": x, "y": y} for x, y in ((0, 1), (0, 0), (1, 0), (1, 1))]]]
}
BAD = [
    ([dataloop(coordinates=[])], "coordinates should have more than 0"),
    ([dataloop(coordinates=[{"x": 1, "y": 2}] * 2)], "is a box without size"),
    ([dataloop(label=None)], "label is missing"),
    ([dataloop(system={"frame": 30})], "has frame 30; the video has 30"),
    ([dataloop(system={"frame": 5, "endFrame": 2})], "ends on frame 2"),
    ([dataloop(system={"snapshots_": [{"frame": 0}]})], "is on frame 0, as another"),
    ([dataloop(system={"snapshots_": [{"frame": "x"}]})], "frame should be a number"),
    ([dataloop(system={"frame": 1e11})], "more than"),
    ({"0": kili(3)}, "four corners, not 3"),
    ({"0": kili(boundingPoly=[])}, "boundingPoly should have more than 0"),
    ({"x": kili()}, "has the frame 'x'"),
    ({"30": kili()}, "is on frame 30; the video has 30"),
    ({"999999999": kili()}, "more than"),
    (
        {"0": {"JOB": {"annotations": kili()["JOB"]["annotations"] * 2}}},
        "is on frame 0",
    ),
    (keyed(keyAnnotations=[]), "has no keyAnnotations"),
    (keyed(keyAnnotations=[{"frame": 9, "annotationValue": CORNERS}]), "on its frames"),
    (
        keyed(
            keyAnnotations=[{"frame": 0, "annotationValue": CORNERS}],
            frames=[{"start": 0, "end": 3}, {"start": 2, "end": 4}],
        ),
        "is twice on frame 2",
    ),
]


@pytest.mark.parametrize(("document", "part"), BAD)
def test_bad_input(tmp_path, document, part):
    path = tmp_path / "a.json"
    path.write_text(json.dumps(document))
    first = isinstance(document, list) and "type" in document[0]
    with pytest.raises(FormatError) as caught:
        formats.read(path, video=VIDEO, format="dataloop" if first else "kili")
    assert str(caught.value).startswith(str(path))
    assert part in str(caught.value)
