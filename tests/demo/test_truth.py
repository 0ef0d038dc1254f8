"""The ground truth is exact, sparse, and tells the story that was planned."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from boxreel.demo.cast import TRACKS
from boxreel.demo.sight import sights
from boxreel.demo.truth import TOLERANCE, knots, true_labels

PARKED, AWAY, BOARDING, TWIN, PASSER, BUS, OTHER_TWIN = 3, 4, 6, 8, 9, 10, 11
ALIGHTING, TOWARDS, CYCLIST = 13, 14, 17


def xyxy(boxes):
    return np.concatenate([boxes[:, :2], boxes[:, :2] + boxes[:, 2:4]], axis=1)


def test_boxes_are_within_half_a_pixel_on_every_frame(labels):
    dense = labels.dense()
    for track, sight in sights().items():
        mine = dense.track == track
        frames = dense.frame[mine]
        assert frames.tolist() == np.flatnonzero(sight.present).tolist()
        off = np.abs(xyxy(dense.box[mine]) - sight.boxes[frames]).max()
        assert off < 0.5
        assert (dense.occluded[mine] == (sight.hidden[frames] > 0.5)).all()


def test_few_keyframes_are_enough(labels):
    count = sum(len(track.keyframes) for track in labels.tracks.values())
    assert count < len(labels.dense()) / 10


def test_boxes_lie_in_the_picture(labels):
    edges = xyxy(labels.dense().box)
    assert (edges >= 0).all()
    assert (edges <= [1280, 720, 1280, 720]).all()


def test_it_is_equal_each_time(labels, video):
    assert true_labels(video) == labels


def test_labels(labels):
    assert [label.name for label in labels.labels] == [
        "car",
        "person",
        "bus",
        "bicycle",
    ]
    assert {track.label for track in labels.tracks.values()} == {
        "car",
        "person",
        "bus",
        "bicycle",
    }
    assert list(labels.tracks) == list(TRACKS)
    starts = [track.start for track in labels.tracks.values()]
    assert starts == sorted(starts)


def test_the_bus_hides_a_car_and_people_while_it_passes(labels):
    ((start, stop),) = labels.tracks[BUS].spans()
    assert 0 < start < stop < 500
    parked = labels.tracks[PARKED]
    assert parked.spans() == [(0, None)]
    assert not parked.occluded_at(start)
    assert parked.occluded_at(150)
    assert not parked.occluded_at(stop)
    (_, lost), (found, _) = labels.tracks[PASSER].spans()
    assert start < lost < found < stop


def test_someone_boards_the_bus_and_someone_gets_off(labels):
    ((_, boarded),) = labels.tracks[BOARDING].spans()
    ((appeared, _),) = labels.tracks[ALIGHTING].spans()
    bus = labels.tracks[BUS]
    for frame, track in ((boarded - 1, BOARDING), (appeared, ALIGHTING)):
        person, hiding = labels.tracks[track].at(frame), bus.at(frame)
        assert person.x < hiding.x + hiding.w
        assert hiding.x < person.x + person.w


def test_look_alikes_cross_and_hide_each_other(labels):
    one, other = labels.tracks[TWIN], labels.tracks[OTHER_TWIN]
    assert TRACKS[TWIN].look == TRACKS[OTHER_TWIN].look
    assert one.at(240).x > other.at(240).x
    assert one.at(265).x < other.at(265).x
    assert any(one.occluded_at(frame) for frame in range(240, 265))


def test_people_cross_the_road_and_change_their_size(labels):
    away, towards = labels.tracks[AWAY], labels.tracks[TOWARDS]
    assert away.at(0).h > 1.4 * away.at(115).h
    assert towards.at(499).h > 1.8 * towards.at(320).h


def test_objects_enter_and_leave(labels):
    inside = [track.spans() for track in labels.tracks.values()]
    assert sum(spans[0][0] > 0 for spans in inside) >= 8
    assert sum(spans[-1][1] is not None for spans in inside) >= 8


@given(
    st.lists(st.floats(-500, 500), min_size=2, max_size=40),
    st.integers(1, 4),
)
def test_between_knots_a_straight_line_is_near_enough(values, stretch):
    path = np.interp(
        np.arange((len(values) - 1) * stretch + 1) / stretch,
        np.arange(len(values)),
        values,
    )
    boxes = np.repeat(path[:, None], 4, axis=1)
    found = knots(boxes, [0, len(path) - 1])
    line = np.interp(np.arange(len(path)), found, path[found])
    assert np.abs(line - path).max() <= TOLERANCE + 1e-9
    assert found[0] == 0
    assert found[-1] == len(path) - 1
