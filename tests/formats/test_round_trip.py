"""What is written and read back is the same, up to what the report names."""

import io
import warnings
import zipfile
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from boxreel import formats
from boxreel.model import (
    Annotation,
    Attribute,
    Event,
    Keyframes,
    Label,
    Track,
    VideoInfo,
)

FRAMES = 40
HOSTILE = [
    "a",
    "quo\"te's",
    "two\nlines\r\nand\rmore\ttab",
    "<car>&amp;&lt;",
    "]]>",
    "שלום \u202e right",
    " spaces ",
    "x" * 5000,
    "\u2028line separator\x85",
    "日本 🚗",
    "comma,semi;#hash",
]

names = st.sampled_from(HOSTILE) | st.text(
    st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=8
).filter(lambda text: text.isprintable())
pixels = st.floats(-1000, 3000, width=32)
sizes = st.floats(0.5, 2000, width=32)
angles = st.sampled_from([0.0, 90.0, 180.0, -179.99]) | st.floats(-179, 180, width=32)


@st.composite
def keyframes(draw):
    frames = draw(st.sets(st.integers(0, FRAMES - 1), min_size=1, max_size=8))
    n = len(frames)

    def column(values):
        return draw(st.lists(values, min_size=n, max_size=n))

    outside = column(st.booleans())
    outside[0] = False
    boxes = [column(one) for one in (pixels, pixels, sizes, sizes, angles)]
    scores = column(st.none() | st.floats(0, 1, width=16))
    return Keyframes(
        frames=np.array(sorted(frames)),
        boxes=np.array(boxes, dtype=float).T,
        outside=np.array(outside),
        occluded=np.array(column(st.booleans())),
        hold=np.array(column(st.booleans())),
        sources=np.array(column(st.integers(0, 3)), dtype=np.uint8),
        scores=np.array(scores, dtype=float),
    )


ATTRIBUTES = (
    Attribute("pose", "choice", choices=("walks", "runs"), per="frame"),
    Attribute("name", "text", default="?", per="track"),
    Attribute("age", "number", per="frame"),
    Attribute("hurt", "boolean", default=False, per="frame"),
)
VALUES = {
    "pose": st.sampled_from(["walks", "runs"]),
    "name": names,
    "age": st.integers(-5, 99) | st.floats(-9, 9, width=16),
    "hurt": st.booleans(),
}


@st.composite
def attributes(draw):
    found = {}
    for attribute in ATTRIBUTES:
        count = draw(st.integers(0, 1 if attribute.per == "track" else 3))
        if count:
            later = st.sets(
                st.integers(1, FRAMES - 1), min_size=count - 1, max_size=count - 1
            )
            steps, before = [], None
            for frame in [0, *sorted(draw(later))]:
                value = draw(VALUES[attribute.name].filter(lambda v, b=before: v != b))
                steps.append((frame, value))
                before = value
            found[attribute.name] = tuple(steps)
    return found


@st.composite
def happenings(draw, id, labels, tracks):
    """Draw an event; it may overlap others, and last to the end of the clip."""
    start = draw(st.integers(0, FRAMES - 1))
    stop = draw(st.integers(start + 1, FRAMES))
    taking_part = draw(st.sets(st.sampled_from(tracks))) if tracks else ()
    values = st.dictionaries(
        st.sampled_from(["why", "age", "hurt"]), st.one_of(*VALUES.values()), max_size=2
    )
    label = draw(st.sampled_from(labels))
    return Event(id, label, start, stop, tuple(sorted(taking_part)), draw(values))


@st.composite
def documents(draw):
    labels = draw(st.lists(names, min_size=1, max_size=3, unique=True))
    ids = draw(st.sets(st.integers(1, 99), max_size=4))
    tracks = {
        number: Track(
            number,
            draw(st.sampled_from(labels)),
            draw(keyframes()),
            draw(attributes()),
            draw(st.none() | st.integers(1, 3)),
            draw(st.sampled_from(["", "seen twice"])),
        )
        for number in sorted(ids)
    }
    events = [
        draw(happenings(id, labels, [*tracks]))
        for id in draw(st.lists(st.integers(1, 9), max_size=3, unique=True))
    ]
    return Annotation(
        video=VideoInfo(
            name=draw(names),
            width=640,
            height=480,
            ticks=np.cumsum(
                draw(st.lists(st.integers(1, 9), min_size=FRAMES, max_size=FRAMES))
            ),
            time_base="1/15360",
            fingerprint=draw(st.sampled_from(["", "abc"])),
        ),
        labels=tuple(Label(name, "#1234ab", ATTRIBUTES) for name in labels),
        tracks=tracks,
        events=events,
        notes=draw(st.dictionaries(st.integers(0, FRAMES - 1), names, max_size=2)),
        next_id=draw(st.integers(1, 200)),
    )


slow = settings(
    max_examples=60,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
)


def rows(annotation):
    boxes = annotation.dense()
    order = np.lexsort((boxes.frame, boxes.track))
    return boxes, order


@slow
@given(documents())
def test_native_is_exact(tmp_path, annotation):
    path = tmp_path / "a.boxreel.json"
    report = formats.write(annotation, path)
    assert report.notes == ()
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        back = formats.read(path)
    assert back == annotation
    formats.write(back, tmp_path / "b.boxreel.json")
    assert (tmp_path / "b.boxreel.json").read_bytes() == path.read_bytes()


@slow
@given(documents())
def test_native_has_one_track_a_line(tmp_path, annotation):
    path = tmp_path / "a.boxreel.json"
    formats.write(annotation, path)
    lines = path.read_text("utf-8").split("\n")
    ids = [f'{{"id": {t.id},' for t in annotation.tracks.values()]
    tracks = lines[lines.index('"tracks": [') + 1 : -2] if ids else []
    assert [line[: len(start)] for line, start in zip(tracks, ids, strict=True)] == ids


@slow
@given(documents())
def test_cvat_is_equal_up_to_the_report(tmp_path, annotation):
    path = tmp_path / "a.xml"
    report = formats.write(annotation, path)
    back, read = formats.read_report(path, video=annotation.video)
    lost = " ".join(note.text for note in report.notes)
    assert read.notes == ()
    assert back.labels == annotation.labels
    assert list(back.tracks) == list(annotation.tracks)
    a, b = annotation.dense(), back.dense()
    for column in ("frame", "track", "occluded"):
        np.testing.assert_array_equal(getattr(a, column), getattr(b, column))
    if "rounded" not in lost and "keyframes as they were" not in lost:
        np.testing.assert_allclose(a.box[:, :4], b.box[:, :4], atol=1e-9)
    near = np.abs(a.xyxy - b.xyxy).max(axis=1, initial=0)
    assert (near <= 0.0101).all()
    turn = np.abs(a.rotation - b.rotation)
    assert (np.minimum(turn, 360 - turn) <= 0.0101).all()
    if "keyframes as they were" not in lost:
        np.testing.assert_array_equal(a.keyframe, b.keyframe)
    else:
        assert (b.keyframe >= a.keyframe).all()
    if "source" not in lost:
        np.testing.assert_array_equal(a.source, b.source)
    if "scores" not in lost:
        np.testing.assert_array_equal(np.isnan(a.score), True)
    assert ("events" in lost) == bool(annotation.events)
    for track in annotation.tracks.values():
        assert back.tracks[track.id].label == track.label
        for name in track.attributes:
            for frame in a.frame[a.track == track.id].tolist():
                value = track.attribute_at(name, frame)
                assert back.tracks[track.id].attribute_at(name, frame) == value


@slow
@given(documents(), st.sampled_from(["gt", "mot15", "det", "results"]))
def test_mot_is_equal_up_to_the_report(tmp_path, annotation, kind):
    path = tmp_path / "gt.txt"
    report = formats.write(annotation, path, kind=kind)
    classes = [label.name for label in annotation.labels]
    if kind != "gt":
        classes = classes[:1]
    lost = " ".join(note.text for note in report.notes)
    back, _ = formats.read_report(
        path, format="mot", video=annotation.video, classes=classes, kind=kind
    )
    a, b = annotation.dense(), back.dense()
    assert report.counts["boxes"] == len(a) == len(b)
    if kind == "det":
        assert len(np.unique(b.track)) == len(b)
        assert sorted(a.frame.tolist()) == sorted(b.frame.tolist())
        return
    np.testing.assert_array_equal(a.frame, b.frame)
    np.testing.assert_array_equal(a.track, b.track)
    upright = a.rotation == 0
    assert upright.all() == ("rotation" not in lost)
    np.testing.assert_allclose(a.box[upright, :4], b.box[upright, :4], atol=0.0011)
    assert b.keyframe.all()
    if "occluded" not in lost:
        np.testing.assert_array_equal(a.occluded, b.occluded)
    if "scores" not in lost and kind == "results":
        kept = ~np.isnan(a.score)
        np.testing.assert_allclose(a.score[kept], b.score[kept], rtol=1e-5)
    if kind == "gt":
        for track in back.tracks.values():
            assert track.label == annotation.tracks[track.id].label


WITH_A_RATE = [
    name
    for name, format in formats.formats().items()
    if format.dump and not format.spread and name not in ("webvtt", "elan")
]
"""Formats that are read without the video, whose rate would count."""


@pytest.mark.parametrize("rate", ["30000/1001", "24000/1001", "25/2"])
@pytest.mark.parametrize("name", WITH_A_RATE)
def test_a_fractional_rate_comes_back_or_is_guessed(tmp_path, name, rate):
    video = VideoInfo.constant("a.mp4", 640, 480, frame_count=31, fps=Fraction(rate))
    annotation = Annotation.for_video(video, ["car"])
    annotation = annotation.add_track("car", {3: (1, 2, 30, 40), 20: (5, 6, 30, 40)})
    formats.write(annotation, tmp_path / "a", format=name)
    back, read = formats.read_report(tmp_path / "a", format=name)
    guesses = " ".join(note.text for note in read.of_kind("guessed"))
    if "frames a second" not in guesses:
        np.testing.assert_allclose(back.video.times, video.times, rtol=0, atol=1e-9)


def test_mot_with_companions_needs_nothing_else(tmp_path):
    video = VideoInfo.constant("seq one", 640, 480, frame_count=30, fps=25)
    annotation = Annotation.for_video(video, ["car", "per son"])
    annotation = annotation.add_track("per son", {3: (1, 2, 30, 40)})
    for path in (tmp_path / "seq" / "gt" / "gt.txt", tmp_path / "flat" / "gt.txt"):
        path.parent.mkdir(parents=True)
        formats.write(annotation, path, companions=True)
        back, report = formats.read_report(path)
        assert report.notes == ()
        np.testing.assert_array_equal(back.dense().box, annotation.dense().box)
        assert back.video == video
        assert back.labels == annotation.labels
    assert (tmp_path / "seq" / "seqinfo.ini").read_text() == (
        "[Sequence]\nname=seq one\nimDir=img1\nframeRate=25\nseqLength=30\n"
        "imWidth=640\nimHeight=480\nimExt=.jpg\n"
    )
    assert (tmp_path / "seq" / "gt" / "labels.txt").read_text() == "car\nper son\n"


@pytest.mark.parametrize(
    ("format", "options"), [("cvat", {}), ("mot", {"companions": True})]
)
def test_archives(tmp_path, format, options):
    video = VideoInfo.constant("seq", 640, 480, frame_count=30, fps=25)
    annotation = Annotation.for_video(video, ["car"])
    annotation = annotation.add_track("car", {3: (1, 2, 30, 40)}, source="import")
    path = tmp_path / "a.zip"
    formats.write(annotation, path, format=format, **options)
    back, _ = formats.read_report(path)
    np.testing.assert_array_equal(back.dense().box, annotation.dense().box)
    assert back.labels == annotation.labels
    members = zipfile.ZipFile(io.BytesIO(path.read_bytes())).namelist()
    assert members == (
        ["annotations.xml"]
        if format == "cvat"
        else ["gt/gt.txt", "gt/labels.txt", "seqinfo.ini"]
    )


def test_cvat_hold_and_half_turn_stay_as_they_are(tmp_path):
    video = VideoInfo.constant("a", 640, 480, frame_count=30, fps=25)
    table = Keyframes(
        frames=np.array([0, 10, 20]),
        boxes=np.array([[0, 0, 10, 10, 0], [9, 0, 10, 10, 0], [20, 5, 10, 10, 180.0]]),
        hold=np.array([True, False, False]),
    )
    annotation = Annotation(video, (Label("a"),), {5: Track(5, "a", table)}, ())
    report = formats.write(annotation, tmp_path / "a.xml")
    back, _ = formats.read_report(tmp_path / "a.xml", video=video)
    assert back.tracks[5].keyframes.frames.tolist() == [0, 9, 10, 15, 20]
    np.testing.assert_allclose(back.dense().box, annotation.dense().box, atol=1e-12)
    assert {note.text for note in report.notes} == {
        "hold",
        "keyframes as they were: CVAT needs more for holds, half turns or attributes",
    }


def test_ignored_boxes_keep_their_flag(tmp_path):
    video = VideoInfo.constant("a", 640, 480, frame_count=9, fps=25)
    path = tmp_path / "gt.txt"
    path.write_text("2,1,0,0,9,9,1,1,1\n3,1,0,0,9,9,0,1,1\n5,1,0,0,9,9,1,1,0\n")
    back, _ = formats.read_report(path, video=video, classes=["car"])
    assert back.tracks[1].attributes == {"ignored": ((0, False), (2, True), (4, False))}
    assert back.tracks[1].spans() == [(1, 3), (4, 5)]
    assert [back.tracks[1].occluded_at(frame) for frame in (1, 4)] == [False, True]
    formats.write(back, tmp_path / "b.txt")
    flags = [line.split(",")[6] for line in (tmp_path / "b.txt").read_text().split()]
    assert flags == ["1", "0", "1"]


def test_cvat_values_that_are_no_values_are_dropped(tmp_path):
    path = tmp_path / "a.xml"
    video = VideoInfo.constant("a", 640, 480, frame_count=30, fps=25)
    annotation = Annotation(video, (Label("a", None, ATTRIBUTES),), {}, ())
    annotation = annotation.add_track(
        "a",
        {0: (1, 2, 3, 4)},
        attributes={"name": None, "age": 7, "hurt": True, "pose": "runs"},
    )
    formats.write(annotation, path)
    for old, new in [(">7<", ">inf<"), (">true<", ">maybe<"), (">runs<", ">flies<")]:
        path.write_text(
            path.read_text().replace(old + "/attribute", new + "/attribute")
        )
    back, report = formats.read_report(path, video=video)
    assert back.tracks[1].attributes == {}
    assert sorted(note.text for note in report.of_kind("dropped")) == [
        "value 'flies' of attribute 'pose'",
        "value 'inf' of attribute 'age'",
        "value 'maybe' of attribute 'hurt'",
    ]


def test_cvat_half_turn_keeps_its_way_though_rounded(tmp_path):
    video = VideoInfo.constant("a", 640, 480, frame_count=30, fps=25)
    boxes = [[0, 0, 9, 9, 0.006], [0, 0, 9, 9, -179.99]]
    table = Keyframes(np.array([4, 20]), np.array(boxes))
    annotation = Annotation(video, (Label("a"),), {1: Track(1, "a", table)}, ())
    formats.write(annotation, tmp_path / "a.xml")
    back, report = formats.read_report(tmp_path / "a.xml", video=video)
    assert report.notes == ()
    np.testing.assert_allclose(
        back.dense().rotation, annotation.dense().rotation, atol=0.01
    )
