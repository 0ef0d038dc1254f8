"""Label Studio: percent, frames from 1, enabled, and a corner to turn about."""

import json
import warnings

import numpy as np
import pytest
from hypothesis import given

from boxreel import formats
from boxreel.errors import FormatError
from boxreel.model import Annotation, Event, Keyframes, Label, Track, VideoInfo
from tests.formats.test_round_trip import documents, slow
from tests.formats.test_samples import data, kinds

__all__ = ["data"]

VIDEO = VideoInfo.constant("street.mp4", 200, 100, frame_count=30, fps=30000 / 1001)
PLACE = {"x": 10, "y": 20, "width": 30, "height": 40, "rotation": 0}


def region(*points, **more):
    value = {"framesCount": 30, "sequence": points, "labels": ["car"]}
    kind = {"type": "videorectangle", "id": "7"}
    return {
        **kind,
        "original_width": 200,
        "original_height": 100,
        "value": value,
    } | more


def point(frame, enabled=True, **more):
    return {"frame": frame, "enabled": enabled, **PLACE, **more}


def written(path, *results):
    task = {"data": {"video": "/data/street.mp4"}, "annotations": [{"result": results}]}
    path.write_text(json.dumps([task]))
    return path


@slow
@given(documents())
def test_equal_up_to_the_report(tmp_path, annotation):
    path = tmp_path / "a.label-studio.json"
    lost = " ".join(note.text for note in formats.write(annotation, path).notes)
    back, read = formats.read_report(path, video=annotation.video)
    assert read.format == "label-studio"
    assert read.of_kind("dropped") == read.of_kind("guessed") == ()
    a, b = annotation.dense(), back.dense()
    np.testing.assert_array_equal(a.frame, b.frame)
    np.testing.assert_array_equal(a.track, b.track)
    kept = a.keyframe if "turns" in lost else slice(None)
    np.testing.assert_allclose(a.box[kept, :4], b.box[kept, :4], atol=1e-7)
    np.testing.assert_allclose(a.rotation[kept], b.rotation[kept], atol=1e-9)
    assert (b.keyframe >= a.keyframe).all()
    if "keyframes as they were" not in lost:
        np.testing.assert_array_equal(a.keyframe, b.keyframe)
    np.testing.assert_array_equal(a.score[a.keyframe], b.score[a.keyframe])
    if "source" not in lost:
        np.testing.assert_array_equal(a.source, b.source)
    assert a.occluded.any() <= ("occluded" in lost)
    for track in annotation.tracks.values():
        other = back.tracks[track.id]
        assert other.label == track.label
        if "attributes" not in lost and "yes or no" not in lost:
            for name in track.attributes:
                value = track.attribute_at(name, track.start)
                assert other.attribute_at(name, track.start) == value
    for one, two in zip(annotation.events, back.events, strict=True):
        assert (one.label, one.start, one.stop) == (two.label, two.start, two.stop)
        assert "yes or no" in lost or one.attributes == two.attributes


def test_a_box_turns_about_its_corner(tmp_path):
    table = Keyframes([4], [[100, 40, 40, 20, 90]])
    a = Annotation(VIDEO, (Label("car"),), {7: Track(7, "car", table)})
    path = tmp_path / "a.label-studio.json"
    formats.write(a, path)
    [task] = json.loads(path.read_text())
    [result] = task["annotations"][0]["result"]
    [one] = result["value"]["sequence"]
    assert [one[key] for key in PLACE] == pytest.approx([65, 30, 20, 20, 90])
    assert (one["frame"], one["time"]) == (5, pytest.approx(5 / VIDEO.fps))
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        back = formats.read(path)
    assert back.tracks[7].at(4).row == pytest.approx((100, 40, 40, 20, 90))
    np.testing.assert_allclose(back.video.times, VIDEO.times)


def test_not_enabled_is_the_last_frame_of_a_presence(tmp_path):
    table = Keyframes(
        [2, 12, 20],
        [[0, 0, 10, 10, 0], [10, 0, 10, 10, 0], [20, 0, 10, 10, 0]],
        outside=[False, True, False],
    )
    a = Annotation(VIDEO, (Label("car"),), {7: Track(7, "car", table)})
    path = tmp_path / "a.label-studio.json"
    report = formats.write(a, path)
    assert report.notes[0].place == "#7, frame 11"
    [result] = json.loads(path.read_text())[0]["annotations"][0]["result"]
    said = [(p["frame"], p["enabled"]) for p in result["value"]["sequence"]]
    assert said == [(3, True), (12, False), (21, True)]
    back, _ = formats.read_report(path)
    assert back.tracks[7].spans() == a.tracks[7].spans() == [(2, 12), (20, None)]
    assert back.tracks[7].at(11) == a.tracks[7].at(11)


def test_next_to_each_other_and_the_last_frame_need_no_end(tmp_path):
    path = tmp_path / "a.json"
    written(path, region(point(4, False), point(5), point(30, False)))
    a, _ = formats.read_report(path)
    assert a.tracks[7].keyframes.frames.tolist() == [3, 4, 29]
    assert a.tracks[7].spans() == [(3, None)]


def test_attributes_and_events(tmp_path):
    path = tmp_path / "a.json"
    ranges = {"ranges": [{"start": 3, "end": 9}], "timelinelabels": ["car"]}
    written(
        path,
        region(point(1)),
        {
            "type": "choices",
            "id": "7",
            "from_name": "pose",
            "value": {"choices": ["up"]},
        },
        {"type": "number", "id": "7", "from_name": "age", "value": {"number": 3}},
        {"type": "timelinelabels", "id": "e", "value": ranges},
        {"type": "textarea", "id": "e", "from_name": "why", "value": {"text": ["so"]}},
        {"type": "brush", "id": "b", "value": {}},
    )
    a, report = formats.read_report(path)
    assert a.tracks[7].attributes == {"pose": ((0, "up"),), "age": ((0, 3),)}
    assert a.events == (Event(1, "car", 2, 9, (), {"why": "so"}),)
    assert a.labels == (Label("car", use="both"),)
    assert ("dropped", "result of type 'brush'", 1) in kinds(report)


def test_one_of_several_tasks_and_answers(tmp_path):
    path = tmp_path / "a.json"
    cancelled = {"was_cancelled": True, "result": []}
    guess = {"result": [region(point(2))], "model_version": "m"}
    tasks = [
        {"id": 1, "data": {"video": "a.mp4"}, "annotations": [cancelled]},
        {
            "id": 2,
            "data": {"video": "b.mp4"},
            "annotations": [cancelled, {"result": [region(point(1))]}],
            "predictions": [guess],
        },
    ]
    path.write_text(json.dumps(tasks))
    with pytest.raises(FormatError, match=r"pass clip= with one of: 'a.mp4', 'b.mp4'"):
        formats.read(path)
    a, report = formats.read_report(path, clip="b.mp4")
    assert a.tracks[7].start == 0
    assert "besides the first" in report.of_kind("dropped")[0].text
    b, _ = formats.read_report(path, clip=2, answer=2)
    assert (b.tracks[7].start, b.tracks[7].keyframes[0].source) == (1, "model")
    with pytest.raises(FormatError, match="no annotation"):
        formats.read(path, clip=1)


BAD = [
    ((region(point(0)),), "sequence[0] is on frame 0"),
    ((region(point(31)), region(point(1), id="8")), "is on frame 31"),
    ((region(point(1), point(1)),), "sequence[1] is on frame 1, as"),
    ((region(point(1.5)),), "whole number"),
    ((region(point(1, x="a")),), "x should be a number, not 'a'"),
    ((region(point(1, width=0)),), "has no size"),
    ((region(point(1, enabled=3)),), "is enabled 3"),
    ((region(),), "has no keyframe"),
    ((region(point(1), value=[]),), "value should be an object"),
    ((region(point(1), original_width=0),), "picture of 0x100"),
    ((region(point(1), original_width=None),), "pass video="),
    (("car",), "result[0] should be an object, not 'car'"),
    ((region(point(10**11)),), "frames are more than"),
    (
        (
            {
                "type": "timelinelabels",
                "value": {"ranges": [{"start": 9, "end": 3}], "timelinelabels": ["a"]},
            },
        ),
        "has the frames 9 to 3",
    ),
]


@pytest.mark.parametrize(("results", "part"), BAD)
def test_bad_input(tmp_path, results, part):
    path = written(tmp_path / "a.json", *results)
    video = VIDEO if "more than" not in part and "video=" not in part else None
    with pytest.raises(FormatError) as caught:
        formats.read(path, video=video)
    assert str(caught.value).startswith(str(path))
    assert part in str(caught.value)


@pytest.mark.parametrize("text", ['[{"result": [', '{"result": [NaN]}', "[" * 10**5])
def test_damaged_json(tmp_path, text):
    path = tmp_path / "a.json"
    path.write_text(text)
    with pytest.raises(FormatError, match=r"a\.json"):
        formats.read(path, format="label-studio", video=VIDEO)


def test_samples(data):
    path = data / "exports/label-studio"
    a, report = formats.read_report(path / "A-dagshub-sample_task.json")
    assert (a.video.name, a.video.width) == ("test_video.mp4", 1920)
    assert report.counts == {"tracks": 2, "keyframes": 10, "events": 0}
    assert a.tracks[1].at(0).row == pytest.approx((100, 150, 50, 120, 0), abs=1e-4)
    video = VideoInfo.constant("snow", 1920, 1080, frame_count=35, fps=30000 / 1001)
    b, report = formats.read_report(path / "A-opossum_snow_short_1.json", video=video)
    assert (len(b.tracks), b.tracks[1].spans()) == (16, [(0, 29)])
    assert b.tracks[5].spans() == [(24, 28)]
    assert b.tracks[1].keyframes[0].score == pytest.approx(0.9176, abs=1e-4)
    long = VideoInfo.constant("cars", 1920, 1080, frame_count=1009, fps=24)
    c, report = formats.read_report(path / "A-video_bboxes-annotation.json", video=long)
    assert [track.label for track in c.tracks.values()] == ["Car", "Airplane", "Possum"]
    assert c.tracks[1].spans() == [(0, 5)]
    assert (c.tracks[2].start, len(c.tracks[3].keyframes)) == (32, 44)
    assert (c.dense().box[:, 2:4] > 0).all()
    assert "negative size" in report.of_kind("guessed")[0].text + report.notes[1].text
