"""Draw boxes into pictures as the widget's stage draws them."""

from __future__ import annotations

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
TAG_HEIGHT = 16

BLACK: Colour = (0, 0, 0)
HALO_ALPHA = 0.6
HATCH_ALPHA = 0.7


def draw_boxes(pixels: RGB, boxes: Boxes, annotation: Annotation) -> RGB:
    """Return a picture with boxes, their tags, and a hatch over occluded ones.

    Parameters
    ----------
    pixels
        ``(H, W, 3)`` uint8 RGB; stays as it is.
    boxes
        The boxes to draw, such as ``annotation.at(frame)``.
    annotation
        Says what the labels and their colours are.

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
    unit = max(1.0, min(pixels.shape[:2]) / PLAIN)
    colours = label_colours(annotation)
    drawn = pixels.copy()
    names = [(track, boxes.labels[track]) for track in boxes.track.tolist()]
    for (_, label), box, occluded in zip(names, boxes.box, boxes.occluded, strict=True):
        _draw_box(drawn, box, colours[label], occluded, unit)
    # After all boxes, so that no line crosses a tag.
    for (track, label), box in zip(names, boxes.box, strict=True):
        text = tag(f"#{track} {label}", colours[label], round(TAG_HEIGHT * unit))
        _put(drawn, text, box, unit)
    return drawn


def _draw_box(
    picture: RGB,
    box: npt.NDArray[np.float64],
    colour: Colour,
    occluded: bool,
    unit: float,
) -> None:
    reach = (LINE / 2 + HALO) * unit
    patch = Patch.around(box, picture.shape, reach + 1)
    if patch is None:
        return
    part = picture[patch.window]
    if occluded:
        _paint(part, colour, HATCH_ALPHA * _hatch(patch, unit))
    from_side = abs(patch.distance)
    _paint(part, BLACK, HALO_ALPHA * _cover(from_side, reach))
    _paint(part, colour, _cover(from_side, LINE / 2 * unit))


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


def _put(picture: RGB, image: RGB, box: npt.NDArray[np.float64], unit: float) -> None:
    """Put a tag on a box, or in the picture at least; none on a box out of sight."""
    height, width = picture.shape[:2]
    left, top, right, bottom = hull(box)
    if right < 0 or bottom < 0 or left > width or top > height:
        return
    down, across = image.shape[:2]
    x = max(0, min(round(left - unit), width - across))
    y = max(0, min(round(top - unit) - down, height - down))
    picture[y : y + down, x : x + across] = image[: height - y, : width - x]
