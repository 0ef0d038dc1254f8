"""Memory that an hour of video adds to a kernel: `python benchmarks/memory.py [video]`.

Scrubs for a minute as a hand does: rests, slow runs and jumps, while the store fills.
"""

from __future__ import annotations

import random
import sys
import tempfile
import time
from pathlib import Path

import numpy as np

from benchmarks import clip
from boxreel.video import DiskCache, FrameStore, Video, open_video
from boxreel.widget.frames import FrameServer

STAGE, SECONDS, GOAL = 854, 60, 300


def megabytes() -> float:
    """Resident memory of this process."""
    lines = Path("/proc/self/status").read_text().splitlines()
    used = next(line for line in lines if line.startswith("VmRSS"))
    return int(used.split()[1]) / 1024


def import_all() -> None:
    """Load the libraries, which are not what a video adds."""
    open_video(np.zeros((1, 8, 8), np.uint8)).jpeg(0, 8)


def row(when: str, added: float, goal: str = "") -> None:
    print(f"{when:40} {added:8.0f} MB  {goal}", flush=True)


def scrub(video: Video, server: FrameServer, base: float) -> float:
    """Move the playhead for a minute; return the most that was added."""
    chance, most = random.Random(1), 0.0
    begin, frame = time.monotonic(), 0
    while time.monotonic() - begin < SECONDS:
        frame = chance.randrange(len(video) - 50)
        for _ in range(chance.choice([1, 5, 30])):
            server.playhead(frame)
            server.request("page", STAGE, [frame])
            time.sleep(1 / 30)
            frame += 1
            most = max(most, megabytes() - base)
        time.sleep(chance.choice([0, 0.1, 2]))
    return most


def measure(path: Path, folder: Path) -> None:
    import_all()
    base = megabytes()
    video = open_video(path)
    length = video.times[-1] / 60
    print(f"{video}, {length:.0f} minutes")
    row("opened", megabytes() - base)
    store = FrameStore(video, disk=DiskCache(folder, "memory"))
    server = FrameServer(store, len(video), lambda *_: None)
    most = scrub(video, server, base)
    row(f"at most in {SECONDS} s of scrubbing", most, f"at most {GOAL} MB")
    store.wait(60)
    row("filled as far as there is room", megabytes() - base, f"at most {GOAL} MB")
    server.close()
    store.close()
    video.close()
    del server, store, video
    row("closed", megabytes() - base)


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as made:
        given = sys.argv[1:]
        hour = 3600 * clip.RATE // clip.GROUP
        source = Path(given[0]) if given else clip.make(Path(made) / "hour.mp4", hour)
        measure(source, Path(made))
