"""What goes into a data set: clips, the frames of each, and the part they are in."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from pathlib import PurePath

from boxreel.dataset.choice import runs
from boxreel.formats import Notes, Target
from boxreel.model import Annotation, Label, VideoInfo
from boxreel.model.boxes import Boxes
from boxreel.model.keyframes import Ints

LONGEST = 80
"""Characters of a clip's name in those of its files."""


@dataclass(frozen=True)
class Clip:
    """A clip of a data set, or of sequences a run of its frames.

    Attributes
    ----------
    name : str
        What its files are called: no other clip's, and plain ASCII.
    video_name : str
        What its video is called.
    source : object
        The video, as `open_video` takes it.
    annotation : Annotation
        Its labels.
    frames : ndarray of int64
        0-based frames to write, increasing.
    ties : tuple of str
        What it must not be parted from: clips that share one are in one part.
    part : str
        The part that it is in.
    notes : Notes
        What its label files cannot hold.
    """

    name: str
    video_name: str
    source: object
    annotation: Annotation
    frames: Ints
    ties: tuple[str, ...] = ()
    part: str = "train"
    notes: Notes = field(default_factory=Notes, compare=False)

    def target(self, path: str = "") -> Target:
        """Give what a format notes losses in, and names in errors."""
        return Target(path or self.name, self.notes)

    @property
    def pattern(self) -> str:
        """Name of the file of a frame, without ending, for `str.format`."""
        digits = max(6, len(str(self.annotation.video.frame_count - 1)))
        return f"{self.name}_{{frame:0{digits}d}}"

    @property
    def boxes(self) -> Boxes:
        """The boxes to write."""
        return self.annotation.dense(self.frames.tolist())

    @property
    def is_whole(self) -> bool:
        """Whether every frame of the video is written."""
        return len(self.frames) == self.annotation.video.frame_count


def named(clips: Sequence[Clip]) -> list[Clip]:
    """Give clips names of their own, after their videos; their labels name them too.

    Examples
    --------
    >>> import numpy as np
    >>> video = VideoInfo.constant("a street.mp4", 64, 48, frame_count=9, fps=30)
    >>> labels = Annotation.for_video(video)
    >>> [one.name for one in named([Clip("", "", None, labels, np.arange(9))] * 2)]
    ['a_street', 'a_street-2']
    """
    taken: set[str] = set()
    found = []
    for clip in clips:
        plain = _plain(clip.annotation.video.name)
        name, number = plain, 1
        while name.lower() in taken:
            number += 1
            name = f"{plain}-{number}"
        taken.add(name.lower())
        found.append(renamed(clip, name))
    return found


def renamed(clip: Clip, name: str) -> Clip:
    """Give a clip another name, and its video the same."""
    v = clip.annotation.video
    info = VideoInfo(name, v.width, v.height, v.ticks, v.time_base, v.fingerprint)
    return replace(clip, name=name, annotation=clip.annotation.with_parts(video=info))


def alike(annotations: Iterable[Annotation]) -> tuple[Label, ...]:
    """Return the labels of all, in the order in which they come up: the classes.

    Of labels of one name the first one stands, with the attributes that others add.
    """
    found: dict[str, Label] = {}
    for annotation in annotations:
        for label in annotation.labels:
            first = found.setdefault(label.name, label)
            known = {one.name for one in first.attributes}
            more = [one for one in label.attributes if one.name not in known]
            if more:
                found[label.name] = replace(
                    first, attributes=(*first.attributes, *more)
                )
    return tuple(found.values())


def _plain(name: str) -> str:
    stem = PurePath(name).stem or name
    return re.sub(r"[^\w-]+", "_", stem, flags=re.ASCII)[:LONGEST] or "clip"


def in_runs(clip: Clip) -> list[Clip]:
    """Cut a clip into sequences: runs of neighbouring frames, named by their first.

    Examples
    --------
    >>> import numpy as np
    >>> video = VideoInfo.constant("a.mp4", 64, 48, frame_count=9, fps=30)
    >>> clip = Clip("a", "", None, Annotation.for_video(video), np.array([0, 1, 7]))
    >>> [(one.name, one.frames.tolist()) for one in in_runs(clip)]
    [('a_000000', [0, 1]), ('a_000007', [7])]
    """
    if clip.is_whole:
        return [clip]
    return [
        replace(
            renamed(clip, clip.pattern.format(frame=int(run[0]))),
            frames=run,
            notes=Notes(),
        )
        for run in runs(clip.frames)
    ]
