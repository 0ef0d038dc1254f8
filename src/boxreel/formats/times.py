"""Frames as times in whole milliseconds, for formats of events."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from boxreel.formats.base import GUESSED_FPS, Source, Target
from boxreel.model import Event, VideoInfo

SLACK = 0.500001
"""Milliseconds by which a rounded time may lie before its frame."""


def edges_of(video: VideoInfo) -> NDArray[np.float64]:
    """Return (n + 1,) when each frame starts and the last one ends, in milliseconds.

    >>> edges_of(VideoInfo.constant("a", 64, 48, frame_count=2, fps=25)).tolist()
    [0.0, 40.0, 80.0]
    """
    times = video.times
    return np.append(times, times[-1] + 1 / (video.fps or GUESSED_FPS)) * 1000


def frame_at(milliseconds: int, edges: NDArray[np.float64]) -> int:
    """Return the frame shown at a time; their number after the end, -1 before."""
    return int(np.searchsorted(edges, milliseconds + SLACK, "right")) - 1


def frames_of(
    source: Source, begin: int, end: int, edges: NDArray[np.float64], line: int
) -> tuple[int, int]:
    """Return the frames shown from a time until another, half-open, at least one.

    Raises
    ------
    FormatError
        If it begins after the end of the video.
    """
    start, stop = frame_at(begin, edges), frame_at(end, edges)
    if start >= len(edges) - 1:
        raise source.error(
            f"starts after the end of the video, at {edges[-1] / 1000:.3f} s", line
        )
    late = int(end > edges[-1] + 1)
    source.notes.dropped("what is after the end of the video", f"line {line}", late)
    start = max(start, 0)
    return start, max(stop, start + 1)


def times_of(
    event: Event, edges: NDArray[np.float64], target: Target
) -> tuple[int, int]:
    """Return when an event begins and ends; note what does not come back as it is."""
    begin, end = (round(edges[frame]) for frame in (event.start, event.stop))
    last = int(np.ceil(edges[-1] - SLACK)) - 1  # of frames shorter than a millisecond
    begin = max(min(begin, last), 0)
    exact = [frame_at(one, edges) for one in (begin, end)] == [event.start, event.stop]
    place = f"event {event.id}"
    target.notes.lost("exact frames: times are in milliseconds", place, not exact)
    target.notes.lost("tracks of events", place, int(bool(event.tracks)))
    return begin, max(end, begin + 1)
