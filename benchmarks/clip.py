"""The clip of the benchmarks: 1080p H.264 at 30 a second, a keyframe every 250 frames.

A camera pans over a scene with detail of all sizes, as nature has it.
"""

from __future__ import annotations

from pathlib import Path

import av
import numpy as np

WIDTH, HEIGHT, RATE, GROUP = 1920, 1080, 30, 250


def scene() -> np.ndarray:
    chance = np.random.default_rng(1)
    height, width = HEIGHT + 256, WIDTH + 512
    total = np.zeros((height, width, 3))
    for size in (8, 16, 32, 64, 128, 256):
        spots = chance.integers(0, 255, (height // size, width // size, 3), np.uint8)
        frame = av.VideoFrame.from_ndarray(spots, "rgb24")
        smooth = frame.reformat(width, height, interpolation="BICUBIC").to_ndarray()
        total += (smooth - 127.0) * size**0.5 / 24
    return (total + 127).clip(0, 255).astype(np.uint8)


def make(path: Path, groups: int) -> Path:
    """Encode one group of pictures and write it `groups` times."""
    whole = scene()
    with av.open(str(path), "w") as container:
        stream = container.add_stream("libx264", rate=RATE)
        stream.width, stream.height, stream.pix_fmt = WIDTH, HEIGHT, "yuv420p"
        stream.options = {"preset": "veryfast", "g": str(GROUP), "bf": "3"}
        packets = []
        for i in range(GROUP):
            picture = np.ascontiguousarray(whole[i:, 2 * i :][:HEIGHT, :WIDTH])
            packets += stream.encode(av.VideoFrame.from_ndarray(picture, "rgb24"))
        packets += stream.encode(None)
        parts = [(bytes(p), p.pts, p.dts, p.is_keyframe, p.time_base) for p in packets]
        for group in range(groups):
            for data, pts, dts, is_keyframe, time_base in parts:
                packet = av.Packet(data)
                later = group * round(GROUP / RATE / time_base)
                packet.pts, packet.dts = pts + later, dts + later
                packet.time_base, packet.stream = time_base, stream
                packet.is_keyframe = is_keyframe
                container.mux(packet)
    return path
