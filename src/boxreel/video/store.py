"""Frames as JPEGs, made ahead in the background and kept within a budget of bytes."""

from __future__ import annotations

import logging
import threading
import weakref
from collections import OrderedDict
from collections.abc import Callable, Hashable, Iterable
from dataclasses import dataclass

from boxreel.video.base import Picture, Video

OnFrame = Callable[[int, int, bytes], None]
OnError = Callable[[int, Exception], None]

PASSED_PIXELS = 80_000_000
"""Pixels of decoded pictures held at most until they are encoded: 1.5 bytes each."""

_log = logging.getLogger(__name__)


class FrameStore:
    r"""A cache of JPEGs that one background thread fills with what callers want.

    A caller declares what it wants, most urgent frame first; declaring again replaces
    that. The most recent caller comes first. Frames that a run of decoding passes on
    its way to an urgent one are kept if anybody wants them, so that a group of
    pictures is decoded once.

    Parameters
    ----------
    video : Video
        Where frames come from; the store does not close it.
    max_bytes : int
        JPEGs kept at most; those not used for longest go first.

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

    def __init__(self, video: Video, max_bytes: int = 256 << 20) -> None:
        self._filler = _Filler(video, max_bytes)
        # The thread knows only the filler, so a store that is dropped stops it too.
        self._stop = weakref.finalize(self, self._filler.stop)

    def get(self, i: int, width: int) -> bytes | None:
        """Return frame `i` at `width` if it is at hand, at once; None if it is not."""
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
        request = _Request(width, dict.fromkeys(frames), on_frame, on_error)
        self._filler.want(owner, request)

    def forget(self, owner: Hashable) -> None:
        """Drop all that `owner` wants."""
        self._filler.forget(owner)

    def close(self) -> None:
        """Stop the thread, waiting for it, and free all frames. Twice is fine."""
        self._stop()


@dataclass(eq=False)
class _Request:
    """What one caller still wants."""

    width: int
    frames: dict[int, None]
    on_frame: OnFrame
    on_error: OnError | None


class _Filler:
    """The frames, the requests and the thread that serves them."""

    def __init__(self, video: Video, max_bytes: int) -> None:
        self._video = video
        self._max_bytes = max_bytes
        self._jpegs: OrderedDict[tuple[int, int], bytes] = OrderedDict()
        self._bytes = 0
        self._requests: OrderedDict[Hashable, _Request] = OrderedDict()
        self._changed = threading.Condition()
        self._stopped = False
        self._declared = 0
        self._served = 0
        self._thread: threading.Thread | None = None
        # Decoded in passing, still to be encoded; only the thread touches them.
        self._passed: dict[int, Picture] = {}
        self._max_passed = max(1, PASSED_PIXELS // (video.width * video.height))

    def get(self, i: int, width: int) -> bytes | None:
        with self._changed:
            jpeg = self._jpegs.get((i, width))
            if jpeg is not None:
                self._jpegs.move_to_end((i, width))
            return jpeg

    def want(self, owner: Hashable, request: _Request) -> None:
        for i in request.frames:
            if not 0 <= i < len(self._video):
                count = len(self._video)
                raise IndexError(f"{self._video.name} has {count} frames, no frame {i}")
        with self._changed:
            if self._stopped:
                raise RuntimeError("the frame store is closed")
            self._declared += 1
            self._requests[owner] = request
            self._requests.move_to_end(owner)
            if self._thread is None:
                self._thread = threading.Thread(
                    target=self._work, name="boxreel-frames", daemon=True
                )
                self._thread.start()
            self._changed.notify()

    def forget(self, owner: Hashable) -> None:
        with self._changed:
            self._declared += 1
            self._requests.pop(owner, None)

    def stop(self) -> None:
        with self._changed:
            self._stopped = True
            self._requests.clear()
            self._jpegs.clear()
            self._bytes = 0
            self._changed.notify()
            thread = self._thread
        if thread is not None and thread is not threading.current_thread():
            thread.join()

    def _work(self) -> None:
        while (urgent := self._next()) is not None:
            target, width = urgent
            try:
                self._serve(target, width)
            except Exception as error:  # noqa: BLE001 - told to those who asked
                self._fail(target, error)
        self._passed.clear()

    def _next(self) -> tuple[int, int] | None:
        """Wait for the frame and width wanted most urgently; None if stopped."""
        with self._changed:
            while not self._stopped:
                self._served = self._declared
                for request in reversed(self._requests.values()):
                    for i in request.frames:
                        return i, request.width
                self._passed.clear()
                self._changed.wait()
        return None

    def _serve(self, target: int, width: int) -> None:
        """Make a frame, holding on to the pictures wanted that it passes on the way."""
        if (jpeg := self.get(target, width)) is not None:
            self._deliver(target, width, jpeg)
            return
        while target not in self._passed:
            i, picture = self._video.reach(target, self._stops_at)
            if i == target or self._widths_wanted(i):
                self._passed[i] = picture
            if len(self._passed) > self._max_passed:
                self._encode(next(iter(self._passed)))
            if self._is_outdated():
                return
        self._encode(target)

    def _encode(self, i: int) -> None:
        """Turn a picture in hand into JPEGs of all widths that are wanted of it."""
        picture = self._passed.pop(i)
        for width in self._widths_wanted(i):
            jpeg = picture.jpeg(width)
            self._keep(i, width, jpeg)
            self._deliver(i, width, jpeg)

    def _stops_at(self, i: int) -> bool:
        """Whether to stop on the way: for a frame to keep, or to look at new wishes."""
        if self._is_outdated():
            return True
        return i not in self._passed and bool(self._widths_wanted(i))

    def _is_outdated(self) -> bool:
        return self._stopped or self._served != self._declared

    def _widths_wanted(self, i: int) -> set[int]:
        with self._changed:
            widths = {r.width for r in self._requests.values() if i in r.frames}
            return {width for width in widths if (i, width) not in self._jpegs}

    def _keep(self, i: int, width: int, jpeg: bytes) -> None:
        with self._changed:
            if self._stopped:
                return
            self._jpegs[i, width] = jpeg
            self._bytes += len(jpeg)
            while self._bytes > self._max_bytes:
                _, oldest = self._jpegs.popitem(last=False)
                self._bytes -= len(oldest)

    def _deliver(self, i: int, width: int, jpeg: bytes) -> None:
        for request in self._take(i, lambda request: request.width == width):
            _call(request.on_frame, i, width, jpeg)

    def _fail(self, i: int, error: Exception) -> None:
        for request in self._take(i, lambda _: True):
            if request.on_error is None:
                _log.error("frame %d of %s: %s", i, self._video.name, error)
            else:
                _call(request.on_error, i, error)

    def _take(self, i: int, which: Callable[[_Request], bool]) -> list[_Request]:
        """Strike a frame off the requests that want it, and return those."""
        with self._changed:
            found = [r for r in self._requests.values() if i in r.frames and which(r)]
            for request in found:
                del request.frames[i]
            return found


def _call(callback: Callable[..., None], *values: object) -> None:
    """Call back; a caller's own mistake is logged and stops nobody else."""
    try:
        callback(*values)
    except Exception:  # noqa: BLE001 - not of the store's making
        _log.exception("a callback of the frame store failed")
