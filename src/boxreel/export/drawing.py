"""Draw boxes into pictures as the widget's stage draws them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from boxreel.export.palette import Colour, label_colours
from boxreel.export.patch import Patch
from boxreel.export.tags import tag
from boxreel.geometry import hull
from boxreel.model import Annotation, Boxes
from boxreel.video.base import RGB

Floats = npt.NDArray[np.float32]

# Sizes in pixels of a picture whose shorter side has `PLAIN` pixels or fewer; larger
# pictures, which are looked at from farther away, get all of it in proportion.
PLAIN = 540
LINE = 2.0
HALO = 1.0
HATCH_LINE = 1.5
HATCH_STEP = 7.0
THIN = 1.0
DASH = 6.0
DASH_STEP = 10.0
TAG_HEIGHT = 16

BLACK: Colour = (0, 0, 0)
HALO_ALPHA = 0.6
HATCH_ALPHA = 0.7


@dataclass(frozen=True, eq=False)
class Shape:
    """A box to draw: how, and with which text.

    Parameters
    ----------
    box
        ``(5,)`` x, y, w, h in pixels and rotation in degrees.
    colour
        Red, green and blue, 0 to 255.
    text
        What its tag says; none if empty.
    hatched, dashed, thin
        Hidden; not a label but a prediction; not what it is about.
    below
        Whether the tag is under the box, not above it.
    """

    box: npt.NDArray[np.float64]
    colour: Colour
    text: str = ""
    hatched: bool = False
    dashed: bool = False
    thin: bool = False
    below: bool = False


def draw_boxes(
    pixels: RGB, boxes: Boxes, annotation: Annotation, warn: bool = True
) -> RGB:
    """Return a picture with boxes, their tags, and a hatch over occluded ones.

    Parameters
    ----------
    pixels
        ``(H, W, 3)`` uint8 RGB; stays as it is.
    boxes
        The boxes to draw, such as ``annotation.at(frame)``.
    annotation
        Says what the labels and their colours are.
    warn
        Whether to warn of letters that no font of this computer has.

    Returns
    -------
    ndarray
        ``(H, W, 3)`` uint8 RGB. Lines and tags of pictures larger than 540 pixels
        are larger in proportion.

    Examples
    --------
    >>> from boxreel.model import VideoInfo
    >>> video = VideoInfo.constant("street.mp4", 160, 120, 300, fps=30)
    >>> a = Annotation.for_video(video, ["car"]).add_track("car", {0: (20, 40, 80, 60)})
    >>> drawn = draw_boxes(np.zeros((120, 160, 3), np.uint8), a.at(0), a)
    >>> drawn[70, 17:23].tolist()
    [[0, 0, 0], [0, 0, 0], [246, 134, 48], [246, 134, 48], [0, 0, 0], [0, 0, 0]]
    """
    colours = label_colours(annotation)
    names = [(track, boxes.labels[track]) for track in boxes.track.tolist()]
    shapes = [
        Shape(box, colours[label], f"#{track} {label}", hatched=bool(occluded))
        for (track, label), box, occluded in zip(
            names, boxes.box, boxes.occluded, strict=True
        )
    ]
    return draw_shapes(pixels, shapes, warn)


def draw_shapes(pixels: RGB, shapes: Iterable[Shape], warn: bool = True) -> RGB:
    """Return a picture with boxes drawn into it, the last ones on top.

    Parameters
    ----------
    pixels
        ``(H, W, 3)`` uint8 RGB; stays as it is.
    shapes
        What to draw; tags are above all boxes, so that no line crosses one.
    warn
        As of `draw_boxes`.
    """
    unit = max(1.0, min(pixels.shape[:2]) / PLAIN)
    drawn = pixels.copy()
    chosen = [*shapes]
    for shape in chosen:
        _draw_box(drawn, shape, unit)
    for shape in chosen:
        if shape.text:
            height = round(TAG_HEIGHT * unit)
            text = tag(shape.text, shape.colour, height, warn)
            _put(drawn, text, shape.box, unit, below=shape.below)
    return drawn


def _draw_box(picture: RGB, shape: Shape, unit: float) -> None:
    line = (THIN if shape.thin else LINE) * unit
    reach = line / 2 + HALO * unit
    patch = Patch.around(shape.box, picture.shape, reach + 1)
    if patch is None:
        return
    part = picture[patch.window]
    if shape.hatched:
        _paint(part, shape.colour, HATCH_ALPHA * _hatch(patch, unit))
    from_side = abs(patch.distance)
    dash = _dashes(patch, unit) if shape.dashed else np.float32(1)
    _paint(part, BLACK, HALO_ALPHA * dash * _cover(from_side, reach))
    _paint(part, shape.colour, dash * _cover(from_side, line / 2))


def _dashes(patch: Patch, unit: float) -> Floats:
    """Share of each pixel that is in a dash of the side that it is nearest to."""
    step = DASH_STEP * unit
    place = patch.along / step
    dashes: Floats = _cover(abs(place - np.rint(place)) * step, DASH * unit / 2)
    return dashes


def _hatch(patch: Patch, unit: float) -> Floats:
    """Share of each pixel that is covered by slanted lines inside the box."""
    y, x = np.ogrid[patch.window]
    step = HATCH_STEP * unit
    along = (x + y + 1).astype(np.float32) / step
    from_line = abs(along - np.rint(along)) * (step / 2**0.5)
    lines: Floats = _cover(patch.distance, 0) * _cover(from_line, HATCH_LINE / 2 * unit)
    return lines


def _cover(distance: Floats, reach: float) -> Floats:
    """Share of a pixel within `reach` of a line: what makes edges smooth."""
    share: Floats = np.clip(reach + 0.5 - distance, 0, 1)
    return share


def _paint(part: RGB, colour: Colour, alpha: Floats) -> None:
    there = np.nonzero(alpha)
    share = alpha[there][:, None]
    mixed = part[there] * (1 - share) + np.array(colour, np.float32) * share
    part[there] = np.rint(mixed).astype(np.uint8)


def _put(
    picture: RGB,
    image: RGB,
    box: npt.NDArray[np.float64],
    unit: float,
    *,
    below: bool,
) -> None:
    """Put a tag at a box, or in the picture at least; none on a box out of sight."""
    height, width = picture.shape[:2]
    left, top, right, bottom = hull(box)
    if right < 0 or bottom < 0 or left > width or top > height:
        return
    down, across = image.shape[:2]
    x = max(0, min(round(left - unit), width - across))
    place = round(bottom + unit) if below else round(top - unit) - down
    y = max(0, min(place, height - down))
    picture[y : y + down, x : x + across] = image[: height - y, : width - x]
