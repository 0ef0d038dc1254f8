"""VIAME CSV and DIVE JSON: rows and keyframes, and DIVE's own pairs of both."""

import json

import numpy as np
import pytest
from hypothesis import given, settings

from boxreel import formats
from boxreel.errors import FormatError
from boxreel.model import Annotation, Keyframes, Label, Track, VideoInfo
from tests.formats.test_round_trip import documents, slow

few = settings(slow, max_examples=25)
VIDEO = VideoInfo.constant("a", 640, 480, frame_count=9, fps=25)


def lost_of(report):
    return " ".join(note.text for note in report.notes)


def check_values(annotation, back, lost):
    boxes = annotation.dense()
    for track in annotation.tracks.values():
        assert back.tracks[track.id].label == track.label
        for name in track.attributes:
            for frame in boxes.frame[boxes.track == track.id].tolist():
                value = track.attribute_at(name, frame)
                same = back.tracks[track.id].attribute_at(name, frame) == value
                assert same or f"attribute {name!r}" in lost


def check_scores(a, b, lost):
    if "scores" not in lost:
        known = ~np.isnan(a.score)
        np.testing.assert_allclose(a.score[known], b.score[known], atol=1e-12)
        rest = b.score[~known]
        assert (rest == 1).all() if "no score gets 1" in lost else np.isnan(rest).all()


@few
@given(documents())
def test_viame(tmp_path, annotation):
    path = tmp_path / "a.viame.csv"
    lost = lost_of(formats.write(annotation, path))
    back, read = formats.read_report(path, video=annotation.video)
    assert (read.format, read.notes) == ("viame", ())
    a, b = annotation.dense(), back.dense()
    assert (a.frame.tolist(), a.track.tolist()) == (b.frame.tolist(), b.track.tolist())
    np.testing.assert_allclose(a.box, b.box, rtol=1e-12, atol=1e-9)
    assert a.occluded.tolist() == b.occluded.tolist()
    check_scores(a, b, lost)
    check_values(annotation, back, lost)


@few
@given(documents())
def test_dive(tmp_path, annotation):
    path = tmp_path / "a.dive.json"
    lost = lost_of(formats.write(annotation, path))
    back, read = formats.read_report(path, video=annotation.video)
    assert (read.format, read.notes) == ("dive", ())
    a, b = annotation.dense(), back.dense()
    assert (a.frame.tolist(), a.track.tolist()) == (b.frame.tolist(), b.track.tolist())
    sides = np.concatenate([a.box[:, :2], a.box[:, :2] + a.box[:, 2:4]], axis=1)
    other = np.concatenate([b.box[:, :2], b.box[:, :2] + b.box[:, 2:4]], axis=1)
    near = 1.01 if "rounded" in lost else 1e-9  # half a pixel, and at least one wide
    assert np.abs(sides - other).max(initial=0) <= near
    np.testing.assert_allclose(a.rotation, b.rotation, atol=1e-9)
    assert a.occluded.tolist() == b.occluded.tolist()
    assert (b.keyframe >= a.keyframe).all()
    if "keyframes as they were" not in lost:
        assert a.keyframe.tolist() == b.keyframe.tolist()
    check_scores(a, b, lost)
    check_values(annotation, back, lost)
    for track in annotation.tracks.values():
        assert back.tracks[track.id].group == track.group


def test_viame_says_all_of_the_video(tmp_path):
    video = VideoInfo.constant("a", 640, 480, frame_count=9, fps=30000 / 1001)
    a = Annotation.for_video(video, ["car"]).add_track("car", {3: (1.5, 2, 3, 4)})
    formats.write(a, tmp_path / "a.viame.csv")
    back, report = formats.read_report(tmp_path / "a.viame.csv")
    assert report.notes == ()
    assert (back.video.width, back.video.frame_count) == (640, 9)
    assert back.video.fps == pytest.approx(30000 / 1001)
    row = (tmp_path / "a.viame.csv").read_text().splitlines()[2]
    assert row == "1,00:00:00.100100,3,1.5,2.0,4.5,6.0,1.0,-1,car,1.0"


def test_dive_ends_and_gaps(tmp_path):
    table = Keyframes(
        [0, 3, 5, 7],
        [[x, 0, 9, 9, 0] for x in (0, 30, 50, 70)],
        [False, True, False, False],
    )
    a = Annotation(VIDEO, (Label("car"),), {4: Track(4, "car", table)})
    formats.write(a, tmp_path / "a.dive.json")
    track = json.loads((tmp_path / "a.dive.json").read_text())["tracks"]["4"]
    shown = [(one["frame"], one["interpolate"]) for one in track["features"]]
    assert shown == [(0, True), (2, False), (5, True), (7, True), (8, False)]
    assert (track["begin"], track["end"]) == (0, 8)
    assert formats.read(tmp_path / "a.dive.json", video=VIDEO).tracks[4].spans() == [
        (0, 3),
        (5, None),
    ]


def test_dive_reads_as_dive_does(test_data, tmp_path):
    pairs = json.loads((test_data / "exports/dive/A-viame.spec.json").read_text())
    assert len(pairs) == 7
    for rows, tracks, *_ in pairs:
        path = tmp_path / "rows.csv"
        path.write_text("\n".join(rows))
        ours, _ = formats.read_report(path, format="viame")
        (tmp_path / "tracks.json").write_text(json.dumps(tracks))
        theirs, report = formats.read_report(tmp_path / "tracks.json")
        assert report.format == "dive"
        a, b = ours.dense(), theirs.dense()
        assert a.frame.tolist() == b.frame.tolist()
        assert a.track.tolist() == b.track.tolist()
        assert np.abs(a.xyxy - b.xyxy).max() <= 0.5
        for track in theirs.tracks.values():
            mine = ours.tracks[track.id]
            for name in track.attributes:
                for frame in a.frame[a.track == track.id].tolist():
                    value = track.attribute_at(name, frame)
                    assert mine.attribute_at(name, frame) == value


def test_samples(test_data):
    path = test_data / "exports/dive/A-viame_example_detections.csv"
    a, report = formats.read_report(path)
    assert (report.format, report.counts["boxes"]) == ("viame", 992)
    assert a.tracks[1].at(0).row == (0, 3, 35, 14, 0)
    assert a.dense().score[0] == 0.00136197
    assert ("less sure species", 29) in [(n.text, n.count) for n in report.notes]
    pairs = json.loads((test_data / "exports/dive/A-attributes.spec.json").read_text())
    assert len(pairs) == 2


ROW = "1,a.png,0,1,2,9,8,1,-1,car,1"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("1,a.png,0,1,2\n", "line 1: 5 columns"),
        (f"{ROW}\nx,a.png,0,1,2,9,8,1,-1\n", "line 2: 'x' is no id"),
        (f"{ROW}\n1,a.png,1e9,1,2,9,8,1,-1\n", "line 2: '1e9' is no frame"),
        (ROW.replace("9,8", "9,b"), "line 1: .*'b'"),
        (ROW.replace("9,8", "9,nan"), "line 1: the box is no number"),
        (ROW.replace("9,8", "9,2"), "line 1: the box has no width"),
        (ROW.replace("car,1", "car,sure"), "line 1: 'sure' is no confidence"),
        (f"{ROW}\n{ROW}\n", "line 2: object 1 is there twice"),
        (ROW.replace(",0,", ",9,"), "line 1: the box is past the end"),
        (ROW + ",(atr) a " + "x" * 200_000, "line 1: field larger"),
    ],
)
def test_viame_that_is_damaged(tmp_path, text, message):
    path = tmp_path / "a.csv"
    path.write_text(text)
    with pytest.raises(FormatError, match=message):
        formats.read_report(path, format="viame", video=VIDEO)


def dive(**changes):
    feature = {"frame": 0, "bounds": [1, 2, 9, 8]}
    track = {"id": 1, "confidencePairs": [["car", 1]], "features": [feature]}
    return {"version": 2, "tracks": {"1": track | changes}}


@pytest.mark.parametrize(
    ("document", "message"),
    [
        (dive(id=-1), "tracks.1 has the id -1"),
        (dive(id="a"), "tracks.1.id should be a number"),
        (dive(features=[{"frame": 0, "bounds": [1, 2]}]), "should be left, top"),
        (dive(features=[{"frame": 0, "bounds": [9, 2, 9, 4]}]), "has no size: 0 by 2"),
        (dive(features=[{"frame": 9, "bounds": [1, 2, 3, 4]}]), "past the end of 9"),
        (dive(features=[{"frame": 0}] * 2), r"features\[1\] is on frame 0"),
        (dive(features=3), "features should be a list"),
        (dive(confidencePairs=[["car"]]), "more than 1 elements"),
        (dive(confidencePairs=[[3, 1]]), "should be a text"),
        ({"tracks": [1]}, "tracks should be an object"),
        (dive() | {"groups": {"a": {"id": -3}}}, "groups.a has the id -3"),
    ],
)
def test_dive_that_is_damaged(tmp_path, document, message):
    path = tmp_path / "a.json"
    path.write_text(json.dumps(document))
    with pytest.raises(FormatError, match=message):
        formats.read_report(path, format="dive", video=VIDEO)
