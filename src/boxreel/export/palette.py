"""Colours of labels, the same as on the widget's stage."""

from __future__ import annotations

from typing import TypeAlias

from boxreel.model import Annotation

Colour: TypeAlias = tuple[int, int, int]

PALETTE = (
    "#f68630",
    "#cb71b2",
    "#81c680",
    "#65defa",
    "#f8ea3b",
    "#8267f0",
    "#9f7c51",
    "#4d9681",
    "#58a4eb",
    "#c4c6c9",
)
"""What labels without a colour get, in their order; the stage's ``--br-s1`` to 10."""

DARK_INK: Colour = (17, 17, 17)
LIGHT_INK: Colour = (255, 255, 255)


def label_colours(annotation: Annotation) -> dict[str, Colour]:
    """Return the red, green and blue, 0 to 255, of each label by its name.

    Examples
    --------
    >>> from boxreel.model import Label, VideoInfo
    >>> video = VideoInfo.constant("street.mp4", 1920, 1080, 300, fps=30)
    >>> labels = Annotation.for_video(video, ["car", Label("person", "#0a0b0c")])
    >>> label_colours(labels)
    {'car': (246, 134, 48), 'person': (10, 11, 12)}
    """
    return {
        label.name: rgb(label.color or PALETTE[i % len(PALETTE)])
        for i, label in enumerate(annotation.labels)
    }


def ink_on(colour: Colour) -> Colour:
    """Return the colour of text that can be read on `colour`.

    Examples
    --------
    >>> ink_on((248, 234, 59)), ink_on((0, 0, 128))
    ((17, 17, 17), (255, 255, 255))
    """
    red, green, blue = colour
    luma = 0.299 * red + 0.587 * green + 0.114 * blue
    return DARK_INK if luma > 90 else LIGHT_INK


def rgb(text: str) -> Colour:
    """Read a colour written as "#rrggbb"."""
    red, green, blue = bytes.fromhex(text[1:])
    return red, green, blue
