"""Labels on a copy of their video: the same boxes at the same times."""

import warnings
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from boxreel.errors import AnnotationError, BoxreelWarning
from boxreel.model import Annotation, Box, Event, Label, VideoInfo
from boxreel.model.realign import TOLERANCE, realign
from tests.model.strategies import FRAMES, VIDEO, annotations

STEP = 512


def copy_of(frames, *, width=640, height=480, times=STEP, shift=0) -> VideoInfo:
    """Describe a copy that holds some frames of the original, shown when they were."""
    ticks = np.array(sorted(frames)) * times + shift
    return VideoInfo("copy.mp4", width, height, ticks, Fraction(1, 12800))


def quietly(annotation, video, **options) -> Annotation:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", BoxreelWarning)
        return realign(annotation, video, **options)


def assert_same_on(annotation, moved, shown, scale=1.0):
    """Check each frame of the copy against the one of the original that it shows."""
    for track in annotation.tracks.values():
        for frame, old in enumerate(shown):
            there = track.at(old) if old is not None else None
            copied = moved.tracks.get(track.id)
            here = copied.at(frame) if copied else None
            assert (here is None) == (there is None)
            if here is not None:
                assert track.occluded_at(old) == copied.occluded_at(frame)
                off = np.abs(np.subtract(here.row, there.row * SCALED(scale)))
                off[4] = min(off[4], 360 - off[4])
                assert off.max() <= TOLERANCE + 1e-6
                for name in track.attributes:
                    assert track.attribute_at(name, old) == copied.attribute_at(
                        name, frame
                    )


def SCALED(scale):
    return np.array([scale, scale, scale, scale, 1])


@given(annotations())
def test_the_same_frames_give_the_same_labels(annotation):
    moved = realign(annotation, copy_of(range(FRAMES)))
    assert moved.tracks == annotation.tracks
    assert moved.events == annotation.events
    assert moved.labels == annotation.labels
    assert moved.video.name == "copy.mp4"


@given(annotations(), st.integers(1, 10**6))
def test_a_copy_that_starts_later_is_met(annotation, shift):
    assert realign(annotation, copy_of(range(FRAMES), shift=shift)).tracks == (
        annotation.tracks
    )


@given(annotations(), st.sets(st.integers(0, FRAMES - 1), min_size=2))
def test_any_frames_left_out(annotation, frames):
    moved = quietly(annotation, copy_of(frames), offset=0)
    assert_same_on(annotation, moved, sorted(frames))


@given(annotations(), st.integers(0, FRAMES - 2), st.data())
def test_a_span_cut_out(annotation, start, data):
    stop = data.draw(st.integers(start + 2, FRAMES))
    copy = copy_of(range(stop - start))
    moved = quietly(annotation, copy, offset=start * STEP / 12800)
    assert_same_on(annotation, moved, range(start, stop))


@given(annotations(), st.sampled_from([2, 3, 4]))
def test_a_higher_rate_repeats_frames(annotation, factor):
    ticks = np.arange(FRAMES * factor) * (STEP // factor)
    copy = VideoInfo("copy.mp4", 640, 480, ticks, Fraction(1, 12800))
    moved = quietly(annotation, copy, offset=0)
    for track in annotation.tracks.values():
        for frame in range(FRAMES):
            here = moved.tracks[track.id].at(frame * factor)
            assert (here is None) == (track.at(frame) is None)


@given(annotations(min_tracks=1), st.integers(1, 9))
def test_frames_that_the_original_does_not_have_are_empty(annotation, extra):
    with pytest.warns(BoxreelWarning, match=f"{extra} of its .* not in the original"):
        moved = realign(annotation, copy_of(range(FRAMES + extra)))
    shown = [*range(FRAMES), *[None] * extra]
    assert_same_on(annotation, moved, shown)


@given(annotations(), st.sampled_from([0.5, 0.25, 2]))
def test_boxes_are_scaled_with_the_picture(annotation, scale):
    copy = copy_of(range(FRAMES), width=int(640 * scale), height=int(480 * scale))
    assert_same_on(annotation, realign(annotation, copy), range(FRAMES), scale)


def labelled() -> Annotation:
    start = Annotation.for_video(VIDEO, ["car"])
    early = start.add_track("car", {0: (0, 0, 9, 9)}, span="frame")
    return early.add_track("car", {4: (10, 20, 40, 30), 20: (90, 20, 40, 30)})


def test_half_the_rate_needs_no_more_keyframes():
    moved = realign(labelled(), copy_of(range(FRAMES // 2), times=2 * STEP))
    assert moved.tracks[2].keyframes.frames.tolist() == [2, 10]
    assert moved.tracks[2].at(6) == Box(50, 20, 40, 30)


def test_what_is_lost_is_said():
    annotation = labelled()
    events = [Event(1, "start", 0, 3, (1,)), Event(2, "turn", 3, 15, (1, 2))]
    labels = [*annotation.labels, Label("start"), Label("turn")]
    annotation = Annotation(VIDEO, labels, annotation.tracks, events)
    with pytest.warns(BoxreelWarning) as caught:
        moved = realign(annotation, copy_of(range(8, 16)))
    assert str(caught[0].message) == (
        "small.mp4 moved to copy.mp4: 1 of 2 tracks lie outside it, #1; "
        "2 keyframes of the other tracks lie before or after it; "
        "1 of 2 events lie outside it"
    )
    assert moved.tracks[2].keyframes.frames.tolist() == [0, 7]
    assert moved.events == (Event(2, "turn", 0, 7, (2,)),)


def test_notes_outside_the_copy_are_left_out_and_said():
    notes = {3: "before", 9: "here", 18: "after"}
    annotation = labelled().with_parts(notes=notes)
    with pytest.warns(BoxreelWarning, match="2 of 3 notes lie outside it"):
        moved = realign(annotation, copy_of(range(8, 16)))
    assert moved.notes == {1: "here"}


def test_pictures_alone_show_the_same():
    def picture(name: str, shift: int = 0) -> VideoInfo:
        return VideoInfo(name, 640, 480, [shift], Fraction(1, 30))

    labels = Annotation.for_video(picture("a.png"), ["car"])
    labels = labels.add_track("car", {0: (1, 2, 3, 4)})
    for shift in (0, 90):
        assert realign(labels, picture("b.png", shift)).tracks == labels.tracks


def test_times_that_never_meet():
    with pytest.raises(AnnotationError, match=r"small\.mp4 lasts .* state another"):
        realign(labelled(), copy_of(range(100, 110)))


def test_pictures_of_another_shape():
    message = "640x480, copy.mp4 is 640x360: boxes cannot follow a crop"
    with pytest.raises(AnnotationError, match=message):
        realign(labelled(), copy_of(range(FRAMES), height=360))


def test_one_frame_alone():
    with pytest.warns(BoxreelWarning, match="tracks lie outside"):
        moved = realign(labelled(), copy_of([12]), offset=0)
    assert moved.tracks[2].at(0) == Box(50, 20, 40, 30)
