"""Make small clips whose every frame carries its number as a barcode of big blocks."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from fractions import Fraction
from pathlib import Path

import av
import numpy as np

BITS = 8
BLOCK = 16


def numbered_picture(number: int, width: int = 160, height: int = 96) -> np.ndarray:
    """Return a (H, W, 3) picture with moving texture and its number in the top rows."""
    y, x = np.mgrid[:height, :width]
    waves = 60 * np.sin((x + 3 * number) / 7) + 40 * np.cos((y - number) / 5)
    picture = np.stack([waves + 120, waves + 135, 0.8 * waves + 100], axis=2)
    for bit in range(BITS):
        black_or_white = 255 * (number >> bit & 1)
        picture[:BLOCK, bit * BLOCK : (bit + 1) * BLOCK] = black_or_white
    return picture.astype(np.uint8)


def number_in(picture: np.ndarray) -> int:
    """Read the number back; asserts that every block is clearly black or white."""
    inner = picture[4 : BLOCK - 4].mean(axis=2)
    blocks = [inner[:, b * BLOCK + 4 : (b + 1) * BLOCK - 4].mean() for b in range(BITS)]
    assert all(block < 80 or block > 175 for block in blocks), blocks
    return sum(1 << bit for bit, block in enumerate(blocks) if block > 128)


def write_clip(
    path: Path,
    codec: str = "libx264",
    *,
    frames: int = 40,
    size: tuple[int, int] = (160, 96),
    pix_fmt: str = "yuv420p",
    options: dict[str, str] | None = None,
    ticks: list[int] | None = None,
    rotation: int = 0,
    aspect: Fraction | None = None,
    container_options: dict[str, str] | None = None,
) -> Path:
    """Encode numbered pictures at 25 a second, or at `ticks` of 1/1000 s."""
    width, height = size
    with (
        scheduling_kept(),
        av.open(str(path), "w", container_options=container_options or {}) as container,
    ):
        stream = container.add_stream(codec, rate=25, options=options or {})
        stream.width, stream.height, stream.pix_fmt = width, height, pix_fmt
        if ticks is not None:
            stream.codec_context.time_base = Fraction(1, 1000)
        if aspect is not None:
            stream.codec_context.sample_aspect_ratio = aspect
        if rotation:
            stream.set_display_rotation(rotation)
        for number in range(frames):
            picture = numbered_picture(number, width, height)
            frame = av.VideoFrame.from_ndarray(picture, format="rgb24")
            frame.pts = number if ticks is None else ticks[number]
            frame.time_base = Fraction(1, 25 if ticks is None else 1000)
            container.mux(stream.encode(frame))
        container.mux(stream.encode(None))
    return path


@contextmanager
def scheduling_kept() -> Iterator[None]:
    """Give this thread back the priority that it had.

    SVT-AV1 makes whoever calls it as root a real-time thread (SCHED_FIFO 99), and
    every process that it starts: a browser at that priority starves the machine.
    """
    if not hasattr(os, "sched_setscheduler"):
        yield
        return
    policy, priority = os.sched_getscheduler(0), os.sched_getparam(0)
    try:
        yield
    finally:
        if os.sched_getscheduler(0) != policy:
            os.sched_setscheduler(0, policy, priority)


def straight_decode(path: Path) -> list[av.VideoFrame]:
    """Decode the first video stream from first to last, as simply as can be."""
    with av.open(str(path)) as container:
        packets = container.demux(container.streams.video[0])
        return [frame for packet in packets for frame in _decoded(packet)]


def copy_packets(source: Path, target: Path, *, first: int = 0, delay: int = 0) -> Path:
    """Copy a clip without encoding it anew, from packet `first`, `delay` ticks later.

    What ends up before time 0 is hidden by an edit list, as when a phone trims a clip.
    """
    keep_times = {"avoid_negative_ts": "disabled"}
    with (
        av.open(str(source)) as old,
        av.open(str(target), "w", options=keep_times) as new,
    ):
        stream = old.streams.video[0]
        copied = new.add_stream_from_template(stream, opaque=True)
        packets = [packet for packet in old.demux(stream) if packet.size]
        for packet in packets[first:]:
            packet.pts, packet.dts = packet.pts + delay, packet.dts + delay
            packet.stream = copied
            new.mux(packet)
    return target


def spoil(path: Path, number: int, value: bytes) -> Path:
    """Overwrite a packet of a clip, from a third of it on if by more than a byte."""
    with av.open(str(path)) as container:
        packets = list(container.demux(video=0))
        begin, size = packets[number].pos, packets[number].size
    data = bytearray(path.read_bytes())
    if len(value) > 1:
        begin += size // 3
        data[begin : begin + len(value)] = value
    else:
        data[begin : begin + size] = value * size
    path.write_bytes(data)
    return path


def _decoded(packet: av.Packet) -> list[av.VideoFrame]:
    try:
        return packet.decode()
    except av.FFmpegError:
        return []


def plain_rgb(frame: av.VideoFrame) -> np.ndarray:
    """Convert a frame as it was coded, neither turned nor stretched."""
    converted = frame.reformat(format="rgb24", src_color_range=frame.color_range)
    return converted.to_ndarray()
