"""The packets of a video file: opening, numbering, surveying, decoding all of them.

Packets are numbered from 0 in file order, and a frame is named by the packet that
carries it: that holds where times are missing, repeated or wrong.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, TypeAlias

import numpy as np
import numpy.typing as npt

from boxreel.errors import VideoError
from boxreel.progress import PATIENCE, progress_line
from boxreel.video.origin import Origin

if TYPE_CHECKING:
    import av

    VideoPacket: TypeAlias = av.Packet[av.VideoStream]

Ints = npt.NDArray[np.int64]

Mark = tuple[int | None, int | None, int]
"""Times (pts, dts) and size of a packet: what tells it from the others of its file."""

NO_TIME = np.iinfo(np.int64).min
"""Stands for a time that a packet does not have, as in FFmpeg."""


HEAD = 8
"""Bytes that are not all zero at the beginning of any sound packet of pictures."""


def mark_of(packet: VideoPacket) -> Mark:
    """Return what tells a packet from the others of its file."""
    return packet.pts, packet.dts, packet.size


def open_stream(
    origin: Origin, *, threads: str = "AUTO", parse: bool = True
) -> tuple[av.container.InputContainer, av.VideoStream]:
    """Open a file and choose its first stream of moving pictures.

    Parameters
    ----------
    origin : Origin
        The file.
    threads : {"AUTO", "SLICE"}
        AUTO is faster. SLICE decodes one frame at a time, which makes what is left of
        damaged frames the same each time.
    parse : bool
        Whether packets are looked into, or taken as the index describes them.

    Raises
    ------
    VideoError
        If the file cannot be opened, or holds no video.
    """
    import av

    try:
        container = av.open(
            origin.open(),
            options={} if parse else {"fflags": "noparse"},
            metadata_errors="replace",  # titles are of any encoding
        )
    except (av.FFmpegError, OSError) as error:
        reason = error.strerror or error
        message = f"{origin} cannot be opened as a video: {reason}"
        advice = (
            "is it complete, and a video?" if origin.head(1) else "the file is empty"
        )
        raise VideoError(f"{message}; {advice}") from error
    for stream in moving_pictures(container):
        stream.thread_type = threads
        return container, stream
    found = ", ".join(sorted({s.type for s in container.streams})) or "nothing"
    container.close()
    raise VideoError(f"{origin} holds no video that can be decoded, only {found}")


def moving_pictures(container: av.container.InputContainer) -> list[av.VideoStream]:
    """Return the streams that can be decoded and are not a picture of the cover."""
    import av

    cover = av.stream.Disposition.attached_pic
    return [
        stream
        for stream in container.streams.video
        if stream.codec_context is not None and not stream.disposition & cover
    ]


def close_stream(
    container: av.container.InputContainer, stream: av.VideoStream
) -> None:
    """Close a file. The decoder's threads must be idle: freeing it awaits them."""
    stream.codec_context.flush_buffers()
    container.close()


def packets_of(
    container: av.container.InputContainer, stream: av.VideoStream
) -> Iterator[VideoPacket]:
    """Yield the packets of a stream from where the file stands."""
    return (packet for packet in container.demux(stream) if packet.size)


def _all_packets(
    container: av.container.InputContainer, stream: av.VideoStream, what: str
) -> Iterator[VideoPacket]:
    """Yield the packets of a stream; a line tells how far that is if it takes long."""
    with progress_line(what, stream.frames or None, after=PATIENCE) as step:
        for packet in packets_of(container, stream):
            yield packet
            step()


@dataclass(frozen=True)
class Survey:
    """What the packets of a stream say without being decoded.

    Attributes
    ----------
    pts, dts, sizes : numpy.ndarray
        (p,) int64 times, `NO_TIME` where there is none, and bytes of the packets, in
        file order.
    keyframes : numpy.ndarray
        (k,) int64 numbers of the packets that need no other.
    digest : str
        Hash over codec, sizes and times of all packets, bytes of some.
    silent : list of int
        Numbers of the packets that are decoded but never shown.
    corrupt : int
        How many packets are marked as damaged or cut short.
    blank : int
        How many packets begin with zeros, as where a disk or a download has a hole.
    end : int
        Tick at which the last of all packets ends, 0 if they have no times.
    unread : str
        Why reading stopped before the end; empty if it did not.
    """

    pts: Ints
    dts: Ints
    sizes: Ints
    keyframes: Ints
    digest: str
    silent: list[int] = field(default_factory=list)
    corrupt: int = 0
    blank: int = 0
    end: int = 0
    unread: str = ""

    def __len__(self) -> int:
        """Return the number of packets."""
        return len(self.sizes)

    @cached_property
    def order(self) -> Ints:
        """(p,) int64 numbers of the packets by their presentation times."""
        return np.argsort(self.pts, kind="stable")

    def mark(self, packet: int) -> Mark:
        """Return what tells a packet from the others."""
        pts, dts = int(self.pts[packet]), int(self.dts[packet])
        return (
            None if pts == NO_TIME else pts,
            None if dts == NO_TIME else dts,
            int(self.sizes[packet]),
        )


def sampled(count: int) -> list[int]:
    """Return which of so many packets give their bytes to the fingerprint.

    Examples
    --------
    >>> sampled(9)
    [0, 1, 2, 4, 8]
    """
    return [0, *(1 << bit for bit in range((count - 1).bit_length()))]


def digest(
    stream: av.VideoStream, pts: Ints, dts: Ints, sizes: Ints, sample: Iterable[bytes]
) -> str:
    """Hash what identifies the content: all sizes and times, and the sampled bytes."""
    found = hashlib.blake2b(digest_size=16)
    found.update(b"".join(sample))  # at once: each piece gives way to other threads
    context = stream.codec_context
    columns = (sizes, *(np.where(times == NO_TIME, 0, times) for times in (pts, dts)))
    found.update(f"{context.name} {context.width}x{context.height}".encode())
    found.update(np.stack(columns, axis=1).astype("<i8").tobytes())
    return found.hexdigest()


def survey(
    container: av.container.InputContainer,
    stream: av.VideoStream,
    content: Callable[[VideoPacket], bytes] = bytes,
    *,
    name: str,
) -> Survey:
    """Read all packets of a stream once, decoding none.

    Parameters
    ----------
    container, stream
        The file, just opened.
    content : callable
        Returns the bytes of a packet.
    name : str
        What the line that tells how far it is calls the file.
    """
    import av

    codec = stream.codec_context.name
    marks: list[tuple[int, int, int]] = []
    keyframes: list[int] = []
    silent: list[int] = []
    sample: list[bytes] = []
    corrupt = blank = end = 0
    unread = ""
    try:
        packets = _all_packets(container, stream, f"Opening {name}")
        for number, packet in enumerate(packets):
            pts, dts, size = mark_of(packet)
            end = max(end, (pts or 0) + (packet.duration or 0))
            pts, dts = (NO_TIME if time is None else time for time in (pts, dts))
            marks.append((pts, dts, size))
            if packet.is_keyframe:
                keyframes.append(number)
            if packet.is_discard or _is_hidden(codec, packet):
                silent.append(number)
            corrupt += packet.is_corrupt
            blank += content is bytes and not any(memoryview(packet)[:HEAD])
            if number & (number - 1) == 0:  # as in `sampled`
                sample.append(content(packet))
    except av.FFmpegError as error:
        unread = str(error.strerror)
    pts_of, dts_of, sizes = np.array(marks, np.int64).reshape(-1, 3).T
    return Survey(
        pts_of,
        dts_of,
        sizes,
        np.array(keyframes, np.int64),
        digest(stream, pts_of, dts_of, sizes, sample),
        silent,
        corrupt,
        blank,
        end,
        unread,
    )


def decoded_order(origin: Origin) -> list[int]:
    """Decode everything; return the number of each frame's packet, as frames come.

    Raises
    ------
    VideoError
        If a packet holds several pictures, which then have no name.
    """
    container, stream = open_stream(origin, threads="SLICE")
    frames = []
    what = f"Decoding {origin.name} to find its frames"
    for number, packet in enumerate(_all_packets(container, stream, what)):
        frames += [frame.pts for frame in decode(packet, number)[0]]
    frames += [frame.pts for frame in flush(stream)]
    close_stream(container, stream)
    order = [number for number in frames if number is not None]
    if len(set(order)) < len(frames):
        message = "pictures that share a packet cannot be told apart"
        raise VideoError(f"{origin}: {message}; convert it to MP4")
    return order


def decode(packet: VideoPacket, number: int) -> tuple[list[av.VideoFrame], bool]:
    """Feed one packet; frames come out with the number of their packet as `pts`.

    A packet that the decoder refuses gives no frame, as in any player.

    Returns
    -------
    list of av.VideoFrame
        None, one or several, often of packets fed before.
    bool
        Whether all was sound.
    """
    import av

    packet.pts, packet.dts = number, None
    try:
        frames = packet.decode()
    except av.FFmpegError:
        return [], False
    return frames, not (packet.is_corrupt or any(f.is_corrupt for f in frames))


def flush(stream: av.VideoStream) -> list[av.VideoFrame]:
    """Fetch the frames that a decoder still holds when all packets were fed."""
    import av

    try:
        frames: list[av.VideoFrame] = stream.decode(None)
    except av.FFmpegError:
        return []
    return frames


def _is_hidden(codec: str, packet: VideoPacket) -> bool:
    """Whether a VP8 packet carries an alternate reference, which is never shown."""
    return codec == "vp8" and not bytes(packet)[0] & 0x10
