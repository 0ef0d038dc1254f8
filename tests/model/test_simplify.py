"""Dense tracks become editable: what is left out, what stays, how few there are."""

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from boxreel.errors import AnnotationError
from boxreel.geometry import paired_iou
from boxreel.model import Annotation, Keyframes, Track, VideoInfo, jumpy
from boxreel.model.cones import cones
from boxreel.model.fewest import PIECE, fewest
from boxreel.model.interpolate import dense, runs_of
from boxreel.model.simplify import simplified
from boxreel.model.ways import Rows


def walk(rng, count, noise, rotation=0.0):
    """Boxes of an object that changes its pace, seen by a detector with some noise."""
    pace = np.cumsum(rng.normal(0, 0.3, (count, 4)), axis=0)
    x, y = 400 + np.cumsum(pace[:, :2] * 0.3, axis=0).T
    w, h = 60 * np.exp(pace[:, 2] * 0.01), 120 * np.exp(pace[:, 3] * 0.01)
    turn = rotation * np.sin(np.arange(count) / 20)
    boxes = np.stack([x, y, w, h, turn], axis=1)
    boxes[:, :4] += rng.normal(0, noise, (count, 4))
    boxes[:, 2:4] = np.maximum(boxes[:, 2:4], 8)
    return boxes


def fewest_possible(frames, boxes, min_iou):
    """Length of the shortest path, every arrow looked at."""
    steps = np.full(len(frames), len(frames))
    steps[0] = 1
    for i in range(len(frames)):
        for j in range(i + 1, len(frames)):
            if steps[i] + 1 < steps[j] and is_near(frames, boxes, i, j, min_iou):
                steps[j] = steps[i] + 1
    return steps[-1]


def is_near(frames, boxes, i, j, min_iou):
    between = slice(i + 1, j)
    t = (frames[between] - frames[i]) / (frames[j] - frames[i])
    way = boxes[i] + (boxes[j] - boxes[i]) * t[:, None]
    return (paired_iou(way, boxes[between]) >= min_iou).all()


def test_the_fewest_within_5_percent_of_the_optimum():
    rng = np.random.default_rng(5)
    frames, ends = np.arange(80), np.array([[0, 79]])
    ours = best = 0
    for noise in (0, 0, 0.3, 0.6, 1, 1.5, 2, 4) * 4:
        boxes = walk(rng, 80, noise)
        ours += fewest(frames, boxes, ends, 0.9).sum()
        best += fewest_possible(frames, boxes, 0.9)
    assert best <= ours <= 1.05 * best


def test_runs_that_jump_about_are_searched_arrow_by_arrow():
    rng = np.random.default_rng(7)
    frames, ours, best = np.arange(80), 0, 0
    for noise in (2, 3, 4, 8) * 3:
        boxes, chosen = walk(rng, 80, noise), np.zeros(80, dtype=bool)
        rows = Rows.of(frames, boxes, 0.9, False)
        assert jumpy.search(rows, np.array([[0, 79]]), chosen).all()
        ours += chosen.sum()
        best += fewest_possible(frames, boxes, 0.9)
    assert best <= ours <= 1.01 * best
    chosen = np.zeros(80, dtype=bool)
    rows = Rows.of(frames, walk(rng, 80, 0), 0.9, False)
    assert not jumpy.search(rows, np.array([[0, 79]]), chosen).any()
    assert not chosen.any()


@pytest.mark.parametrize("min_iou", [0.9, 0.999, 1.0])
@given(seed=st.integers(0, 2**32 - 1), far=st.sampled_from([0, 3e3]))
@settings(max_examples=20, deadline=None)
def test_straight_ways_keep_their_ends_alone(min_iou, seed, far):
    rng = np.random.default_rng(seed)
    pace = rng.normal(0, 3, (3, 5)) * [1, 1, 0.1, 0.1, 0]
    at = np.array([0, 60, 61, 200])  # the pace changes twice
    knots = np.cumsum([[far, far, 90, 70, 0], *pace * np.diff(at)[:, None]], axis=0)
    knots[:, 2:4] = np.maximum(knots[:, 2:4], 20)
    boxes = np.array([np.interp(np.arange(201), at, side) for side in knots.T]).T
    chosen = fewest(np.arange(201), boxes, np.array([[0, 200]]), min_iou)
    assert chosen.sum() <= len(at)


@pytest.mark.parametrize("turn", [0.0, 15.0])
@given(
    seed=st.integers(0, 2**32 - 1),
    noise=st.sampled_from([0, 0.5, 2]),
    min_iou=st.sampled_from([0.3, 0.5, 0.7, 0.9, 0.99]),
)
@settings(max_examples=20, deadline=None)
def test_cones_leave_out_no_arrow_there_is(turn, seed, noise, min_iou):
    rng = np.random.default_rng(seed)
    frames, boxes = np.cumsum(rng.integers(1, 3, 40)), walk(rng, 40, noise, turn)
    rows = Rows.of(frames, boxes, min_iou, bool(turn))
    front, at = np.array([[4, 2, 1]]), np.arange(2, 40)[None]
    arrows, opened = cones(rows, front, at)
    for column, stop in enumerate(at[0]):
        for index, start in enumerate(front[0]):
            may_be = start < stop and is_near(frames, boxes, start, stop, min_iou)
            assert arrows[column, index, 0] or not may_be
    assert opened[0] or not arrows[-1].any()


def test_what_rounding_takes_for_near_is_mended():
    rng = np.random.default_rng(3)
    frames, boxes = np.arange(80), walk(rng, 80, 3)
    boxes[1:, :2] += 3e8  # a number of four bytes is tens of pixels off there
    rows, chosen = Rows.of(frames, boxes, 0.9, False), np.zeros(80, dtype=bool)
    assert jumpy.search(rows, np.array([[0, 79]]), chosen).all()
    path = np.flatnonzero(chosen)
    assert all(is_near(frames, boxes, i, j, 0.9) for i, j in pairwise(path))


@pytest.mark.parametrize("rotation", [0.0, 30.0])
@given(
    seed=st.integers(0, 2**32 - 1),
    noise=st.sampled_from([0, 0.5, 2, 20]),
    count=st.integers(2, 120),
    min_iou=st.sampled_from([0.3, 0.7, 0.9, 0.99, 1.0]),
)
@settings(max_examples=40, deadline=None)
def test_no_box_strays_further_than_the_bound(rotation, seed, noise, count, min_iou):
    rng = np.random.default_rng(seed)
    frames = np.cumsum(rng.integers(1, 4, count))
    boxes = walk(rng, count, noise, rotation)
    chosen = fewest(frames, boxes, np.array([[0, count - 1]]), min_iou)
    rows = np.flatnonzero(chosen)
    assert rows[0] == 0
    assert rows[-1] == count - 1
    near = min_iou - 1e-9
    for i, j in pairwise(rows):
        assert is_near(frames, boxes, i, j, near)


def test_a_run_longer_than_a_piece_has_no_keyframe_at_its_seams():
    count = 3 * PIECE
    boxes = np.tile([5.0, 5.0, 40.0, 20.0, 0.0], (count, 1))
    boxes[:, 0] += np.arange(count) * 0.5
    boxes[100:, 1] += np.arange(count - 100) * 0.7
    chosen = fewest(np.arange(count), boxes, np.array([[0, count - 1]]), 0.9)
    assert chosen.sum() <= 5


states = st.tuples(st.booleans(), st.booleans(), st.booleans(), st.integers(0, 3))


@given(
    seed=st.integers(0, 2**32 - 1),
    rows=st.lists(states, min_size=1, max_size=60),
    step=st.integers(1, 3),
)
@settings(max_examples=60, deadline=None)
def test_presence_and_state_of_every_frame_stay(seed, rows, step):
    rng = np.random.default_rng(seed)
    outside, occluded, hold, sources = np.array(rows).T
    outside, occluded, hold = (flag > 0 for flag in (outside, occluded, hold))
    outside[0] = False
    frames = np.arange(len(rows)) * step
    table = Keyframes(
        frames, walk(rng, len(rows), 0.5), outside, occluded, hold, sources
    )
    tracks, done = simplified([Track(3, "car", table)], 0.8, keep=["human"])
    every = np.arange(frames[-1] + 5)
    before, after = (
        dense(runs_of([t]), every) for t in (Track(3, "car", table), *tracks)
    )
    for name in ("frame", "occluded", "source"):
        assert getattr(before, name).tolist() == getattr(after, name).tolist()
    iou = paired_iou(before.box, after.box)
    assert iou.min() == pytest.approx(done.worst_iou)
    if step == 1:
        assert iou.min() >= 0.8
    human = frames[sources == 0]
    assert set(human) <= set(tracks[0].keyframes.frames)


@given(bound=st.sampled_from([0, -1, 1.01, float("nan"), True, "0.9", None]))
def test_a_bound_that_is_none_is_refused(bound):
    with pytest.raises(AnnotationError, match="min_iou is"):
        simplified([], bound, keep=())


def test_tracks_that_lose_nothing_are_the_same_objects():
    track = Track(1, "car", Keyframes([0, 30], [[0, 0, 4, 4], [90, 0, 4, 4]]))
    tracks, done = simplified([track], 0.9, keep=())
    assert tracks[0] is track
    assert str(done) == "2 boxes -> 2 keyframes, worst IoU 1.00"


@given(
    rows=arrays(
        np.float64, (20, 5), elements=st.integers(-1800, 1800).map(lambda n: n / 10)
    )
)
def test_paired_iou_is_that_of_every_pair(rows):
    from boxreel.geometry import rotated_iou

    rows[:, 2:4] = np.abs(rows[:, 2:4])
    a, b = rows[:10], rows[10:]
    assert paired_iou(a, b) == pytest.approx(np.diag(rotated_iou(a, b)), abs=1e-9)


def test_an_annotation_tells_what_it_did_and_shares_what_it_left(capsys):
    video = VideoInfo.constant("a", 640, 480, 100, fps=25)
    empty = Annotation.for_video(video, labels=["car"])
    boxes = {frame: (2 * frame, 5, 40, 30) for frame in range(100)}
    dense = empty.add_track("car", boxes, source="model")
    both = dense.add_track("car", boxes)
    done = both.simplify()
    assert capsys.readouterr().out == "200 boxes -> 102 keyframes, worst IoU 1.00\n"
    assert done.tracks[2] is both.tracks[2]
    assert done.tracks[1].keyframes.frames.tolist() == [0, 99]
    assert done.simplify(0.5, keep=()).tracks[2].keyframes.frames.tolist() == [0, 99]
    assert done.simplify() is done
