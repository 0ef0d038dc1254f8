"""Appends to the journal of a label file, and finds the labels again."""

from __future__ import annotations

import os
import shutil
from collections import deque
from dataclasses import dataclass, field
from io import FileIO
from pathlib import Path
from typing import Any

from boxreel.formats import Target
from boxreel.formats.ahead import ENDING
from boxreel.formats.files import LabelFile, decoded
from boxreel.formats.native import dump
from boxreel.journal.heard import NOBODY, Heard, heard_from_json, with_act
from boxreel.journal.lines import Line, Lines, encode, read
from boxreel.journal.record import Entry, difference, digest, revision_of, stamped
from boxreel.journal.replay import MARKERS, Replay
from boxreel.model import Annotation, VideoInfo

LIMIT = 32 << 20
"""Bytes from which a journal is put aside when the label file has been written."""


def journal_path(label_file: Path) -> Path:
    """Return where the journal of a label file is.

    Examples
    --------
    >>> journal_path(Path("clip.boxreel.json")).name
    'clip.boxreel.json.journal'
    """
    return label_file.with_name(label_file.name + ENDING)


def old_path(label_file: Path) -> Path:
    """Return where the journal goes when it has grown large."""
    return label_file.with_name(label_file.name + ENDING + ".old")


@dataclass(frozen=True)
class Resumed:
    """Labels as they were left.

    Attributes
    ----------
    annotation
        The labels, None if there are none yet.
    revision
        How many changes they have seen.
    notice
        What the person should know of how they were found.
    ahead
        Whether there is more in the journal than in the label file.
    heard
        Up to which of its acts they hold what each page did.
    """

    annotation: Annotation | None
    revision: int = 0
    notice: str = ""
    ahead: bool = False
    heard: Heard = field(default_factory=dict)


class Journal:
    """The journal of one label file; not thread-safe.

    Parameters
    ----------
    label_file
        The label file, there or not.
    author
        Who makes the changes.

    Notes
    -----
    A change is handed to the operating system before `append` returns: it survives the
    end of this process, however sudden. After `sync` it survives that of the machine.
    """

    def __init__(self, label_file: Path, author: str) -> None:
        self.path = journal_path(label_file)
        self._label_file, self._author = label_file, author
        self._file: FileIO | None = None
        self._size = self._seen = 0
        self._end: Annotation | None = None
        self._found: Annotation | None = None
        self._digest: str | None = None
        self._heard = NOBODY

    @property
    def digest(self) -> str | None:
        """Digest of the label file as it was read or written last, None without."""
        return self._digest

    @property
    def size(self) -> int:
        """Number of bytes written so far."""
        return self._size

    def resume(
        self,
        found: Annotation | None,
        data: bytes | None,
        video: VideoInfo | None,
    ) -> Resumed:
        """Return the labels as they were left: the label file and what came after it.

        Parameters
        ----------
        found, data
            The labels in the label file and its content; None if there is none.
        video
            What is labelled; None to take it from the journal.

        Raises
        ------
        FormatError
            If the journal cannot be read.
        VideoMismatchError
            If it is of another video.
        """
        self._digest = None if data is None else digest(data)
        self._found = found
        lines = read(self.path)
        self._size, self._seen = lines.size, lines.size + lines.torn
        if not lines.lines:
            return Resumed(found, 0, self._told(lines, None))
        base, heard, tail = _since(lines.lines, self._digest)
        if base is None and not tail:
            newest = _newest(lines.lines)
            return Resumed(found, newest + 1, self._foreign(newest))
        replay = Replay(
            str(self.path), video, None if base is None else found, base or 0, heard
        )
        replay.follow(tail)
        self._end = None if replay.trouble else replay.annotation
        self._heard = replay.heard
        return Resumed(
            replay.annotation,
            replay.revision,
            self._told(lines, replay),
            replay.followed > 0,
            replay.heard,
        )

    def append(self, entry: Entry) -> None:
        """Write a change; nothing of it is in the journal if that fails.

        Raises
        ------
        OSError
            If it cannot be written.
        """
        self._look_after_file()
        revision, before = entry.revision - 1, entry.before
        contents, end = [], self._end
        if end is None:
            text, end = self._beginning(before)
            contents.append(self._whole(text, revision))
        if before is not end and (differs := difference(end, before)):
            contents.append({"kind": "start", "revision": revision} | differs)
        self._write(*contents, entry.content())
        self._end = entry.after
        self._heard = with_act(self._heard, entry.client, entry.seq)

    def mark(self, kind: str, revision: int, data: bytes) -> None:
        """Say that the label file gets, or has got, this content.

        Raises
        ------
        OSError
            If that cannot be written.
        """
        if kind == "saved":
            self._digest, self._found = digest(data), None
        if self.path.exists():
            self._look_after_file()
            head = {"kind": kind, "revision": revision, "digest": digest(data)}
            self._write(head | self._said())

    def sync(self) -> None:
        """Wait until what was appended is on the disk.

        Raises
        ------
        OSError
            If it does not come there.
        """
        if self._file is not None:
            os.fsync(self._file.fileno())

    def rotate(self, text: str, revision: int, size: int) -> None:
        """Put the journal aside and begin a new one with the document as it was.

        Parameters
        ----------
        text, revision
            The label file as it was written, and the revision that is in it.
        size
            Number of bytes of the journal when that was the document.

        Raises
        ------
        OSError
            If that fails; the journal goes on as it is.
        """
        with self.path.open("rb") as file:
            file.seek(size)
            newer = file.read()
        new = self.path.with_name(self.path.name + ".tmp")
        try:
            with new.open("wb") as file:
                file.write(encode(stamped(self._whole(text, revision), self._author)))
                file.write(newer)
                file.flush()
                os.fsync(file.fileno())
            shutil.copyfile(self.path, old_path(self._label_file))
            self.close()
            self._size = self._seen = new.stat().st_size
            new.replace(self.path)
        finally:
            new.unlink(missing_ok=True)

    def close(self) -> None:
        """Let go of the file."""
        if self._file is not None:
            self._file.close()
            self._file = None

    def _beginning(self, before: Annotation) -> tuple[str, Annotation]:
        """Return a document to begin with: the label file, if it still is as read."""
        if self._found is not None and self._label_file.is_file():
            data = LabelFile(self._label_file).data
            if digest(data) == self._digest:
                return decoded(str(self._label_file), data), self._found
        return dump(before, Target(str(self.path))), before

    def _whole(self, text: str, revision: int) -> dict[str, Any]:
        head = {"kind": "document", "revision": revision, "digest": self._digest}
        return head | self._said() | {"text": text}

    def _said(self) -> dict[str, Any]:
        return {"heard": dict(self._heard)} if self._heard else {}

    def _look_after_file(self) -> None:
        """Open the file, anew if another one or none is in its place by now."""
        if self._file is not None:
            try:
                if os.path.samestat(os.fstat(self._file.fileno()), self.path.stat()):
                    return
            except FileNotFoundError:
                pass
            self.close()
            self._end, self._size, self._seen = None, 0, 0
        try:
            size = self.path.stat().st_size
        except FileNotFoundError:
            size = 0
        if size != self._seen:
            self._end, self._size = None, size
        elif size != self._size:
            os.truncate(self.path, self._size)
        self._file = FileIO(self.path, "ab")

    def _write(self, *contents: dict[str, Any]) -> None:
        assert self._file is not None
        data = b"".join(encode(stamped(one, self._author)) for one in contents)
        try:
            written = self._file.write(data)
            if written != len(data):
                raise OSError(28, os.strerror(28))
        except OSError:
            self._file.truncate(self._size)
            raise
        self._size += len(data)

    def _told(self, lines: Lines, replay: Replay | None) -> str:
        """Say what came back from the journal, and what did not."""
        name, said = self.path.name, []
        if replay is not None and replay.followed:
            changes = _counted(replay.followed)
            said.append(f"{changes} not yet in the label file came from {name}.")
        if lines.torn:
            said.append(
                f"The last line of {name} was not written to its end and is left out; "
                "no change that was confirmed is in it."
            )
        if replay is not None and replay.skipped:
            said.append(
                f"{name} is damaged ({replay.trouble}): {replay.skipped} of its lines "
                "from there on cannot be followed and are left out."
            )
        return " ".join(said)

    def _foreign(self, newest: int) -> str:
        name = self._label_file.name
        what = "was deleted" if self._digest is None else "was changed outside"
        place = f"boxreel.restore({str(self._label_file)!r}, revision={newest})"
        return (
            f"{name} {what} since it was edited here, and that stands. What it held "
            f"before is in its journal: {place}."
        )


def _since(
    lines: tuple[Line, ...], known: str | None
) -> tuple[int | None, Heard, deque[Line]]:
    """Return what is in the label file of a digest, and the changes after it.

    That is its revision, and what was heard of the pages until then.

    Without a label file, or where its revision is not told, there is no revision, and
    the first line holds the document. There are no lines if the file is not ours.
    """
    tail: deque[Line] = deque()
    base: int | None = None
    heard = NOBODY
    for line in reversed(lines):
        record = line.record()
        kind = None if record is None else record.get("kind")
        if record is None:
            tail.appendleft(line)
        elif kind in MARKERS:
            if base is None and record.get("digest") == known:
                base = revision_of(record)
                heard = heard_from_json(record.get("heard"))
            elif base is None and kind == "saved":
                return None, NOBODY, deque()
        elif kind == "document":
            if base is None and record.get("digest") != known:
                return None, NOBODY, deque()
            if base is None:
                tail.appendleft(line)
            return base, heard, tail
        elif base is not None and revision_of(record) <= base:
            return base, heard, tail
        else:
            tail.appendleft(line)
    return (base, heard, tail) if base is not None else (None, NOBODY, deque())


def _newest(lines: tuple[Line, ...]) -> int:
    for line in reversed(lines):
        if record := line.record():
            return revision_of(record)
    return 0


def _counted(changes: int) -> str:
    return f"{changes} change{'' if changes == 1 else 's'}"
