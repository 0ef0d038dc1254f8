"""Videos with something wrong, read by a process that may die of them."""

from __future__ import annotations

import json
import queue
import random
import subprocess
import sys
import tempfile
import threading
from functools import cache
from pathlib import Path

from tests.video import reader
from tests.video.clips import write_clip

LIMIT = 60
"""Seconds that reading one small file may take on a machine that is busy."""

CLIPS = {
    "a.mp4": {"options": {"g": "8", "bf": "2"}},
    "a.mkv": {"options": {"g": "8", "bf": "2"}},
    "a.ts": {"options": {"g": "8", "bf": "2"}},
    "m2.ts": {"codec": "mpeg2video", "options": {"g": "8", "bf": "2"}},
    "a.avi": {"codec": "mjpeg", "pix_fmt": "yuvj420p"},
    "a.webm": {"codec": "libvpx-vp9", "options": {"g": "8"}},
    "a.gif": {"codec": "gif", "pix_fmt": "rgb8"},
}


class Reader:
    """A process that reads videos, started anew after it was stopped."""

    def __init__(self):
        command = [sys.executable, reader.__file__]
        self.process = subprocess.Popen(
            command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
        )
        self.answers = queue.Queue()
        threading.Thread(target=self.listen, daemon=True).start()

    def listen(self):
        for line in self.process.stdout:
            self.answers.put(json.loads(line))
        self.answers.put({"bug": "the process died"})

    def read(self, path: Path) -> dict:
        try:
            self.process.stdin.write(f"{path}\n")
            self.process.stdin.flush()
            return self.answers.get(timeout=LIMIT)
        except (queue.Empty, BrokenPipeError):
            self.close()
            return {"bug": f"no answer within {LIMIT} s"}

    def close(self):
        self.process.kill()
        self.process.communicate()


class Readers:
    """One reader at a time; a new one where the last has died."""

    def __init__(self):
        self._reader = None

    def __call__(self) -> Reader:
        if self._reader is None or self._reader.process.poll() is not None:
            self._reader = Reader()
        return self._reader

    def close(self):
        if self._reader is not None:
            self._reader.close()
            self._reader = None


READERS = Readers()
close = READERS.close


def write_sound(folder: Path) -> dict[str, Path]:
    """Write a clip of each kind with nothing wrong."""
    return {
        name: write_clip(folder / name, frames=20, **recipe)
        for name, recipe in CLIPS.items()
    }


@cache
def sound() -> dict[str, bytes]:
    with tempfile.TemporaryDirectory() as folder:
        made = write_sound(Path(folder))
        return {name: path.read_bytes() for name, path in made.items()}


def mutated(data: bytes, mutation: tuple) -> bytes:
    """Do one of these: cut at a place, drop, zero or repeat bytes, put others."""
    kind, place, what = mutation
    at = int(place * len(data))
    if kind == "cut":
        return data[:at]
    if kind == "put":
        return data[:at] + what + data[at + len(what) :]
    span = data[at : at + what]
    instead = {"drop": b"", "zero": bytes(len(span)), "repeat": span + span}[kind]
    return data[:at] + instead + data[at + what :]


def check(answer: dict, name: str) -> str:
    """Return how reading a file ended, or raise for what is no end."""
    assert "bug" not in answer, answer["bug"]
    if "error" in answer:
        assert name in answer["error"]
        assert len(answer["error"]) > len(name) + 20
        return "refused"
    assert answer["frames"] > 0
    assert answer["read"] > 0 or answer["refused"]
    return "read"


def trial(number: int, folder: Path) -> str:
    """Read the broken video of a number."""
    chance = random.Random(number)
    name = chance.choice([*CLIPS])
    data = sound()[name]
    for _ in range(chance.choice((1, 1, 2, 4))):
        kind = chance.choice(("cut", "drop", "zero", "repeat", "put", "put", "put"))
        place = chance.random() * chance.choice((1, 1, 0.05))
        put = chance.randbytes(chance.randrange(1, 8))
        what = put if kind == "put" else chance.randrange(1, 400)
        data = mutated(data, (kind, place, what))
    path = folder / name
    path.write_bytes(data)
    return check(READERS().read(path), name)
