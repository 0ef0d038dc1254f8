"""Zip and tar archives: the files in them, unpacked in memory only."""

from __future__ import annotations

import io
import lzma
import posixpath
import struct
import tarfile
import zipfile
import zlib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import IO

from boxreel.errors import FormatError

DAMAGED = (
    *(zipfile.BadZipFile, tarfile.TarError, zlib.error, lzma.LZMAError, struct.error),
    *(RuntimeError, ValueError, OSError, EOFError, OverflowError, KeyError),
)
"""What is raised for archives that are damaged, encrypted or of unknown kinds."""

MAX_MEMBERS = 1_000_000
"""Most files that a folder or an archive of labels may hold."""

HEAD = 262
"""Bytes that tell an archive."""


def kind_of(head: bytes) -> str:
    """Tell by its first bytes whether a file is a "zip" or a "tar"; "" for neither."""
    if head[:4] in (b"PK\x03\x04", b"PK\x05\x06"):
        return "zip"
    return "tar" if head[257:HEAD] == b"ustar" else ""


class Archive:
    """The files in an archive.

    Parameters
    ----------
    path
        Where it is, for errors.
    data
        What it holds.
    kind
        See `kind_of`.

    Raises
    ------
    FormatError
        If it is broken or holds more than `MAX_MEMBERS` files.
    """

    def __init__(self, path: Path, data: bytes, kind: str) -> None:
        self._path = path
        self._open: Callable[[str], IO[bytes] | None]
        try:
            if kind == "zip":
                packed = zipfile.ZipFile(io.BytesIO(data))
                names, self._open = packed.namelist(), packed.open
            else:
                tar = tarfile.TarFile(fileobj=io.BytesIO(data))
                inside = {posixpath.normpath(one.name): one for one in _files(tar)}
                names = [*inside]
                self._open = lambda name: tar.extractfile(inside[name])
        except DAMAGED as error:
            raise FormatError(
                f"{path}: broken {kind} archive: {error!s:.300}"
            ) from error
        self.members = [name for name in names if name[-1:] != "/"]
        if len(self.members) > MAX_MEMBERS:
            raise FormatError(f"{path}: more than {MAX_MEMBERS:,} files")

    def read(self, name: str, limit: int) -> bytes:
        """Return a file, of a longer one so many bytes.

        FormatError if it is damaged.
        """
        try:
            file = self._open(name)
            if file is None:
                return b""
            with file:
                return file.read(limit)
        except DAMAGED as error:
            raise FormatError(
                f"{self._path}: cannot unpack {name!r:.300}: {error!s:.300}"
            ) from error


def _files(tar: tarfile.TarFile) -> Iterator[tarfile.TarInfo]:
    return (one for one in tar if one.isreg())
