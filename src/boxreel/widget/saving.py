"""Keeps the labels of a widget: each change in the journal, then in the label file."""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from threading import Condition, Thread
from typing import ClassVar
from weakref import WeakSet

from boxreel import formats
from boxreel.errors import FormatError
from boxreel.formats import Target, files, native
from boxreel.journal import Entry, Journal, Lock
from boxreel.journal.heard import NOBODY
from boxreel.journal.journal import LIMIT
from boxreel.journal.lock import BEAT, Holder
from boxreel.journal.record import digest
from boxreel.model import Annotation, VideoInfo
from boxreel.widget.messages import SaveName, SaveState

REST = 2.0
"""Least seconds between two writes of the label file, of which nobody waits."""

SHARE = 20
"""Of the time, one part in so many at most goes into writing the label file."""


class Saving:
    """Keeps a label file and its journal equal to the labels.

    A change is in the journal when `put` returns, and on the disk soon after, which is
    when the state says saved. The label file follows in the background: seldom where it
    is large, at once when it is waited for, and at the end. It is replaced whole or not
    at all. When something fails the state says why, and it is tried again until it
    succeeds. A label file that somebody else has changed is never overwritten.

    Parameters
    ----------
    path
        The label file; None to keep none.
    author
        Who makes the changes.
    take_over
        Whether to write although another kernel does; that one then stops.

    Attributes
    ----------
    revision
        How many changes the labels had seen when they were loaded.
    heard
        Up to which of its acts they had what each page did.
    notice
        What the person should know of how they were found.
    """

    _all: ClassVar[WeakSet[Saving]] = WeakSet()

    def __init__(
        self, path: Path | None, author: str = "", take_over: bool = False
    ) -> None:
        self.path = path
        self.revision, self.heard = 0, NOBODY
        self.notice = ""
        self._journal = None if path is None else Journal(path, author)
        self._lock = None if path is None else Lock(path, author)
        self._take_over, self._refusal = take_over, ""
        self._changed = Condition()
        self._waiting: deque[Entry] = deque()
        self._unsynced = self._asked = self._busy = self._closed = False
        self._newest: tuple[Annotation, int] | None = None
        self._due = 0.0
        self._trouble = ""
        self._thread: Thread | None = None
        self._publish: Callable[[SaveState], None] | None = None
        text = f"Edits are saved to {path.name}" if path else "Not saved to a file"
        self._state = self._make("saved" if path else "off", text)
        self._stamp = _stamp(path)
        Saving._all.add(self)

    @property
    def state(self) -> SaveState:
        """What is to be told about saving now."""
        return self._state

    @property
    def refusal(self) -> str:
        """Why nothing may be written here, because others do; else empty."""
        if self._lock is not None and not self._refusal and self._taken_over():
            self._refuse(self._lock.holder)
        return self._refusal

    def watch(self, publish: Callable[[SaveState], None]) -> None:
        """Call `publish` with every new state, on whatever thread.

        It must be quick and must not wait for a thread.
        """
        self._publish = publish

    def load(self, video: VideoInfo) -> Annotation | None:
        """Return the labels as they were left; None when there are none.

        `notice` then says what the person should know of that, and `revision` how many
        changes they have seen.

        Raises
        ------
        VideoMismatchError
            If they belong to another video; says what differs.
        FormatError
            If the label file is damaged or of a newer version. It is left as it is.
        """
        if self.path is None or self._journal is None:
            return None
        for other in tuple(Saving._all):
            if other.path == self.path and other is not self:
                other.wait()
        self._acquire()
        self._stamp = _stamp(self.path)
        found = data = None
        try:
            if self._stamp is not None:
                data = files.LabelFile(self.path).data
                found, _ = formats.read_report(self.path, format="boxreel", video=video)
            resumed = self._journal.resume(found, data, video)
        except FormatError as error:
            raise type(error)(
                f"{error}. To leave that file alone pass save_to= with another path, "
                "or None"
            ) from error
        self.revision, self.heard = resumed.revision, resumed.heard
        self.notice = " ".join(filter(None, [resumed.notice, self._refusal]))
        if self._refusal:
            self._state = self._make("off", self._refusal)
        elif resumed.annotation is not None:
            self._state = self._make("saved", f"Loaded from {self.path.name}")
            if resumed.ahead:
                self.save(resumed.annotation, resumed.revision)
        return resumed.annotation

    def put(self, entry: Entry) -> None:
        """Write a change to the journal, and soon the labels to the label file."""
        with self._changed:
            if self.path is None or self._closed:
                return
            if self.refusal:
                self._fail(self._refusal)
                return
            self._waiting.append(entry)
            self._record()
            self._unsynced = True
            self._later(entry.after, entry.revision)
            if not self._trouble and self._state["state"] != "saving":
                self._tell(self._make("saving", "Saving…"))

    def save(self, annotation: Annotation, revision: int) -> None:
        """Write the label file soon, whether it was changed or not."""
        with self._changed:
            if self.path is not None and not self._closed and not self.refusal:
                self._later(annotation, revision)

    def wait(self) -> SaveState:
        """Write the label file if it is behind, wait for that, and return the state."""
        with self._changed:
            if self._thread is not None:
                self._asked = not self._closed
                self._changed.notify_all()
                self._changed.wait_for(
                    lambda: (
                        self._thread is None
                        or not (self._asked or self._busy or self._unsynced)
                    )
                )
            return self._state

    def close(self) -> None:
        """Save what is left, then stop; a failure stays readable in the state."""
        with self._changed:
            self._closed = self._asked = True
            self._changed.notify_all()
            thread = self._thread
        if thread is not None:
            thread.join()
        if self._journal is not None and self._lock is not None:
            self._journal.close()
            self._lock.release()
        self._publish = None

    def _acquire(self) -> None:
        """Take the lock and keep it alive, or say who has it."""
        assert self._lock is not None
        try:
            holder = self._lock.take(self._take_over)
        except OSError:  # what is to be written says why it cannot be
            return
        if holder is None:
            self._start()
        else:
            self._refuse(holder)

    def _taken_over(self) -> bool:
        return (
            self._lock is not None and self._lock.was_taken and not self._lock.is_mine
        )

    def _refuse(self, holder: Holder | None) -> None:
        assert self.path is not None
        where = "elsewhere" if holder is None else f"by {holder}"
        self._refusal = (
            f"{self.path.name} is edited {where}: it may only be looked at here. To "
            "edit it here instead, run the cell with take_over=True"
        )
        self._newest = None
        if self._state["state"] != "error":
            self._tell(self._make("off", self._refusal))

    def _start(self) -> None:
        if self._thread is None:
            self._thread = Thread(target=self._run, name="boxreel-save", daemon=True)
            self._thread.start()

    def _later(self, annotation: Annotation, revision: int) -> None:
        if self._newest is None:
            self._due = max(self._due, time.monotonic() + REST)
        self._newest = annotation, revision
        self._start()
        self._changed.notify_all()

    def _run(self) -> None:
        assert self._journal is not None
        while True:
            with self._changed:
                while not (self._unsynced or self._asked or self._is_due()):
                    left = self._due - time.monotonic()
                    self._changed.wait(min(left, BEAT) if self._is_behind() else BEAT)
                    self._beat()
                    if self.refusal and not self._is_behind():
                        self._retire()
                        return
                unsynced, self._unsynced = self._unsynced, False
                asked, self._asked = self._asked, False
                self._busy = True
                self._record()
                due = (asked or self._is_due()) and not self._waiting
                write = self._newest if due else None
                size = self._journal.size
            trouble = self._keep(unsynced, write, size)
            with self._changed:
                self._busy = False
                self._settle(trouble, write)
                self._changed.notify_all()
                if self._closed and asked:
                    return

    def _retire(self) -> None:
        """End the thread and give the journal back: another one writes it now."""
        assert self._journal is not None
        self._journal.close()
        self._thread = None
        self._changed.notify_all()

    def _beat(self) -> None:
        """Keep the lock alive, and notice if somebody has taken it."""
        if self._lock is not None and not self.refusal:
            with suppress(OSError):
                self._lock.beat()

    def _is_behind(self) -> bool:
        return self._newest is not None or bool(self._waiting)

    def _is_due(self) -> bool:
        return self._is_behind() and time.monotonic() >= self._due

    def _record(self) -> None:
        """Write what is not in the journal yet to it, as far as that can be done."""
        assert self._journal is not None
        if self._waiting and self.refusal:
            self._waiting.clear()
        try:
            while self._waiting:
                self._journal.append(self._waiting[0])
                self._waiting.popleft()
        except OSError as error:
            self._fail(files.trouble(self._journal.path, error))
        except FormatError as error:
            self._fail(str(error))

    def _keep(
        self, unsynced: bool, write: tuple[Annotation, int] | None, size: int
    ) -> str:
        """Bring the journal to the disk and write the label file; say what failed."""
        assert self._journal is not None
        try:
            if unsynced:
                self._journal.sync()
            if write is not None and not self.refusal:
                self._write(*write, size)
        except OSError as error:
            return files.trouble(self._journal.path, error)
        except Exception as error:  # noqa: BLE001 - told to the person, tried again
            return str(error)
        return ""

    def _settle(self, trouble: str, write: tuple[Annotation, int] | None) -> None:
        """Say how it went, and when the label file is to be written next."""
        if write is not None and not trouble and self._newest is write:
            self._newest = None
        if trouble or self._waiting:
            self._due = time.monotonic() + REST
            self._fail(trouble or self._trouble)
        elif write is not None or not self._trouble:
            self._trouble = ""
            if self._state["state"] not in ("saved", "off") and not self._unsynced:
                assert self.path is not None
                text = f"Saved to {self.path.name}, {time.strftime('%H:%M:%S')}"
                self._tell(self._make("saved", text, time.time()))

    def _write(self, annotation: Annotation, revision: int, size: int) -> None:
        """Write the label file, and say so in the journal before and after.

        Its first `size` bytes lead to these labels.
        """
        path, journal = self.path, self._journal
        assert path is not None
        assert journal is not None
        began = time.monotonic()
        if self._changed_by_others(path, journal):
            raise FormatError(
                f"{path.name} was changed outside of this widget and is not "
                "overwritten; run the cell again to see it, or keep these labels "
                "elsewhere with boxreel.write(w.annotation, ...)"
            )
        text = native.dump(annotation, Target(str(path)))
        data = text.encode()
        with self._changed:
            journal.mark("saving", revision, data)
        files.write(path, {"": data})
        self._stamp = _stamp(path)
        with self._changed:
            journal.mark("saved", revision, data)
            if journal.size > max(LIMIT, 4 * len(data)):
                journal.rotate(text, revision, size)
        took = time.monotonic() - began
        self._due = time.monotonic() + max(REST, SHARE * took)

    def _changed_by_others(self, path: Path, journal: Journal) -> bool:
        """Whether the file is neither as it was read nor as it was written last."""
        now = _stamp(path)
        if now is None or now == self._stamp:
            return False
        return digest(files.LabelFile(path).data) != journal.digest

    def _fail(self, trouble: str) -> None:
        if trouble != self._trouble:
            self._trouble = trouble
            self._tell(self._make("error", f"Could not save: {trouble}"))

    def _tell(self, state: SaveState) -> None:
        self._state = state
        if self._publish is not None:
            self._publish(state)

    def _make(self, state: SaveName, text: str, when: float | None = None) -> SaveState:
        path = None if self.path is None else str(self.path)
        return {"state": state, "text": text, "path": path, "time": when}


def _stamp(path: Path | None) -> tuple[int, int, int] | None:
    """Return what changes when a file is written: its inode, time and size."""
    try:
        facts = None if path is None else path.stat()
    except OSError:
        return None
    return None if facts is None else (facts.st_ino, facts.st_mtime_ns, facts.st_size)
