"""One decoder and one store for all that show the same video, and one budget for all.

Two widgets of a file, or a cell that is run again, find what the first has opened: its
frame table, its decoder and every frame it has made.
"""

from __future__ import annotations

import os
from collections.abc import Hashable
from pathlib import Path
from threading import RLock
from typing import Any

from boxreel.video.base import Video
from boxreel.video.diskcache import DiskCache
from boxreel.video.open import open_video
from boxreel.video.store import MAX_BYTES, FrameStore

ALL_BYTES = 2 * MAX_BYTES
"""JPEGs kept in memory by all stores together; each has an equal part of it."""

_lock = RLock()
_in_use: dict[Hashable, _Shared] = {}


class Opened:
    """A video and its store, as one of those who use both; close it when done.

    Parameters
    ----------
    source : object
        What `open_video` takes. A file that is open here already is not opened again;
        it stays open until the last one closes it. A `Video` is never closed.
    **options
        Options of `open_video`.

    Raises
    ------
    VideoError
        If the source cannot be opened.

    Examples
    --------
    >>> import numpy as np
    >>> video = open_video(np.zeros((5, 48, 64), np.uint8))
    >>> one, other = Opened(video), Opened(video)
    >>> one.store is other.store
    True
    >>> one.close(), other.close()
    (None, None)
    """

    def __init__(self, source: object, **options: Any) -> None:
        self._key = _key(source, options)
        with _lock:
            shared = _in_use.get(self._key)
            if shared is None:
                shared = _Shared(source, options)
                _in_use[self._key] = shared
                _divide_memory()
            shared.users += 1
        self._closed = False
        self.video: Video = shared.video
        self.store: FrameStore = shared.store

    def close(self) -> None:
        """Use both no more; the last one closes them. Closing twice is fine."""
        with _lock:
            if self._closed:
                return
            self._closed = True
            shared = _in_use[self._key]
            shared.users -= 1
            if shared.users:
                return
            del _in_use[self._key]
            _divide_memory()
        shared.close()


class _Shared:
    def __init__(self, source: object, options: dict[str, Any]) -> None:
        self.video = open_video(source, **options)
        self._owned = self.video is not source
        self.store = FrameStore(self.video, disk=DiskCache.of(self.video))
        self.users = 0

    def close(self) -> None:
        self.store.close()
        if self._owned:
            self.video.close()


def _key(source: object, options: dict[str, Any]) -> Hashable:
    """Return what is equal for the same video; for others, a new object."""
    if isinstance(source, Video):
        return id(source)
    if isinstance(source, (str, os.PathLike)) and not any(
        value is not None for value in options.values()
    ):
        path = Path(source)
        if path.is_file():
            stat = path.stat()
            return path.resolve(), stat.st_size, stat.st_mtime_ns
    return object()


def _divide_memory() -> None:
    part = min(MAX_BYTES, ALL_BYTES // max(len(_in_use), 1))
    for shared in _in_use.values():
        shared.store.limit(part)
