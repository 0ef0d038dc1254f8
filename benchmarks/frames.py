"""Frames beside a bare PyAV loop, in one run: `python benchmarks/frames.py [video]`.

Without a video it makes one: 1080p H.264, a keyframe every 250 frames. The bare reader
seeks to the keyframe before a time, decodes up to it and converts to RGB; the bare loop
decodes with all threads and neither scales nor encodes.
"""

from __future__ import annotations

import random
import sys
import tempfile
import time
from pathlib import Path

import av
import numpy as np

from boxreel.video import open_video

WIDTH, HEIGHT, FRAMES, STAGE, JUMPS, ROUNDS = 1920, 1080, 300, 854, 30, 3


def made(folder: str) -> Path:
    path = Path(folder) / "made.mp4"
    chance = np.random.default_rng(1)
    scene = chance.integers(0, 255, (HEIGHT // 8 + 40, WIDTH // 8 + 40, 3), np.uint8)
    scene = scene.repeat(8, axis=0).repeat(8, axis=1)
    with av.open(str(path), "w") as container:
        stream = container.add_stream("libx264", rate=30)
        stream.width, stream.height, stream.pix_fmt = WIDTH, HEIGHT, "yuv420p"
        stream.options = {"preset": "veryfast", "g": "250", "bf": "3"}
        for i in range(FRAMES):
            picture = scene[i % 300 :, (2 * i) % 300 :][:HEIGHT, :WIDTH]
            frame = av.VideoFrame.from_ndarray(np.ascontiguousarray(picture), "rgb24")
            container.mux(stream.encode(frame))
        container.mux(stream.encode(None))
    return path


def milliseconds(action) -> float:
    begin = time.perf_counter()
    action()
    return (time.perf_counter() - begin) * 1e3


def bare(path: Path):
    container = av.open(str(path))
    stream = container.streams.video[0]
    stream.thread_type = "AUTO"
    return container, stream


def bare_read(container, stream, tick: int) -> None:
    container.seek(tick, stream=stream)
    for frame in container.decode(stream):
        if frame.pts >= tick:
            frame.to_ndarray(format="rgb24")
            return


def bare_open(path: Path) -> None:
    container, stream = bare(path)
    next(container.decode(stream))
    container.close()


def bare_loop(path: Path) -> None:
    container, stream = bare(path)
    for _ in container.decode(stream):
        pass


def jpegs(video) -> None:
    for i in range(len(video)):
        video.jpeg(i, STAGE)


def row(what: str, unit: str, ours: float, other: float) -> None:
    print(f"{what:34} {ours:9.1f} {other:9.1f} {unit:4} {ours / other:6.2f}")


def compare(path: Path) -> None:
    video = open_video(path)
    print(f"{video}\n{'':34} {'boxreel':>9} {'bare':>9} {'':4} {'ratio':>6}")
    opened = [
        (
            milliseconds(lambda: open_video(path).close()),
            milliseconds(lambda: bare_open(path)),
        )
        for _ in range(ROUNDS)
    ]
    row("open, first frame decoded", "ms", *np.median(opened, axis=0))

    container, stream = bare(path)
    order = random.Random(1).sample(range(len(video)), min(JUMPS, len(video)))
    jumps = [
        (
            milliseconds(lambda i=i: video[i]),
            milliseconds(lambda i=i: bare_read(container, stream, int(video.ticks[i]))),
        )
        for i in order
    ]
    row("random access to RGB, p50", "ms", *np.percentile(jumps, 50, axis=0))
    row("random access to RGB, p95", "ms", *np.percentile(jumps, 95, axis=0))

    runs = [
        (milliseconds(lambda: jpegs(video)), milliseconds(lambda: bare_loop(path)))
        for _ in range(ROUNDS)
    ]
    ours, other = len(video) * 1e3 / np.median(runs, axis=0)
    row(f"in sequence, JPEG of {STAGE} px", "fps", ours, other)


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as folder:
        compare(Path(sys.argv[1]) if len(sys.argv) > 1 else made(folder))
