"""What a format is, and what it is given to work with.

A format is one module that defines ``FORMAT``. Its ``parse`` and ``dump`` turn text
into an annotation and back; they never touch the disk. Their keyword-only
parameters are the format's options.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from io import BytesIO
from typing import BinaryIO

from boxreel.errors import FormatError, VideoMismatchError
from boxreel.formats.files import Content
from boxreel.formats.report import Notes
from boxreel.model import Annotation, Label, VideoInfo

GUESSED_FPS = 30
MAX_FRAMES = 20_000_000
"""Longest video that a label file may claim: guards memory against damaged numbers."""

LONGEST = 800
"""Characters of a message; what is in the middle of a longer one is left out."""


@dataclass(frozen=True)
class Format:
    """A label format.

    Attributes
    ----------
    name : str
        The name users type: ``format="mot"``.
    extensions : tuple of str
        File name endings, with the dot, that `write` takes as this format.
    sniff : callable
        ``sniff(head)``: is a file that begins with the text `head` of this format?
    parse : callable
        ``parse(source, *, **options) -> Annotation``.
    dump : callable or None
        ``dump(annotation, target, *, **options) -> str``; None where it is not written.
    member : str
        Path of the file inside an archive or a folder of this format, where ``*`` is
        the name of a clip; empty when the format does not come in archives.
    companions : tuple of str
        Files, relative to the label file, that `parse` may look at when they exist.
    spread : callable or None
        Of a format that is many files in a folder or an archive: ``spread(members)``
        gives those of the paths `members` that it consists of, none if it is another
        format's. `parse` finds their texts in ``source.beside``, and `member` is the
        file that `dump` returns.
    pictures : str
        Ending of those files of `spread` that are pictures, which come first:
        `parse` finds what reads them in ``source.pictures``, and the first has to
        pass `sniff`. One of them may be read by itself.
    """

    name: str
    extensions: tuple[str, ...]
    sniff: Callable[[str], bool]
    parse: Callable[..., Annotation]
    dump: Callable[..., str | bytes] | None
    member: str = ""
    companions: tuple[str, ...] = ()
    spread: Callable[[Sequence[str]], list[str]] | None = None
    pictures: str = ""


def check_options(
    function: Callable[..., object], options: Mapping[str, object]
) -> None:
    """Refuse options that `function` does not have as keyword-only parameters.

    Raises
    ------
    TypeError
        Naming the options that there are.
    """
    valid = [
        name
        for name, parameter in inspect.signature(function).parameters.items()
        if parameter.kind is inspect.Parameter.KEYWORD_ONLY
    ]
    unknown = [name for name in options if name not in valid]
    if unknown:
        known = ", ".join(valid) or "none"
        raise TypeError(
            f"unknown option {', '.join(map(repr, unknown))}; this format has: {known}"
        )


@dataclass
class Source:
    """A label file being read.

    Attributes
    ----------
    path : str
        For messages.
    content : str or Content
        What it holds: a text, or what is on the disk.
    video : VideoInfo or None
        The video that the caller says the labels belong to.
    beside : mapping of str to str
        Content of those of the format's companions that exist.
    notes : Notes
        Where guesses and drops are noted.
    pictures : mapping of str to callable
        What reads each of the pictures of a folder or an archive, by path.
    """

    path: str
    content: str | Content
    video: VideoInfo | None = None
    beside: Mapping[str, str] = field(default_factory=dict)
    notes: Notes = field(default_factory=Notes)
    pictures: Mapping[str, Callable[[], bytes]] = field(default_factory=dict)

    @cached_property
    def text(self) -> str:
        """The content as text; FormatError where it is not UTF-8."""
        content = self.content
        return content if isinstance(content, str) else content.text()

    def open(self) -> BinaryIO:
        """Open the content, to read it piece by piece."""
        content = self.content
        return BytesIO(content.encode()) if isinstance(content, str) else content.open()

    def error(self, message: str, line: int | None = None) -> FormatError:
        """Make the error that names this file and, 1-based, the line."""
        where = self.path if line is None else f"{self.path}, line {line}"
        if len(message) > LONGEST:  # a name or a number of the file's may be
            message = f"{message[: LONGEST - 200]} ... {message[-200:]}"
        return FormatError(f"{where}: {message}")

    def video_of(
        self,
        *,
        name: str,
        size: tuple[int, int] | None,
        frame_count: int | None,
        fps: float | None,
        extent: tuple[float, float],
        last_frame: int,
    ) -> VideoInfo:
        """Return the video of labels whose file says only so much about it.

        The caller's video is taken when there is one; otherwise what the file
        does not say is guessed from the labels, and noted.

        Parameters
        ----------
        name
            Name of the video or sequence.
        size, frame_count, fps
            What the file says; None where it is silent.
        extent
            Rightmost and lowest coordinate of any box, in pixels.
        last_frame
            Largest 0-based frame with a label; -1 without labels.

        Raises
        ------
        VideoMismatchError
            If the file states another picture size than the caller's video has.
        FormatError
            If the video would be longer than `MAX_FRAMES`.
        """
        video, notes = self.video, self.notes
        longest = max(frame_count or 0, last_frame + 1)
        if longest > MAX_FRAMES:
            raise self.error(f"{longest:,} frames are more than {MAX_FRAMES:,}")
        if video is None:
            if size is None:
                size = (max(1, -int(-extent[0] // 1)), max(1, -int(-extent[1] // 1)))
                notes.guessed(
                    f"picture size {size[0]}x{size[1]}, from the boxes; pass video="
                )
            if frame_count is None:
                frame_count = max(1, last_frame + 1)
                notes.guessed(f"{frame_count} frames, from the labels; pass video=")
            if fps is None:
                fps = GUESSED_FPS
                notes.guessed(f"{fps} frames a second; pass video=")
            return VideoInfo.constant(name, *size, frame_count=frame_count, fps=fps)
        if size is not None and size != (video.width, video.height):
            raise VideoMismatchError(
                f"{self.path} is for pictures of {size[0]}x{size[1]}, but "
                f"{video.name!r} has {video.width}x{video.height}: its boxes would "
                "stand elsewhere; pass the video that was labelled"
            )
        if frame_count is not None and frame_count != video.frame_count:
            notes.guessed(
                f"{video.frame_count} frames, as the video has; the file says "
                f"{frame_count}"
            )
        return video


@dataclass
class Target:
    """A label file being written.

    Attributes
    ----------
    path : str
        For messages and for the layout of companions.
    notes : Notes
        Where losses are noted.
    beside : dict of str to str
        Companions to write, by path relative to the label file.
    """

    path: str
    notes: Notes = field(default_factory=Notes)
    beside: dict[str, str] = field(default_factory=dict)

    def error(self, message: str) -> FormatError:
        """Make the error that names this file."""
        return FormatError(f"{self.path}: {message}")


def declare_event(labels: dict[str, Label], name: str) -> None:
    """Add the label of an event to labels by name, or say that events use it too."""
    known = labels.get(name)
    if known is None:
        labels[name] = Label(name, use="event")
    elif known.use == "track":
        labels[name] = replace(known, use="both")


def note_unsaid(annotation: Annotation, notes: Notes, *, events: bool = False) -> None:
    """Note as lost what a format of tracks and their boxes has no place for.

    Parameters
    ----------
    annotation
        The labels.
    notes
        Where it is noted.
    events
        Whether the format holds events.
    """
    labels = annotation.labels
    arranged = sum(bool(label.parent or label.key) for label in labels)
    remarks = sum(bool(track.note) for track in annotation.tracks.values())
    if not events:
        notes.lost("events", count=len(annotation.events))
    notes.lost("notes on tracks", count=remarks)
    notes.lost("notes on frames", count=len(annotation.notes))
    notes.lost("attributes of the clip", count=len(annotation.attributes))
    notes.lost("parents and keys of labels", count=arranged)
