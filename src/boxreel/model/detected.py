"""Tracks of what a model found: the work of `Annotation.from_detections`."""

from __future__ import annotations

import warnings
from typing import Any

from boxreel.errors import AnnotationError, BoxreelWarning
from boxreel.model.detections import Classes, rows_of
from boxreel.model.linking import linked
from boxreel.model.rows import NOBODY
from boxreel.model.track import Track
from boxreel.model.video_info import VideoInfo

__all__ = ["Classes", "detected"]


def detected(
    video: VideoInfo, detections: Any, classes: Classes, frame_base: int, link: bool
) -> tuple[dict[int, Track], tuple[str, ...]]:
    """Make tracks of detections; see `Annotation.from_detections`.

    Returns
    -------
    dict from int to Track, tuple of str
        The tracks by id, and the names of their labels.
    """
    rows, names = rows_of(detections, classes, frame_base)
    late = rows.frames >= video.frame_count
    if late.any():
        raise AnnotationError(
            f"frame {rows.frames[late][0] + frame_base} is past the end of "
            f"{video.name!r}, which has {video.frame_count} frames from {frame_base} on"
        )
    if link:
        rows = linked(rows, video.frame_count, video.fps)
    told = []
    loose = int((rows.ids == NOBODY).sum())
    if loose:
        hint = "they fit to none" if link else "link=True makes tracks of them"
        told.append(f"{loose:,} boxes without an id are objects of one frame; {hint}")
    rows = rows.numbered().in_order()
    double = rows.twice()
    if double is not None:
        raise AnnotationError(
            f"row {rows.numbers[double]}: object {rows.ids[double]} is on frame "
            f"{rows.frames[double] + frame_base} twice; leave one out"
        )
    changed = int(rows.relabelled().sum())
    if changed:
        told.append(f"{changed:,} boxes have another class than the first of their id")
    if told:
        warnings.warn("; ".join(told), BoxreelWarning, stacklevel=3)
    return rows.tracks(names, video.frame_count, "model"), names
