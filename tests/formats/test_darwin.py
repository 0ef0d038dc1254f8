"""V7's Darwin JSON: ranges, hidden areas, properties and tags."""

import json

import numpy as np
import pytest
from hypothesis import given

from boxreel import formats
from boxreel.errors import FormatError
from boxreel.model import Annotation, Event, Keyframes, Label, Track, VideoInfo
from tests.formats.test_round_trip import documents, slow
from tests.formats.test_samples import data

__all__ = ["data"]

VIDEO = VideoInfo.constant("street.mp4", 640, 480, frame_count=30, fps=30000 / 1001)


def frame(x=0, **more):
    return {
        "bounding_box": {"x": x, "y": 0, "w": 10, "h": 20},
        "keyframe": True,
        **more,
    }


def annotation_of(frames, ranges=((0, 30),), **more):
    return {"name": "car", "frames": frames, "ranges": ranges, **more}


def written(path, *annotations, **slot):
    size = {"slot_name": "0", "width": 640, "height": 480, "frame_count": 30, "fps": 25}
    item = {"name": "street.mp4", "slots": [size | slot]}
    document = {"version": "2.0", "item": item, "annotations": annotations}
    path.write_text(json.dumps(document))
    return path


@slow
@given(documents())
def test_equal_up_to_the_report(tmp_path, annotation):
    path = tmp_path / "a.darwin.json"
    lost = " ".join(note.text for note in formats.write(annotation, path).notes)
    back, read = formats.read_report(path, video=annotation.video)
    assert (read.format, read.notes) == ("darwin", ())
    a, b = annotation.dense(), back.dense()
    np.testing.assert_array_equal(a.frame, b.frame)
    np.testing.assert_array_equal(a.track, b.track)
    turned = [t.id for t in annotation.tracks.values() if t.keyframes.boxes[:, 4].any()]
    assert bool(turned) == ("rotation" in lost)
    kept = ~np.isin(a.track, turned)
    np.testing.assert_allclose(a.box[kept], b.box[kept], atol=1e-9)
    if "keyframes as they were" not in lost:
        np.testing.assert_array_equal(a.keyframe, b.keyframe)
    assert (b.keyframe >= a.keyframe).all()
    assert a.occluded.any() <= ("occluded" in lost)
    for track in annotation.tracks.values():
        other = back.tracks[track.id]
        assert other.label == track.label
        if "no text" not in lost:
            assert other.attributes == track.attributes
    for one, two in zip(annotation.events, back.events, strict=True):
        assert (one.label, one.start, one.stop) == (two.label, two.start, two.stop)
        assert "no text" in lost or one.attributes == two.attributes


def test_what_is_written(tmp_path):
    table = Keyframes(
        [2, 12, 20, 25],
        [[x, 0, 10, 10, 0] for x in (0, 10, 20, 25)],
        outside=[False, True, False, True],
    )
    a = Annotation(VIDEO, (Label("car"),), {7: Track(7, "car", table)})
    path = tmp_path / "a.darwin.json"
    report = formats.write(a, path)
    assert "keyframes as they were" in report.notes[0].text
    [one] = json.loads(path.read_text())["annotations"]
    assert (one["ranges"], one["hidden_areas"]) == ([[2, 25]], [[12, 20]])
    assert (list(one["frames"]), one["interpolated"]) == (["2", "12", "20", "24"], True)
    back, read = formats.read_report(path)
    assert read.notes == ()
    assert back.tracks[7].spans() == [(2, 12), (20, 25)]
    np.testing.assert_allclose(back.video.times, VIDEO.times)


def test_ranges_end_before_or_on_their_second_number(tmp_path):
    path = written(
        tmp_path / "a.json", annotation_of({"2": frame()}, [[2, 5], [9, 12]])
    )
    for end in (0, 1):
        a, _ = formats.read_report(path, range_end=end)
        assert a.tracks[1].spans() == [(2, 5 + end), (9, 12 + end)]


def test_a_box_moves_on_under_a_hidden_area(tmp_path):
    frames = {"0": frame(0), "20": frame(20)}
    path = tmp_path / "a.json"
    written(path, annotation_of(frames, hidden_areas=[[5, 10]]))
    a, _ = formats.read_report(path)
    assert a.tracks[1].spans() == [(0, 5), (10, None)]
    assert [a.tracks[1].at(i).x for i in (4, 10, 15)] == [4, 10, 15]
    written(path, annotation_of(frames, interpolated=False))
    b, _ = formats.read_report(path)
    assert [b.tracks[1].at(i).x for i in (0, 19, 20)] == [0, 0, 20]


BAD = [
    (annotation_of({"x": frame()}), "has the frame 'x'"),
    (annotation_of({"30": frame()}, []), "past the end of 30"),
    (annotation_of({"1": frame()}, [[5, 2]]), "is [5, 2]"),
    (annotation_of({"1": frame()}, [[0, 31]]), "is [0, 31]"),
    (annotation_of({"1": frame()}, [[0]]), "first frame and an end"),
    (annotation_of({"1": frame()}, [[0, 5], [4, 9]]), "overlap at frame 4"),
    (annotation_of({"1": frame(keyframe=False)}), "no keyframe with a box"),
    (annotation_of({"9": frame()}, [[0, 5]]), "nowhere to be seen"),
    (annotation_of({"1": {"bounding_box": {"x": "a"}}}), "x should be a number"),
    (annotation_of({"1": {"bounding_box": 3}}), "should be an object"),
    (annotation_of({"1": frame()}, name=None), "name is missing"),
    (annotation_of({"999999999": frame()}), "frames are more than"),
    (annotation_of({"1": frame()}, properties=[{"frame_index": 99}]), "is on frame 99"),
    ("car", "annotations[0] should be an object"),
]


@pytest.mark.parametrize(("annotation", "part"), BAD)
def test_bad_input(tmp_path, annotation, part):
    path = written(tmp_path / "a.json", annotation)
    with pytest.raises(FormatError) as caught:
        formats.read(path, video=VIDEO)
    assert str(caught.value).startswith(str(path))
    assert part in str(caught.value)


def test_samples(data):
    a, report = formats.read_report(data / "exports/v7/A-single_slotted_video.json")
    assert (a.video.name, a.video.fps, a.video.frame_count) == ("mini_uct.mp4", 1, 8)
    assert report.notes == ()
    assert list(a.tracks) == [523, 524, 525, 526, 527]
    assert {tuple(t.spans()[0]) for t in a.tracks.values()} == {(2, 7)}
    assert a.tracks[523].at(2).row == (220.0443, 296.9401, 335.255, 146.0754, 0)
    assert a.events[0] == Event(1, "new_tag_2", 2, 7)
    b, report = formats.read_report(data / "exports/v7/A-mini_uct_with_properties.json")
    assert b.tracks[19].attribute_at("single_select-1", 6) == "2"
    assert b.events[0].attributes["text"]
    assert len(report.of_kind("dropped")) == 8
