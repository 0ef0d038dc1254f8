"""Look into packets of H.264 and HEVC as far as to see whether they are keyframes.

A packet consists of units, each behind its length in 4 bytes (ISO/IEC 14496-15, 5.3);
the kind of a unit stands in its first byte.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import BinaryIO

LENGTH = 4
"""Bytes of the length before a unit."""

LOOKED_AT = 64
"""Bytes of a unit that are looked at."""

IDR, SEI = 5, 6
"""Kinds of units of H.264: a picture that needs no other, and what is known of it."""

RECOVERY = 6
"""What is known: from here on decoding may begin."""

RANDOM_ACCESS = range(16, 24)
"""Kinds of units of HEVC: pictures where decoding may begin."""


def is_keyframe(file: BinaryIO, at: int, size: int, codec: str) -> bool:
    """Whether decoding may begin with a packet, as its own bytes tell.

    Parameters
    ----------
    file
        Where the packet is.
    at, size
        Its first byte, and how many they are.
    codec
        ``"h264"`` or ``"hevc"``.
    """
    return any(map(_OPENS[codec], _units(file, at, size)))


def _units(file: BinaryIO, at: int, size: int) -> Iterator[bytes]:
    """Yield the first bytes of each unit, as far as they are sound."""
    stop = at + size
    while at + LENGTH < stop:
        file.seek(at)
        length = int.from_bytes(file.read(LENGTH), "big")
        if not 0 < length <= stop - at - LENGTH:
            return
        yield file.read(min(length, LOOKED_AT))
        at += LENGTH + length


def _opens_h264(unit: bytes) -> bool:
    kind = unit[0] & 31
    return kind == IDR or (kind == SEI and RECOVERY in _said(unit[1:]))


def _opens_hevc(unit: bytes) -> bool:
    return unit[0] >> 1 & 63 in RANDOM_ACCESS


def _said(payload: bytes) -> Iterator[int]:
    """Yield the kinds of what a unit of additional information says."""
    at = 0
    while at < len(payload):
        kind, at = _number(payload, at)
        size, at = _number(payload, at)
        yield kind
        at += size


def _number(data: bytes, at: int) -> tuple[int, int]:
    """Read a number of which each 255 says that more follows; and where it ends."""
    value = 0
    while data[at : at + 1] == b"\xff":
        value, at = value + 255, at + 1
    return value + sum(data[at : at + 1]), at + 1


_OPENS: dict[str, Callable[[bytes], bool]] = {"h264": _opens_h264, "hevc": _opens_hevc}
