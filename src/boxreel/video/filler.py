"""The thread that makes JPEGs: what is wanted first, then what is around the playhead.

Filling is one more request, the least urgent of all, which the thread makes itself.
"""

from __future__ import annotations

import logging
import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable, Iterator
from dataclasses import dataclass
from time import monotonic

from boxreel.video.base import Picture, Video
from boxreel.video.diskcache import DiskCache
from boxreel.video.frameset import Span, union
from boxreel.video.memory import Memory, pieces

OnFrame = Callable[[int, int, bytes], None]
OnError = Callable[[int, Exception], None]

PASSED_PIXELS = 40_000_000
"""Pixels of decoded pictures held at most until they are encoded: 1.5 bytes each."""

CLOSE = 4
"""Frames before one that is waited for that are made on the way to it, for a step back.

More of them would not come by for nothing: frames nobody wants need not be decoded."""

STEP = 16
"""Frames that the playhead goes before filling looks at where it is."""

BREATH = 0.03
"""Seconds of rest after a frame that was waited for: the page has to decode it too."""

REST = 0.15
"""Seconds after a frame that was waited for in which nothing is filled: the hand that
moved the playhead may move on, and filling would be in its way."""

_FILL = object()
"""Owner of what the thread itself wants."""

_log = logging.getLogger(__name__)


@dataclass(eq=False)
class Request:
    """What one caller still wants."""

    width: int
    frames: dict[int, None]
    on_frame: OnFrame
    on_error: OnError | None
    urgent: int | None = None
    """The frame that somebody may be waiting for."""

    def __post_init__(self) -> None:
        """Take the first frame for the urgent one."""
        self.urgent = next(iter(self.frames), None)


class Filler:
    """The frames, the requests and the thread that serves them."""

    def __init__(self, video: Video, memory: Memory, disk: DiskCache | None) -> None:
        self._video = video
        self._memory = memory
        self._disk = disk
        self._requests: OrderedDict[Hashable, Request] = OrderedDict()
        self._watchers: dict[Hashable, Callable[[], None]] = {}
        self._changed = threading.Condition()
        self._stopped = False
        self._declared = 0
        self._served = 0
        self._resting = True
        self._rests_until = 0.0
        self._thread: threading.Thread | None = None
        self._playhead, self._width = 0, 0
        self._pieces: Iterator[range] = iter(())
        self._rest: Iterator[range] = iter(())
        self._broken: set[int] = set()
        # Decoded in passing, still to be encoded; only the thread touches them.
        self._passed: dict[int, Picture] = {}
        self._max_passed = max(1, PASSED_PIXELS // (video.width * video.height))

    def get(self, i: int, width: int) -> bytes | None:
        """Return a frame that is in memory."""
        with self._changed:
            return self._memory.get(i, width)

    def want(self, owner: Hashable, request: Request) -> None:
        """Replace what `owner` wants."""
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
            self._wake()

    def forget(self, owner: Hashable) -> None:
        """Drop what `owner` wants."""
        with self._changed:
            self._declared += 1
            self._requests.pop(owner, None)
            self._watchers.pop(owner, None)

    def spans(self, width: int) -> list[Span]:
        """List the frames that are in memory or on disk."""
        with self._changed:
            here = self._memory.spans(width)
        return here if self._disk is None else union(here, self._disk.spans(width))

    def watch(self, owner: Hashable, on_change: Callable[[], None]) -> None:
        """Tell `owner` when it may be another list."""
        with self._changed:
            self._watchers[owner] = on_change

    def fill_around(self, playhead: int, width: int) -> None:
        """Fill around another frame, if that is far enough from where it was."""
        with self._changed:
            moved = abs(playhead - self._playhead) >= STEP
            if self._stopped or not (moved or width != self._width):
                return
            self._declared += 1
            if width != self._width:
                self._rest = pieces(playhead, len(self._video))
            self._playhead, self._width = playhead, width
            self._memory.centre(playhead, width)
            self._pieces = pieces(playhead, len(self._video))
            self._requests.pop(_FILL, None)
            self._wake()

    def limit(self, max_bytes: int) -> None:
        """Keep less in memory, or more."""
        with self._changed:
            self._memory.limit(max_bytes)
        self._tell()

    def _wake(self) -> None:
        if self._thread is None:
            self._thread = threading.Thread(
                target=self._work, name="boxreel-frames", daemon=True
            )
            self._thread.start()
        self._changed.notify_all()

    def wait(self, timeout: float | None) -> bool:
        """Wait until there is nothing to do; whether that came in time."""
        with self._changed:
            return self._changed.wait_for(self._is_done, timeout)

    def _is_done(self) -> bool:
        return self._stopped or (self._resting and not self._is_outdated())

    def stop(self) -> None:
        """End the thread, waiting for it, and free all frames."""
        with self._changed:
            self._stopped = True
            self._requests.clear()
            self._memory.clear()
            self._changed.notify_all()
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
                self._served, self._resting = self._declared, False
                rest = self._rests_until - monotonic()
                for owner, request in reversed(self._requests.items()):
                    if owner is not _FILL or rest <= 0:
                        for i in request.frames:
                            return i, request.width
                self._passed.clear()
                if rest > 0:
                    self._changed.wait(rest)
                elif not self._fill():
                    self._resting = True
                    self._changed.notify_all()
                    self._changed.wait()
        return None

    def _fill(self) -> bool:
        """Want the next frames to fill, less than anybody; whether there are any."""
        width = self._width
        for piece in self._pieces:
            if self._has_place(piece[0]) and self._has_place(piece[-1]):
                missing = [i for i in piece if (i, width) not in self._memory]
                if self._wish(missing):
                    return True
        while self._disk is not None and self._disk.has_room(width):
            rest = next(self._rest, None)
            if rest is None:
                break
            if self._wish([i for i in rest if not self._disk.has(i, width)]):
                return True
        return False

    def _wish(self, frames: list[int]) -> bool:
        """Want frames to fill, if any of them can be decoded."""
        wanted = dict.fromkeys(i for i in frames if i not in self._broken)
        if wanted:
            request = Request(self._width, wanted, _ignore, self._give_up)
            self._requests[_FILL] = request
            self._requests.move_to_end(_FILL, last=False)
        return bool(wanted)

    def _has_place(self, i: int) -> bool:
        """Whether memory takes a frame without dropping what is nearer."""
        return abs(i - self._playhead) <= self._memory.radius

    def _give_up(self, i: int, _: Exception) -> None:
        """Do not fill a frame that cannot be decoded; who wants it is told of it."""
        self._broken.add(i)

    def _serve(self, target: int, width: int) -> None:
        """Make a frame, holding on to the pictures wanted that it passes on the way.

        A frame that is waited for is made before all others: on the way the few close
        before it are held as far as there is room, and nothing else is done.
        """
        if (jpeg := self._at_hand(target, width)) is not None:
            self._deliver(target, width, jpeg)
            return
        urgent = self._is_urgent(target)
        first = target - min(CLOSE, self._max_passed) if urgent else 0
        while target not in self._passed:
            i, picture = self._video.reach(target, lambda i: self._stops_at(i, first))
            if i == target or self._widths_wanted(i):
                self._passed[i] = picture
            if len(self._passed) > self._max_passed:
                self._make_room(by_dropping=urgent)
            if self._is_outdated():
                return
        self._encode(target)
        if urgent:
            with self._changed:
                self._rests_until = monotonic() + REST
                self._changed.wait_for(self._is_awaited, BREATH)

    def _make_room(self, by_dropping: bool) -> None:
        """Let go of the picture in hand that was decoded first."""
        oldest = next(iter(self._passed))
        if by_dropping:
            del self._passed[oldest]
        else:
            self._encode(oldest)

    def _encode(self, i: int) -> None:
        """Turn a picture in hand into JPEGs of all widths that are wanted of it."""
        picture = self._passed.pop(i)
        for width in self._widths_wanted(i):
            jpeg = picture.jpeg(width)
            self._keep(i, width, jpeg)
            self._deliver(i, width, jpeg)
            if self._disk is not None:
                self._disk.put(i, width, jpeg)
        self._tell()

    def _at_hand(self, i: int, width: int) -> bytes | None:
        """Return a frame that is in memory or on disk."""
        jpeg = self.get(i, width)
        if jpeg is None and self._disk is not None:
            jpeg = self._disk.get(i, width)
            if jpeg is not None:
                self._keep(i, width, jpeg)
                self._tell()
        return jpeg

    def _stops_at(self, i: int, first: int) -> bool:
        """Whether to stop on the way, to keep one from `first` on or for new wishes."""
        if self._is_outdated():
            return True
        return i >= first and i not in self._passed and bool(self._widths_wanted(i))

    def _is_urgent(self, i: int) -> bool:
        """Whether somebody waits for a frame."""
        with self._changed:
            return any(
                i == request.urgent
                for owner, request in self._requests.items()
                if owner is not _FILL
            )

    def _is_awaited(self) -> bool:
        """Whether somebody waits for a frame that is not made."""
        return self._stopped or any(
            request.urgent in request.frames
            for owner, request in self._requests.items()
            if owner is not _FILL
        )

    def _is_outdated(self) -> bool:
        return self._stopped or self._served != self._declared

    def _widths_wanted(self, i: int) -> set[int]:
        """Widths at which a frame is wanted and has to be made."""
        with self._changed:
            widths = {r.width for r in self._requests.values() if i in r.frames}
            missing = {width for width in widths if (i, width) not in self._memory}
        if self._disk is None:
            return missing
        return {width for width in missing if not self._disk.has(i, width)}

    def _keep(self, i: int, width: int, jpeg: bytes) -> None:
        """Keep a frame in memory, unless it was only made to be on disk."""
        with self._changed:
            asked = any(
                i in request.frames and request.width == width
                for owner, request in self._requests.items()
                if owner is not _FILL
            )
            if not self._stopped and (asked or self._has_place(i)):
                self._memory.put(i, width, jpeg)

    def _tell(self) -> None:
        with self._changed:
            watchers = [*self._watchers.values()]
        for on_change in watchers:
            _call(on_change)

    def _deliver(self, i: int, width: int, jpeg: bytes) -> None:
        for request in self._take(i, lambda request: request.width == width):
            _call(request.on_frame, i, width, jpeg)

    def _fail(self, i: int, error: Exception) -> None:
        for request in self._take(i, lambda _: True):
            if request.on_error is None:
                _log.error("frame %d of %s: %s", i, self._video.name, error)
            else:
                _call(request.on_error, i, error)

    def _take(self, i: int, which: Callable[[Request], bool]) -> list[Request]:
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


def _ignore(_: int, __: int, ___: bytes) -> None:
    """Take a frame that only had to be made."""
