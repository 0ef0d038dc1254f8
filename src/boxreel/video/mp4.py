"""Survey an MP4 or MOV of this computer by its index, reading no pictures.

The tables of its samples (ISO/IEC 14496-12, 8.5 to 8.7) are columns of numbers, which
take milliseconds where reading 100,000 packets takes half a second. Only a plain file
is read so, one of which no part leaves FFmpeg anything to decide; and what is read is
compared with FFmpeg's own index. Everything else is left to reading the packets.
"""

from __future__ import annotations

import os
from itertools import islice
from typing import TYPE_CHECKING, Any, BinaryIO, NamedTuple

import numpy as np
import numpy.typing as npt

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

CODECS = {"h264", "hevc"}
"""Codecs whose packets show whether they are where and what the index says."""

LONGEST = 1 << 28
"""Ticks that a sample lasts, or is shown later, at most; more may be damage."""

INDEX_BYTES = 64 << 20
"""Bytes of an index at most: that of 4 million frames. More may be damage."""

COMPARED = 64
"""Samples compared with FFmpeg's index, evenly over the file, beside first and last."""

OPENED = 4
"""Packets read to see that they are as the index says."""

BLOCK = 256
"""Packets that are looked at together."""

SMALL = 4096
"""Bytes between packets that cost less to read than another call."""


class _Odd(Exception):
    """The file is not plain."""


class _Samples(NamedTuple):
    """Samples of a track in file order: decode time, delay, duration, size, place."""

    dts: Ints
    delay: Ints
    duration: Ints
    size: Ints
    at: Ints
    keyframes: Ints


def may_be_plain(
    origin: Origin, container: av.container.InputContainer, stream: av.VideoStream
) -> bool:
    """Whether `indexed` may find an index that it can read."""
    is_mp4 = "mp4" in container.format.name.split(",")
    is_known = stream.codec_context.name in CODECS
    return origin.path is not None and is_mp4 and is_known


def indexed(
    origin: Origin, container: av.container.InputContainer, stream: av.VideoStream
) -> Survey | None:
    """Survey the packets as `survey` does; None if the file is not plain.

    Keyframes are those that the index lists, all of which must prove to be some.

    Parameters
    ----------
    origin, container, stream
        The file, just opened; some packets are read of it.
    """
    assert origin.path is not None
    try:
        with origin.path.open("rb", buffering=4096) as file:
            samples = _samples(file, stream.id)
            _compare(samples, stream)
            pts, dts = _times(samples, container, stream)
            blank, sample = _content(file, samples)
            for key in samples.keyframes:
                at, size = int(samples.at[key]), int(samples.size[key])
                _require(is_keyframe(file, at, size, stream.codec_context.name))
    except (_Odd, OSError, ValueError, IndexError, KeyError):
        return None
    return Survey(
        pts,
        dts,
        samples.size,
        samples.keyframes,
        digest(stream, pts, dts, samples.size, sample),
        blank=blank,
        end=max(0, int((pts + samples.duration).max())),
    )


def _samples(file: BinaryIO, track: int) -> _Samples:
    """Read the tables of a track."""
    moov = _index(file)
    boxes = _boxes(moov)
    _require("mvex" not in boxes)
    traks = [_boxes(trak) for trak in boxes["trak"]]
    (trak,) = (trak for trak in traks if _track_id(trak) == track)
    media = _only(trak, "mdia")
    table = _only(media, "minf", "stbl")
    _require(table.keys() <= _TABLES and table.keys() >= _NEEDED)
    _require(_is_here(_only(media, "minf", "dinf")["dref"][0]))
    _require(_uint(table["stsd"][0])[1] == 1)
    size = _sizes(table)
    count = len(size)
    duration = _runs(table, "stts", count)
    delay = _runs(table, "ctts", count) if "ctts" in table else np.zeros(count, int)
    _require(bool((duration > 0).all()))
    dts = np.cumsum(duration) - duration
    at = _places(table, size)
    _require(int((at + size).max()) <= file.seek(0, os.SEEK_END))
    samples = _Samples(dts, delay, duration, size, at, _keyframes(table, count))
    if "edts" in trak:
        _check_edit(_only(trak, "edts"), boxes, media, samples)
    return samples


_NEEDED = {"stsd", "stts", "stsz", "stsc"}
_TABLES = _NEEDED | {"ctts", "stss", "stco", "co64", "sdtp"}


def _require(plain: bool) -> None:
    if not plain:
        raise _Odd


def _index(file: BinaryIO) -> bytes:
    """Read the only `moov` of a file without fragments."""
    end = file.seek(0, os.SEEK_END)
    at, found = 0, b""
    while at < end:
        file.seek(at)
        head = file.read(16)
        size, skip = int.from_bytes(head[:4], "big"), 8
        if size == 1:
            size, skip = int.from_bytes(head[8:16], "big"), 16
        elif size == 0:
            size = end - at
        _require(skip <= size <= end - at and head[4:8] != b"moof")
        if head[4:8] == b"moov":
            _require(not found and size <= INDEX_BYTES)
            file.seek(at + skip)
            found = file.read(size - skip)
        at += size
    return found


def _boxes(data: bytes) -> dict[str, list[bytes]]:
    """Return the content of the boxes that a box consists of, by their kinds."""
    found: dict[str, list[bytes]] = {}
    at = 0
    while at + 8 <= len(data):
        size = int.from_bytes(data[at : at + 4], "big")
        if size == 0 and not any(data[at:]):
            break  # QuickTime ends some boxes so
        _require(8 <= size <= len(data) - at)
        kind = data[at + 4 : at + 8].decode("latin-1")
        found.setdefault(kind, []).append(data[at + 8 : at + size])
        at += size
    return found


def _only(boxes: dict[str, list[bytes]], *path: str) -> dict[str, list[bytes]]:
    """Open box in box; each must be the only one of its kind."""
    for kind in path:
        (data,) = boxes[kind]
        boxes = _boxes(data)
    _require(all(len(same) == 1 for same in boxes.values()))
    return boxes


def _uint(data: bytes, start: int = 0) -> Ints:
    """Read 32-bit numbers from one of them on; the first holds version and flags."""
    whole = len(data) // 4 * 4
    return np.frombuffer(data[:whole], ">u4")[start:].astype(np.int64)


def _listed(data: bytes, columns: int) -> Ints:
    """Read the entries of a table, (n, columns), which says how many they are."""
    (count,), rows = _uint(data, 1)[:1], _uint(data, 2)
    _require(_uint(data)[0] == 0 and len(rows) == count * columns > 0)
    return rows.reshape(-1, columns)


def _track_id(trak: dict[str, list[bytes]]) -> int:
    (head,) = trak["tkhd"]
    return int(_uint(head)[5 if head[0] == 1 else 3])


def _is_here(dref: bytes) -> bool:
    """Whether the pictures are in the file itself."""
    return dref[4:8] == b"\0\0\0\1" and dref[19] & 1 == 1


def _sizes(table: dict[str, list[bytes]]) -> Ints:
    numbers = _uint(table["stsz"][0], 1)
    _require(numbers[0] == 0 and 0 < numbers[1] == len(numbers) - 2)
    _require(numbers[2:].min() > 0 and numbers[2:].max() < LONGEST)
    return numbers[2:]


def _runs(table: dict[str, list[bytes]], kind: str, count: int) -> Ints:
    """Read a number for each sample, which stand there in runs."""
    counts, values = _listed(table[kind][0], 2).T
    _require(counts.min() > 0 and counts.sum() == count and values.max() < LONGEST)
    return np.repeat(values, counts)


def _keyframes(table: dict[str, list[bytes]], count: int) -> Ints:
    if "stss" not in table:
        return np.arange(count)
    numbers = _listed(table["stss"][0], 1)[:, 0] - 1
    _require(numbers[0] >= 0 and numbers[-1] < count)
    _require(bool((np.diff(numbers) > 0).all()))
    return numbers


def _places(table: dict[str, list[bytes]], size: Ints) -> Ints:
    """Tell where each sample begins: those of a chunk follow each other."""
    _require(("stco" in table) != ("co64" in table))
    if "stco" in table:
        chunks = _listed(table["stco"][0], 1)[:, 0]
    else:
        high, low = _listed(table["co64"][0], 2).T
        _require(high.max() < 1 << 20)
        chunks = (high << 32) + low
    first, per_chunk, description = _listed(table["stsc"][0], 3).T
    runs = np.diff(np.append(first, len(chunks) + 1))
    _require(first[0] == 1 and runs.min() > 0 and per_chunk.min() > 0)
    _require(bool((description == 1).all()) and per_chunk @ runs == len(size))
    held = np.repeat(per_chunk, runs)
    ahead = np.cumsum(size) - size
    opens = np.cumsum(held) - held
    places: Ints = ahead + np.repeat(chunks - ahead[opens], held)
    return places


def _check_edit(
    edits: dict[str, list[bytes]],
    movie: dict[str, list[bytes]],
    media: dict[str, list[bytes]],
    samples: _Samples,
) -> None:
    """See that the edit list shows all samples, only later or earlier."""
    rows = _listed(edits["elst"][0], 3)
    if len(rows) == 2 and rows[0, 1] == 0xFFFFFFFF:
        rows = rows[1:]  # what comes later than other tracks
    _require(len(rows) == 1)
    duration, start, rate = rows.ravel().tolist()
    scale, wide = _scale(movie["mvhd"][0]), _scale(media["mdhd"][0])
    shown = samples.dts + samples.delay
    _require(rate == 1 << 16 and start <= shown.min())
    _require(duration * wide >= (int(shown.max()) - start) * scale)


def _scale(head: bytes) -> int:
    """Ticks a second."""
    return int(_uint(head)[5 if head[0] == 1 else 3])


def _compare(samples: _Samples, stream: av.VideoStream) -> None:
    """See that FFmpeg's index says the same, as far as it is looked at."""
    count = len(samples.size)
    entries: Any = getattr(stream, "index_entries", ())  # PyAV 16 and later
    _require(len(entries) == count)
    begin = entries[0].timestamp
    keyframes = set(samples.keyframes.tolist())
    for i in {*range(0, count, count // COMPARED + 1), count - 1}:
        entry = entries[i]
        dts, size, at = samples.dts[i] + begin, samples.size[i], samples.at[i]
        _require((entry.timestamp, entry.size, entry.pos) == (dts, size, at))
        _require(entry.is_keyframe == (i in keyframes) and not entry.is_discard)


def _times(
    samples: _Samples, container: av.container.InputContainer, stream: av.VideoStream
) -> tuple[Ints, Ints]:
    """Return presentation and decode times, which FFmpeg has shifted."""
    opened = [mark_of(p) for p in islice(packets_of(container, stream), OPENED)]
    pts, dts, _ = opened[0]
    if pts is None or dts is None:
        raise _Odd
    all_dts = samples.dts + dts
    all_pts = all_dts + samples.delay + (pts - dts - samples.delay[0])
    columns = (all_pts, all_dts, samples.size)
    expected = zip(*(column[: len(opened)].tolist() for column in columns), strict=True)
    _require(opened == list(expected))
    return all_pts, all_dts


def _content(file: BinaryIO, samples: _Samples) -> tuple[int, list[bytes]]:
    """Count the packets that begin with zeros, and read those of the fingerprint.

    A packet consists of units, each behind its length in 4 bytes: where sizes or places
    are wrong, the first one does not fit in. FFmpeg would find other keyframes then.
    """
    heads = _heads(file, samples.at)
    inside = np.arange(HEAD) < samples.size[:, np.newaxis]
    unit = heads[:, :4].copy().view(">u4")[:, 0]
    _require(bool((unit + np.int64(4) <= samples.size).all()))
    sample = []
    for number in sampled(len(samples.size)):
        file.seek(int(samples.at[number]))
        sample.append(file.read(int(samples.size[number])))
    return int((~(heads * inside).any(axis=1)).sum()), sample


def _heads(file: BinaryIO, at: Ints) -> npt.NDArray[np.uint8]:
    """Read the first bytes of all packets, (n, HEAD); where these are small, together.

    Bytes after the end of the file are zeros.
    """
    blocks = []
    for first in range(0, len(at), BLOCK):
        places = at[first : first + BLOCK]
        begin = int(places.min())
        span = int(places.max()) - begin + HEAD
        if span <= len(places) * SMALL:
            data = _bytes_at(file, begin, span)
            offsets = places - begin
        else:
            data = b"".join(_bytes_at(file, place, HEAD) for place in places.tolist())
            offsets = HEAD * np.arange(len(places))
        bytes_of = offsets[:, np.newaxis] + np.arange(HEAD)
        blocks.append(np.frombuffer(data, np.uint8)[bytes_of])
    return np.concatenate(blocks)


def _bytes_at(file: BinaryIO, at: int, size: int) -> bytes:
    file.seek(at)
    return file.read(size).ljust(size, b"\0")
