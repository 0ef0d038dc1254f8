"""Pulls the plug on a kernel at work, and counts what is lost.

Run it to see the table of `docs/reliability.md`: python -m tests.journal.faults
"""

from __future__ import annotations

import errno
import os
import random
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime, timezone
from functools import cache
from io import FileIO
from pathlib import Path
from unittest import mock

from boxreel.journal import Entry, journal_path
from boxreel.model import Annotation, VideoInfo
from boxreel.model.edits import AddTrack, SetKeyframe
from boxreel.model.keyframes import Keyframes
from boxreel.model.track import Track
from boxreel.widget import saving
from boxreel.widget.origin import Origin
from boxreel.widget.session import Change, Session

VIDEO = VideoInfo.constant("clip", 640, 480, frame_count=50, fps=25)
START = Annotation.for_video(VIDEO, ["car"])
EDITS = 200


class Desk:
    """What a kernel has of a document: its session, its journal, its label file."""

    def __init__(self, place: Path) -> None:
        self.saving = saving.Saving(place, "ann")
        found = self.saving.load(VIDEO)
        first = START if found is None else found
        self.session = Session(first, self._keep, self.saving.revision)

    def _keep(self, change: Change) -> None:
        entry = Entry(
            change.kind,
            change.name,
            change.revision,
            change.before,
            change.after,
            change.edit_json,
            change.client,
        )
        self.saving.put(entry)

    def act(self, number: int) -> None:
        """Do one act of the script."""
        page, session = Origin("page", number), self.session
        track = (number - 1) // 10 + 1
        if number % 10 == 1:
            box = Keyframes([0], [[number, 2, 30, 40]])
            session.apply(AddTrack(Track(track, "car", box)), page)
        elif number % 10 == 5:
            session.undo(page)
        elif number % 10 == 8:
            session.replace(session.annotation.with_parts(notes={3: f"note {number}"}))
        else:
            frame = number * 7 % 50
            edit = SetKeyframe(track, frame, (number, 2, 30 + frame, 40))
            session.apply(edit, page)


@cache
def script() -> list[Annotation]:
    """Return what the document is after each act."""
    session = Session(START, lambda change: None)
    desk = Desk.__new__(Desk)
    desk.session = session
    past = [START]
    for number in range(1, EDITS + 1):
        desk.act(number)
        past.append(session.annotation)
    assert session.revision == EDITS
    return past


def work(place: Path) -> None:
    """Be the kernel: say each act that was confirmed, then do the next."""
    saving.REST = 0.02
    desk = Desk(place)
    for number in range(1, EDITS + 1):
        desk.act(number)
        print(number, flush=True)
        time.sleep(0.001)  # edits last a while, so that a kill falls between them too


def killed(place: Path, draw: random.Random) -> int:
    """Kill a kernel with SIGKILL at a random moment."""
    command = [sys.executable, "-m", "tests.journal.faults", str(place)]
    root = Path(__file__).parents[2]
    with subprocess.Popen(command, stdout=subprocess.PIPE, cwd=root) as kernel:
        assert kernel.stdout is not None
        said = [kernel.stdout.readline() for _ in range(draw.randrange(1, EDITS))]
        time.sleep(draw.random() * 0.01)  # the random moment, nothing is waited for
        kernel.kill()
        said += kernel.stdout.read().splitlines()
    return lost(place, int(said[-1]))


def torn(place: Path, draw: random.Random) -> int:
    """Cut the journal anywhere: what is whole before the cut has to be there."""
    data = ended(place)
    rest = data[: draw.randrange(len(data))]
    journal_path(place).write_bytes(rest)
    return lost(place, rest.count(b"\n") - 1)


def flipped(place: Path, draw: random.Random) -> int:
    """Flip one bit: what stands before that line has to be there."""
    data = bytearray(ended(place))
    at = draw.randrange(len(data))
    data[at] ^= 1 << draw.randrange(8)
    journal_path(place).write_bytes(data)
    return lost(place, data[:at].count(b"\n") - 1)


def full(place: Path, draw: random.Random) -> int:
    """Let the disk be full for a while, in the middle of a line."""
    desk = Desk(place)
    begin = draw.randrange(1, EDITS - 50)
    for number in range(1, begin):
        desk.act(number)
    with full_disk(desk, draw.randrange(200)):
        for number in range(begin, begin + 20):
            desk.act(number)
        desk.saving.wait()
        assert "No space left" in desk.saving.state["text"], desk.saving.state
    desk.act(begin + 20)
    assert desk.saving.wait()["state"] == "saved"
    return dropped(desk, place, begin + 20)


def tiny(place: Path, draw: random.Random) -> int:
    """Fill a real file system of 64 kB (root only), then make room."""
    mount = ["mount", "-t", "tmpfs", "-o", "size=64k", "tmpfs", str(place.parent)]
    subprocess.run(mount, check=True)
    try:
        filler = place.with_name("filler")
        filler.write_bytes(bytes(draw.randrange(30, 45) << 10))
        desk, number = Desk(place), 0
        while desk.saving.state["state"] != "error" and number < EDITS:
            number += 1
            desk.act(number)
        assert number < EDITS
        filler.unlink()
        assert desk.saving.wait()["state"] == "saved"
        return dropped(desk, place, number)
    finally:
        subprocess.run(["umount", "-l", str(place.parent)], check=True)


def clock_back(place: Path, draw: random.Random) -> int:
    """Let the clock go back by years while it is edited."""
    desk = Desk(place)
    with mock.patch("boxreel.journal.record.datetime") as clock:
        for number in range(1, EDITS + 1):
            year = 2030 - number // 20
            clock.now.return_value = datetime(year, 1, 1, tzinfo=timezone.utc)
            desk.act(number)
    return dropped(desk, place, EDITS)


def ended(place: Path) -> bytes:
    """Return the journal of a kernel that ended without writing the label file."""
    desk = Desk(place)
    with mock.patch.object(saving.Saving, "_is_due", return_value=False):
        for number in range(1, EDITS + 1):
            desk.act(number)
        data = journal_path(place).read_bytes()
        desk.saving.close()
    place.unlink()
    return data


def dropped(desk: Desk, place: Path, confirmed: int) -> int:
    """Return what is lost when a kernel ends now, as a copy of its files tells."""
    copy = Path(tempfile.mkdtemp()) / place.name
    for path in (place, journal_path(place)):
        if path.exists():
            shutil.copy(path, copy.with_name(path.name))
    desk.saving.close()
    return lost(copy, confirmed)


def lost(place: Path, confirmed: int) -> int:
    """Open again; return how many of the confirmed acts are not there."""
    desk = Desk(place)
    desk.saving.close()
    at = [n for n, past in enumerate(script()) if past == desk.session.annotation]
    assert at, "a document that never was"
    return max(0, confirmed - at[-1])


@contextmanager
def full_disk(desk: Desk, left: int) -> Iterator[None]:
    """Let no more than so many bytes be written."""
    room = [left]

    class Full(FileIO):
        # FileIO takes any buffer; the journal writes bytes alone.
        def write(self, data: bytes) -> int:  # type: ignore[override]
            fits = data[: room[0]]
            room[0] -= len(fits)
            if data and not fits:
                raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
            return FileIO.write(self, fits)

    def refuse(path: Path, data: bytes) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    def reopen() -> None:
        with desk.saving._changed:
            assert desk.saving._journal is not None
            desk.saving._journal.close()

    with (
        mock.patch("boxreel.formats.files._write_bytes", refuse),
        mock.patch("boxreel.journal.journal.FileIO", Full),
    ):
        reopen()
        yield
    reopen()


Fault = Callable[[Path, random.Random], int]
FAULTS: dict[str, Fault] = {
    "kill -9 of the kernel": killed,
    "journal cut at a random byte": torn,
    "one bit of the journal flipped": flipped,
    "disk full for a while": full,
    "a real full file system (64 kB)": tiny,
    "clock going back by years": clock_back,
}


def pulled(fault: Fault, seed: int) -> int:
    """Let a fault happen in a folder of its own; return how many acts are lost."""
    with tempfile.TemporaryDirectory() as folder:
        return fault(Path(folder) / "labels.json", random.Random(seed))


def main(runs: int = 20) -> None:
    """Print the table."""
    print(f"| what happens | runs of {EDITS} edits | confirmed edits lost |")
    print("|---|---|---|")
    for name, fault in FAULTS.items():
        if fault is tiny and os.geteuid() != 0:
            continue
        print(f"| {name} | {runs} | {sum(pulled(fault, n) for n in range(runs))} |")


if __name__ == "__main__":
    work(Path(sys.argv[1])) if len(sys.argv) > 1 else main()
