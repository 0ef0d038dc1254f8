"""All that comes from strangers, spoilt: ``python -m tests.fuzz 10`` for ten minutes.

Label files of every format, journals, videos, and the messages of a page, by turns. A
run fails if one ends in anything but an answer or one clear error, takes longer than
`SECONDS`, or needs more memory than `MEMORY` (videos are read by a process of their
own, which has the same bound). What failed is named by the number that makes it again.
"""

from __future__ import annotations

import random
import resource
import signal
import sys
import tempfile
import threading
import traceback
import warnings
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from time import monotonic

from boxreel import formats
from tests.formats import fuzz as files
from tests.journal import fuzz as journals
from tests.video import fuzz as videos
from tests.widget import fuzz as messages

SECONDS = 60
MEMORY = 6 << 30

Trial = Callable[[int, Path], str]


def a_file(number: int, folder: Path) -> str:
    names = list(formats.formats())
    return files.trial(number, names[number % len(names)], folder)


def some_messages(number: int, folder: Path) -> str:
    for kind, count in messages.fuzz(number, 200).items():
        ANSWERS[kind] += count
    return "answered"


TRIALS: dict[str, tuple[Trial, int]] = {
    "label files": (a_file, 40),
    "journals": (journals.trial, 1),
    "videos": (videos.trial, 1),
    "200 messages of a page": (some_messages, 1),
}
"""What is tried, and how often in a round."""

ANSWERS: Counter[str] = Counter()
"""Of the messages."""


@contextmanager
def bounded(seconds: int) -> Iterator[None]:
    """Raise `TimeoutError` in what takes longer."""

    def too_long(*_: object) -> None:
        raise TimeoutError(f"it took {seconds} s")

    before = signal.signal(signal.SIGALRM, too_long)
    signal.alarm(seconds)
    try:
        yield
    finally:
        signal.alarm(0)
        signal.signal(signal.SIGALRM, before)


def run(minutes: float, start: int = 0) -> tuple[Counter[str], Counter[str]]:
    """Try until the time is over; return how trials ended, and what failed."""
    ends, failures = Counter[str](), Counter[str]()
    numbers = dict.fromkeys(TRIALS, start)
    stop = monotonic() + 60 * minutes

    def died(thread: threading.ExceptHookArgs) -> None:
        failures[f"a thread died: {thread.exc_value!r}"] += 1
        threading.__excepthook__(thread)

    threading.excepthook = died
    with tempfile.TemporaryDirectory() as folder:
        while monotonic() < stop:
            for name, (trial, times) in TRIALS.items():
                for _ in range(times):
                    number = numbers[name]
                    numbers[name] += 1
                    try:
                        with bounded(SECONDS):
                            end = trial(number, Path(folder))
                    except Exception as error:  # noqa: BLE001 - what is looked for
                        where = traceback.extract_tb(error.__traceback__)[-1]
                        kind = f"{name}: {type(error).__name__} at {where.filename}"
                        failures[kind] += 1
                        if failures[kind] == 1:
                            print(f"{name} {number}: {traceback.format_exc()[-2000:]}")
                    else:
                        ends[f"{name}: {end}"] += 1
    videos.close()
    return ends, failures


def main() -> int:
    minutes = float(sys.argv[1]) if len(sys.argv) > 1 else 1
    start = int(sys.argv[2]) if len(sys.argv) > 2 else random.randrange(1 << 30)
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, resource.RLIM_INFINITY))
    warnings.simplefilter("error")
    ends, failures = run(minutes, start)
    print(f"{minutes:g} minutes from number {start}")
    for end, count in sorted(ends.items()):
        print(f"{count:9} {end}")
    print(f"answers to messages: {dict(ANSWERS.most_common())}")
    for who, name in (
        (resource.RUSAGE_SELF, "here"),
        (resource.RUSAGE_CHILDREN, "of readers of videos"),
    ):
        print(f"{resource.getrusage(who).ru_maxrss >> 10:9} MB at most, {name}")
    print(f"failures: {dict(failures)}")
    return int(bool(failures))


if __name__ == "__main__":
    raise SystemExit(main())
