"""An object is followed while a person looks on, until it is lost or they stop it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from threading import Event, RLock, Thread
from time import monotonic

from boxreel.errors import TrackingError
from boxreel.tracking.edit import Tracked, begun, reach, tracked
from boxreel.tracking.pursuit import Tracker, pursue
from boxreel.tracking.run import MIN_IOU
from boxreel.video import Video, open_video
from boxreel.widget.messages import Reply, Send
from boxreel.widget.session import Session

EVERY = 0.1
"""Seconds between two messages that tell how far it is."""


class Tracking:
    """Follows one object at a time through a video, in a thread.

    Parameters
    ----------
    session
        Where the keyframes go, as one step of undo.
    video
        Where pictures come from; of a file, through a decoder of its own, so that the
        pictures that are shown need not wait.
    send
        Takes a message and its buffers, on any thread.
    tracker
        Who follows.
    """

    def __init__(
        self, session: Session, video: Video, send: Send, tracker: Tracker
    ) -> None:
        self._session, self._video = session, video
        self._send, self._tracker = send, tracker
        self._lock = RLock()
        self._running: int | None = None
        self._stopped = Event()
        self._closed = False

    def start(self, id: int, frame: int, stop: int | None) -> None:
        """Follow a track from its box on a frame.

        Raises
        ------
        TrackingError
            If it has no box there, or another one is being followed.
        """
        labels = self._session.annotation
        begun(labels, id, frame)
        end = reach(labels, id, frame, stop)
        with self._lock:
            if self._running is not None:
                raise TrackingError(f"#{self._running} is being tracked: Esc stops it")
            self._running = id
            self._stopped.clear()
        job = (id, frame, end)
        Thread(
            target=self._work, args=job, name="boxreel-tracking", daemon=True
        ).start()

    def stop(self) -> None:
        """Let it be; what was found so far is kept."""
        self._stopped.set()

    def close(self) -> None:
        """Stop. Nothing is written or sent after this returns."""
        self.stop()
        with self._lock:
            self._closed = True

    def _work(self, id: int, start: int, stop: int) -> None:
        told = 0.0

        def going(frame: int) -> bool:
            nonlocal told
            if monotonic() - told >= EVERY:
                told = monotonic()
                self._tell({"track": id, "frame": frame, "start": start, "stop": stop})
            return not self._stopped.is_set()

        try:
            _, box = begun(self._session.annotation, id, start)
            with _decoder(self._video) as video:
                found = pursue(video, box, start, stop, self._tracker, going)
            self._write(tracked(self._session.annotation, id, found, MIN_IOU))
        except Exception as error:  # noqa: BLE001 - told to the one who asked
            text = f"Tracking failed: {type(error).__name__}: {error}"
            self._say({"kind": "notice", "level": "error", "text": text})
        finally:
            self._running = None
            self._tell(None)

    def _write(self, found: Tracked) -> None:
        """Make the edit unless closed; who is told of it may close this or wait."""
        with self._lock:
            if self._closed:
                return
            if found.edit is not None:
                self._session.commit(found.edit, shared=True)
        self._session.tell()
        self._say(
            {
                "kind": "notice",
                "level": "warning" if found.edit is None else "info",
                "text": str(found),
                "undo": found.edit is not None,
            }
        )

    def _tell(self, progress: dict[str, int] | None) -> None:
        self._say({"kind": "tracking", "progress": progress})

    def _say(self, message: Reply) -> None:
        with self._lock:
            if not self._closed:
                self._send(message, [])


@contextmanager
def _decoder(video: Video) -> Iterator[Video]:
    """Open a file once more; anything else decodes nothing."""
    if video.path is None or not video.path.is_file():
        yield video
    else:
        with open_video(video.path) as own:
            yield own
