"""The exact table of a file's frames: times, where each one is, where decoding starts.

Reading packets is cheap and tells all, as long as they prove to be sound. Where they
do not, the file is decoded once and the table lists what really came out.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from boxreel.errors import VideoError
from boxreel.video.indexed import Index, indexed
from boxreel.video.origin import Origin
from boxreel.video.packets import (
    NO_TIME,
    Ints,
    Mark,
    Survey,
    close_stream,
    decoded_order,
    moving_pictures,
    open_stream,
    survey,
)
from boxreel.video.skim import can_skim, skim

if TYPE_CHECKING:
    import av

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
    index: Index | None,
    *,
    trusted: bool = True,
) -> FrameTable:
    """Read the frame table of a video file just opened; leaves it anywhere.

    Parameters
    ----------
    origin, container, stream, index
        The file, and what `read_index` says of it.
    trusted : bool
        Whether packets that look sound are taken to be; else all are decoded.

    Raises
    ------
    VideoError
        If not one frame can be decoded.
    """
    found = _surveyed(origin, container, stream, index)
    if not len(found):
        raise VideoError(f"{origin} holds a video stream without any picture")
    reorders = bool(stream.codec_context.has_b_frames)
    timeless = reorders and container.format.name in DECODE_TIMES_ONLY
    if timeless or not trusted or _is_suspicious(found):
        packets = np.array(decoded_order(origin), np.int64)
    else:
        packets = _presentation_order(found)
    if not len(packets):
        message = f"not one of the {len(found)} pictures in {origin}"
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
        sizes=found.sizes,
        starts=_starts(found, packets),
        fingerprint=found.digest,
        warnings=tuple(f"{origin.name}: {note}" for note in notes),
        damaged=bool(found.corrupt) or len(packets) < len(found) - len(found.silent),
    )


def _surveyed(
    origin: Origin,
    container: av.container.InputContainer,
    stream: av.VideoStream,
    index: Index | None,
) -> Survey:
    """Survey the packets, by the index alone where that is known to be the same."""
    if can_skim(origin, container.format.name):
        return skim(origin)
    if index is None:
        return survey(container, stream, name=origin.name)
    if (found := indexed(index, container, stream)) is not None:
        return found
    container, stream = open_stream(origin)  # some of its packets were read
    found = survey(container, stream, name=origin.name)
    close_stream(container, stream)
    return found


def _is_suspicious(found: Survey) -> bool:
    """Whether packets alone cannot be trusted to tell which frames there are."""
    times = found.pts[found.order]
    return (
        times[0] == NO_TIME
        or not _increases(times)
        or found.keyframes[:1].tolist() != [0]
        or times[0] != found.pts[0]
        or found.corrupt + found.blank > 0
        or bool(found.unread)
    )


def _presentation_order(found: Survey) -> Ints:
    """Numbers of the packets that are shown, in the order of their times."""
    shown = np.ones(len(found), bool)
    shown[found.silent] = False
    return found.order[shown[found.order]]


def _ticks(found: Survey, packets: Ints) -> Ints | None:
    """Take the packets' times, or else their decode times put in order."""
    for ticks in (found.pts[packets], np.sort(found.dts[packets])):
        if NO_TIME not in ticks and _increases(ticks):
            return ticks
    return None


def _stall(found: Survey, packets: Ints) -> int:
    """First frame without a time, or not later than the one before."""
    times = found.pts[packets]
    after = np.concatenate([[NO_TIME], times[:-1]])
    return int(np.argmax((times == NO_TIME) | (times <= after)))


def _increases(ticks: Ints) -> bool:
    return bool((np.diff(ticks) > 0).all())


def _starts(found: Survey, packets: Ints) -> tuple[Start, ...]:
    """Keyframes that can be sought and behind which no frame needs earlier packets."""
    frame_of = np.zeros(len(found), np.int64)
    frame_of[packets] = np.arange(len(packets))
    earliest_from = np.minimum.accumulate(packets[::-1])[::-1]
    repeats = _repeats(found)
    starts = [Start(0, 0, (None, None, 0) if repeats[0] else found.mark(0))]
    keys = found.keyframes
    frames = frame_of[keys]
    usable = (frames > 0) & ~repeats[keys] & (earliest_from[frames] == keys)
    for key, frame in zip(keys[usable].tolist(), frames[usable].tolist(), strict=True):
        starts.append(Start(key, frame, found.mark(key)))
    return tuple(starts)


def _repeats(found: Survey) -> npt.NDArray[np.bool_]:
    """Tell which packets some other one resembles in all of times and size, (p,)."""
    repeats = np.zeros(len(found), bool)
    if _increases(found.pts[found.order]):
        return repeats
    order = np.lexsort((found.sizes, found.dts, found.pts))
    columns = np.stack((found.pts, found.dts, found.sizes))[:, order]
    alike = (columns[:, 1:] == columns[:, :-1]).all(axis=0)
    repeats[order] = np.append(alike, False) | np.insert(alike, 0, False)
    return repeats


def _missing(
    container: av.container.InputContainer, stream: av.VideoStream, found: Survey
) -> int:
    """Count the frames that the header promises after the last one found.

    A count alone says nothing: a file that was trimmed without encoding it anew, or
    that leaves out pictures that repeat, holds fewer. It has to end early as well.
    """
    if stream.duration is not None:
        ends_early = found.end < (stream.start_time or 0) + stream.duration
        return max(stream.frames - len(found), 0) if ends_early else 0
    if container.duration is None or len(container.streams) > 1:
        return 0
    rate, base = stream.average_rate or 0, stream.time_base or 0
    frames = round((Fraction(container.duration, 1_000_000) - found.end * base) * rate)
    return frames if frames > 1 else 0


def _losses(found: Survey, packets: Ints, missing: int) -> list[str]:
    """Say in numbers what of a file is lost."""
    notes = []
    frames = len(packets)
    held = len(found) - len(found.silent)
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
    lost = {*range(len(found))}.difference(found.silent, packets.tolist())
    stamps = found.pts[[*packets.tolist(), *sorted(lost)]]
    if NO_TIME in stamps:
        return ""
    shown = np.sort(stamps[: len(packets)])
    gaps = Counter(np.searchsorted(shown, stamps[len(packets) :]).tolist())
    named = [f"{count} before frame {frame}" for frame, count in sorted(gaps.items())]
    if len(packets) in gaps:
        named[-1] = f"{gaps[len(packets)]} after frame {len(packets) - 1}"
    more = f" and in {len(named) - NAMED} places more" if len(named) > NAMED else ""
    return f": {', '.join(named[:NAMED])}{more}"
