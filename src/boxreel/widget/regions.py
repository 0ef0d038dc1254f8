"""The part of a frame that a person has zoomed in on, at the video's own resolution."""

from __future__ import annotations

from threading import Condition, Thread
from typing import NamedTuple

from boxreel.video import Video, encode_exact
from boxreel.widget.asked import Rect
from boxreel.widget.messages import Send
from boxreel.widget.requests import MAX_CLIENTS


class _Request(NamedTuple):
    frame: int
    rect: Rect


class RegionServer:
    """Brings parts of frames to the browser, one after the other.

    Parameters
    ----------
    video
        Where pictures come from.
    send
        Takes a message and its buffers, on any thread.
    """

    def __init__(self, video: Video, send: Send) -> None:
        self._video = video
        self._send = send
        self._changed = Condition()
        self._wanted: dict[str, _Request] = {}
        self._thread: Thread | None = None
        self._closed = False

    def request(self, client: str, frame: int, rect: Rect | None) -> None:
        """Get a part of a frame to `client`, and forget what it wanted; None: nothing.

        Parameters
        ----------
        client
            Name of the view that asks.
        frame
            Number of the frame.
        rect
            Left, top, width and height in pixels; what is outside is cut off.
        """
        with self._changed:
            self._wanted.pop(client, None)
            if rect is None or self._closed:
                return
            self._wanted[client] = _Request(frame, rect)
            if len(self._wanted) > MAX_CLIENTS:
                del self._wanted[next(iter(self._wanted))]
            if self._thread is None:
                name = "boxreel-region"
                self._thread = Thread(target=self._work, name=name, daemon=True)
                self._thread.start()
            self._changed.notify_all()

    def close(self) -> None:
        """Stop. Nothing is sent after this returns."""
        with self._changed:
            self._closed = True
            self._wanted.clear()
            self._changed.notify_all()
        if self._thread is not None:
            self._thread.join()

    def _work(self) -> None:
        while (job := self._next()) is not None:
            client, request = job
            try:
                self._serve(client, request)
            except Exception as error:  # noqa: BLE001 - told to the one who asked
                self._done(client, request)
                frame, text = request.frame, str(error)
                self._send({"kind": "frame_error", "frame": frame, "text": text}, [])

    def _next(self) -> tuple[str, _Request] | None:
        with self._changed:
            self._changed.wait_for(lambda: self._wanted or self._closed)
            return next(reversed(self._wanted.items()), None)

    def _serve(self, client: str, request: _Request) -> None:
        def outdated(_: int) -> bool:
            return self._wanted.get(client) is not request

        reached, picture = self._video.reach(request.frame, outdated)
        if reached != request.frame:
            return
        left, top, width, height = request.rect
        part = picture.rgb()[top : top + height, left : left + width]
        jpeg = encode_exact(part) if part.size else None
        if self._done(client, request) and jpeg is not None:
            rect = [left, top, part.shape[1], part.shape[0]]
            frame = request.frame
            self._send(
                {"kind": "region", "client": client, "frame": frame, "rect": rect},
                [jpeg],
            )

    def _done(self, client: str, request: _Request) -> bool:
        """Strike a request off; whether it was still wanted."""
        with self._changed:
            wanted = self._wanted.get(client) is request
            if wanted:
                del self._wanted[client]
            return wanted
