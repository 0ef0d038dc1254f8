"""Frames as JPEGs, made ahead in the background and kept within a budget of bytes."""

from __future__ import annotations

import weakref
from collections.abc import Callable, Hashable, Iterable

from boxreel.video.base import Video
from boxreel.video.diskcache import DiskCache
from boxreel.video.filler import Filler, OnError, OnFrame, Request
from boxreel.video.frameset import Span
from boxreel.video.memory import Memory

MAX_BYTES = 96 << 20
"""JPEGs kept in memory, if not stated: some 1,500 frames of 854 pixels."""


class FrameStore:
    r"""A cache of JPEGs that one background thread fills with what callers want.

    A caller declares what it wants, most urgent frame first; declaring again replaces
    that. The most recent caller comes first. Frames that a run of decoding passes on
    its way to an urgent one are kept if anybody wants them, so that a group of
    pictures is decoded once. While nobody wants anything, the store goes on with the
    frames around the playhead, once it knows it, as far as there is room.

    Parameters
    ----------
    video : Video
        Where frames come from; the store does not close it.
    max_bytes : int
        JPEGs kept in memory at most; those farthest from the playhead go first.
    disk : DiskCache, optional
        Where JPEGs are kept beyond the life of the store.

    Examples
    --------
    >>> import numpy as np, queue
    >>> from boxreel.video import open_video
    >>> store = FrameStore(open_video(np.zeros((5, 48, 64), np.uint8)))
    >>> made = queue.Queue()
    >>> store.want("me", 32, [3, 4], lambda i, width, jpeg: made.put((i, width)))
    >>> made.get(timeout=60), made.get(timeout=60)
    ((3, 32), (4, 32))
    >>> store.get(3, 32)[:2], store.get(0, 32)
    (b'\xff\xd8', None)
    >>> store.close()
    """

    def __init__(
        self, video: Video, max_bytes: int = MAX_BYTES, disk: DiskCache | None = None
    ) -> None:
        self._filler = Filler(video, Memory(max_bytes), disk)
        # The thread knows only the filler, so a store that is dropped stops it too.
        self._stop = weakref.finalize(self, self._filler.stop)

    def get(self, i: int, width: int) -> bytes | None:
        """Return frame `i` at `width` if it is in memory, at once; None if not."""
        return self._filler.get(i, width)

    def want(
        self,
        owner: Hashable,
        width: int,
        frames: Iterable[int],
        on_frame: OnFrame,
        on_error: OnError | None = None,
    ) -> None:
        """Declare all that `owner` wants now, instead of what it wanted before.

        Parameters
        ----------
        owner : hashable
            Who is asking.
        width : int
            Pixels.
        frames : iterable of int
            Most urgent first.
        on_frame : callable
            Called as ``on_frame(i, width, jpeg)`` for each, from the store's thread.
        on_error : callable, optional
            Called as ``on_error(i, error)`` for a frame that cannot be decoded.

        Raises
        ------
        RuntimeError
            If the store is closed.
        """
        request = Request(width, dict.fromkeys(frames), on_frame, on_error)
        self._filler.want(owner, request)

    def forget(self, owner: Hashable) -> None:
        """Drop all that `owner` wants, and tell it nothing any more."""
        self._filler.forget(owner)

    def spans(self, width: int) -> list[Span]:
        """List the frames that are in memory or on disk, as half-open spans in order.

        It takes time by the number of spans, not by that of the frames.
        """
        return self._filler.spans(width)

    def watch(self, owner: Hashable, on_change: Callable[[], None]) -> None:
        """Call back when other frames are ready than before, from any thread.

        Parameters
        ----------
        owner : hashable
            Who is told, until `forget`.
        on_change : callable
            Called often; it has to return at once.
        """
        self._filler.watch(owner, on_change)

    def fill_around(self, playhead: int, width: int) -> None:
        """Make the frames around `playhead` at `width` while nobody wants anything.

        The nearest come first, in both directions, then the rest of the video. Where
        memory ends, nothing that is nearer is dropped: what follows is made for the
        disk only, as far as one video may fill it, so that the video is there from
        end to end when it is opened again.
        """
        self._filler.fill_around(playhead, width)

    def limit(self, max_bytes: int) -> None:
        """Keep at most so many bytes of JPEGs in memory from now on."""
        self._filler.limit(max_bytes)

    def wait(self, timeout: float | None = None) -> bool:
        """Wait until all that is wanted has come and all there is room for is filled.

        Parameters
        ----------
        timeout : float, optional
            Seconds to wait at most.

        Returns
        -------
        bool
            Whether that came in time.
        """
        return self._filler.wait(timeout)

    def close(self) -> None:
        """Stop the thread, waiting for it, and free all frames. Twice is fine."""
        self._stop()
