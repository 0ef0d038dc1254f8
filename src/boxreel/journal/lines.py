"""Lines of a journal: one JSON object each, behind a checksum that proves it whole."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from zlib import crc32

from boxreel.formats.files import LabelFile

_PREFIX = b'{"crc":"%08x",'
_LENGTH = len(_PREFIX % 0)


@dataclass(frozen=True)
class Line:
    """A line as it was read.

    Attributes
    ----------
    number
        Its number, from 1.
    text
        What is behind the checksum, None if the checksum says that it is damaged.
    """

    number: int
    text: bytes | None

    def record(self) -> dict[str, Any] | None:
        """Return what it holds, None if it is damaged."""
        if self.text is None:
            return None
        try:
            return dict(json.loads(b"{" + self.text))
        except (ValueError, RecursionError):
            return None


@dataclass(frozen=True)
class Lines:
    """A journal as it was read.

    Attributes
    ----------
    lines
        All lines that end.
    size
        Number of bytes of these.
    torn
        Number of bytes behind them: the beginning of a line.
    """

    lines: tuple[Line, ...] = ()
    size: int = 0
    torn: int = 0


def encode(record: Mapping[str, Any]) -> bytes:
    r"""Write a line.

    Examples
    --------
    >>> encode({"kind": "undo", "revision": 3})
    b'{"crc":"20eff8c8","kind":"undo","revision":3}\n'
    """
    plain = json.dumps(record, separators=(",", ":"), allow_nan=False)
    text = plain[1:].encode("ascii")
    return b"".join((_PREFIX % crc32(text), text, b"\n"))


def decode(line: bytes) -> bytes | None:
    """Return what stands behind the checksum of a line, None where that is wrong.

    Examples
    --------
    >>> whole = encode({"kind": "undo", "revision": 3})[:-1]
    >>> decode(whole), decode(whole.replace(b"3", b"2"))
    (b'"kind":"undo","revision":3}', None)
    """
    text = line[_LENGTH:]
    return text if line[:_LENGTH] == _PREFIX % crc32(text) else None


def read(path: Path) -> Lines:
    """Read a journal; there is nothing in one that does not exist.

    Raises
    ------
    FormatError
        If it cannot be read, or is larger than label files may be.
    """
    if not path.exists():
        return Lines()
    data = LabelFile(path).data
    *whole, rest = data.split(b"\n")
    lines = tuple(Line(n, decode(line)) for n, line in enumerate(whole, 1))
    return Lines(lines, len(data) - len(rest), len(rest))
