"""The tables of an MP4 or MOV that say where its pictures are, and when they are shown.

These tables of samples (ISO/IEC 14496-12, 8.5 to 8.7) are columns of numbers. Only
those of a plain file are read, one of which no part leaves FFmpeg anything to decide.
"""

from __future__ import annotations

import os
from typing import BinaryIO, NamedTuple

import numpy as np

from boxreel.video.packets import Ints

CODECS = {
    **dict.fromkeys(("avc1", "avc3", "dva1", "dvav"), "h264"),
    **dict.fromkeys(("hvc1", "hev1", "dvh1", "dvhe"), "hevc"),
}
"""Codecs whose packets show whether they are where and what the tables say."""

LONGEST = 1 << 28
"""Ticks that a sample lasts, or is shown later, at most; more may be damage."""

INDEX_BYTES = 64 << 20
"""Bytes of the tables at most: those of 4 million frames. More may be damage."""


class OddError(Exception):
    """The file is not plain."""


class Samples(NamedTuple):
    """The samples of a track in file order.

    Attributes
    ----------
    track : int
        Its id.
    codec : str
        As FFmpeg calls it.
    dts, delay, duration : numpy.ndarray
        (p,) int64 ticks: when each is decoded, how much later it is shown, how long.
    size, at : numpy.ndarray
        (p,) int64 bytes of each, and its first one.
    keyframes : numpy.ndarray
        (k,) int64 numbers of those that need no other.
    """

    track: int
    codec: str
    dts: Ints
    delay: Ints
    duration: Ints
    size: Ints
    at: Ints
    keyframes: Ints


def read_samples(file: BinaryIO) -> Samples:
    """Read the tables of the first track of moving pictures.

    Raises
    ------
    OddError
        If the file is not plain, or no MP4.
    """
    try:
        return _read(file)
    except (ValueError, LookupError, StopIteration) as error:
        raise OddError from error


def _read(file: BinaryIO) -> Samples:
    moov = _index(file)
    boxes = _boxes(moov)
    require("mvex" not in boxes)
    trak = next(trak for trak in map(_boxes, boxes["trak"]) if _is_video(trak))
    media = _only(trak, "mdia")
    table = _only(media, "minf", "stbl")
    require(table.keys() <= _TABLES and table.keys() >= _NEEDED)
    require(_is_here(_only(media, "minf", "dinf")["dref"][0]))
    size = _sizes(table)
    count = len(size)
    duration = _runs(table, "stts", count)
    delay = _runs(table, "ctts", count) if "ctts" in table else np.zeros(count, int)
    require(bool((duration > 0).all()))
    dts = np.cumsum(duration) - duration
    at = _places(table, size)
    require(int((at + size).max()) <= file.seek(0, os.SEEK_END))
    track, codec, keyframes = _track_id(trak), _codec(table), _keyframes(table, count)
    samples = Samples(track, codec, dts, delay, duration, size, at, keyframes)
    if "edts" in trak:
        _check_edit(_only(trak, "edts"), boxes, media, samples)
    return samples


_NEEDED = {"stsd", "stts", "stsz", "stsc"}
_TABLES = _NEEDED | {"ctts", "stss", "stco", "co64", "sdtp"}


def require(plain: bool) -> None:
    """Raise `OddError` unless a file is plain in some way."""
    if not plain:
        raise OddError


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
        require(skip <= size <= end - at and head[4:8] != b"moof")
        if head[4:8] == b"moov":
            require(not found and size <= INDEX_BYTES)
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
        require(8 <= size <= len(data) - at)
        kind = data[at + 4 : at + 8].decode("latin-1")
        found.setdefault(kind, []).append(data[at + 8 : at + size])
        at += size
    return found


def _only(boxes: dict[str, list[bytes]], *path: str) -> dict[str, list[bytes]]:
    """Open box in box; each must be the only one of its kind."""
    for kind in path:
        (data,) = boxes[kind]
        boxes = _boxes(data)
    require(all(len(same) == 1 for same in boxes.values()))
    return boxes


def _uint(data: bytes, start: int = 0) -> Ints:
    """Read 32-bit numbers from one of them on; the first holds version and flags."""
    whole = len(data) // 4 * 4
    return np.frombuffer(data[:whole], ">u4")[start:].astype(np.int64)


def _listed(data: bytes, columns: int) -> Ints:
    """Read the entries of a table, (n, columns), which says how many they are."""
    (count,), rows = _uint(data, 1)[:1], _uint(data, 2)
    require(_uint(data)[0] == 0 and len(rows) == count * columns > 0)
    return rows.reshape(-1, columns)


def _is_video(trak: dict[str, list[bytes]]) -> bool:
    return _only(trak, "mdia")["hdlr"][0][8:12] == b"vide"


def _codec(table: dict[str, list[bytes]]) -> str:
    """Name the codec that the only description of the samples states."""
    description = table["stsd"][0]
    require(_uint(description)[1] == 1)
    return CODECS[description[12:16].decode("latin-1")]


def _track_id(trak: dict[str, list[bytes]]) -> int:
    (head,) = trak["tkhd"]
    return int(_uint(head)[5 if head[0] == 1 else 3])


def _is_here(dref: bytes) -> bool:
    """Whether the pictures are in the file itself."""
    return dref[4:8] == b"\0\0\0\1" and dref[19] & 1 == 1


def _sizes(table: dict[str, list[bytes]]) -> Ints:
    numbers = _uint(table["stsz"][0], 1)
    require(numbers[0] == 0 and 0 < numbers[1] == len(numbers) - 2)
    require(numbers[2:].min() > 0 and numbers[2:].max() < LONGEST)
    return numbers[2:]


def _runs(table: dict[str, list[bytes]], kind: str, count: int) -> Ints:
    """Read a number for each sample, which stand there in runs."""
    counts, values = _listed(table[kind][0], 2).T
    require(counts.min() > 0 and counts.sum() == count and values.max() < LONGEST)
    return np.repeat(values, counts)


def _keyframes(table: dict[str, list[bytes]], count: int) -> Ints:
    if "stss" not in table:
        return np.arange(count)
    numbers = _listed(table["stss"][0], 1)[:, 0] - 1
    require(numbers[0] >= 0 and numbers[-1] < count)
    require(bool((np.diff(numbers) > 0).all()))
    return numbers


def _places(table: dict[str, list[bytes]], size: Ints) -> Ints:
    """Tell where each sample begins: those of a chunk follow each other."""
    require(("stco" in table) != ("co64" in table))
    if "stco" in table:
        chunks = _listed(table["stco"][0], 1)[:, 0]
    else:
        high, low = _listed(table["co64"][0], 2).T
        require(high.max() < 1 << 20)
        chunks = (high << 32) + low
    first, per_chunk, description = _listed(table["stsc"][0], 3).T
    runs = np.diff(np.append(first, len(chunks) + 1))
    require(first[0] == 1 and runs.min() > 0 and per_chunk.min() > 0)
    require(bool((description == 1).all()) and per_chunk @ runs == len(size))
    held = np.repeat(per_chunk, runs)
    ahead = np.cumsum(size) - size
    opens = np.cumsum(held) - held
    places: Ints = ahead + np.repeat(chunks - ahead[opens], held)
    return places


def _check_edit(
    edits: dict[str, list[bytes]],
    movie: dict[str, list[bytes]],
    media: dict[str, list[bytes]],
    samples: Samples,
) -> None:
    """See that the edit list shows all samples, only later or earlier."""
    rows = _listed(edits["elst"][0], 3)
    if len(rows) == 2 and rows[0, 1] == 0xFFFFFFFF:
        rows = rows[1:]  # what comes later than other tracks
    require(len(rows) == 1)
    duration, start, rate = rows.ravel().tolist()
    scale, wide = _scale(movie["mvhd"][0]), _scale(media["mdhd"][0])
    shown = samples.dts + samples.delay
    require(rate == 1 << 16 and start <= shown.min())
    require(duration * wide >= (int(shown.max()) - start) * scale)


def _scale(head: bytes) -> int:
    """Ticks a second."""
    return int(_uint(head)[5 if head[0] == 1 else 3])
