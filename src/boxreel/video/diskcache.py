"""JPEGs kept on disk, so that a video that was opened before is there at once.

One folder for each video and width, one file for each frame. A file comes into being
under its name when it is complete, so several processes may share the folder.
"""

from __future__ import annotations

import hashlib
import logging
import os
import threading
from collections.abc import Iterator
from contextlib import suppress
from importlib.metadata import version
from pathlib import Path

from boxreel.video.base import Video
from boxreel.video.frameset import FrameSet, Span

LIMIT = 2 << 30
"""Bytes on disk, of all videos together."""

SHARE = 2
"""One video is filled to disk up to this part of the limit: a half."""

_log = logging.getLogger(__name__)


class DiskCache:
    r"""The JPEGs of one video on disk. For one thread at a time.

    Frames not used for longest go first. A folder that cannot be written to is warned
    of once; what is in it is still read.

    Parameters
    ----------
    root : pathlib.Path
        Folder of the files of all videos.
    key : str
        What identifies the video and the way its frames are made.
    limit : int
        Bytes in `root` at most.

    Examples
    --------
    >>> import tempfile
    >>> folder = tempfile.TemporaryDirectory()
    >>> DiskCache(Path(folder.name), "clip").put(7, 320, b"\xff\xd8...\xff\xd9")
    >>> DiskCache(Path(folder.name), "clip").get(7, 320)
    b'\xff\xd8...\xff\xd9'
    >>> folder.cleanup()
    """

    def __init__(self, root: Path, key: str, limit: int = LIMIT) -> None:
        self._root = root
        self._key = key
        self._limit = limit
        self._frames: dict[int, FrameSet] = {}
        self._bytes: dict[int, int] = {}
        # So that the first frame written looks at what others have left.
        self._written = limit
        self._usable = True

    @classmethod
    def of(cls, video: Video) -> DiskCache | None:
        """Return the cache of a video, None if it has none.

        Only files have: an array may change, images are files already. The folder is
        ``boxreel/frames`` in the user's cache, or what the environment variable
        ``BOXREEL_CACHE`` says; empty, it turns this off.
        """
        usual = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache")
        chosen = os.environ.get("BOXREEL_CACHE", str(usual / "boxreel"))
        if not chosen or video.path is None or not video.path.is_file():
            return None
        # A fingerprint does not look at every byte; a file that was edited may pass.
        stat = video.path.stat()
        file = f"{video.fingerprint} {stat.st_size} {stat.st_mtime_ns}"
        makers = f"boxreel {version('boxreel')} av {version('av')}"
        return cls(Path(chosen) / "frames", f"{file} {makers}")

    def has(self, i: int, width: int) -> bool:
        """Whether a frame was here when the video was opened, or was put since."""
        return i in self._listed(width)

    def spans(self, width: int) -> list[Span]:
        """List the frames that are known to be here; on any thread."""
        return self._frames.get(width, FrameSet()).spans

    def has_room(self, width: int) -> bool:
        """Whether frames may be made only to be here: others have videos too."""
        if width not in self._bytes:
            found = _files(self._path(0, width).parent)
            self._bytes[width] = sum(size for *_, size in found)
        return self._usable and self._bytes[width] < self._limit // SHARE

    def get(self, i: int, width: int) -> bytes | None:
        """Read a frame; None if it is not here, or no longer."""
        if not self.has(i, width):
            return None
        path = self._path(i, width)
        with suppress(OSError):
            jpeg = path.read_bytes()
            if jpeg.startswith(b"\xff\xd8") and jpeg.endswith(b"\xff\xd9"):
                with suppress(OSError):
                    os.utime(path)
                return jpeg
        self._frames[width].discard(i)
        return None

    def put(self, i: int, width: int, jpeg: bytes) -> None:
        """Write a frame, unless it is here."""
        if not self._usable or self.has(i, width):
            return
        path = self._path(i, width)
        unique = f"{os.getpid()}-{threading.get_ident()}"
        unfinished = path.with_suffix(f".{unique}")
        try:
            self._make_room(len(jpeg))
            if not self._frames[width]:
                path.parent.mkdir(parents=True, exist_ok=True)
            unfinished.write_bytes(jpeg)
            unfinished.replace(path)
        except OSError as error:
            self._usable = False
            with suppress(OSError):
                unfinished.unlink()
            _log.warning("frames are not kept on disk: %s", error)
        else:
            self._frames[width].add(i)
            if width in self._bytes:
                self._bytes[width] += len(jpeg)

    def _listed(self, width: int) -> FrameSet:
        if width not in self._frames:
            folder = self._path(0, width).parent
            found: list[int] = []
            with suppress(OSError):
                names = [file.name for file in os.scandir(folder)]
                stems = (name.removesuffix(".jpg") for name in names)
                found = [int(stem) for stem in stems if stem.isdecimal()]
            self._frames[width] = FrameSet(found)
        return self._frames[width]

    def _path(self, i: int, width: int) -> Path:
        name = hashlib.blake2b(f"{self._key} {width}".encode(), digest_size=16)
        return self._root / name.hexdigest() / f"{i}.jpg"

    def _make_room(self, size: int) -> None:
        """See now and then to it that all files together keep within the limit."""
        self._written += size
        if self._written < self._limit // 16:
            return
        self._written = 0
        folders = [*self._root.iterdir()] if self._root.is_dir() else []
        every = (file for folder in folders for file in _files(folder))
        newest_first = sorted(every, reverse=True)
        total = sum(size for *_, size in newest_first)
        # Room for this process and another one until both look again.
        while newest_first and total > self._limit * 7 // 8:
            _, path, size = newest_first.pop()
            with suppress(OSError):
                Path(path).unlink()
            total -= size


def _files(folder: Path) -> Iterator[tuple[float, str, int]]:
    """List the files of a folder: when they were used, their paths and bytes."""
    with suppress(OSError), os.scandir(folder) as entries:
        for entry in entries:
            with suppress(OSError):
                stat = entry.stat()
                yield stat.st_mtime, entry.path, stat.st_size
