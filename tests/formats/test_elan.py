"""ELAN: events as annotations on tiers."""

import pytest
from hypothesis import given

from boxreel import formats
from boxreel.errors import FormatError
from boxreel.model import Annotation, Event, Label, VideoInfo
from tests.formats.test_round_trip import documents, names, slow

VIDEO = VideoInfo.constant("a.mp4", 640, 480, frame_count=90, fps=30000 / 1001)


@slow
@given(names, names, names)
def test_events_with_hostile_names_are_exact(tmp_path, label, other, said):
    spans = [(0, 30), (10, 40), (30, 50), (35, 36)]
    events = tuple(
        Event(
            number,
            label if number % 2 else other,
            *span,
            (),
            {"text": said, said: other},
        )
        for number, span in enumerate(spans, 1)
    )
    labels = tuple(Label(name, use="event") for name in dict.fromkeys((label, other)))
    a = Annotation(VIDEO, labels, {}, events)
    path = tmp_path / "a.eaf"
    assert formats.write(a, path).notes == ()
    back, report = formats.read_report(path, video=VIDEO)
    assert (report.format, report.notes) == ("elan", ())
    assert back.events == a.events


@slow
@given(documents())
def test_equal_up_to_the_report(tmp_path, annotation):
    path = tmp_path / "a.eaf"
    lost = " ".join(note.text for note in formats.write(annotation, path).notes)
    assert ("tracks and their boxes" in lost) == bool(annotation.tracks)
    back, _ = formats.read_report(path, video=annotation.video)

    def told(event):
        number = 0 if "numbers" in lost else event.id
        span = () if "exact frames" in lost else (event.start, event.stop)
        kept = "no text" not in lost and "is empty" not in lost
        return number, span, event.label, event.attributes if kept else {}

    found = [told(event) for event in back.events]
    for event in annotation.events:
        found.remove(told(event))
    assert found == []


@pytest.mark.parametrize("label", ["a#2", "#1", "a#1#2", "#", "two\nlines#3"])
def test_a_label_may_look_like_a_second_tier(tmp_path, label):
    events = (Event(1, label, 0, 9), Event(2, label, 5, 20))
    a = Annotation(VIDEO, (Label(label, use="event"),), {}, events)
    formats.write(a, tmp_path / "a.eaf")
    assert formats.read_report(tmp_path / "a.eaf", video=VIDEO)[0].events == events


FOREIGN = """<?xml version="1.0" encoding="UTF-8"?>
<ANNOTATION_DOCUMENT FORMAT="3.0" VERSION="3.0">
<TIME_ORDER><TIME_SLOT TIME_SLOT_ID="ts1" TIME_VALUE="0"/>
<TIME_SLOT TIME_SLOT_ID="ts2" TIME_VALUE="1001"/><TIME_SLOT TIME_SLOT_ID="ts3"/>
</TIME_ORDER>
<TIER LINGUISTIC_TYPE_REF="default-lt" TIER_ID="Ann#2"><ANNOTATION>
<ALIGNABLE_ANNOTATION ANNOTATION_ID="a1" TIME_SLOT_REF1="ts1" TIME_SLOT_REF2="ts2">
<ANNOTATION_VALUE>hello</ANNOTATION_VALUE></ALIGNABLE_ANNOTATION></ANNOTATION></TIER>
<TIER LINGUISTIC_TYPE_REF="gloss" PARENT_REF="Ann#2" TIER_ID="pos"><ANNOTATION>
<REF_ANNOTATION ANNOTATION_ID="a2" ANNOTATION_REF="a1">
<ANNOTATION_VALUE>greeting</ANNOTATION_VALUE></REF_ANNOTATION></ANNOTATION></TIER>
</ANNOTATION_DOCUMENT>
"""


def test_tiers_of_others(tmp_path):
    path = tmp_path / "a.eaf"
    path.write_text(FOREIGN)
    a, report = formats.read_report(path, video=VIDEO)
    assert report.notes == ()
    said = {"text": "hello", "pos": "greeting"}
    assert a.events == (Event(1, "Ann#2", 0, 30, (), said),)


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("<?xml", "<!DOCTYPE a []><?xml", "line 1"),
        ('"1001"', '"1s"', "line 4: '1s' is no time"),
        ('REF2="ts2"', 'REF2="ts3"', "line 7: TIME_SLOT_REF2='ts3' has no time"),
        ('REF2="ts2"', 'REF2="ts1"', "line 7: the annotation ends before"),
        ('"0"', '"9000"', "line 7: the annotation ends before"),
        ("ANNOTATION_DOCUMENT", "HTML", "the root is <HTML>"),
    ],
)
def test_bad_input(tmp_path, old, new, message):
    path = tmp_path / "a.eaf"
    path.write_text(FOREIGN.replace(old, new))
    with pytest.raises(FormatError, match=message):
        formats.read(path, format="elan", video=VIDEO)
    with pytest.raises(FormatError, match="pass video="):
        formats.read(path, format="elan")
