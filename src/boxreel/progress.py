"""A line that says how far something long is."""

from __future__ import annotations

import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

EVERY = 0.2
"""Seconds between two looks of the line."""

PATIENCE = 1.0
"""Seconds that something may take before a line tells of it."""

WIDTH = 70


@contextmanager
def progress_line(
    what: str,
    count: int | None,
    *,
    shown: bool = True,
    after: float = 0,
    unit: str = "frames",
) -> Iterator[Callable[[], None]]:
    """Give a function to call after each of them; tells on stderr.

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
    unit : str
        What is counted.

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
            _tell(f"{what}: {_state(done, count, now - start, unit)}")

    ended = "stopped"
    try:
        yield step
        ended = "done"
    finally:
        seconds = time.monotonic() - start
        if shown and seconds >= after:
            counted = f"{done} of {count}" if count else f"{done}"
            _tell(f"{what}: {ended}, {counted} {unit} in {seconds:.1f} s", "\n")


@contextmanager
def waiting_line(what: str, *, after: float = PATIENCE) -> Iterator[None]:
    """Tell on stderr how long something has taken that cannot be counted.

    Parameters
    ----------
    what : str
        What is being done.
    after : float
        Seconds in which nothing is told; of what ends sooner, nothing at all. With 0
        something is told before it begins, which may keep all threads waiting.

    Examples
    --------
    >>> with waiting_line("Reading gt.txt"):
    ...     pass
    """
    start = time.monotonic()
    over = threading.Event()

    def tell() -> None:
        while not over.wait(after or PATIENCE):
            _tell(f"{what}: {time.monotonic() - start:.0f} s so far")

    if after == 0:
        _tell(f"{what} ...")
    teller = threading.Thread(target=tell, name="boxreel-progress", daemon=True)
    teller.start()
    ended = "stopped"
    try:
        yield
        ended = "done"
    finally:
        over.set()
        teller.join()
        seconds = time.monotonic() - start
        if seconds >= after:
            _tell(f"{what}: {ended} in {seconds:.1f} s", "\n")


def _state(done: int, count: int | None, seconds: float, unit: str) -> str:
    if not count or done > count:
        return f"{done} {unit}"
    return f"{done} of {count} {unit}, {seconds / done * (count - done):.0f} s left"


def _tell(text: str, end: str = "") -> None:
    sys.stderr.write(f"\r{text:<{WIDTH}}{end}")
    sys.stderr.flush()
