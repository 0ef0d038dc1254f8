"""WebVTT: events as cues."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from boxreel import formats
from boxreel.errors import FormatError
from boxreel.model import Annotation, Event, Label, VideoInfo
from tests.formats.test_round_trip import documents, names, slow

VIDEO = VideoInfo.constant("a.mp4", 640, 480, frame_count=90, fps=30000 / 1001)

FOREIGN = (
    "WEBVTT - made elsewhere\r\n\r\nNOTE a remark\r\n\r\n"
    "intro\r\n00:00.000 --> 00:01.000 align:start\r\n<v Ann>Hello\r\nthere\r\n\r\n"
    "00:00:02.000 --> 00:00:09.000\r\nEnd\r\n"
)


def refused(tmp_path, text, *parts, **options):
    path = tmp_path / "a.vtt"
    path.write_text(text)
    with pytest.raises(FormatError) as caught:
        formats.read(path, format="webvtt", **options)
    for part in (str(path), *parts):
        assert part in str(caught.value)


@slow
@given(st.integers(0, 89), st.integers(1, 90), names, names)
def test_events_at_a_fractional_rate_are_exact(tmp_path, start, length, label, said):
    values = {"said": said, "sure": True, "share": 0.5}
    event = Event(7, label, start, min(90, start + length), (), values)
    a = Annotation(VIDEO, (Label(label, use="event"),), {}, (event,))
    path = tmp_path / "a.vtt"
    assert formats.write(a, path).notes == ()
    back, report = formats.read_report(path, video=VIDEO)
    assert (report.format, report.notes) == ("webvtt", ())
    assert back.events == a.events
    assert back.labels == a.labels


@slow
@given(documents())
def test_equal_up_to_the_report(tmp_path, annotation):
    path = tmp_path / "a.vtt"
    lost = " ".join(note.text for note in formats.write(annotation, path).notes)
    assert ("tracks and their boxes" in lost) == bool(annotation.tracks)
    back, _ = formats.read_report(path, video=annotation.video)
    for one, two in zip(annotation.events, back.events, strict=True):
        assert (one.id, one.label, one.attributes) == (
            two.id,
            two.label,
            two.attributes,
        )
        if "exact frames" not in lost:
            assert (one.start, one.stop) == (two.start, two.stop)


def test_frames_of_uneven_length(tmp_path):
    ticks = np.cumsum([0, 40, 7, 90, 33, 400])
    video = VideoInfo("vfr", 64, 48, ticks, "1/1000")
    events = (Event(1, "a", 1, 3), Event(2, "a", 5, 6))
    a = Annotation(video, (Label("a", use="event"),), {}, events)
    formats.write(a, tmp_path / "a.vtt")
    assert formats.read_report(tmp_path / "a.vtt", video=video)[0].events == events


def test_cues_of_others_are_texts(tmp_path):
    path = tmp_path / "a.vtt"
    path.write_bytes(FOREIGN.encode())
    a, report = formats.read_report(path, video=VIDEO, label="speech")
    assert a.events == (
        Event(1, "speech", 0, 29, (), {"text": "<v Ann>Hello\nthere"}),
        Event(2, "speech", 59, 90, (), {"text": "End"}),
    )
    assert [(note.kind, note.count) for note in report.notes] == [
        ("dropped", 1),
        ("dropped", 1),
        ("guessed", 2),
        ("dropped", 1),
        ("guessed", 2),
    ]


BAD = [
    ("WEBVT\n", "line 1", "WEBVTT"),
    ("WEBVTT\n\nhello\n", "line 3", "no time", "'hello'"),
    ("WEBVTT\n\n1\n00:00.000 --> 1.5\nx\n", "line 4", "'1.5' is no time"),
    ("WEBVTT\n\n00:02.000 --> 00:01.000\nx\n", "line 3", "ends before"),
    ("WEBVTT\n\n00:00.000 -->\nx\n", "line 3", "'' is no time"),
    ("WEBVTT\n\n99:00:00.000 --> 99:00:01.000\nx\n", "line 3", "after the end"),
    ('WEBVTT\n\n00:00.000 --> 00:01.000\n{"label": 3}\n', "line 4", "label should be"),
    ('WEBVTT\n\n00:00.000 --> 00:01.000\n{"label": "a"\n', "line 4", "damaged JSON"),
    ('WEBVTT\n\n00:00.000 --> 00:01.000\n{"label": ""}\n', "label"),
]


@pytest.mark.parametrize(("text", "parts"), [(text, parts) for text, *parts in BAD])
def test_bad_input(tmp_path, text, parts):
    refused(tmp_path, text, *parts, video=VIDEO)


def test_the_video_is_needed(tmp_path):
    refused(tmp_path, "WEBVTT\n", "pass video=")


@pytest.mark.parametrize("format", ["webvtt", "darwin", "label-studio"])
def test_a_single_picture_has_no_rate(tmp_path, format):
    video = VideoInfo("a.png", 64, 48, [0], "1/1000")
    events = (Event(1, "a", 0, 1),)
    a = Annotation.for_video(video, ["b"]).add_track("b", {0: (1, 2, 3, 4)})
    a = Annotation(video, (*a.labels, Label("a", use="event")), a.tracks, events)
    formats.write(a, tmp_path / "a.txt", format=format)
    back, _ = formats.read_report(tmp_path / "a.txt", video=video)
    assert back.events == events
