"""Boxes drawn into pictures, looked at pixel by pixel."""

from __future__ import annotations

import re
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from boxreel.export import draw_boxes
from boxreel.export.drawing import Shape, draw_shapes
from boxreel.export.palette import PALETTE
from boxreel.model import Annotation, Label, VideoInfo, edits

STYLES = Path(__file__).parents[2] / "js/src/ui/styles/tokens.css"
SIZE = (200, 160)
ORANGE, PINK = [246, 134, 48], [203, 113, 178]


def labelled(*boxes, size=SIZE, labels=("car", "person")):
    """Return an annotation with one car a box."""
    video = VideoInfo.constant("clip.mp4", *size, frame_count=10, fps=25)
    annotation = Annotation.for_video(video, labels)
    for box in boxes:
        annotation = annotation.add_track("car", {0: box})
    return annotation


def grey(size=SIZE, value=100):
    return np.full((size[1], size[0], 3), value, np.uint8)


def drawn(annotation, picture=None):
    picture = grey() if picture is None else picture
    return draw_boxes(picture, annotation.at(0), annotation)


def is_colour(picture, colour):
    return (abs(picture.astype(int) - colour) <= 2).all(axis=2)


def test_the_palette_is_the_stages():
    declared = re.findall(r"--br-s(\d+): (#\w{6});", STYLES.read_text())
    numbered = enumerate(PALETTE, start=1)
    assert declared == [(str(n), colour) for n, colour in numbered]


def test_a_box_is_two_pixels_of_colour_between_lines_of_shade():
    picture = drawn(labelled((40, 50, 100, 80)))
    dark = round(100 * 0.4)
    across = [dark, *ORANGE[:1] * 2, dark, 100]
    assert picture[90, 38:43, 0].tolist() == across
    assert picture[90, 137:142, 0].tolist() == across[::-1]
    assert picture[127:132, 90, 0].tolist() == across[::-1]
    corner = is_colour(picture, ORANGE)[126:134, 136:144]
    assert corner.nonzero()[0].max() == corner.nonzero()[1].max() == 4


def test_what_is_not_a_line_or_tag_stays_and_so_does_the_original():
    noise = np.random.default_rng(3).integers(0, 255, (160, 200, 3), np.uint8)
    before = noise.copy()
    picture = drawn(labelled((40, 50, 100, 80)), noise)
    assert (noise == before).all()
    touched = (picture != noise).any(axis=2)
    assert not touched[53:127, 43:137].any()
    assert not touched[:, :38].any()
    assert not touched[132:].any()
    assert picture.flags.c_contiguous
    assert picture.dtype == np.uint8


def test_a_turned_box_is_drawn_where_its_corners_are():
    annotation = labelled((60, 60, 80, 40, 30))
    picture = drawn(annotation)
    corners = annotation.tracks[1].at(0).corners
    starts, ends = corners, np.roll(corners, -1, axis=0)
    for t in (0.25, 0.5, 0.75):
        for x, y in starts + (ends - starts) * t:
            near = picture[int(y) - 1 : int(y) + 2, int(x) - 1 : int(x) + 2]
            assert is_colour(near, ORANGE).any(), (x, y)
    assert not is_colour(picture, ORANGE)[78:82, 98:102].any()


def test_slanted_lines_are_smooth():
    plain = drawn(labelled((60, 60, 80, 40)))
    turned = drawn(labelled((60, 60, 80, 40, 30)))
    assert len(np.unique(plain[60:, 60:, 0])) == 3
    assert len(np.unique(turned[60:, 60:, 0])) > 20


def test_an_occluded_box_is_hatched():
    annotation = labelled((40, 50, 100, 80))
    hatched = drawn(annotation.apply(edits.SetOccluded(track=1, start=0)))
    inside = hatched[60:120, 50:130, 0]
    assert 0.15 < (inside > 150).mean() < 0.5
    assert (inside == 100).mean() > 0.3
    # Its lines go up to the right.
    assert (inside[1:, :-1] == inside[:-1, 1:]).mean() > 0.99
    assert (drawn(annotation)[60:120, 50:130] == 100).all()


def test_the_tag_stands_on_the_box_in_its_colour():
    tag = drawn(labelled((40, 50, 100, 80)))[33:48]
    assert is_colour(tag, ORANGE)[:, 39].all()
    letters = (tag < 60).all(axis=2)
    assert letters[:, 43:].any()
    width = is_colour(tag, ORANGE).any(axis=0).nonzero()[0]
    assert (width[0], 70 < width[-1] < 110) == (39, True)
    assert letters.nonzero()[1].max() < width[-1]


def test_a_tag_stays_in_the_picture():
    picture = drawn(labelled((-30, -20, 60, 60), (180, 140, 60, 60)))
    assert is_colour(picture, ORANGE)[0, 0]
    assert is_colour(picture, ORANGE)[:, -1].sum() >= 16


def test_tags_lie_above_all_boxes():
    first = labelled((40, 60, 60, 60))
    both = first.add_track("person", {0: (50, 20, 60, 40)})
    assert (drawn(first)[44:59, 39:60] == drawn(both)[44:59, 39:60]).all()


@pytest.mark.parametrize(("color", "ink"), [("#000080", 255), ("#f8ea3b", 17)])
def test_text_can_be_read_on_any_colour(color, ink):
    annotation = labelled((40, 50, 100, 80), labels=[Label("car", color)])
    text = drawn(annotation)[34:47, 40:60]
    assert (abs(text.astype(int) - ink) < 60).all(axis=2).any()


def test_labels_have_their_own_or_the_next_colour_of_the_palette():
    labels = [Label("car", "#00ff00"), "person"]
    annotation = labelled((40, 50, 100, 80), labels=labels)
    annotation = annotation.add_track("person", {0: (60, 70, 40, 40)})
    picture = drawn(annotation)
    assert picture[100, 40].tolist() == [0, 255, 0]
    assert picture[100, 60].tolist() == PINK


def test_lines_grow_with_the_picture():
    size = (1920, 1080)
    picture = drawn(labelled((400, 500, 600, 300), size=size), grey(size))
    line = is_colour(picture, ORANGE)[650, 390:410]
    assert line.nonzero()[0].tolist() == [8, 9, 10, 11]


@given(
    st.tuples(*[st.floats(-500, 500)] * 2, *[st.floats(0.01, 1000)] * 2),
    st.floats(-180, 180),
)
def test_any_box_can_be_drawn(box, rotation):
    annotation = labelled((*box, rotation))
    annotation = annotation.apply(edits.SetOccluded(track=1, start=0))
    assert drawn(annotation).shape == (160, 200, 3)


def test_a_dashed_box_has_gaps_that_show_the_picture():
    box, red = np.array([10.0, 10, 60, 40, 0]), (255, 0, 0)
    solid = draw_shapes(grey(), [Shape(box, red)])
    dashed = draw_shapes(grey(), [Shape(box, red, dashed=True)])
    assert is_colour(solid[10:11, 20:60], red).all()
    top = dashed[10:11, 20:60]
    assert 0.4 < is_colour(top, red).mean() < 0.7
    assert is_colour(top, (100, 100, 100)).any()
    for edge in (dashed[49:50, 20:60], dashed[15:45, 10:11], dashed[15:45, 69:70]):
        assert 0.3 < is_colour(edge, red).mean() < 0.8


def test_a_thin_box_is_thinner_and_a_tag_may_be_below():
    box, red = np.array([10.0, 10, 60, 40, 0]), (255, 0, 0)
    thin = draw_shapes(grey(), [Shape(box, red, thin=True)])
    plain = draw_shapes(grey(), [Shape(box, red)])
    assert is_colour(thin, red).sum() < is_colour(plain, red).sum()
    below = draw_shapes(grey(), [Shape(box, red, "P1", below=True)])
    assert is_colour(below[53:60, 10:12], red).all()
    assert (below[:8] == plain[:8]).all()
