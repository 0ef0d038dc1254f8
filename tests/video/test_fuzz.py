"""Mutated and truncated files: no crash, no hang, a clear error or what can be read."""

import json
import os
import queue
import subprocess
import sys
import threading
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

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


@pytest.fixture(scope="module")
def readers():
    """One reader at a time; a new one where the last has died."""
    started = [Reader()]

    def living() -> Reader:
        if started[-1].process.poll() is not None:
            started.append(Reader())
        return started[-1]

    yield living
    living().close()


@pytest.fixture(scope="module")
def clips(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    folder = tmp_path_factory.mktemp("sound")
    return {
        name: write_clip(folder / name, frames=20, **recipe)
        for name, recipe in CLIPS.items()
    }


places = st.floats(0, 1, exclude_max=True)
lengths = st.integers(1, 400)
mutations = st.one_of(
    st.tuples(st.just("cut"), places, lengths),
    st.tuples(st.just("drop"), places, lengths),
    st.tuples(st.just("zero"), places, lengths),
    st.tuples(st.just("repeat"), places, lengths),
    st.tuples(st.just("put"), places, st.binary(min_size=1, max_size=8)),
    st.tuples(st.just("put"), st.floats(0, 0.05), st.binary(min_size=1, max_size=4)),
    st.tuples(st.just("put"), st.floats(0.9, 0.99), st.binary(min_size=1, max_size=4)),
)


def mutated(data: bytes, mutation: tuple) -> bytes:
    kind, place, what = mutation
    at = int(place * len(data))
    if kind == "cut":
        return data[:at]
    if kind == "put":
        return data[:at] + what + data[at + len(what) :]
    span = data[at : at + what]
    instead = {"drop": b"", "zero": bytes(len(span)), "repeat": span + span}[kind]
    return data[:at] + instead + data[at + what :]


def test_sound_clips_are_read_to_the_end(clips, readers):
    for path in clips.values():
        expected = {"frames": 20, "read": 24, "refused": []}
        assert readers().read(path) == expected


@settings(
    max_examples=int(os.environ.get("BOXREEL_FUZZ", "60")),
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(st.sampled_from([*CLIPS]), st.lists(mutations, min_size=1, max_size=4))
def test_whatever_is_wrong_with_a_file(clips, readers, tmp_path: Path, name, changes):
    data = clips[name].read_bytes()
    for change in changes:
        data = mutated(data, change)
    path = tmp_path / name
    path.write_bytes(data)
    answer = readers().read(path)
    assert "bug" not in answer, answer["bug"]
    if "error" in answer:
        assert name in answer["error"]
        assert len(answer["error"]) > len(name) + 20
    else:
        assert answer["frames"] > 0
        assert answer["read"] > 0 or answer["refused"]
