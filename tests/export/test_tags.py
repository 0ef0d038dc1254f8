"""Text on tags: readable, in any script that the computer has letters for."""

from __future__ import annotations

import numpy as np
import pytest
from PIL import ImageFont

from boxreel.errors import BoxreelWarning
from boxreel.export import tags
from boxreel.export.tags import tag

ORANGE = (246, 134, 48)


@pytest.fixture(autouse=True)
def _forgetful():
    tags.tag.cache_clear()
    tags._system_font.cache_clear()


def ink(picture):
    return (picture.max(axis=2) < 100).sum()


def test_a_tag_is_as_high_as_asked_and_as_wide_as_its_text():
    short, long = tag("#1 car", ORANGE, 16), tag("#1 caravan", ORANGE, 16)
    assert short.shape[0] == long.shape[0] == 16
    assert 30 < short.shape[1] < long.shape[1] < 100
    assert (short[:, :3] == ORANGE).all()
    assert (short[:, -2:] == ORANGE).all()
    assert ink(tag("#1 car", ORANGE, 32)) > 2 * ink(short) > 20


def test_letters_that_the_built_in_font_lacks_come_from_the_computers():
    try:
        font = ImageFont.truetype("DejaVuSans.ttf", 24)
    except OSError:
        pytest.skip("this computer has no DejaVu Sans")
    text = tag("#1 Fußgänger", ORANGE, 32)
    assert text.shape[1] == round(font.getlength("#1 Fußgänger")) + 16
    assert not np.array_equal(tag("#1 ä", ORANGE, 32), tag("#1 ß", ORANGE, 32))


def test_letters_that_no_font_has_are_told(monkeypatch):
    monkeypatch.setattr(tags, "SYSTEM_FONTS", ("no-such-font.ttf",))
    with pytest.warns(BoxreelWarning, match=r"letters of the tag '#1 車'; install"):
        assert tag("#1 車", ORANGE, 16).shape[0] == 16


def test_plain_letters_look_the_same_on_every_computer(monkeypatch):
    before = tag("#1 car", ORANGE, 20)
    tags.tag.cache_clear()
    monkeypatch.setattr(tags, "SYSTEM_FONTS", ())
    assert np.array_equal(tag("#1 car", ORANGE, 20), before)
