"""Which frames the kernel has made already, told to the browser now and then."""

from __future__ import annotations

from threading import Lock, Timer

from boxreel.video import FrameStore
from boxreel.widget.messages import Send

INTERVAL = 0.5
"""Seconds between two messages, in which what gets ready is put together."""


class ReadyMarks:
    """Tells the browser which frames of the width it shows are in a store.

    Parameters
    ----------
    store
        Where frames are made.
    send
        Takes a message and its buffers, on any thread.
    interval
        Seconds from a change until it is told, with all others that came meanwhile.
    """

    def __init__(
        self, store: FrameStore, send: Send, interval: float = INTERVAL
    ) -> None:
        self._store = store
        self._send = send
        self._interval = interval
        self._lock, self._sending = Lock(), Lock()
        self._width = 0
        self._told: list[tuple[int, int]] | None = None
        self._timer: Timer | None = None
        self._waits = self._closed = False
        store.watch(self, self._changed)

    def show(self, width: int) -> None:
        """Tell of frames of this width from now on."""
        with self._lock:
            if width == self._width and self._told is not None:
                return
            self._width, self._told = width, None
        self._changed()

    def forget(self) -> None:
        """Take it that the browser knows nothing: a page was loaded anew."""
        with self._lock:
            self._told = None

    def close(self) -> None:
        """Stop. Nothing is sent after this returns."""
        self._store.forget(self)
        with self._lock:
            self._closed = True
        if self._timer is not None:
            self._timer.cancel()
            self._timer.join()
        with self._sending:
            pass

    def _changed(self) -> None:
        with self._lock:
            if self._closed or not self._width or self._waits:
                return
            self._waits = True
            self._timer = Timer(self._interval, self._tell)
            self._timer.name, self._timer.daemon = "boxreel-ready", True
            self._timer.start()

    def _tell(self) -> None:
        with self._sending:
            with self._lock:
                self._waits = False
                width = self._width
                spans = self._store.spans(width)
                if self._closed or spans == self._told:
                    return
                self._told = spans
            self._send({"kind": "ready", "width": width, "spans": spans}, [])
