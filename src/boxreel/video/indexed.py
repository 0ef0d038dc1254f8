"""Survey an MP4 or MOV of this computer by its index, reading no pictures.

That takes milliseconds where reading 100,000 packets takes half a second. What is read
is compared with FFmpeg's own index. Everything that is not plain is left to reading the
packets.
"""

from __future__ import annotations

from io import FileIO
from itertools import islice
from typing import TYPE_CHECKING, Any, BinaryIO, NamedTuple

import numpy as np
import numpy.typing as npt

from boxreel.video.mp4 import OddError, Samples, read_samples, require
from boxreel.video.nal import is_keyframe
from boxreel.video.origin import Origin
from boxreel.video.packets import (
    HEAD,
    Ints,
    Survey,
    digest,
    mark_of,
    packets_of,
    sampled,
)

if TYPE_CHECKING:
    import av

COMPARED = 64
"""Samples compared with FFmpeg's index, evenly over the file, beside first and last."""

OPENED = 4
"""Packets read to see that they are as the index says."""

BLOCK = 256
"""Packets that are looked at together."""

SMALL = 4096
"""Bytes between packets that cost less to read than another call."""

_HEAD = np.arange(HEAD)


class Index(NamedTuple):
    """What an MP4 says of its pictures, which their own bytes have yet to prove.

    Attributes
    ----------
    samples : Samples
        Its tables.
    content : list of bytes
        The packets of the fingerprint.
    """

    samples: Samples
    content: list[bytes]


def read_index(origin: Origin) -> Index | None:
    """Read the index of a file; None if it has none that is plain.

    FFmpeg is not asked, so it may open the file meanwhile. Keyframes are those that the
    index lists, all of which must prove to be some.
    """
    if origin.path is None:
        return None
    try:
        with origin.path.open("rb", buffering=4096) as file:
            samples = read_samples(file)
            for key in samples.keyframes:
                at, size = int(samples.at[key]), int(samples.size[key])
                require(is_keyframe(file, at, size, samples.codec))
            content = [
                _bytes_at(file, int(samples.at[number]), int(samples.size[number]))
                for number in sampled(len(samples.size))
            ]
    except (OddError, OSError, LookupError):  # it may just be cut short
        return None
    return Index(samples, content)


def is_proven(origin: Origin, index: Index) -> bool:
    """Whether all packets are where an index of a file says, and none is blank.

    A packet consists of units, each behind its length in 4 bytes: where sizes or places
    are wrong, the first one does not fit in. FFmpeg would find other keyframes then.
    One that begins with zeros was lost by a disk or a download.
    """
    if origin.path is None:
        return False
    size = index.samples.size
    try:
        with origin.path.open("rb", buffering=0) as file:
            heads = _heads(file, index.samples.at)
    except OSError:
        return False
    unit = heads[:, :4].copy().view(">u4")[:, 0]
    inside = heads * (size[:, np.newaxis] > _HEAD)
    return bool((unit + np.int64(4) <= size).all() and inside.any(axis=1).all())


def indexed(
    index: Index, container: av.container.InputContainer, stream: av.VideoStream
) -> Survey | None:
    """Survey the packets as `survey` does; None if FFmpeg sees them otherwise.

    Parameters
    ----------
    index
        The index of the file.
    container, stream
        The file, just opened; some packets are read of it.
    """
    samples = index.samples
    try:
        require("mp4" in container.format.name.split(","))
        expected = samples.track, samples.codec
        require((stream.id, stream.codec_context.name) == expected)
        _compare(samples, stream)
        pts, dts = _times(samples, container, stream)
    except (OddError, OSError, ValueError):  # as FFmpeg's errors are
        return None
    return Survey(
        pts,
        dts,
        samples.size,
        samples.keyframes,
        digest(stream, pts, dts, samples.size, index.content),
        end=max(0, int((pts + samples.duration).max())),
    )


def _compare(samples: Samples, stream: av.VideoStream) -> None:
    """See that FFmpeg's index says the same, as far as it is looked at."""
    count = len(samples.size)
    entries: Any = getattr(stream, "index_entries", ())  # PyAV 16 and later
    require(len(entries) == count)
    begin = entries[0].timestamp
    keyframes = set(samples.keyframes.tolist())
    for i in {*range(0, count, count // COMPARED + 1), count - 1}:
        entry = entries[i]
        dts, size, at = samples.dts[i] + begin, samples.size[i], samples.at[i]
        require((entry.timestamp, entry.size, entry.pos) == (dts, size, at))
        require(entry.is_keyframe == (i in keyframes) and not entry.is_discard)


def _times(
    samples: Samples, container: av.container.InputContainer, stream: av.VideoStream
) -> tuple[Ints, Ints]:
    """Return presentation and decode times, which FFmpeg has shifted."""
    opened = [mark_of(p) for p in islice(packets_of(container, stream), OPENED)]
    require(bool(opened))
    pts, dts, _ = opened[0]
    if pts is None or dts is None:
        raise OddError
    all_dts = samples.dts + dts
    all_pts = all_dts + samples.delay + (pts - dts - samples.delay[0])
    columns = (all_pts, all_dts, samples.size)
    expected = zip(*(column[: len(opened)].tolist() for column in columns), strict=True)
    require(opened == list(expected))
    return all_pts, all_dts


def _heads(file: FileIO, at: Ints) -> npt.NDArray[np.uint8]:
    """Read the first bytes of all packets, (n, HEAD); where these are small, together.

    Bytes after the end of the file are zeros.
    """
    heads = np.zeros((len(at), HEAD), np.uint8)
    space = bytearray(BLOCK * SMALL + HEAD)
    block = np.frombuffer(space, np.uint8)
    for first in range(0, len(at), BLOCK):
        places = at[first : first + BLOCK]
        begin = int(places.min())
        span = int(places.max()) - begin + HEAD
        if span <= len(block):
            file.seek(begin)
            block[file.readinto(memoryview(space)[:span]) : span] = 0
            offsets = places - begin
            heads[first : first + BLOCK] = block[offsets[:, np.newaxis] + _HEAD]
        else:
            apart = b"".join(_bytes_at(file, place, HEAD) for place in places.tolist())
            found = np.frombuffer(apart, np.uint8).reshape(-1, HEAD)
            heads[first : first + BLOCK] = found
    return heads


def _bytes_at(file: BinaryIO | FileIO, at: int, size: int) -> bytes:
    file.seek(at)
    return file.read(size).ljust(size, b"\0")
