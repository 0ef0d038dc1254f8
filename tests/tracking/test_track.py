"""Objects followed through generated clips, whose motion is known."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import boxreel as br
from boxreel.errors import AnnotationError, TrackingError
from boxreel.geometry import paired_iou
from boxreel.model import Keyframes, Label, Track, VideoInfo, edits
from boxreel.tracking import follow

HEIGHT, WIDTH = 120, 200
SIZE = 30


def texture(seed: int, side: int) -> np.ndarray:
    """A pattern of blotches, (side, side, 3) uint8."""
    small = np.random.default_rng(seed).integers(0, 255, (side // 3, side // 3, 3))
    return np.kron(small, np.ones((3, 3, 1))).astype(np.uint8)


def clip(places: Iterable[tuple[float, float]], back: int = 1) -> np.ndarray:
    """A square on a blotched ground, its top left corner in these places."""
    ground = np.tile(texture(back, 60) // 2, (2, 4, 1))[:HEIGHT, :WIDTH]
    pictures = []
    for x, y in places:
        picture = np.pad(ground, ((SIZE, SIZE), (SIZE, SIZE), (0, 0)))
        left, top = round(x) + SIZE, round(y) + SIZE
        if 0 <= left <= WIDTH + SIZE and 0 <= top <= HEIGHT + SIZE:
            picture[top : top + SIZE, left : left + SIZE] = texture(7, SIZE)
        pictures.append(picture[SIZE:-SIZE, SIZE:-SIZE])
    return np.stack(pictures)


def labelled(video: br.video.Video, **columns: object) -> br.Annotation:
    keyframes = Keyframes(**{"frames": [0], "boxes": [(20, 40, SIZE, SIZE)]} | columns)
    track = Track(1, "car", keyframes)
    return br.Annotation(VideoInfo.of(video), [Label("car")], [track])


def moving(count: int = 40) -> list[tuple[float, float]]:
    return [(20 + 3 * f, 40 + 8 * np.sin(f / 5)) for f in range(count)]


def run(places: list[tuple[float, float]], **options: object):
    video = br.open_video(clip(places))
    labels = labelled(video)
    start, stop = options.pop("start", 0), options.pop("stop", None)
    found = br.track(video, labels, 1, start, stop, progress=False, **options)
    return labels, found


@settings(max_examples=8, deadline=None)
@given(st.floats(-2, 4), st.floats(-1.5, 1.5), st.floats(0, 6))
def test_an_object_is_followed_wherever_it_moves(
    right: float, down: float, swing: float
) -> None:
    places = [
        (20 + right * f, 40 + down * f + swing * np.sin(f / 4)) for f in range(30)
    ]
    inside = [0 <= x <= WIDTH - SIZE and 0 <= y <= HEIGHT - SIZE for x, y in places]
    last = inside.index(False) if False in inside else len(places)
    labels, found = run(places, stop=last)
    assert (found.stop, found.reason) == (max(last, 1), "end")
    if found.edit is not None:
        track = labels.apply(found.edit).tracks[1]
        boxes = np.array(
            [[b.x, b.y, b.w, b.h, b.rotation] for b in map(track.at, range(last))]
        )
        truth = np.array([(x, y, SIZE, SIZE, 0) for x, y in places[:last]])
        assert paired_iou(boxes, truth).min() >= 0.7


def test_keyframes_are_few_and_say_who_made_them() -> None:
    labels, found = run(moving())
    assert str(found) == "#1 is tracked to frame 39."
    after = labels.apply(found.edit)
    first, *others = after.tracks[1].keyframes
    assert (first.source, {row.source for row in others}) == ("human", {"tracker"})
    assert 2 <= len(others) < 25
    assert all(0 < row.score <= 1 for row in others)


def test_an_object_that_grows_is_followed() -> None:
    pictures = []
    for f in range(40):
        side = 30 + f
        rows = np.arange(side) * SIZE // side
        picture = np.tile(texture(1, 60) // 2, (2, 4, 1))[:HEIGHT, :WIDTH].copy()
        picture[30 : 30 + side, 60 : 60 + side] = texture(7, SIZE)[rows][:, rows]
        pictures.append(picture)
    boxes = [box for box, _ in follow(pictures, np.array([60.0, 30, 30, 30, 0]))]
    truth = [(60, 30, 30 + f, 30 + f, 0) for f in range(1, 40)]
    rows = np.pad(np.array(boxes), ((0, 0), (0, 1)))
    assert paired_iou(rows, np.array(truth, float)).min() >= 0.7


def test_an_object_that_leaves_the_picture_is_absent_from_there_on() -> None:
    labels, found = run([(20 + 6 * f, 40) for f in range(60)])
    assert found.reason == "left"
    track = labels.apply(found.edit).tracks[1]
    assert 24 <= found.stop <= 32
    assert track.at(found.stop - 1) is not None
    assert track.at(found.stop) is None
    assert track.at(59) is None


def test_an_object_that_vanishes_is_lost() -> None:
    _, found = run([*moving(20), *[(900.0, 900.0)] * 30])
    assert found.reason == "lost"
    assert 18 <= found.stop <= 22
    assert "where it was lost" in str(found)


def test_a_short_while_behind_something_is_passed() -> None:
    places = [(20 + 2 * f, 40) for f in range(40)]
    pictures = clip(places)
    pictures[15:19, 30:80, 40:100] = 90
    video = br.open_video(pictures)
    labels = labelled(video)
    found = br.track(video, labels, 1, 0, progress=False)
    assert (found.stop, found.reason) == (40, "end")
    assert abs(labels.apply(found.edit).tracks[1].at(39).x - 98) < 4


def test_a_cut_ends_it() -> None:
    pictures = clip(moving())
    pictures[25:] = 255 - pictures[25:]
    video = br.open_video(pictures)
    found = br.track(video, labelled(video), 1, 0, progress=False)
    assert (found.stop, found.reason) == (25, "cut")


def test_keyframes_of_people_are_walls_and_those_of_machines_give_way() -> None:
    video = br.open_video(clip(moving()))
    boxes = [(20, 40, SIZE, SIZE), (0, 0, 9, 9), (120, 48, SIZE, SIZE)]
    sources = [0, 1, 0]
    labels = labelled(video, frames=[0, 10, 30], boxes=boxes, sources=sources)
    found = br.track(video, labels, 1, 0, progress=False)
    assert found.stop == 30
    track = labels.apply(found.edit).tracks[1]
    assert track.keyframes[len(track.keyframes) - 1] == labels.tracks[1].keyframes[2]
    assert abs(track.at(10).x - 50) < 3


def test_nothing_before_the_start_changes() -> None:
    video = br.open_video(clip(moving()))
    boxes = [(20, 40, SIZE, SIZE), (50, 47, SIZE, SIZE)]
    sources = [0, 1]
    labels = labelled(video, frames=[0, 10], boxes=boxes, sources=sources)
    found = br.track(video, labels, 1, 5, progress=False)
    after = labels.apply(found.edit)
    for frame in range(6):
        assert after.tracks[1].at(frame) == labels.tracks[1].at(frame)
    assert found.stop == 40


def test_a_tracker_of_ones_own() -> None:
    def mine(frames: Iterable[np.ndarray], box: np.ndarray) -> Iterator[object]:
        pictures = iter(frames)
        assert next(pictures).shape == (HEIGHT, WIDTH, 3)
        for number, _ in enumerate(pictures, 1):
            if number == 10:
                return
            yield (box[0] + number, *box[1:4]), None

    labels, found = run(moving(), tracker=mine)
    assert (found.stop, found.reason) == (10, "lost")
    row = labels.apply(found.edit).tracks[1].keyframes[1]
    assert (row.frame, row.box.x, row.score) == (9, 29, None)


@pytest.mark.parametrize(
    "given",
    [
        *(None, (1, 2, 3, 4), ((1, 2, 3), 0.5), ((1, 2, 0, 4), 1), ((1, 2, "a"), 1)),
        *(((1, 2, 3, 4), "sure"), ((1, 2, 3, 4), np.inf)),
    ],
)
def test_a_tracker_that_gives_no_box_is_told_so(given: object) -> None:
    with pytest.raises(TrackingError, match="for frame 1; give a box"):
        run(moving(), tracker=lambda frames, box: [given])


def test_what_cannot_be_tracked_is_refused() -> None:
    video = br.open_video(clip(moving()))
    labels = labelled(video).apply(edits.SetOutside(1, 20))
    with pytest.raises(TrackingError, match="#1 cannot be tracked from frame 30"):
        br.track(video, labels, 1, 30, progress=False)
    for start, stop in ((5, 5), (5, 2), (40, None), (500, None)):
        with pytest.raises(TrackingError, match=f"from frame {start} to before"):
            br.track(video, labelled(video), 1, start, stop, progress=False)
    with pytest.raises(AnnotationError, match="min_iou is 2"):
        run(moving(5), min_iou=2)


def test_it_ends_where_it_was_told_to() -> None:
    assert run(moving(), stop=12)[1].stop == 12
    assert run(moving(), start=39)[1].edit is None
