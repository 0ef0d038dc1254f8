"""Scenes: which frames show an error, and what is drawn into their pictures."""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt

from boxreel.export.drawing import Shape, draw_shapes
from boxreel.export.palette import PALETTE, Colour, rgb
from boxreel.geometry import hull
from boxreel.model import Boxes
from boxreel.review.comparison import Comparison
from boxreel.review.pins import Pin
from boxreel.review.tables import FoundError
from boxreel.review.wording import KIND, clock, described, frames_of
from boxreel.video import Video
from boxreel.video.base import RGB

Window = tuple[int, int, int, int]

SECONDS: Final = 0.4
"""How long before and after a break of identity it is shown."""

WIDTH: Final = 400
"""Width of the pictures of a strip, pixels; a picture alone is twice as wide."""

AROUND: Final = 1.8
"""Part of the picture that is shown, in sizes of what it is about."""

LEAST: Final = 0.3
"""Least part of the picture's width that is shown."""

NO_TRACK: Final = "#c4c6c9"
"""Colour of predictions that are matched with nothing."""


@dataclass(frozen=True)
class Scene:
    """An error or a pin, with the frames that show it.

    Attributes
    ----------
    heading, text
        What it is.
    error, pin
        What it is made of; one of them is None.
    frames
        0-based frames, in order.
    window
        Left, top, right and bottom of the part that is shown, pixels.
    """

    heading: str
    text: str
    error: FoundError | None
    pin: Pin | None
    frames: tuple[int, ...]
    window: Window


@dataclass(frozen=True)
class Still:
    """A picture of a scene: a JPEG, its frame, and what it shows in words."""

    frame: int
    jpeg: bytes
    size: tuple[int, int]
    text: str


def scene_of(comparison: Comparison, what: FoundError | Pin) -> Scene:
    """Choose the frames and the part of the picture that show an error or a pin."""
    frames = tuple(sorted({*_frames(comparison, what)}))
    window = _window(comparison, what, frames)
    video = comparison.truth.video
    if isinstance(what, Pin):
        when = f"frame {what.frame}, {clock(float(video.times[what.frame]))}"
        return Scene(what.text, f"Pinned, {when}", None, what, frames, window)
    several = "s" * (what.stop > what.start + 1)
    when = f"frame{several} {frames_of(what)}, {clock(float(video.times[what.start]))}"
    text = f"{described(comparison, what)}; {when}"
    return Scene(KIND[what.kind], text, what, None, frames, window)


def stills(
    comparison: Comparison, video: Video, scenes: Iterable[Scene]
) -> Mapping[Scene, list[Still]]:
    """Make the pictures of scenes; each frame is decoded once, in order."""
    made: dict[Scene, list[Still]] = {scene: [] for scene in scenes}
    for frame in sorted({frame for scene in made for frame in scene.frames}):
        pixels = video.read(frame)
        for scene, pictures in made.items():
            if frame in scene.frames:
                pictures.append(_still(comparison, scene, frame, pixels))
    return made


def _frames(comparison: Comparison, what: FoundError | Pin) -> Iterator[int]:
    last = comparison.truth.video.frame_count - 1
    step = max(round(SECONDS * comparison.truth.video.fps), 1)
    if isinstance(what, Pin):
        alone = what.truth is None and what.prediction is None
        places = [what.frame + n * step for n in ((0,) if alone else (-1, 0, 1))]
    elif what.kind in ("switch", "transfer"):
        places = [what.start - step, what.start, what.start + step]
    else:
        before = what.start - (what.kind != "late_start")
        after = what.stop - (what.kind == "early_end")
        places = [before, what.frame, after]
    return (min(max(place, 0), last) for place in places)


def _window(
    comparison: Comparison, what: FoundError | Pin, frames: tuple[int, ...]
) -> Window:
    """Part of the picture around all boxes that it is about; all of it without any."""
    video = comparison.truth.video
    whole = (0, 0, video.width, video.height)
    involved = _involved(what)
    boxes = [side.dense(frames) for side in (comparison.truth, comparison.predictions)]
    rows = [
        each.box[np.isin(each.track, [*ids])]
        for each, ids in zip(boxes, involved, strict=True)
    ]
    edges = hull(np.concatenate(rows)) if sum(map(len, rows)) else np.empty((0, 4))
    if not len(edges):
        return whole
    low, high = edges[:, :2].min(axis=0), edges[:, 2:].max(axis=0)
    ratio = video.height / video.width
    width = AROUND * max(high[0] - low[0], (high[1] - low[1]) / ratio)
    width = min(max(width, LEAST * video.width), video.width)
    size = np.round([width, width * ratio]).astype(int)
    middle = (low + high) / 2
    start = np.clip(middle - size / 2, 0, [video.width, video.height] - size)
    left, top = start.astype(int).tolist()
    return (left, top, left + int(size[0]), top + int(size[1]))


def _involved(what: FoundError | Pin) -> tuple[set[int], set[int]]:
    truth, predictions = [what.truth], [what.prediction]
    if isinstance(what, FoundError):
        (truth if what.kind == "transfer" else predictions).append(what.was)
    return {id for id in truth if id}, {id for id in predictions if id}


def _still(comparison: Comparison, scene: Scene, frame: int, pixels: RGB) -> Still:
    from PIL import Image

    left, top, right, bottom = scene.window
    width = WIDTH if len(scene.frames) > 1 else 2 * WIDTH
    scale = width / (right - left)
    size = width, max(round((bottom - top) * scale), 1)
    part = Image.fromarray(pixels[top:bottom, left:right])
    sized = np.asarray(part.resize(size, Image.Resampling.LANCZOS))
    what = scene.error or scene.pin
    involved = _involved(what) if what else (set[int](), set[int]())
    shapes = _shapes(comparison, frame, scene.window, scale, involved)
    drawn = draw_shapes(sized, shapes)
    stream = io.BytesIO()
    Image.fromarray(drawn).save(stream, "JPEG", quality=82, optimize=True)
    tags = ", ".join(shape.text for shape in shapes if shape.text) or "no boxes"
    return Still(frame, stream.getvalue(), size, f"Frame {frame}: {tags}")


def _shapes(
    comparison: Comparison,
    frame: int,
    window: Window,
    scale: float,
    involved: tuple[set[int], set[int]],
) -> list[Shape]:
    """Boxes of both sides in a window: predictions dashed, bystanders thin."""
    partners = _partners(comparison, frame)
    shapes = []
    for side, (annotation, mine) in enumerate(
        zip((comparison.truth, comparison.predictions), involved, strict=True)
    ):
        boxes = annotation.at(frame)
        for track, row in zip(
            boxes.track.tolist(), _moved(boxes, window, scale), strict=True
        ):
            owner = track if side == 0 else partners.get(track)
            about = not (involved[0] or involved[1]) or track in mine
            text = (f"#{track}" if side == 0 else f"P{track}") if about else ""
            if about and not side:
                text += f" {boxes.labels[track]}"
            shapes.append(
                Shape(
                    row,
                    _colour(owner),
                    text,
                    dashed=side == 1,
                    thin=not about,
                    below=side == 1,
                )
            )
    return sorted(shapes, key=lambda shape: not shape.thin)


def _moved(boxes: Boxes, window: Window, scale: float) -> npt.NDArray[np.float64]:
    rows = boxes.box.copy()
    rows[:, :2] -= window[:2]
    rows[:, :4] *= scale
    return rows


def _colour(track: int | None) -> Colour:
    return rgb(NO_TRACK if track is None else PALETTE[(track - 1) % len(PALETTE)])


def _partners(comparison: Comparison, frame: int) -> dict[int, int]:
    """Which true track each prediction is matched with on a frame, by their ids."""
    overlaps = comparison.overlaps
    matches = comparison.outcomes.matches
    first, stop = np.searchsorted(overlaps.frame[matches], [frame, frame + 1])
    here = matches[first:stop]
    truth = overlaps.truth.ids[overlaps.pair[0][here]].tolist()
    found = overlaps.predictions.ids[overlaps.pair[1][here]].tolist()
    return dict(zip(found, truth, strict=True))
