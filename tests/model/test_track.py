import copy
import pickle

import numpy as np
import pytest
from hypothesis import given

from boxreel.errors import AnnotationError
from boxreel.model import Box, Keyframes, Track
from tests.model.strategies import FRAMES, tracks

BOX = [10, 20, 40, 30]
TABLE = Keyframes([3, 9], [BOX, [60, 22, 44, 33]], occluded=[True, False])


def test_leading_outside_keyframes_are_dropped():
    table = Keyframes([0, 2, 5], [BOX] * 3, [True, True, False])
    assert Track(1, "car", table).keyframes == Keyframes([5], [BOX])


@pytest.mark.parametrize(
    "table", [Keyframes([], []), Keyframes([0, 4], [BOX, BOX], True)]
)
def test_a_track_is_somewhere_present(table):
    with pytest.raises(AnnotationError, match="#1 is nowhere present: remove the tr"):
        Track(1, "car", table)


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        ({"id": 0}, "the id of a track is 0, which is not a positive integer"),
        ({"id": 2**53}, "the id of a track is 9007199254740992; integers go up to"),
        ({"attributes": {"number": [(0, 2**53)]}}, "integers go up to"),
        ({"id": 1.0}, "the id of a track must be an integer, not 1.0"),
        ({"label": ""}, "the label of track #1 must be a text"),
        ({"label": 3}, "the label of track #1 must be a text"),
        ({"keyframes": [BOX]}, "use Annotation.add_track"),
        ({"attributes": {"pose": "walking"}}, "give pairs of frame and value"),
        ({"attributes": {"pose": [(0, "a", 1)]}}, "give pairs of frame and value"),
        ({"attributes": {"pose": [(0, [])]}}, "must be a text, a finite number"),
        ({"attributes": {"pose": [(0, float("nan"))]}}, "must be a text, a finite"),
        ({"attributes": {"pose": [(0.5, "a")]}}, "must be an integer, not 0.5"),
        ({"attributes": {"pose": [(-1, "a")]}}, "counted from 0"),
        ({"attributes": {"pose": [(4, "a"), (4, "b")]}}, "4 follows 4"),
        ({"attributes": {"": [(0, "a")]}}, "an attribute of track #1 must be a text"),
    ],
)
def test_bad_values(fields, message):
    with pytest.raises(AnnotationError, match=message):
        Track(**{"id": 1, "label": "car", "keyframes": TABLE, **fields})


@pytest.mark.parametrize("ask", [Track.at, Track.occluded_at])
@pytest.mark.parametrize("frame", [1.5, 4.0, "4", None, -1, True])
def test_frames_are_whole_numbers(ask, frame):
    with pytest.raises(AnnotationError, match="frame"):
        ask(Track(1, "car", TABLE), frame)


def test_a_frame_may_be_of_numpy():
    track = Track(1, "car", TABLE)
    assert track.at(np.int32(5)) == track.at(5)


def test_occluded_only_where_present():
    table = Keyframes([3, 6], [BOX, BOX], outside=[False, True], occluded=True)
    track = Track(1, "car", table)
    assert [track.occluded_at(frame) for frame in (2, 3, 5, 6)] == [0, 1, 1, 0]


def test_attribute_values_of_numpy_become_plain():
    given = [np.int64(3), np.float32(0.5), np.bool_(True), np.str_("a")]
    track = Track(1, "car", TABLE, {"n": [*enumerate(given)]})
    found = [value for _, value in track.attributes["n"]]
    assert found == [3, 0.5, True, "a"]
    assert [type(value) for value in found[:3]] == [int, float, bool]


def test_attribute_steps():
    track = Track(1, "car", TABLE, {"pose": [(2, "a"), (5, None), (7, "b")]})
    found = [track.attribute_at("pose", frame) for frame in (0, 2, 4, 5, 6, 7, 99)]
    assert found == [None, "a", "a", None, None, "b", "b"]
    assert track.attribute_at("mood", 5) is None


@given(tracks(1))
def test_spans_are_where_there_is_a_box(track):
    inside = set()
    for start, stop in track.spans():
        inside |= set(range(start, FRAMES if stop is None else stop))
    assert inside == {f for f in range(FRAMES) if track.at(f) is not None}
    starts = [start for start, _ in track.spans()]
    assert starts == sorted(starts)
    assert track.start == starts[0]


@given(tracks(1))
def test_on_a_keyframe_the_box_is_exactly_its_own(track):
    for row in track.keyframes:
        assert track.at(row.frame) == (None if row.outside else row.box)


@given(tracks(1))
def test_a_track_is_a_value(track):
    for twin in (pickle.loads(pickle.dumps(track)), copy.deepcopy(track)):
        assert twin == track
        assert hash(twin) == hash(track)
    with pytest.raises(AttributeError):
        track.id = 2
    with pytest.raises(TypeError):
        track.attributes["pose"] = ()


def test_a_box_between_keyframes():
    assert Track(1, "car", TABLE).at(6) == Box(35, 21, 42, 31.5)
