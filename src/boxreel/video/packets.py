"""The packets of a video file: opening, numbering, surveying, decoding all of them.

Packets are numbered from 0 in file order, and a frame is named by the packet that
carries it: that holds where times are missing, repeated or wrong.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, TypeAlias

import numpy as np

from boxreel.errors import VideoError
from boxreel.video.origin import Origin
from boxreel.video.progress import OPENING, progress_line

if TYPE_CHECKING:
    import av

    VideoPacket: TypeAlias = av.Packet[av.VideoStream]

Mark = tuple[int | None, int | None, int]
"""Times (pts, dts) and size of a packet: what tells it from the others of its file."""


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
    with progress_line(what, stream.frames or None, after=OPENING) as step:
        for packet in packets_of(container, stream):
            yield packet
            step()


@dataclass
class Survey:
    """What the packets of a stream say without being decoded.

    Attributes
    ----------
    marks : list of tuple
        One for each packet, in file order.
    keyframes : list of int
        Numbers of the packets that need no other.
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
    digest : str
        Hash over codec, sizes and times of all packets, bytes of some.
    """

    marks: list[Mark] = field(default_factory=list)
    keyframes: list[int] = field(default_factory=list)
    silent: list[int] = field(default_factory=list)
    corrupt: int = 0
    blank: int = 0
    end: int = 0
    unread: str = ""
    digest: str = ""


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

    found = Survey()
    context = stream.codec_context
    codec = context.name
    sample = hashlib.blake2b(digest_size=16)
    try:
        packets = _all_packets(container, stream, f"Opening {name}")
        for number, packet in enumerate(packets):
            found.marks.append(mark_of(packet))
            if packet.is_keyframe:
                found.keyframes.append(number)
            if packet.is_discard or _is_hidden(codec, packet):
                found.silent.append(number)
            found.corrupt += packet.is_corrupt
            found.blank += content is bytes and not any(memoryview(packet)[:HEAD])
            found.end = max(found.end, (packet.pts or 0) + (packet.duration or 0))
            if number & (number - 1) == 0:  # 0, 1, 2, 4, 8, ...
                sample.update(content(packet))
    except av.FFmpegError as error:
        found.unread = str(error.strerror)
    sizes_and_times = [(size, pts or 0, dts or 0) for pts, dts, size in found.marks]
    sample.update(f"{codec} {context.width}x{context.height}".encode())
    sample.update(np.array(sizes_and_times, "<i8").tobytes())
    found.digest = sample.hexdigest()
    return found


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
