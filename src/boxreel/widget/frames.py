"""Frames on their way to the browser: what is wanted, what is ready, what goes ahead.

The browser says which frames it wants, most urgent first; what it no longer lists is
cancelled. After those the frames around the playhead are sent unasked, so that a step
or the start of playback finds them there even while the kernel is busy with a cell;
not while it plays, when it asks for all that it can show and for nothing else.
The store makes the rest in the meantime and keeps it for when it is asked for.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable
from threading import Condition, Event, Lock, Thread
from time import monotonic
from typing import ClassVar, NamedTuple

from boxreel.video import FrameStore
from boxreel.video.filler import OnFrame
from boxreel.widget.messages import Send
from boxreel.widget.ready import ReadyMarks
from boxreel.widget.requests import MAX_CLIENTS

MESSAGE_BYTES = 512 * 1024
"""Frames that are ready together share a message up to this size."""

IDLE = 2.0
"""Seconds without a picture to send after which the thread ends until there is one."""

BREATH = 0.03
"""Seconds without others after a frame that was waited for, so that it gets painted."""

AHEAD, BEHIND = 32, 8
"""Frames after and before the playhead that are sent unasked."""


class _Picture(NamedTuple):
    client: str
    width: int
    frame: int
    jpeg: bytes


class FrameServer:
    """Brings frames from a store to the browser.

    Parameters
    ----------
    store
        Where JPEGs come from.
    frame_count
        Number of frames of the video.
    send
        Takes a message and its buffers, on any thread.
    pause
        Seconds between two messages, in which what gets ready is put together. A frame
        that the browser wants most is not held up by it.
    """

    _usual_width: ClassVar[int] = 854
    """What a page is expected to ask for: what the last one did."""

    def __init__(
        self, store: FrameStore, frame_count: int, send: Send, pause: float = 0.01
    ) -> None:
        self._store = store
        self._frame_count = frame_count
        self._send = send
        self._pause = pause
        self._asking = Lock()
        self._client, self._width, self._playhead = "", 0, 0
        self._sends_around = True
        self._clients: dict[str, None] = {}
        self._asked: list[int] = []
        self._changed = Condition()
        self._ready: deque[_Picture] = deque()
        self._urgent: int | None = None
        self._quiet_until = 0.0
        self._sent: dict[int, set[int]] = {}
        self._closed = False
        self._prepared, self._asked_for = Event(), Event()
        self._greeted = False
        self._marks = ReadyMarks(store, send)
        self._thread: Thread | None = None

    def forget_sent(self) -> None:
        """Take it that the browser has no frame: a page was loaded anew."""
        with self._changed:
            self._sent.clear()
        self._marks.forget()

    def prepare(self, frame: int, widest: int) -> None:
        """Make the frame that a page shows first, while it is loading.

        Parameters
        ----------
        frame
            Its number.
        widest
            Width of the video in pixels.
        """
        width = min(self._usual_width, widest)
        self._store.want(self, width, [frame], self._is_prepared, self._is_prepared)

    def wait_prepared(self, timeout: float) -> bool:
        """Wait for that frame, or that it cannot be made; whether it came in time."""
        return self._prepared.wait(timeout)

    def _is_prepared(self, *_: object) -> None:
        """Whoever asks for a frame that cannot be made is told what is wrong."""
        self._prepared.set()

    def wait_shown(self, timeout: float) -> bool:
        """Wait until a page that was greeted shows that frame; whether it did in time.

        It asks for others then. Where no page is there, nothing is waited for.
        """
        return not self._greeted or self._asked_for.wait(timeout)

    def greet(self, frame: int, widest: int) -> None:
        """Send the frame that a page shows first before it asks for it."""
        width = min(self._usual_width, widest)
        self._greeted = True
        with self._asking:
            if not self._closed and not self._send_at_once(width, frame):
                self._store.want(
                    self, width, [frame], self._greet_with, self._is_prepared
                )

    def _greet_with(self, frame: int, width: int, jpeg: bytes) -> None:
        self._prepared.set()
        self._add(_Picture("", width, frame, jpeg))

    def request(
        self, client: str, width: int, wanted: Iterable[int], around: bool = True
    ) -> None:
        """Get `wanted` to `client`, most urgent first, and forget what it wanted.

        Parameters
        ----------
        client
            Name of the browser page that asks.
        width
            Width of the pictures in pixels.
        wanted
            Frames, most urgent first. They are sent even if they were sent before.
        around
            Whether those around the playhead are sent as well, until the next request.
        """
        self._asked_for.set()
        with self._asking:
            if self._closed:
                return
            self._remember(client)
            if width < self._width and not around:
                # Small pictures beside a stage: what it looks at stays as it is.
                self._store.want(client, width, wanted, self._bring(client), self._fail)
                return
            self._client, self._width = client, width
            FrameServer._usual_width = width
            self._sends_around = around
            self._asked = list(dict.fromkeys(wanted))
            if self._asked and self._send_at_once(width, self._asked[0]):
                del self._asked[0]
                urgent = None
            else:
                urgent = next(iter(self._asked), None)
            with self._changed:
                self._urgent = urgent
                self._sent.setdefault(width, set()).difference_update(self._asked)
            self._want([*self._asked, *self._around()])
        self._marks.show(width)

    def playhead(self, frame: int) -> None:
        """Send ahead around `frame`, after what is asked for and not yet sent."""
        with self._asking:
            self._playhead = frame
            if self._closed or not self._width:
                return
            if not self._sends_around:
                self._store.fill_around(frame, self._width)
                return
            with self._changed:
                sent = self._sent.setdefault(self._width, set())
                self._asked = [other for other in self._asked if other not in sent]
            if frame in self._asked:
                self._want([*self._asked, *self._around()])
            else:
                self._want([*self._around(), *self._asked])

    def close(self) -> None:
        """Stop sending. Nothing is sent after this returns."""
        with self._changed:
            self._closed = True
            self._changed.notify_all()
            thread = self._thread
        if thread is not None:
            thread.join()
        self._marks.close()
        with self._asking:
            for client in (self, *self._clients):
                self._store.forget(client)

    def _remember(self, client: str) -> None:
        """Let the page go that asked longest ago, if they are too many."""
        self._clients.pop(client, None)
        self._clients[client] = None
        if len(self._clients) > MAX_CLIENTS:
            oldest = next(iter(self._clients))
            del self._clients[oldest]
            self._store.forget(oldest)

    def _around(self) -> list[int]:
        if not self._sends_around:
            return []
        last = min(self._playhead + AHEAD, self._frame_count - 1)
        first = max(self._playhead - BEHIND, 0)
        near = [*range(self._playhead, last + 1)]
        near += range(self._playhead - 1, first - 1, -1)
        with self._changed:
            sent = self._sent.get(self._width, ())
            return [frame for frame in near if frame not in sent]

    def _want(self, frames: list[int]) -> None:
        client, width = self._client, self._width
        hits: list[_Picture] = []
        misses: list[int] = []
        for frame in dict.fromkeys(frames):
            jpeg = self._store.get(frame, width)
            if jpeg is None:
                misses.append(frame)
            else:
                hits.append(_Picture(client, width, frame, jpeg))
        with self._changed:
            others = [ready for ready in self._ready if ready.client != client]
            self._ready = deque([*hits, *others])
            self._wake()
        self._store.want(
            client,
            width,
            misses,
            self._bring(client),
            self._fail,
        )
        self._store.fill_around(self._playhead, width)

    def _send_at_once(self, width: int, frame: int) -> bool:
        """Send a frame that is at hand before anything else; whether it was."""
        jpeg = self._store.get(frame, width)
        if jpeg is None:
            return False
        with self._changed:
            self._sent.setdefault(width, set()).add(frame)
            self._quiet_until = monotonic() + BREATH
        self._send({"kind": "frames", "width": width, "frames": [frame]}, [jpeg])
        return True

    def _bring(self, client: str) -> OnFrame:
        """Return what takes a frame that was made for a page."""
        return lambda frame, width, jpeg: self._add(
            _Picture(client, width, frame, jpeg)
        )

    def _add(self, picture: _Picture) -> None:
        with self._changed:
            if picture.frame == self._urgent:
                self._ready.appendleft(picture)
            else:
                self._ready.append(picture)
            self._wake()

    def _fail(self, frame: int, error: Exception) -> None:
        with self._changed:
            if self._closed:
                return
            for sent in self._sent.values():
                sent.add(frame)
        self._send({"kind": "frame_error", "frame": frame, "text": str(error)}, [])

    def _wake(self) -> None:
        """Have the pictures sent that are ready; without any the thread ends."""
        if self._ready and self._thread is None and not self._closed:
            name = "boxreel-send"
            self._thread = Thread(target=self._deliver, name=name, daemon=True)
            self._thread.start()
        self._changed.notify_all()

    def _deliver(self) -> None:
        while True:
            with self._changed:
                self._changed.wait_for(lambda: self._ready or self._closed, IDLE)
                if not self._ready:
                    self._thread = None
                    return
                quiet = self._quiet_until - monotonic()
                self._changed.wait_for(self._is_urgent_ready, timeout=quiet)
                if self._closed:
                    return
                if not self._ready:
                    continue  # Another request has taken them back meanwhile.
                batch = self._take()
            frames = [picture.frame for picture in batch]
            self._send(
                {"kind": "frames", "width": batch[0].width, "frames": frames},
                [picture.jpeg for picture in batch],
            )
            with self._changed:
                self._changed.wait_for(self._must_go, timeout=self._pause)

    def _is_urgent_ready(self) -> bool:
        return self._closed or any(
            picture.frame == self._urgent for picture in self._ready
        )

    def _must_go(self) -> bool:
        return (
            self._is_urgent_ready()
            or sum(len(picture.jpeg) for picture in self._ready) >= MESSAGE_BYTES
        )

    def _take(self) -> list[_Picture]:
        """Take the next message's pictures: the most wanted alone, others together."""
        batch = [self._ready.popleft()]
        size = len(batch[0].jpeg)
        alone = batch[0].frame == self._urgent
        while not alone and self._ready and self._ready[0].width == batch[0].width:
            size += len(self._ready[0].jpeg)
            if size > MESSAGE_BYTES:
                break
            batch.append(self._ready.popleft())
        frames = {picture.frame for picture in batch}
        self._sent.setdefault(batch[0].width, set()).update(frames)
        if self._urgent in frames:
            self._urgent = None
            self._quiet_until = monotonic() + BREATH
        return batch
