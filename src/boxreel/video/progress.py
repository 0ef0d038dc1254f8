"""A line that says how far something long is."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

EVERY = 0.2
"""Seconds between two looks of the line."""

OPENING = 1.0
"""Seconds that opening a video may take before a line tells of it."""

WIDTH = 70


@contextmanager
def progress_line(
    what: str, count: int | None, *, shown: bool = True, after: float = 0
) -> Iterator[Callable[[], None]]:
    """Give a function to call after each frame; tells on stderr.

    Parameters
    ----------
    what : str
        What is being done.
    count : int or None
        How many frames there are, if that is known.
    shown : bool
        Whether to tell anything.
    after : float
        Seconds in which nothing is told; of what ends sooner, nothing at all.

    Examples
    --------
    >>> with progress_line("out.mp4", 2, shown=False) as step:
    ...     step()
    """
    start = told = time.monotonic()
    done = 0

    def step() -> None:
        nonlocal done, told
        done += 1
        now = time.monotonic()
        due = now - told >= EVERY or done == count
        if shown and due and now - start >= after:
            told = now
            _tell(f"{what}: {_state(done, count, now - start)}")

    ended = "stopped"
    try:
        yield step
        ended = "done"
    finally:
        seconds = time.monotonic() - start
        if shown and seconds >= after:
            counted = f"{done} of {count}" if count else f"{done}"
            _tell(f"{what}: {ended}, {counted} frames in {seconds:.1f} s", "\n")


def _state(done: int, count: int | None, seconds: float) -> str:
    if not count or done > count:
        return f"{done} frames"
    return f"{done} of {count} frames, {seconds / done * (count - done):.0f} s left"


def _tell(text: str, end: str = "") -> None:
    sys.stderr.write(f"\r{text:<{WIDTH}}{end}")
    sys.stderr.flush()
