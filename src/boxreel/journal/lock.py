"""Who may write a label file: one widget of one kernel at a time."""

from __future__ import annotations

import json
import os
import secrets
import socket
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

BEAT = 5.0
"""Seconds between two signs of life."""

GRACE = 0.1
"""Seconds that are left to whoever had it to end what it is writing."""

STALE = 60.0
"""Seconds without a sign of life after which a holder on another computer is gone."""


@dataclass(frozen=True)
class Holder:
    """Who holds a lock.

    Attributes
    ----------
    host, pid
        The computer, and the process on it.
    author
        Who edits there.
    token
        Tells one holder from another of the same process.
    """

    host: str
    pid: int
    author: str
    token: str

    def __str__(self) -> str:
        who = f"{self.author}, " if self.author else ""
        return f"{who}process {self.pid} on {self.host}"


class Lock:
    """The lock of one label file.

    Parameters
    ----------
    label_file
        The label file.
    author
        Who wants to write it.

    Notes
    -----
    The lock is a file that names its holder and is touched every `BEAT` seconds. It is
    stale when its process is gone, or, on another computer, when it was not touched for
    `STALE` seconds by the clock of the disk it is on, so that clocks need not agree.
    Whoever takes it over puts another file in its place, which the old holder sees
    before it writes again.
    """

    def __init__(self, label_file: Path, author: str) -> None:
        self.path = label_file.with_name(f".{label_file.name}.lock")
        host, pid = socket.gethostname(), os.getpid()
        self._me = Holder(host, pid, author, secrets.token_hex(8))
        self._inode: int | None = None

    def take(self, over: bool = False) -> Holder | None:
        """Take the lock, if it is free or stale, or whoever has it.

        Parameters
        ----------
        over
            Whether to take it from a living holder of another process too. From this
            process it is always taken: the cell was run again.

        Returns
        -------
        Holder or None
            Who has it instead; None if it is taken now.

        Raises
        ------
        OSError
            If the folder cannot be written to.
        """
        mine = self.path.with_name(f"{self.path.name}.{self._me.token}")
        mine.write_text(json.dumps(vars(self._me)), "utf-8")
        try:
            holder, inode = self.living, mine.stat().st_ino
            if holder is None or over or self._is_own(holder):
                mine.replace(self.path)
            self._inode = inode
            if holder is not None and not self._is_own(holder):
                time.sleep(GRACE)  # what the other is just writing is then written
            if self.is_mine:
                return None
            self._inode = None
            return self.holder
        finally:
            mine.unlink(missing_ok=True)

    @property
    def living(self) -> Holder | None:
        """Who has it and lives, in this process or another."""
        holder = self.holder
        if holder is None or self._is_own(holder):
            return holder
        return None if self._is_gone(holder) else holder

    @property
    def is_mine(self) -> bool:
        """Whether it was taken, and nobody has taken it over since.

        Where it cannot be seen, as when its folder is away, nobody has.
        """
        if self._inode is None:
            return False
        try:
            return self.path.stat().st_ino == self._inode
        except OSError:
            return True

    @property
    def was_taken(self) -> bool:
        """Whether it was asked for, and is not released."""
        return self._inode is not None

    def beat(self) -> None:
        """Give a sign of life."""
        if self.is_mine:
            os.utime(self.path)

    def release(self) -> None:
        """Let go of it."""
        if self.is_mine:
            self.path.unlink(missing_ok=True)
        self._inode = None

    @property
    def holder(self) -> Holder | None:
        """Who has it, living or not."""
        try:
            found: Any = json.loads(self.path.read_bytes()[:10_000])
            return Holder(
                str(found["host"])[:100],
                int(found["pid"]),
                str(found["author"])[:100],
                str(found["token"]),
            )
        except (OSError, ValueError, TypeError, KeyError, RecursionError):
            return None if not self.path.exists() else Holder("?", -1, "", "")

    def _is_own(self, holder: Holder) -> bool:
        return (holder.host, holder.pid) == (self._me.host, self._me.pid)

    def _is_gone(self, holder: Holder) -> bool:
        """Whether a holder of another process does not live any more."""
        if holder.host == self._me.host and os.name == "posix":
            return not _lives(holder.pid)
        return self._now() - self.path.stat().st_mtime > STALE

    def _now(self) -> float:
        """Return the time by the clock of the disk."""
        with tempfile.TemporaryFile(dir=self.path.parent) as file:
            return os.fstat(file.fileno()).st_mtime


def _lives(pid: int) -> bool:
    """Whether there is a process of this number on this computer."""
    try:
        os.kill(pid, 0)
    except (ProcessLookupError, OverflowError):
        return False
    except OSError:
        return True
    return pid > 0
