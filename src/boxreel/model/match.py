"""Whether something is labels, and whether they belong to a video."""

from __future__ import annotations

from dataclasses import replace
from typing import Any, Final

from boxreel.errors import VideoMismatchError
from boxreel.model.annotation import Annotation
from boxreel.model.video_info import VideoInfo

REMEDY: Final = (
    "boxreel.realign(annotation, video) moves labels to a copy that was trimmed or "
    "encoded anew"
)
"""What to do about labels of another video."""


def as_annotation(value: Any, what: str) -> Annotation:
    """Take labels, and not the path of their file.

    Raises
    ------
    TypeError
        If `value` is something else.

    Examples
    --------
    >>> as_annotation("gt.txt", "truth")
    Traceback (most recent call last):
    TypeError: truth must be a boxreel.Annotation (boxreel.read gives one for a file), \
not 'gt.txt'
    """
    if not isinstance(value, Annotation):
        raise TypeError(
            f"{what} must be a boxreel.Annotation (boxreel.read gives one for a file), "
            f"not {value!r:.100}"
        )
    return value


def mismatch(labelled: VideoInfo, video: VideoInfo) -> str:
    """Say how a video differs from the one that was labelled; nothing if it does not.

    Fingerprints decide; where one is missing, size and number of frames do.

    Examples
    --------
    >>> clip = VideoInfo.constant("clip", 640, 480, frame_count=50, fps=25)
    >>> cut = VideoInfo.constant("cut", 640, 480, frame_count=40, fps=30)
    >>> mismatch(cut, clip)
    '40 frames instead of 50 and 30 frames a second instead of 25'
    """
    known = bool(labelled.fingerprint and video.fingerprint)
    if known and labelled.fingerprint == video.fingerprint:
        return ""
    facts = [
        ("frames", labelled.frame_count, video.frame_count),
        (
            "pixels",
            f"{labelled.width}x{labelled.height}",
            f"{video.width}x{video.height}",
        ),
    ]
    if not known and all(theirs == ours for _, theirs, ours in facts):
        return ""
    facts.append(("frames a second", f"{labelled.fps:.5g}", f"{video.fps:.5g}"))
    different = [
        f"{theirs} {what} instead of {ours}"
        for what, theirs, ours in facts
        if theirs != ours
    ]
    return " and ".join(different) or "same size and length, but another content"


def of_video(annotation: Annotation, video: VideoInfo) -> Annotation:
    """Return `annotation` as labels of `video`, whatever name it had there.

    Raises
    ------
    VideoMismatchError
        If it was made for another video: says what differs.

    Examples
    --------
    >>> clip = VideoInfo.constant("clip", 640, 480, frame_count=50, fps=25)
    >>> cut = VideoInfo.constant("cut", 640, 480, frame_count=40, fps=25)
    >>> of_video(Annotation.for_video(cut), clip)
    Traceback (most recent call last):
    boxreel.errors.VideoMismatchError: these are labels of 'cut', not of 'clip': 40 \
frames instead of 50; boxreel.realign(annotation, video) moves labels to a copy that \
was trimmed or encoded anew
    """
    other = annotation.video
    if other is video:
        return annotation
    if found := mismatch(other, video):
        raise VideoMismatchError(
            f"these are labels of {other.name!r}, not of {video.name!r}: {found}; "
            f"{REMEDY}"
        )
    return replace(annotation, video=video)
