"""Tell how other readers would number the frames of a video."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from fractions import Fraction
from html import escape
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

from boxreel.errors import VideoError

if TYPE_CHECKING:
    from boxreel.video.base import RGB, Video

WINDOW = 12
"""How many frames off another reader's picture is looked for."""

SOUGHT = 40
"""How many frames another reader is asked to go to."""

COLUMNS = ("reader", "frames", "numbers")

Pictures = npt.NDArray[np.float32]


@dataclass(frozen=True)
class Header:
    """What a file says of itself; None where it says nothing.

    Parameters
    ----------
    frames : int, optional
        Number of frames.
    rate : fractions.Fraction, optional
        Frames a second.
    duration : fractions.Fraction, optional
        Seconds.
    """

    frames: int | None = None
    rate: Fraction | None = None
    duration: Fraction | None = None


@dataclass(frozen=True)
class Reading:
    """How one reader sees a video.

    Parameters
    ----------
    reader : str
        Who or what counts.
    extra : int, optional
        How many frames it counts more than there are, negative if fewer; None if it
        does not count.
    first : int, optional
        First frame to which it gives another number; None if there is none.
    by : int
        The frame minus its number for it, where that is largest.
    """

    reader: str
    extra: int | None = None
    first: int | None = None
    by: int = 0

    @property
    def agrees(self) -> bool:
        """Whether it numbers frames as they are numbered here."""
        return not self.extra and self.first is None


@dataclass(frozen=True)
class CheckReport:
    """How other readers number the frames of a video; `Video.check` makes it.

    Parameters
    ----------
    name : str
        The video.
    frame_count : int
        How many frames it has.
    readings : tuple of Reading
        One for each reader that could be asked.

    Examples
    --------
    >>> CheckReport("street.mp4", 120, (Reading("header", 1), Reading("time", first=7)))
    street.mp4: 120 frames, 2 of 2 readers number them differently
    reader  frames    numbers
    header  121 (+1)
    time              differ from frame 7 on, by up to 0
    """

    name: str
    frame_count: int
    readings: tuple[Reading, ...]

    @property
    def agrees(self) -> bool:
        """Whether every reader numbers frames as they are numbered here."""
        return all(reading.agrees for reading in self.readings)

    def __repr__(self) -> str:
        rows = [COLUMNS, *self._rows()]
        widths = [max(len(row[i]) for row in rows) for i in range(2)]
        lines = (f"{a:<{widths[0]}}  {b:<{widths[1]}}  {c}" for a, b, c in rows)
        return "\n".join([self._caption(), *(line.rstrip() for line in lines)])

    def _repr_html_(self) -> str:
        head = "".join(f"<th>{column}</th>" for column in COLUMNS)
        body = "".join(
            "<tr>" + "".join(f"<td>{escape(cell)}</td>" for cell in row) + "</tr>"
            for row in self._rows()
        )
        caption = f"<caption>{escape(self._caption())}</caption>"
        return f"<table>{caption}<tr>{head}</tr>{body}</table>"

    def _caption(self) -> str:
        asked = len(self.readings)
        other = sum(not reading.agrees for reading in self.readings)
        verdict = f"{other} of {asked} readers number them differently"
        return f"{self.name}: {self.frame_count} frames, {verdict}"

    def _rows(self) -> Iterator[tuple[str, str, str]]:
        for reading in self.readings:
            counted, numbers = "", "" if reading.extra is not None else "agree"
            if reading.extra is not None:
                difference = f" ({reading.extra:+})" if reading.extra else ""
                counted = f"{self.frame_count + reading.extra}{difference}"
            if reading.first is not None:
                from_on = f"differ from frame {reading.first} on"
                numbers = f"{from_on}, by up to {abs(reading.by)}"
            yield reading.reader, counted, numbers


def compare(video: Video, header: Header) -> CheckReport:
    """Ask every reader at hand how it numbers the frames of a video."""
    readings = [*_by_header(video, header), *_by_opencv(video)]
    return CheckReport(video.name, len(video), tuple(readings))


def _by_header(video: Video, header: Header) -> Iterator[Reading]:
    if header.frames:
        yield Reading("count in the header", header.frames - len(video))
    if not header.rate:
        return
    if header.duration:
        counted = round(header.duration * header.rate)
        yield Reading("duration × rate", counted - len(video))
    numbers = np.rint(video.times * float(header.rate)).astype(np.int64)
    order = np.arange(len(video))
    yield _numbered("time × rate", numbers, order)
    if numbers[0]:
        yield _numbered("(time - first) × rate", numbers - numbers[0], order)


def _numbered(reader: str, theirs: npt.ArrayLike, ours: npt.ArrayLike) -> Reading:
    """Compare the numbers that two give to the same pictures."""
    frames = np.asarray(ours)
    off = frames - np.asarray(theirs)
    if not off.any():
        return Reading(reader)
    first, most = np.flatnonzero(off)[0], np.abs(off).argmax()
    return Reading(reader, first=int(frames[first]), by=int(off[most]))


def _by_opencv(video: Video) -> Iterator[Reading]:
    try:
        import cv2
    except ImportError:
        return
    if video.path is None or not video.path.is_file():
        return
    name = f"OpenCV {cv2.__version__}"
    capture: Any = cv2.VideoCapture(str(video.path))
    try:
        if not capture.isOpened():
            return
        promised = int(capture.get(cv2.CAP_PROP_FRAME_COUNT))
        yield Reading(f"{name}, count", promised - len(video))
        theirs = np.array([*_read_all(capture)], np.float32)
        ours = np.array([*_our_pictures(video)], np.float32)
        yield Reading(f"{name}, read to the end", len(theirs) - len(video))
        read = [_found(ours, small, i) for i, small in enumerate(theirs)]
        yield _numbered(f"{name}, read in order", np.arange(len(theirs)), read)
        asked, found = [], []
        for i in np.unique(np.linspace(0, len(video) - 1, SOUGHT).astype(int)).tolist():
            capture.set(cv2.CAP_PROP_POS_FRAMES, i)
            arrived, picture = capture.read()
            if arrived:
                asked.append(i)
                found.append(_found(ours, _small(picture[..., ::-1]), i))
        yield _numbered(f"{name}, sought", asked, found)
    finally:
        capture.release()


def _read_all(capture: Any) -> Iterator[Pictures]:
    arrived, picture = capture.read()
    while arrived:
        yield _small(picture[..., ::-1])
        arrived, picture = capture.read()


def _our_pictures(video: Video) -> Iterator[Pictures]:
    """Take few pixels of each frame; one that cannot be decoded is like no other."""
    nothing = np.full_like(_small(np.zeros((1, 1, 3), np.uint8)), np.inf)
    for i in range(len(video)):
        small = nothing
        with suppress(VideoError):
            small = _small(video[i])
        yield small


def _small(picture: RGB) -> Pictures:
    """Take few pixels of a picture, the same of one that is stretched."""
    rows, columns = (
        np.linspace(0, side - 1, 24).round().astype(int) for side in picture.shape[:2]
    )
    chosen: Pictures = picture[np.ix_(rows, columns)].astype(np.float32)
    return chosen.ravel()


def _found(ours: Pictures, theirs: Pictures, expected: int) -> int:
    """Tell which frame a picture shows: the expected one if it fits as well."""
    first = max(expected - WINDOW, 0)
    around = ours[first : expected + WINDOW + 1]
    if not len(around):
        return expected
    distances = np.abs(around - theirs).mean(axis=1)
    best = int(distances.argmin())
    here = expected - first
    as_well = here < len(around) and distances[here] <= 1.5 * distances[best] + 1
    return expected if as_well else first + best
