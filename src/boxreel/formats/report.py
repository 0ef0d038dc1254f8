"""What reading or writing a label file guessed, left out or could not hold."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import PurePath
from typing import Literal

from boxreel.model.sheet import Sheet

NoteKind = Literal["guessed", "dropped", "lost"]
"""``guessed``: the file did not say, a value was assumed. ``dropped``: the file
said something that was left out. ``lost``: the target cannot hold it (exactly)."""


@dataclass(frozen=True)
class Note:
    """One kind of thing that did not carry over, how often, and where first."""

    kind: NoteKind
    text: str
    count: int = 1
    place: str = ""

    def __str__(self) -> str:
        times = f" ({self.count:,} times)" if self.count > 1 else ""
        first = ", first at " if self.count > 1 else ", at "
        return f"{self.kind}: {self.text}{times}" + (
            first + self.place if self.place else ""
        )


class Notes:
    """Collects notes and counts while a file is read or written.

    >>> notes = Notes()
    >>> notes.lost("scores", place="#2, frame 7")
    >>> notes.lost("scores", place="#2, frame 8")
    >>> print(notes.report("cvat", "out.xml"))
    out.xml (cvat)
      lost: scores (2 times), first at #2, frame 7
    """

    def __init__(self) -> None:
        self.counts: dict[str, int] = {}
        self._notes: dict[tuple[NoteKind, str], Note] = {}

    def guessed(self, text: str, place: str = "", count: int = 1) -> None:
        """Note that something was assumed which the file does not say."""
        self._add("guessed", text, place, count)

    def dropped(self, text: str, place: str = "", count: int = 1) -> None:
        """Note that something in the file was left out."""
        self._add("dropped", text, place, count)

    def lost(self, text: str, place: str = "", count: int = 1) -> None:
        """Note that the target cannot hold something (exactly)."""
        self._add("lost", text, place, count)

    def add(self, others: Notes, where: str) -> None:
        """Take over the notes of a part of what is read or written.

        Parameters
        ----------
        others
            Its notes.
        where
            What to call the part in places.
        """
        for note in others._notes.values():
            place = f"{where}: {note.place}" if note.place else where
            self._add(note.kind, note.text, place, note.count)

    def _add(self, kind: NoteKind, text: str, place: str, count: int) -> None:
        if count <= 0:
            return
        old = self._notes.get((kind, text))
        if old is not None:
            place, count = old.place, old.count + count
        self._notes[kind, text] = Note(kind, text, count, place)

    def report(self, format: str, path: str) -> Report:
        """Close the collection.

        Parameters
        ----------
        format, path
            Name of the format and the file that was read or written.
        """
        return Report(format, path, dict(self.counts), tuple(self._notes.values()))


@dataclass(frozen=True)
class Report:
    """What happened to the labels on their way from or to a file.

    Attributes
    ----------
    format : str
        Name of the format, as in `boxreel.formats.formats`.
    path : str
        The file.
    counts : mapping of str to int
        How much was read or written: labels, tracks, keyframes, events and,
        for formats with one row a box, boxes.
    notes : tuple of Note
        What was guessed, dropped or lost. Empty when all carried over.

    Examples
    --------
    >>> Report("cvat", "out.xml", {"tracks": 2}, (Note("lost", "scores", 3),))
    out.xml (cvat): tracks 2
      lost: scores (3 times)
    """

    format: str
    path: str
    counts: Mapping[str, int] = field(default_factory=dict)
    notes: tuple[Note, ...] = ()

    def of_kind(self, kind: NoteKind) -> tuple[Note, ...]:
        """Return the notes of one kind."""
        return tuple(note for note in self.notes if note.kind == kind)

    @property
    def taken_for(self) -> str:
        """One line: the file's name, its format, and how much is in it.

        >>> Report("cvat", "labels/out.xml", {"tracks": 2, "events": 0}).taken_for
        'out.xml is cvat: tracks 2'
        """
        counted = ", ".join(f"{what} {n:,}" for what, n in self.counts.items() if n)
        return f"{PurePath(self.path).name} is {self.format}: {counted or 'empty'}"

    @property
    def _head(self) -> str:
        counted = ", ".join(f"{what} {n:,}" for what, n in self.counts.items())
        return f"{self.path} ({self.format})" + (f": {counted}" if counted else "")

    def __repr__(self) -> str:
        return "\n".join([self._head, *(f"  {note}" for note in self.notes)])

    def _repr_html_(self) -> str:
        if not self.notes:
            said = f"{self._head}; nothing was guessed, dropped or lost"
            return Sheet(said, columns=(), rows=()).html()
        rows = [(note.kind, note.text, note.count, note.place) for note in self.notes]
        return Sheet(self._head, ("note", "what", "times", "first at"), rows).html()
