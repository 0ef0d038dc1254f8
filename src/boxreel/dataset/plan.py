"""What is asked for, clip by clip: which frames, and what must stay together."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import PurePath
from typing import Any

from boxreel.dataset.choice import Frames, chosen
from boxreel.dataset.clips import Clip, alike, named
from boxreel.errors import ExportError
from boxreel.export.render import opened
from boxreel.formats import Notes
from boxreel.model import Annotation, VideoInfo
from boxreel.model.match import of_video
from boxreel.video import Video


def planned(
    annotations: Annotation | Sequence[Annotation],
    videos: object,
    frames: Frames | Sequence[Frames],
    every: int,
    context: int,
    groups: Sequence[object] | None,
    notes: Notes,
) -> list[Clip]:
    """Return the clips of a data set that have frames to write; see `export_dataset`.

    Raises
    ------
    ExportError
        If there are not as many of each, or there is no frame to write.
    TypeError
        If what should be labels is something else.
    """
    single = isinstance(annotations, Annotation)
    labels = [annotations] if isinstance(annotations, Annotation) else [*annotations]
    for one in labels:
        if not isinstance(one, Annotation):
            raise TypeError(
                "export_dataset takes an Annotation or a list of them (boxreel.read "
                f"gives one for a file); {one!r:.60} is none"
            )
    sources = [videos] if single else _listed(videos, "videos", len(labels))
    if single or isinstance(frames, str):
        wanted: list[Any] = [frames] * len(labels)
    else:
        wanted = _listed(frames, "frames", len(labels))
    places = [None] * len(labels)
    if groups is not None:
        places = _listed(groups, "groups", len(labels))
    classes = alike(labels)
    clips = []
    for annotation, source, which, group in zip(
        labels, sources, wanted, places, strict=True
    ):
        with opened(source, annotation) as video:
            mine = of_video(annotation, VideoInfo.of(video))
            ties = _ties(video, group)
        mine = mine.with_parts(labels=classes)
        taken = chosen(mine, which, every, context)
        clips.append(Clip("", mine.video.name, source, mine, taken, ties))
    for clip in clips:
        if not len(clip.frames):
            notes.dropped("clips without such frames", clip.video_name)
    found = [clip for clip in named(clips) if len(clip.frames)]
    if not found:
        raise ExportError(
            f"there is no frame to export: frames={frames!r:.60} names none of "
            f'{len(clips)} clips; frames="all" takes every one'
        )
    return found


def _listed(given: Any, what: str, count: int) -> list[Any]:
    """Return as many things as there are annotations, or say how many are missing."""
    if isinstance(given, str) or not isinstance(given, Iterable):
        raise ExportError(
            f"{what}={given!r:.60} must be a list, one for each of the {count} "
            "annotations"
        )
    listed = list(given)
    if len(listed) != count:
        raise ExportError(
            f"{len(listed)} {what} for {count} annotations: give as many, in one order"
        )
    return listed


def _ties(video: Video, group: object) -> tuple[str, ...]:
    """Return by what a clip is tied to others; the least of them names the group."""
    ties = [f"print {video.fingerprint}"]
    if group is not None:
        ties.append(f"group {group}")
    elif video.path is not None and video.path.is_file():
        ties.append(f"stem {PurePath(video.name).stem.lower()}")
    return tuple(ties)
