"""Where the bytes of a video come from: a path, memory, a file object or a URL."""

from __future__ import annotations

import io
import os
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from threading import Lock
from typing import Any, Protocol
from urllib.parse import urlsplit

from boxreel.errors import VideoError

BLOCK = 1 << 20
"""Bytes asked of a server at a time."""


NEAR = (io.BytesIO, io.BufferedReader, io.BufferedRandom, io.FileIO)
"""File objects that are of this computer; any other may fetch what it reads."""


class Readable(Protocol):
    """What FFmpeg asks of a file object."""

    def read(self, size: int, /) -> bytes | None:
        """Return up to `size` bytes from where it stands."""

    def seek(self, offset: int, whence: int = 0, /) -> int:
        """Move, and return the new place."""

    def tell(self) -> int:
        """Return where it stands."""


@dataclass(frozen=True)
class Origin:
    """Bytes that can be opened as often as one likes.

    Parameters
    ----------
    name : str
        What messages call it.
    open : callable
        Returns what FFmpeg opens, a path or a file object at its beginning.
    path : pathlib.Path, optional
        The file; None if it is none of this computer.
    close : callable
        Lets go of what was opened on behalf of this origin.
    size : int, optional
        Bytes, where that had to be asked for from afar.
    far : bool
        Whether reading may cost a fetch.
    """

    name: str
    open: Callable[[], str | Readable]
    path: Path | None = None
    close: Callable[[], None] = lambda: None
    size: int | None = None
    far: bool = False

    def head(self, size: int) -> bytes:
        """Read the first `size` bytes, or as many as there are; -1 for all."""
        if self.path is None:
            return self.bytes_at(0, size)
        with self.path.open("rb") as file:
            return file.read(size)

    def opened(self) -> Readable:
        """Open what is no path."""
        opened = self.open()
        if isinstance(opened, str):
            raise TypeError(f"{opened} is a path, which is left to FFmpeg")
        return opened

    def bytes_at(self, offset: int, size: int) -> bytes:
        """Read `size` bytes, or as many as there are, of what is no path."""
        opened = self.opened()
        opened.seek(offset)
        return opened.read(size) or b""

    def __str__(self) -> str:
        return str(self.path or self.name)


class Cursor(io.RawIOBase):
    """A place of its own in a file object that others read too.

    Parameters
    ----------
    file : file object
        Binary, and able to seek.
    lock : threading.Lock
        Held while the file is moved and read.
    name : str
        What messages call the file; FFmpeg takes a hint from its suffix.
    """

    def __init__(self, file: Any, lock: Lock, name: str) -> None:
        self._file, self._lock, self.name = file, lock, name
        self._at = 0

    def readinto(self, buffer: Any) -> int:
        """Fill the buffer from where it stands, as far as the file goes."""
        with self._lock:
            try:
                self._file.seek(self._at)
                data: bytes = self._file.read(len(buffer))
            except (OSError, ValueError) as error:
                message = f"{self.name} cannot be read: {error}"
                raise VideoError(f"{message}; keep it open and within reach") from error
        buffer[: len(data)] = data
        self._at += len(data)
        return len(data)

    def seek(self, offset: int, whence: int = os.SEEK_SET) -> int:
        """Move, and return the new place."""
        if whence == os.SEEK_END:
            with self._lock:
                offset += self._file.seek(0, os.SEEK_END)
        self._at = offset + (self._at if whence == os.SEEK_CUR else 0)
        return self._at

    def tell(self) -> int:
        """Return where it stands."""
        return self._at

    def readable(self) -> bool:
        """Return True."""
        return True

    def seekable(self) -> bool:
        """Return True."""
        return True


def from_path(path: Path) -> Origin:
    """Name a file of this computer."""
    return Origin(path.name, lambda: str(path), path)


def from_bytes(data: bytes) -> Origin:
    """Name the content of a file.

    Examples
    --------
    >>> from_bytes(b"RIFF").open().read(2)
    b'RI'
    """
    return _shared(io.BytesIO(data), "bytes", far=False)


def from_file(file: Any) -> Origin:
    """Name a file object; it stays open, and its place is not kept.

    Raises
    ------
    VideoError
        If it reads text, cannot seek, or is closed.
    """
    known = getattr(file, "name", "")
    name = Path(known).name if isinstance(known, str) and known else "file object"
    if isinstance(file, io.TextIOBase):
        raise VideoError(f'{name} reads text; open it as bytes, with mode "rb"')
    if getattr(file, "closed", False):
        raise VideoError(f"{name} is closed; pass it while it is open")
    if hasattr(file, "seekable") and not file.seekable():
        hint = "pass its content, as file.read() returns it"
        raise VideoError(f"{name} is a stream that cannot seek; {hint}")
    return _shared(file, name, far=type(file) not in NEAR)


def from_url(url: str) -> Origin:
    """Name a file that fsspec finds; of it only what is needed is fetched.

    Raises
    ------
    VideoError
        If fsspec or what it needs is not installed, or the file cannot be opened.
    """
    system, path = connected(url)
    try:
        file = system.open(path, "rb", block_size=BLOCK, cache_type="blockcache")
    except (ImportError, ValueError, OSError) as error:
        raise refused(url, error) from error
    name = PurePosixPath(urlsplit(url).path).name or url
    return _shared(file, name, far=True, close=file.close)


def connected(url: str) -> tuple[Any, str]:
    """Return the file system of fsspec that knows a URL, and the path in it.

    Raises
    ------
    VideoError
        If fsspec or what it needs is not installed.
    """
    try:
        import fsspec
    except ImportError as error:
        hint = 'install it with pip install "boxreel[remote]", or download the file'
        raise VideoError(f"{url} needs fsspec; {hint}") from error
    try:
        system, path = fsspec.url_to_fs(url)
    except (ImportError, ValueError, OSError) as error:
        raise refused(url, error) from error
    return system, path


def refused(url: str, error: Exception) -> VideoError:
    """Say why something far cannot be opened."""
    reason = str(error) or type(error).__name__
    if isinstance(error, FileNotFoundError):
        reason = "there is no such file"
    if isinstance(error, ImportError):
        reason += "; install them, or download the file"
    return VideoError(f"{url} cannot be opened: {reason}")


def small_files(places: Sequence[tuple[Any, str]]) -> list[Origin]:
    """Name far files, each fetched whole when it is opened; asks only for their sizes.

    Raises
    ------
    VideoError
        If one cannot be found.
    """
    sizes: dict[tuple[Any, str], int | None] = {}
    for system in dict.fromkeys(system for system, _ in places):
        paths = [path for other, path in places if other is system]
        try:
            found = system.sizes(paths)
        except (ValueError, OSError) as error:
            raise refused(paths[0], error) from error
        sizes |= {(system, path): size for path, size in zip(paths, found, strict=True)}
    return [_small(*place, sizes[place]) for place in places]


def _small(system: Any, path: str, size: int | None) -> Origin:
    name = PurePosixPath(path).name
    return Origin(name, lambda: io.BytesIO(system.cat_file(path)), size=size)


def _shared(
    file: Any, name: str, *, far: bool, close: Callable[[], None] = lambda: None
) -> Origin:
    lock = Lock()
    return Origin(name, lambda: Cursor(file, lock, name), close=close, far=far)
