"""What is to be exported, checked before anything is written, and how it looks."""

from __future__ import annotations

import operator
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import SupportsIndex

import numpy as np

from boxreel.errors import AnnotationError, ExportError
from boxreel.export.blur import blur_boxes
from boxreel.export.drawing import draw_boxes
from boxreel.model import Annotation, VideoInfo
from boxreel.model.match import of_video
from boxreel.video import Video, open_video
from boxreel.video.base import RGB


@contextmanager
def opened(source: object, annotation: Annotation | None) -> Iterator[Video]:
    """Open what is to be exported, and close it again unless it was open already.

    Raises
    ------
    VideoError
        If the video cannot be opened.
    VideoMismatchError
        If `annotation` belongs to another one.
    """
    video = open_video(source)
    try:
        if annotation is not None:
            of_video(annotation, VideoInfo.of(video))
        yield video
    finally:
        if video is not source:
            video.close()


def chosen_frames(video: Video, frames: Iterable[SupportsIndex] | None) -> list[int]:
    """Return frames counted from 0, in the order given; all of the video for None.

    Raises
    ------
    IndexError
        If the video has no such frame.
    ExportError
        If there are none.

    Examples
    --------
    >>> chosen_frames(open_video(np.zeros((90, 4, 6), bool)), [3, -1])
    [3, 89]
    """
    if frames is None:
        return list(range(len(video)))
    given = [operator.index(frame) for frame in frames]
    for frame in given:
        if not -len(video) <= frame < len(video):
            raise IndexError(
                f"{video.name} has no frame {frame}; it has {len(video)} frames, "
                f"0 to {len(video) - 1}"
            )
    if not given:
        raise ExportError(f"frames={frames!r} names no frame; choose at least one")
    return [frame % len(video) for frame in given]


def checked_blur(annotation: Annotation | None, blur: Iterable[str]) -> frozenset[str]:
    """Return the labels whose boxes are blurred.

    Raises
    ------
    AnnotationError
        If there is no such label: a misspelt one must not leave faces to be seen.

    Examples
    --------
    >>> checked_blur(None, ["face"])
    Traceback (most recent call last):
    boxreel.errors.AnnotationError: blur=['face'] needs an annotation that says where
    """
    if isinstance(blur, str):
        raise AnnotationError(f"blur is the text {blur!r}: give a list of labels")
    names = list(blur)
    if annotation is None:
        if names:
            raise AnnotationError(f"blur={names!r} needs an annotation that says where")
        return frozenset()
    known = [label.name for label in annotation.labels]
    for name in names:
        if name not in known:
            listed = ", ".join(map(repr, known)) or "none"
            raise AnnotationError(f"no label {name!r} to blur: labels are {listed}")
    return frozenset(names)


def pictures(
    video: Video,
    annotation: Annotation | None,
    frames: Sequence[int],
    *,
    boxes: bool = True,
    blur: frozenset[str] = frozenset(),
) -> Iterator[RGB]:
    """Yield the picture of each frame, blurred and drawn on as asked.

    Raises
    ------
    VideoError
        If a frame cannot be decoded.
    """
    for frame in frames:
        pixels = video.read(frame)
        if annotation is not None:
            there = annotation.at(frame)
            hidden = [there.labels[track] in blur for track in there.track.tolist()]
            pixels = blur_boxes(pixels, there.box[np.array(hidden, bool)])
            if boxes:
                pixels = draw_boxes(pixels, there, annotation)
        yield pixels
