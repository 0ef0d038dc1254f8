"""A line that says how far a long export is."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

EVERY = 0.2
"""Seconds between two looks of the line."""

WIDTH = 70


@contextmanager
def progress_line(
    what: str, count: int, *, shown: bool
) -> Iterator[Callable[[], None]]:
    """Give a function to call after each of `count` frames; tells on stderr.

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
        if shown and (now - told >= EVERY or done == count):
            told = now
            left = (now - start) / done * (count - done)
            _tell(f"{what}: {done} of {count} frames, {left:.0f} s left")

    ended = "stopped"
    try:
        yield step
        ended = "done"
    finally:
        if shown:
            seconds = time.monotonic() - start
            _tell(f"{what}: {ended}, {done} of {count} frames in {seconds:.1f} s", "\n")


def _tell(text: str, end: str = "") -> None:
    sys.stderr.write(f"\r{text:<{WIDTH}}{end}")
    sys.stderr.flush()
