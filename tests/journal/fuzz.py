"""Journals of strangers: lines with right checksums that say anything at all.

Opening one, asking for its history and for its past ends in labels or in one clear
error, and never writes what it could not read itself.
"""

from __future__ import annotations

import random
from collections.abc import Callable
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from boxreel.errors import BoxreelError
from boxreel.journal import history, journal_path, restore
from boxreel.journal.lines import Line, decode, encode
from tests.formats.fuzz import mutated
from tests.journal.faults import START, VIDEO, Desk, ended
from tests.vectors.regenerate import plain, written


@cache
def sound() -> tuple[bytes, ...]:
    """Lines of a journal of a hundred acts, without their ends."""
    with TemporaryDirectory() as folder:
        return tuple(ended(Path(folder) / "labels.json").splitlines()[:100])


def spoilt(chance: random.Random) -> bytes:
    """Return a journal with one to three lines that say something else."""
    lines = [*sound()]
    for _ in range(chance.choice((1, 1, 2, 3))):
        at = chance.randrange(len(lines))
        act = chance.randrange(8)
        if act == 0:
            lines.insert(chance.randrange(len(lines)), lines[at])
        elif act == 1 and len(lines) > 1:
            del lines[at]
        elif act == 2:
            return b"\n".join(lines)[: chance.randrange(1, 20_000)]
        else:
            lines[at] = _said(chance, lines[at])
    return b"\n".join(lines) + b"\n"


def _said(chance: random.Random, line: bytes) -> bytes:
    """Change what a line says; its checksum is right again, mostly."""
    text = decode(line) or b"}"
    changed = mutated(chance, b"{" + text)
    record = Line(1, changed[1:]).record()
    if record is None or chance.random() < 0.1:
        return changed.replace(b"\n", b" ")
    try:
        return encode(record)[:-1]
    except ValueError:  # numbers that no line can hold
        return changed.replace(b"\n", b" ")


def trial(number: int, folder: Path) -> str:
    """Open the journal of a number; return what that ended as."""
    chance = random.Random(number)
    for left in folder.glob("*labels.json*"):
        left.unlink()
    place = folder / "labels.json"
    journal_path(place).write_bytes(spoilt(chance))
    revision = chance.randrange(60)
    ends = [
        _end(lambda: history(place)),
        _end(lambda: restore(place)),
        _end(lambda: restore(place, revision=revision)),
        _end(lambda: _opened(place)),
    ]
    return ends[-1]


def _end(act: Callable[[], object]) -> str:
    try:
        act()
    except BoxreelError as error:
        if "labels.json" not in str(error):
            raise AssertionError("the error names no file") from error
        return "refused"
    return "read"


def _opened(place: Path) -> None:
    """Open the labels, draw, and open them again: what was drawn is there."""
    desk = Desk(place)
    try:
        labels = desk.session.annotation
        assert labels.video == VIDEO, labels.video
        if desk.saving.refusal:
            return
        name = labels.labels[0].name if labels.labels else START.labels[0].name
        drawn = labels.add_track(name, {0: (1, 1, 9, 9)})
        desk.session.replace(drawn)
    finally:
        desk.saving.close()
    again = Desk(place)
    again.saving.close()
    assert plain(written(again.session.annotation)) == plain(written(drawn))
