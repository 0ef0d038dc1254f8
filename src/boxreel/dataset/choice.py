"""Which frames of a clip go into a data set."""

from __future__ import annotations

import operator
from collections.abc import Iterable
from typing import Literal, SupportsIndex, TypeAlias, get_args

import numpy as np

from boxreel.errors import ExportError
from boxreel.model import Annotation
from boxreel.model.keyframes import Ints

Named: TypeAlias = Literal["all", "labelled", "corrected"]
Frames: TypeAlias = Named | Iterable[SupportsIndex]


def chosen(annotation: Annotation, frames: Frames, every: int, context: int) -> Ints:
    """Return the frames to write, increasing.

    Parameters
    ----------
    annotation
        Labels of the clip.
    frames
        ``"all"``, ``"labelled"`` (at least one box), ``"corrected"`` (see
        `Annotation.corrected`), or numbers; negative ones count from the end.
    every
        Of each run of neighbouring frames one in so many is taken, the first to begin
        with.
    context
        So many frames before and after each are taken too.

    Raises
    ------
    ExportError
        An unknown name.
    IndexError
        A frame that the video does not have.

    Examples
    --------
    >>> from boxreel.model import VideoInfo
    >>> video = VideoInfo.constant("street.mp4", 1920, 1080, 90, fps=30)
    >>> labels = Annotation.for_video(video, labels=["car"])
    >>> labels = labels.add_track("car", {40: (10, 20, 40, 30)})
    >>> chosen(labels, "labelled", 20, 1).tolist()
    [39, 40, 41, 59, 60, 61, 79, 80, 81]
    >>> chosen(labels, "corrected", 1, 0).tolist()
    [40]
    """
    taken = _taken(annotation, frames)
    if every > 1:
        begins = np.diff(taken, prepend=-2) != 1
        first = taken[begins][np.cumsum(begins) - 1]
        taken = taken[(taken - first) % every == 0]
    if context:
        around = taken[:, None] + np.arange(-context, context + 1)
        taken = np.unique(around.clip(0, annotation.video.frame_count - 1))
    return taken


def _taken(annotation: Annotation, frames: Frames) -> Ints:
    count = annotation.video.frame_count
    if isinstance(frames, str):
        return _named(annotation, frames)
    given = np.array([operator.index(frame) for frame in frames], dtype=np.int64)
    beyond = given[(given < -count) | (given >= count)]
    if len(beyond):
        raise IndexError(
            f"{annotation.video.name} has no frame {beyond[0]}; it has {count} frames, "
            f"0 to {count - 1}"
        )
    return np.unique(given % count)


def _named(annotation: Annotation, name: str) -> Ints:
    if name == "all":
        return np.arange(annotation.video.frame_count)
    if name == "labelled":
        return np.unique(annotation.dense().frame)
    if name == "corrected":
        return annotation.corrected()
    known = ", ".join(map(repr, get_args(Named)))
    raise ExportError(f"frames={name!r} is none of {known}; or give numbers of frames")


def runs(frames: Ints) -> list[Ints]:
    """Cut frames into runs of neighbours.

    Examples
    --------
    >>> [run.tolist() for run in runs(np.array([3, 4, 5, 9]))]
    [[3, 4, 5], [9]]
    """
    if not len(frames):
        return []
    return np.split(frames, np.flatnonzero(np.diff(frames) != 1) + 1)
