"""Blurring leaves nothing that could be brought back, and touches nothing else."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from boxreel.export.blur import blur_boxes
from boxreel.model import Box


def noise(seed=1, size=(96, 128)):
    return np.random.default_rng(seed).integers(0, 256, (*size, 3), np.uint8)


def rows(*boxes):
    return np.array([Box.of(box).row for box in boxes])


def inside(box, shape, slack=0.0):
    """Which pixels' centres are in the box, by another way than the code's."""
    (x, y, w, h, rotation), (height, width) = Box.of(box).row, shape[:2]
    points = np.mgrid[:width, :height].T + 0.5 - (x + w / 2, y + h / 2)
    angle = np.deg2rad(rotation)
    turn = [[np.cos(angle), -np.sin(angle)], [np.sin(angle), np.cos(angle)]]
    unturned = points @ turn
    return (abs(unturned) <= (w / 2 + slack, h / 2 + slack)).all(axis=2)


@pytest.mark.parametrize("box", [(20, 10, 64, 64), (30, 20, 50, 40, 35)])
def test_every_pixel_of_a_box_is_blurred_and_none_beyond(box):
    picture = noise()
    blurred = blur_boxes(picture, rows(box))
    within, beyond = inside(box, picture.shape), ~inside(box, picture.shape, 1)
    assert (blurred[beyond] == picture[beyond]).all()
    assert picture[within].std() > 70
    assert blurred[within].std() < 12
    # By chance alone a pixel is as before; no more than that.
    assert (blurred[within] == picture[within]).mean() < 0.02


def test_the_picture_given_stays():
    picture = noise()
    before = picture.copy()
    blur_boxes(picture, rows((20, 10, 64, 64)))
    assert (picture == before).all()


def test_no_more_than_sixteen_colours_are_left_of_any_picture():
    """Blurred pictures are mixtures of 16: what differed otherwise is gone."""
    box = (0, 0, 64, 64)
    blurred = [blur_boxes(noise(seed, (64, 64)), rows(box)) for seed in range(60)]
    values = np.array(blurred, float)[..., 0].reshape(60, -1)
    strengths = np.linalg.svd(values - values.mean(axis=0), compute_uv=False)
    assert strengths[15] > 50
    assert strengths[16] < 30  # what rounding to whole numbers adds


def test_pixels_that_change_places_within_a_cell_change_nothing():
    picture = noise(size=(64, 64))
    shuffled = picture.copy()
    for top in range(0, 64, 16):
        for left in range(0, 64, 16):
            shuffled[top : top + 16, left : left + 16] = np.flip(
                picture[top : top + 16, left : left + 16], axis=(0, 1)
            )
    box = rows((0, 0, 64, 64))
    assert not (picture == shuffled).all()
    assert (blur_boxes(picture, box) == blur_boxes(shuffled, box)).all()


def test_a_small_box_becomes_one_colour():
    blurred = blur_boxes(noise(), rows((50, 40, 6, 6)))
    assert np.ptp(blurred[40:46, 50:56], axis=(0, 1)).tolist() == [0, 0, 0]


def test_a_box_partly_outside_is_blurred_where_it_is_seen():
    picture = noise()
    blurred = blur_boxes(picture, rows((-40, -40, 80, 80), (500, 500, 10, 10)))
    assert blurred[:40, :40].std() < 15
    assert (blurred[42:] == picture[42:]).all()


@given(
    st.tuples(*[st.floats(-100, 200)] * 2, *[st.floats(0.01, 300)] * 2),
    st.floats(-180, 180),
)
def test_any_box_is_covered(box, rotation):
    turned = (*box, rotation)
    board = np.indices((96, 128, 1)).sum(axis=0) % 2 * np.full(3, 255, np.uint8)
    within = inside(turned, board.shape)
    assume(within.sum() > 3)
    blurred = blur_boxes(board.astype(np.uint8), rows(turned))
    assert np.isin(blurred[within], [0, 255]).sum() == 0
    beyond = ~inside(turned, board.shape, 1)
    assert (blurred[beyond] == board[beyond]).all()
