"""What is drawn is the same every time, and is where the ground truth says."""

import hashlib

import numpy as np
import pytest

from boxreel.demo.cast import PROPS, TRACKS
from boxreel.demo.scene import HEIGHT, WIDTH
from boxreel.demo.sight import sights
from boxreel.demo.stage import Stage
from boxreel.demo.wardrobe import LOOKS, MARGIN, SOLID, sprite

ACTORS = (*TRACKS.values(), *PROPS)
WALKERS = ["commuter", "camel coat", "shopper", "student", "gentleman", "towards"]


def mask(stage, actor, frame):
    """Pixels of the picture that an actor alone would cover."""
    piece, (x, y) = stage.piece(actor, frame)
    alpha = np.asarray(piece)[..., 3] >= SOLID
    out = np.zeros((HEIGHT, WIDTH), bool)
    left, top = max(x, 0), max(y, 0)
    part = alpha[top - y : HEIGHT - y, left - x : WIDTH - x]
    out[top : top + part.shape[0], left : left + part.shape[1]] = part
    return out


def whole(stage, actor, frame):
    """How many pixels an actor has, also those beside the picture."""
    return (np.asarray(stage.piece(actor, frame)[0])[..., 3] >= SOLID).sum()


def edges(pixels):
    rows, columns = np.flatnonzero(pixels.any(1)), np.flatnonzero(pixels.any(0))
    return np.array([columns[0], rows[0], columns[-1] + 1, rows[-1] + 1])


def moments(track, count):
    """Some frames on which a track is present, its first and last ones among them."""
    frames = np.flatnonzero(sights()[track].present)
    return frames[np.linspace(0, len(frames) - 1, count).astype(int)].tolist()


def test_frames_are_the_same_in_every_rendering(stage):
    def digest(of):
        frames = b"".join(of.frame(index).tobytes() for index in (0, 253, 499))
        return hashlib.sha256(frames).hexdigest()

    assert digest(stage) == digest(Stage())


def test_a_frame_is_rgb_and_differs_from_the_next(stage):
    one, other = stage.frame(100), stage.frame(101)
    assert one.shape == (720, 1280, 3)
    assert one.dtype == np.uint8
    assert 1 < np.abs(one.astype(int) - other).mean() < 20


@pytest.mark.parametrize("track", TRACKS)
def test_truth_is_the_tight_box_of_what_is_drawn(stage, labels, track):
    index = list(TRACKS).index(track)
    for frame in moments(track, 9):
        box = labels.tracks[track].at(frame)
        stated = [box.x, box.y, box.x + box.w, box.y + box.h]
        piece, at = stage.piece(index, frame)
        drawn = edges(np.asarray(piece)[..., 3] >= SOLID) + np.tile(at, 2)
        inside = np.clip(drawn, 0, [WIDTH, HEIGHT, WIDTH, HEIGHT])
        np.testing.assert_allclose(inside, stated, atol=1.0, err_msg=f"frame {frame}")


@pytest.mark.parametrize("track", TRACKS)
def test_hidden_share_is_that_of_the_pixels(stage, track):
    index = list(TRACKS).index(track)
    depths = np.stack([actor.places()[:, 1] for actor in ACTORS])
    for frame in moments(track, 7):
        own = mask(stage, index, frame)
        if own.sum() < 0.5 * whole(stage, index, frame):
            continue
        nearer = np.flatnonzero(depths[:, frame] < depths[index, frame])
        over = np.zeros_like(own)
        for other in nearer:
            left, _, right, _ = ACTORS[other].boxes()[frame]
            if right > 0 and left < WIDTH:
                over |= mask(stage, int(other), frame)
        share = (own & over).sum() / own.sum()
        assert sights()[track].hidden[frame] == pytest.approx(share, abs=0.2), frame


@pytest.mark.parametrize("look", WALKERS)
def test_a_walker_moves_its_legs_inside_an_unchanging_box(look):
    poses = [np.asarray(sprite(look, k, 1))[..., 3] for k in range(LOOKS[look].poses)]
    for alpha in poses:
        height, width = alpha.shape
        inner = [MARGIN, MARGIN, width - MARGIN, height - MARGIN]
        assert edges(alpha >= SOLID).tolist() == inner
        assert alpha.shape == poses[0].shape
    assert len({alpha.tobytes() for alpha in poses}) >= 8


@pytest.mark.parametrize("actor", ACTORS, ids=lambda actor: actor.look)
def test_no_look_is_stretched_to_fill_its_box(actor):
    picture = sprite(actor.look, 0, actor.facing)
    drawn = (picture.width - 2 * MARGIN) / (picture.height - 2 * MARGIN)
    assert drawn == pytest.approx(actor.width / actor.height, rel=0.03)
