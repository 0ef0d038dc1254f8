"""The exact table of a file's frames: times, where each one is, where decoding starts.

Reading packets is cheap and tells all, as long as they prove to be sound. Where they
do not, the file is decoded once and the table lists what really came out.
"""

from __future__ import annotations

import math
from collections import Counter
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from boxreel.errors import VideoError
from boxreel.video.origin import Origin
from boxreel.video.packets import (
    Mark,
    Survey,
    decoded_order,
    moving_pictures,
    survey,
)
from boxreel.video.skim import can_skim, skim

if TYPE_CHECKING:
    import av

Ints = npt.NDArray[np.int64]

DECODE_TIMES_ONLY = {"avi"}
"""Formats that store no presentation times: packets of B-frames carry wrong ones."""


NAMED = 5
"""Places that a warning names at most."""

ASSUMED_RATE = Fraction(25)
"""Frames a second of a file that does not tell."""


@dataclass(frozen=True)
class Start:
    """A keyframe from which decoding may begin.

    Parameters
    ----------
    packet : int
        Number of the packet.
    frame : int
        Its frame. Decoding from here yields this one and all after it; what comes out
        before it leans on packets not seen.
    mark : tuple
        How to recognise the packet after a seek.
    """

    packet: int
    frame: int
    mark: Mark


@dataclass(frozen=True)
class FrameTable:
    """Every frame of one video stream, in presentation order.

    Parameters
    ----------
    ticks : numpy.ndarray
        (n,) int64 times in units of `time_base`, strictly increasing.
    time_base : fractions.Fraction
        Seconds per tick.
    packets : numpy.ndarray
        (n,) int64 number of the packet that carries each frame.
    sizes : numpy.ndarray
        (p,) int64 bytes of each packet of the file, to check its number while reading.
    starts : tuple of Start
        Where decoding may begin, ascending; the first is the file's beginning.
    fingerprint : str
        Identifies the content.
    warnings : tuple of str
        What is wrong with the file, with numbers.
    damaged : bool
        Whether some of its pictures are cut short or cannot be decoded.
    """

    ticks: Ints
    time_base: Fraction
    packets: Ints
    sizes: Ints
    starts: tuple[Start, ...]
    fingerprint: str
    warnings: tuple[str, ...]
    damaged: bool

    @cached_property
    def frame_of(self) -> Ints:
        """(p,) int64 frame that each packet carries, -1 if none."""
        frames = np.full(len(self.sizes), -1, np.int64)
        frames[self.packets] = np.arange(len(self.packets))
        return frames

    @cached_property
    def start_at(self) -> dict[Mark, int]:
        """Index of the start that a packet's mark belongs to."""
        return {start.mark: i for i, start in enumerate(self.starts)}

    def start_of(self, frame: int) -> int:
        """Index of the last start from which `frame` can be decoded."""
        return int(np.searchsorted(self._start_frames, frame, side="right")) - 1

    @cached_property
    def _start_frames(self) -> Ints:
        return np.array([start.frame for start in self.starts], np.int64)


def read_table(
    origin: Origin,
    container: av.container.InputContainer,
    stream: av.VideoStream,
    *,
    trusted: bool = True,
) -> FrameTable:
    """Read the frame table of a video file just opened; leaves it anywhere.

    Parameters
    ----------
    origin, container, stream
        The file.
    trusted : bool
        Whether packets that look sound are taken to be; else all are decoded.

    Raises
    ------
    VideoError
        If not one frame can be decoded.
    """
    far = can_skim(origin, container.format.name)
    found = skim(origin) if far else survey(container, stream, name=origin.name)
    if not found.marks:
        raise VideoError(f"{origin} holds a video stream without any picture")
    reorders = bool(stream.codec_context.has_b_frames)
    timeless = reorders and container.format.name in DECODE_TIMES_ONLY
    if timeless or not trusted or _is_suspicious(found):
        packets = np.array(decoded_order(origin), np.int64)
    else:
        packets = _presentation_order(found)
    if not len(packets):
        message = f"not one of the {len(found.marks)} pictures in {origin}"
        raise VideoError(f"{message} can be decoded; the file is damaged")
    ticks, time_base = _ticks(found, packets), stream.time_base
    notes = _losses(found, packets, _missing(container, stream, found))
    if len(streams := moving_pictures(container)) > 1:
        notes.append(f"holds {len(streams)} videos; this is the first")
    if ticks is None or time_base is None:
        frame_rate = stream.average_rate or ASSUMED_RATE
        wrong = f"times are missing or wrong, first at frame {_stall(found, packets)}"
        notes.append(f"{wrong}; {frame_rate} a second assumed")
        ticks, time_base = np.arange(len(packets)), 1 / frame_rate
    return FrameTable(
        ticks=ticks,
        time_base=time_base,
        packets=packets,
        sizes=np.array([size for _, _, size in found.marks], np.int64),
        starts=_starts(found, packets),
        fingerprint=found.digest,
        warnings=tuple(f"{origin.name}: {note}" for note in notes),
        damaged=bool(found.corrupt)
        or len(packets) < len(found.marks) - len(found.silent),
    )


def _is_suspicious(found: Survey) -> bool:
    """Whether packets alone cannot be trusted to tell which frames there are."""
    times = [pts for pts, _, _ in found.marks if pts is not None]
    return (
        len(set(times)) < len(found.marks)
        or found.keyframes[:1] != [0]
        or times[0] != min(times)
        or found.corrupt + found.blank > 0
        or bool(found.unread)
    )


def _presentation_order(found: Survey) -> Ints:
    """Numbers of the packets that are shown, in the order of their times."""
    shown = np.ones(len(found.marks), bool)
    shown[found.silent] = False
    times = np.array([pts for pts, _, _ in found.marks], np.int64)
    order = np.argsort(times, kind="stable")
    return order[shown[order]]


def _ticks(found: Survey, packets: Ints) -> Ints | None:
    """Take the packets' times, or else their decode times put in order."""
    shown = [found.marks[packet][0] for packet in packets]
    decoded = [found.marks[packet][1] for packet in packets]
    if None not in shown and _increases(ticks := np.array(shown, np.int64)):
        return ticks
    if None not in decoded and _increases(
        ticks := np.sort(np.array(decoded, np.int64))
    ):
        return ticks
    return None


def _stall(found: Survey, packets: Ints) -> int:
    """First frame without a time, or not later than the one before."""
    times = [found.marks[packet][0] for packet in packets]
    for i, (before, time) in enumerate(pairwise([-math.inf, *times])):
        if before is None or time is None or time <= before:
            return i
    return 0


def _increases(ticks: Ints) -> bool:
    return bool((np.diff(ticks) > 0).all())


def _starts(found: Survey, packets: Ints) -> tuple[Start, ...]:
    """Keyframes that can be sought and behind which no frame needs earlier packets."""
    frame_of = {int(packet): frame for frame, packet in enumerate(packets)}
    earliest_from = np.minimum.accumulate(packets[::-1])[::-1]
    repeats = Counter(found.marks)
    first = found.marks[0]
    starts = [Start(0, 0, first if repeats[first] == 1 else (None, None, 0))]
    for key in found.keyframes:
        mark, frame = found.marks[key], frame_of.get(key, 0)
        if frame > 0 and repeats[mark] == 1 and earliest_from[frame] == key:
            starts.append(Start(key, frame, mark))
    return tuple(starts)


def _missing(
    container: av.container.InputContainer, stream: av.VideoStream, found: Survey
) -> int:
    """Count the frames that the header promises after the last one found.

    A count alone says nothing: a file that was trimmed without encoding it anew, or
    that leaves out pictures that repeat, holds fewer. It has to end early as well.
    """
    if stream.duration is not None:
        ends_early = found.end < (stream.start_time or 0) + stream.duration
        return max(stream.frames - len(found.marks), 0) if ends_early else 0
    if container.duration is None or len(container.streams) > 1:
        return 0
    rate, base = stream.average_rate or 0, stream.time_base or 0
    frames = round((Fraction(container.duration, 1_000_000) - found.end * base) * rate)
    return frames if frames > 1 else 0


def _losses(found: Survey, packets: Ints, missing: int) -> list[str]:
    """Say in numbers what of a file is lost."""
    notes = []
    frames = len(packets)
    held = len(found.marks) - len(found.silent)
    if missing:
        promised = f"the header promises {held + missing} frames"
        lost = f"frames {frames} to {held + missing - 1} are missing"
        notes.append(f"{promised}, {frames} can be decoded; {lost}")
    elif frames < held:
        need = "1 needs" if held - frames == 1 else f"{held - frames} need"
        lost = f"the other {need} data that is missing or damaged"
        where = _gaps(found, packets)
        notes.append(f"{frames} of {held} frames can be decoded; {lost}{where}")
    if found.corrupt:
        notes.append(f"packets that are damaged or cut short: {found.corrupt}")
    if found.unread:
        notes.append(f"reading stopped before the end: {found.unread}")
    return notes


def _gaps(found: Survey, packets: Ints) -> str:
    """Say between which frames the lost ones would be, where times tell."""
    lost = {*range(len(found.marks))}.difference(found.silent, packets.tolist())
    times = [found.marks[packet][0] for packet in (*packets, *sorted(lost))]
    if None in times:
        return ""
    stamps = np.array(times, np.int64)
    shown = np.sort(stamps[: len(packets)])
    gaps = Counter(np.searchsorted(shown, stamps[len(packets) :]).tolist())
    named = [f"{count} before frame {frame}" for frame, count in sorted(gaps.items())]
    if len(packets) in gaps:
        named[-1] = f"{gaps[len(packets)]} after frame {len(packets) - 1}"
    more = f" and in {len(named) - NAMED} places more" if len(named) > NAMED else ""
    return f": {', '.join(named[:NAMED])}{more}"
