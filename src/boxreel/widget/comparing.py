"""Keeps the comparison of labels with predictions up to date while they are edited."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Lock

from boxreel.model import Annotation
from boxreel.review import Comparison
from boxreel.widget import compose
from boxreel.widget.messages import Send
from boxreel.widget.session import Session


class Comparing:
    """Compares the labels of a session with predictions, anew after each change.

    It is done on a thread of its own; while it is busy, only the newest labels wait.

    Parameters
    ----------
    session
        Its labels are the truth.
    compare
        Compares labels with the predictions; once at the start, so that what is wrong
        with either is raised there.
    send
        Takes a message and its buffers, on any thread.
    """

    def __init__(
        self,
        session: Session,
        compare: Callable[[Annotation], Comparison],
        send: Send,
    ) -> None:
        self._session, self._compare, self._send = session, compare, send
        self._first = self._newest = compare(session.annotation)
        self._busy = Lock()
        self._waiting = self._closed = False
        self._pool = ThreadPoolExecutor(1, "boxreel-compare")
        session.observe(lambda _change: self._again())

    @property
    def iou(self) -> float:
        """Least overlap at which two boxes may be one object."""
        return self._first.iou

    def match(self, iou: float) -> None:
        """Compare at another threshold, and tell all browsers.

        Raises
        ------
        AnnotationError
            If it is none.
        """
        self._first = self._first.at_iou(iou)
        self._again()

    def newest(self) -> Comparison:
        """Compare the labels as they are now."""
        with self._busy:
            truth, first, found = self._session.annotation, self._first, self._newest
            if found.truth is not truth:
                found = first if first.truth is truth else self._compare(truth)
            if found.iou != first.iou:
                found = found.at_iou(first.iou)
            self._newest = found
            return found

    def show(self) -> None:
        """Tell all browsers of the predictions, and soon of the comparison."""
        self._send(*compose.predictions(self._first.predictions))
        self._again()

    def close(self) -> None:
        """Tell no more; the labels can still be compared."""
        self._closed = True
        self._pool.shutdown(wait=False, cancel_futures=True)

    def _again(self) -> None:
        if not (self._waiting or self._closed):
            self._waiting = True
            self._pool.submit(self._work)

    def _work(self) -> None:
        self._waiting = False
        try:
            steps = self._session.steps
            message = compose.compared(
                self.newest(),
                self._first,
                revision=steps.revision,
                fixes=len(steps.past),
            )
        except Exception as error:  # noqa: BLE001 - nobody waits for this thread
            text = f"The labels could not be compared: {error}"
            self._send({"kind": "notice", "level": "error", "text": text}, [])
        else:
            self._send(*message)
