import copy
import pickle
import subprocess
import sys
from dataclasses import replace

import pytest
from hypothesis import given

from boxreel.errors import AnnotationError, BoxreelError
from boxreel.model import Annotation, Box, Event, Keyframes, Label, Track, edits
from tests.model.strategies import FRAMES, LABELS, VIDEO, annotations

BOX = (10, 20, 40, 30)
EMPTY = Annotation(VIDEO, LABELS)


def track(id, frame=0, label="car"):
    return Track(id, label, Keyframes([frame], [BOX]))


@pytest.mark.parametrize(
    ("parts", "message"),
    [
        ({"labels": [Label("car"), Label("car")]}, "two labels 'car': rename one"),
        ({"tracks": [track(2), track(1), track(2)]}, "two tracks #2"),
        ({"tracks": {3: track(2)}}, r"tracks\[3\] is track #2"),
        (
            {"tracks": [track(1, label="ship")]},
            "unknown label 'ship': labels are 'car'",
        ),
        ({"tracks": [track(1, FRAMES)]}, f"frame {FRAMES} is not in the video"),
        ({"labels": ["car"]}, "'car' is not a Label"),
        ({"tracks": [BOX]}, r"\(10, 20, 40, 30\) is not a Track"),
        ({"tracks": {1: BOX}}, r"\(10, 20, 40, 30\) is not a Track"),
        ({"events": ["a"]}, "'a' is not a Event"),
        ({"video": "a.mp4"}, r"'a.mp4' is not a video"),
        ({"events": [Event(1, "meeting", 0, 2)] * 2}, "two events 1"),
        ({"events": [Event(1, "meeting", 0, FRAMES + 1)]}, f"stops at {FRAMES + 1}"),
        ({"events": [Event(1, "meeting", 0, 2, (7,))]}, "event 1 names track #7"),
    ],
)
def test_bad_documents(parts, message):
    with pytest.raises(AnnotationError, match=message):
        replace(EMPTY, **parts)


def test_errors_are_of_one_family():
    with pytest.raises(BoxreelError):
        replace(EMPTY, tracks=[track(1), track(1)])
    with pytest.raises(ValueError, match="two tracks"):
        replace(EMPTY, tracks=[track(1), track(1)])


def test_tracks_are_in_the_order_of_their_ids():
    document = Annotation(VIDEO, LABELS, [track(5), track(2)])
    assert [*document.tracks] == [2, 5]
    assert document.next_id == 6
    added = document.apply(edits.AddTrack(track(3)), edits.AddTrack(track(6)))
    assert [*added.tracks] == [2, 3, 5, 6]
    assert EMPTY.next_id == 1


def test_for_video():
    document = Annotation.for_video(VIDEO, ["car", *LABELS[1:]])
    assert document == EMPTY
    with pytest.raises(AnnotationError, match="labels is the text 'car'"):
        Annotation.for_video(VIDEO, "car")
    with pytest.raises(AnnotationError, match="labels is 3: give a list"):
        Annotation.for_video(VIDEO, 3)
    with pytest.raises(AnnotationError, match="is not a video"):
        Annotation.for_video("street.mp4")


def test_add_track():
    document = EMPTY.add_track(
        "person",
        {9: Box(1, 2, 3, 4, 5), 2: BOX},
        id=7,
        attributes={"name": "Ada", "pose": {5: "running", 0: "walking"}},
        source="model",
    )
    added = document.tracks[7]
    assert [row.frame for row in added.keyframes] == [2, 9]
    assert {row.source for row in added.keyframes} == {"model"}
    assert added.attributes == {
        "name": ((0, "Ada"),),
        "pose": ((0, "walking"), (5, "running")),
    }
    assert added.spans() == [(2, None)]
    assert EMPTY.tracks == {}


def test_add_track_for_one_frame():
    assert EMPTY.add_track("car", {4: BOX}, span="frame").tracks[1].spans() == [(4, 5)]
    last = EMPTY.add_track("car", {FRAMES - 1: BOX}, span="frame").tracks[1]
    assert last.spans() == [(FRAMES - 1, None)]
    assert len(last.keyframes) == 1


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ({"label": "ship"}, "unknown label 'ship'"),
        ({"boxes": {}}, "boxes is empty: give a box on a frame"),
        ({"boxes": {0.0: BOX}}, "frame must be an integer"),
        ({"boxes": {-1: BOX}}, "counted from 0"),
        ({"boxes": {FRAMES: BOX}}, f"frame {FRAMES} is not in the video"),
        ({"boxes": {0: (1, 2, 0, 4)}}, "at frame 0 has no area"),
        ({"boxes": {0: BOX, 7: (1, 2, -3, 4)}}, "at frame 7 has no area"),
        ({"boxes": {0: (1, 2, 3)}}, "is not a box: give 4 or 5 numbers"),
        ({"boxes": {0: (1, 2, float("nan"), 4)}}, "at frame 0 is not finite"),
        ({"id": 3}, "there is a track #3 already"),
        ({"id": 0}, "not a positive integer"),
        ({"attributes": {"hat": "red"}}, "has no attribute 'hat'"),
        ({"attributes": {"pose": "flying"}}, "'flying' is none of walking, running"),
        ({"attributes": {"name": {5: "Ada"}}}, "fixed for the track"),
        ({"attributes": {"pose": {"0": "a", 3: "b"}}}, "must be an integer, not '0'"),
        ({"span": "clip"}, "span is 'clip'"),
        ({"span": "frame", "boxes": {0: BOX, 1: BOX}}, "on one frame, not on 2"),
        ({"source": "guess"}, "'guess' is no source"),
    ],
)
def test_add_track_refuses(arguments, message):
    document = EMPTY.add_track("car", {0: BOX}, id=3)
    with pytest.raises(AnnotationError, match=message):
        document.add_track(**{"label": "person", "boxes": {0: BOX}, **arguments})


def test_what_is_asked_in_another_form_is_named():
    with pytest.raises(TypeError, match=r"edits of boxreel.edits, not \[\]"):
        EMPTY.apply([])
    with pytest.raises(AnnotationError, match=r"frames must be several, as \[5\]"):
        EMPTY.dense(5)


def test_add_track_takes_no_unknown_argument():
    with pytest.raises(TypeError, match="colour"):
        EMPTY.add_track("car", {0: BOX}, colour="red")


@given(annotations())
def test_an_annotation_is_a_value(document):
    for twin in (pickle.loads(pickle.dumps(document)), copy.deepcopy(document)):
        assert twin == document
        assert hash(twin) == hash(document)
    with pytest.raises(AttributeError):
        document.labels = ()
    with pytest.raises(TypeError):
        document.tracks[1] = track(1)


def test_annotations_differ_in_any_part():
    document = EMPTY.add_track("car", {0: BOX})
    assert document != EMPTY
    assert document.add_track("car", {0: BOX}) != document
    assert document.apply(edits.SetHold(1, 0)) != document
    assert document.apply(edits.AddLabel(Label("van"))) != document
    assert replace(document, events=[Event(1, "meeting", 0, 2)]) != document


def test_changed_from_goes_by_identity():
    old = Annotation(VIDEO, LABELS, [track(1), track(2), track(3)])
    new = old.apply(edits.SetHold(2, 0), edits.RemoveTrack(3), edits.AddTrack(track(9)))
    assert new.changed_from(old) == ([2, 9], [3])
    assert old.changed_from(old) == ([], [])
    assert new.tracks[1] is old.tracks[1]


def test_an_edit_looks_at_its_own_track_only(monkeypatch):
    document = Annotation(VIDEO, LABELS, [track(id) for id in range(1, 9)])
    looked_at = []
    monkeypatch.setattr(
        "boxreel.model.document.check_keyframes",
        lambda track, video: looked_at.append(track.id),
    )
    document.apply(edits.SetHold(3, 0), edits.AddTrack(track(20)))
    assert looked_at == [20]


def test_the_past_holds_no_prepared_columns():
    document = EMPTY.add_track("car", {0: BOX})
    before = document.dense()
    document.apply(edits.SetKeyframe(1, 5, (1, 2, 3, 4)))
    assert "_runs" not in vars(document)
    assert document.dense() == before


def test_import_is_light():
    code = (
        "import boxreel.model, sys;"
        "heavy = {'av', 'pandas', 'scipy', 'cv2', 'traitlets', 'PIL'};"
        "print(*heavy & set(sys.modules))"
    )
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)
    assert (run.stdout.strip(), run.stderr) == ("", "")
