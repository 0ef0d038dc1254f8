"""One writer at a time, and none that is long gone stands in the way."""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from boxreel.journal import lock as module
from boxreel.journal.lock import STALE, Lock


@pytest.fixture
def place(tmp_path: Path) -> Path:
    return tmp_path / "labels.json"


@pytest.fixture(autouse=True)
def _hurry(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "GRACE", 0)


def held_by(place: Path, host: str, pid: int, age: float = 0) -> Path:
    path = Lock(place, "").path
    holder = {"host": host, "pid": pid, "author": "bob", "token": "theirs"}
    path.write_text(json.dumps(holder))
    now = path.stat().st_mtime
    os.utime(path, (now - age, now - age))
    return path


def ended() -> int:
    with subprocess.Popen([sys.executable, "-c", ""]) as process:
        process.wait()
        return process.pid


def test_it_is_taken_and_given_back(place: Path) -> None:
    lock = Lock(place, "ann")
    assert lock.take() is None
    assert lock.is_mine
    assert str(lock.holder) == f"ann, process {os.getpid()} on {socket.gethostname()}"
    lock.release()
    assert [*place.parent.iterdir()] == []


def test_what_could_not_be_taken_was_taken_by_nobody(
    place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def in_use(*_: object) -> None:
        raise PermissionError(13, "in use by another process")

    lock = Lock(place, "ann")
    with monkeypatch.context() as patched:
        patched.setattr(Path, "replace", in_use)
        with pytest.raises(PermissionError):
            lock.take()
    assert not lock.was_taken
    assert [*place.parent.iterdir()] == []
    assert lock.take() is None


def test_a_living_process_keeps_it_until_it_is_taken_over(place: Path) -> None:
    path = held_by(place, socket.gethostname(), os.getppid(), age=10 * STALE)
    lock = Lock(place, "ann")
    holder = lock.take()
    assert holder is not None
    assert (holder.author, holder.pid, lock.is_mine) == ("bob", os.getppid(), False)
    assert json.loads(path.read_text())["token"] == "theirs"
    assert lock.take(over=True) is None
    assert lock.is_mine


def test_whoever_lost_it_sees_that_and_leaves_it_alone(place: Path) -> None:
    first, second = Lock(place, "ann"), Lock(place, "ann")
    assert first.take() is None
    assert second.take() is None
    assert (first.is_mine, second.is_mine) == (False, True)
    first.beat()
    first.release()
    assert second.is_mine


def test_a_folder_that_is_away_for_a_while_takes_nothing_over(tmp_path: Path) -> None:
    folder = tmp_path / "labels"
    folder.mkdir()
    lock = Lock(folder / "a.json", "ann")
    assert lock.take() is None
    folder.rename(tmp_path / "away")
    assert lock.is_mine
    (tmp_path / "away").rename(folder)
    assert lock.is_mine
    assert Lock(folder / "a.json", "bob").take() is None
    assert not lock.is_mine


def test_of_a_process_that_is_gone_it_is_free(place: Path) -> None:
    held_by(place, socket.gethostname(), ended())
    assert Lock(place, "ann").take() is None


@pytest.mark.parametrize(
    ("age", "free"), [(STALE + 10, True), (STALE - 10, False), (-1e6, False)]
)
def test_another_computer_keeps_it_as_long_as_it_gives_signs_of_life(
    place: Path, age: float, free: bool
) -> None:
    held_by(place, "elsewhere", 1, age)
    assert (Lock(place, "ann").take() is None) is free


@pytest.mark.parametrize("text", ["", "{", "[]", '{"pid": "x"}', "[" * 9000])
def test_one_that_cannot_be_read_is_kept_until_it_is_old(
    place: Path, text: str
) -> None:
    path = Lock(place, "").path
    path.write_text(text)
    assert Lock(place, "ann").take() is not None
    old = path.stat().st_mtime - 2 * STALE
    os.utime(path, (old, old))
    assert Lock(place, "ann").take() is None


def test_a_sign_of_life_is_seen(place: Path) -> None:
    lock = Lock(place, "ann")
    lock.take()
    os.utime(lock.path, (0, 0))
    lock.beat()
    assert lock.path.stat().st_mtime > 1e9
