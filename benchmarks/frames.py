"""Frames beside the bare limits, in one run: `python benchmarks/frames.py [video]`.

Without a video it makes one, see clip.py. The bare reader seeks to the keyframe before
a time and decodes up to it; the bare loop decodes with all threads, scales and encodes
each frame, and does nothing else. Rounds alternate, so that both see the same machine.
"""

from __future__ import annotations

import random
import sys
import tempfile
import time
from pathlib import Path
from queue import Queue

import av
import numpy as np

from benchmarks import clip
from boxreel.video import DiskCache, FrameStore, Video, open_video
from boxreel.video.jpeg import encode, scale

STAGE, JUMPS, ROUNDS = 854, 30, 5


def milliseconds(action) -> float:
    begin = time.perf_counter()
    action()
    return (time.perf_counter() - begin) * 1e3


def bare(path: Path):
    container = av.open(str(path))
    stream = container.streams.video[0]
    stream.thread_type = "AUTO"
    return container, stream


def bare_open(path: Path) -> None:
    container, stream = bare(path)
    next(container.decode(stream))
    container.close()


def bare_seek(container, stream, tick: int) -> av.VideoFrame:
    container.seek(tick, stream=stream)
    return next(f for f in container.decode(stream) if f.pts >= tick)


def bare_jpeg(frame: av.VideoFrame) -> bytes:
    height = round(frame.height * STAGE / frame.width)
    return encode(scale(frame, STAGE, height, "yuvj420p"))


def bare_loop(path: Path) -> None:
    container, stream = bare(path)
    for frame in container.decode(stream):
        bare_jpeg(frame)
    container.close()


def fill(video: Video, playhead: int, disk: DiskCache | None = None) -> None:
    store = FrameStore(video, max_bytes=1 << 40, disk=disk)
    store.fill_around(playhead, STAGE)
    store.wait()
    store.close()


def row(what: str, unit: str, ours: float, other: float, goal: str = "") -> None:
    print(f"{what:44} {ours:8.1f} {other:8.1f} {unit:4} {ours / other:6.2f}  {goal}")


def opening(path: Path) -> None:
    times = [
        (
            milliseconds(lambda: open_video(path).close()),
            milliseconds(lambda: bare_open(path)),
        )
        for _ in range(ROUNDS)
    ]
    row("open, first frame decoded", "ms", *np.median(times, axis=0))


def cold(path: Path, video: Video) -> None:
    """Jump to frames that are not stored: as pixels, and as a JPEG by the store."""
    container, stream = bare(path)
    order = random.Random(1).sample(range(len(video)), min(JUMPS, len(video)))
    pixels, stored = [], []
    for i in order:
        tick = int(video.ticks[i])
        store, made = FrameStore(video), Queue()

        def wanted(store=store, made=made, i=i) -> None:
            store.want("me", STAGE, [i], lambda *frame: made.put(frame))
            made.get()

        def seek(tick=tick) -> av.VideoFrame:
            return bare_seek(container, stream, tick)

        pixels.append(
            (
                milliseconds(lambda i=i: video[i]),
                milliseconds(lambda seek=seek: seek().to_ndarray(format="rgb24")),
            )
        )
        video[0]
        stored.append(
            (milliseconds(wanted), milliseconds(lambda seek=seek: bare_jpeg(seek())))
        )
        store.close()
    container.close()
    for what, times in (("to RGB", pixels), ("by the store to JPEG", stored)):
        p50, p95 = np.percentile(times, (50, 95), axis=0)
        row(f"cold random access {what}, p50", "ms", *p50, "at most 1.1")
        row(f"cold random access {what}, p95", "ms", *p95)


def stored(video: Video, folder: Path) -> None:
    """Get frames that are in memory, and on disk; a file read is the limit."""
    count = min(len(video), 200)
    store = FrameStore(video, disk=DiskCache(folder, "read"))
    made = Queue()
    store.want("me", STAGE, range(count), lambda *frame: made.put(frame))
    jpegs = [made.get()[2] for _ in range(count)]
    file = folder / "bare.jpg"
    file.write_bytes(jpegs[0])
    read = np.median([milliseconds(file.read_bytes) for _ in range(count)]) * 1e3
    memory = [milliseconds(lambda i=i: store.get(i, STAGE)) for i in range(count)]
    store.close()
    disk = DiskCache(folder, "read")
    kept = [milliseconds(lambda i=i: disk.get(i, STAGE)) for i in range(1, count)]
    row("stored in memory, beside a file read", "µs", np.median(memory) * 1e3, read)
    row("stored on disk, beside a file read", "µs", np.median(kept) * 1e3, read)


def filling(path: Path, video: Video, folder: Path) -> None:
    middle = len(video) // 2
    rounds = [
        (
            milliseconds(lambda: fill(video, 0)),
            milliseconds(lambda i=i: fill(video, 0, DiskCache(folder, f"fill {i}"))),
            milliseconds(lambda: fill(video, middle)),
            milliseconds(lambda: bare_loop(path)),
        )
        for i in range(ROUNDS)
    ]
    memory, disk, around, other = np.median(rounds, axis=0)
    length = len(video) / video.fps * 1e3
    row("fill from the start", "ms", memory, other, "at most 1.15")
    row("   times real time", "x", length / memory, length / other, "at least 4")
    row("fill from the start, kept on disk too", "ms", disk, other)
    row("fill from the middle, in both directions", "ms", around, other)


def beside_a_cell(video: Video) -> None:
    """Compute in pure Python, as a cell does, while the store fills and while not."""

    def cell() -> None:
        sum(i * i for i in range(3_000_000))

    def both() -> float:
        store = FrameStore(video, max_bytes=1 << 40)
        store.fill_around(0, STAGE)
        taken = milliseconds(cell)
        store.close()
        return taken

    times = [(both(), milliseconds(cell)) for _ in range(ROUNDS)]
    row("a cell of pure Python beside filling", "ms", *np.median(times, axis=0))


def compare(path: Path, folder: Path) -> None:
    with open_video(path) as video:
        print(f"{video}, JPEGs of {STAGE} px, {len(video.jpeg(0, STAGE)) / 1e3:.0f} kB")
        print(f"{'':44} {'boxreel':>8} {'bare':>8} {'':4} {'ratio':>6}")
        opening(path)
        cold(path, video)
        stored(video, folder)
        filling(path, video, folder)
        beside_a_cell(video)


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as made:
        given = sys.argv[1:]
        source = Path(given[0]) if given else clip.make(Path(made) / "made.mp4", 2)
        compare(source, Path(made))
