"""Tags: a line of text on a colour, as small pictures."""

from __future__ import annotations

import warnings
from collections.abc import Iterator
from functools import cache, lru_cache
from typing import TYPE_CHECKING

import numpy as np

from boxreel.errors import BoxreelWarning
from boxreel.export.palette import Colour, ink_on
from boxreel.video.base import RGB

if TYPE_CHECKING:
    from PIL.ImageFont import FreeTypeFont, ImageFont

    Font = FreeTypeFont | ImageFont

PADDING = 1 / 4
TEXT = 3 / 4
"""Shares of a tag's height."""

SYSTEM_FONTS = (
    *("DejaVuSans.ttf", "NotoSans-Regular.ttf", "Arial.ttf", "arial.ttf"),
    *("NotoSansCJK-Regular.ttc", "wqy-microhei.ttc", "Arial Unicode.ttf"),
    *("Hiragino Sans GB.ttc", "AppleSDGothicNeo.ttc"),
    *("msyh.ttc", "YuGothM.ttc", "malgun.ttf", "segoeui.ttf"),
)
"""Where to look for letters that Pillow's own font, of plain English, does not have."""

NO_LETTER = "\U0010fffd"


@lru_cache(maxsize=512)
def tag(text: str, colour: Colour, height: int, warn: bool = True) -> RGB:
    """Return the picture of a tag, ``(height, w, 3)`` uint8 RGB, read-only.

    Warns
    -----
    BoxreelWarning
        If no font of this computer has all letters of the text, and `warn`.

    Examples
    --------
    >>> tag("#1 car", (246, 134, 48), 16)[0, 0].tolist()
    [246, 134, 48]
    """
    from PIL import Image, ImageDraw

    text = " ".join(text.split())
    font = _font_for(text, round(height * TEXT), warn)
    padding = round(height * PADDING)
    image = Image.new(
        "RGB", (round(font.getlength(text)) + 2 * padding, height), colour
    )
    middle = (padding, height / 2)
    ImageDraw.Draw(image).text(middle, text, ink_on(colour), font, anchor="lm")
    return np.asarray(image)


def _font_for(text: str, size: int, warn: bool) -> Font:
    for font in _fonts(size):
        if all(_has(font, letter) for letter in text if not letter.isspace()):
            return font
    if warn:
        message = f"no font of this computer has all letters of the tag {text!r}"
        hint = "install one that has, such as Noto Sans or Noto Sans CJK"
        warnings.warn(f"{message}; {hint}", BoxreelWarning, stacklevel=2)
    return next(_fonts(size))


def _fonts(size: int) -> Iterator[Font]:
    from PIL.ImageFont import load_default

    yield load_default(size)
    for name in SYSTEM_FONTS:
        font = _system_font(name, size)
        if font is not None:
            yield font


@cache
def _system_font(name: str, size: int) -> FreeTypeFont | None:
    from PIL.ImageFont import truetype

    try:
        return truetype(name, size)
    except OSError:
        return None


def _has(font: Font, letter: str) -> bool:
    """Whether a letter looks other than one that no font has."""
    masks = font.getmask(letter), font.getmask(NO_LETTER)
    return masks[0].size != masks[1].size or bytes(masks[0]) != bytes(masks[1])
