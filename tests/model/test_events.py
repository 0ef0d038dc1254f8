import pickle

import pytest

from boxreel.errors import AnnotationError
from boxreel.model import Event


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        ({"id": 0}, "the id of an event is 0, which is not a positive integer"),
        ({"label": ""}, "the label of event 1 must be a text"),
        ({"start": -1}, "start of event 1 is -1; frames are counted from 0"),
        ({"start": 1.0}, "start of event 1 must be an integer"),
        ({"stop": 3}, r"has the frames \[3, 3\): .* must lie after start"),
        ({"stop": None}, "stop of event 1 must be an integer"),
        ({"tracks": (2, 2)}, "event 1 names a track twice"),
        ({"tracks": ("a",)}, "a track of event 1 must be an integer"),
        ({"attributes": {"n": []}}, "attribute 'n' of event 1 must be a text"),
    ],
)
def test_bad_values(fields, message):
    with pytest.raises(AnnotationError, match=message):
        Event(**{"id": 1, "label": "meeting", "start": 3, "stop": 9, **fields})


def test_an_event_is_a_value():
    event = Event(1, "meeting", 3, 9, (2,), {"sure": True})
    twin = pickle.loads(pickle.dumps(event))
    assert (twin, hash(twin)) == (event, hash(event))
    with pytest.raises(TypeError):
        event.attributes["sure"] = False


def test_tracks_come_and_go():
    event = Event(1, "meeting", 3, 9, (2, 5))
    assert event.without_track(2).tracks == (5,)
    assert event.without_track(7) is event
    assert event.with_track_renamed(5, 3).tracks == (2, 3)
    assert event.with_track_renamed(5, 2).tracks == (2,)
    assert event.with_track_renamed(7, 2) is event


def test_repr():
    assert repr(Event(1, "meeting", 3, 9)) == "Event(1, 'meeting', frames 3 to 8)"
