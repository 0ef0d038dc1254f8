"""Keeps the comparison of labels with predictions up to date while they are edited."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from concurrent.futures import Future, ThreadPoolExecutor, wait
from dataclasses import replace
from threading import Lock
from typing import Final, TypeAlias

from boxreel.errors import AnnotationError
from boxreel.model import Annotation
from boxreel.review import (
    Comparison,
    Fix,
    FoundError,
    Remarks,
    Reviewed,
    Signal,
    fixes,
    verdict_on,
)
from boxreel.review.scored import scored
from boxreel.review.verdicts import Ruling, Verdict
from boxreel.widget import compose_review as compose
from boxreel.widget.compared import ErrorKey
from boxreel.widget.messages import Send
from boxreel.widget.session import Session
from boxreel.widget.setting import Setting

Frames: TypeAlias = tuple[int, ...] | None
Key: TypeAlias = tuple[str, float, Frames]
Pair: TypeAlias = tuple[Comparison, Comparison]
"""The labels as they were handed over, and as they are now."""

Asked: TypeAlias = tuple[str, int] | None
ALONE: Final = 0.005
"""Seconds after the answer before at which what is asked has not been in a queue."""

PATIENCE: Final = 0.1
"""Seconds that a page's message is at work for its answer at most."""

Compare: TypeAlias = Callable[[Annotation, Annotation, Frames], Comparison]


class Comparing:
    """Compares the labels of a session with predictions, anew after each change.

    It is done on a thread of its own; while it is busy, only the newest labels wait.

    Parameters
    ----------
    session
        Its labels are the truth.
    given
        The labels as they were handed over, which may have been mended since.
    models
        Predictions by name.
    setting
        How they are compared at first.
    compare
        Compares labels with predictions on some frames, None for all; done once at the
        start, so that what is wrong with either is raised there.
    remarks
        What people say of the errors.
    author
        Who says it now.
    send
        Takes a message and its buffers, on any thread.
    """

    def __init__(
        self,
        session: Session,
        given: Annotation,
        models: Mapping[str, Annotation],
        setting: Setting,
        compare: Compare,
        remarks: Remarks,
        author: str,
        send: Send,
    ) -> None:
        self._session, self._given, self._models = session, given, models
        self._compare, self._send = compare, send
        self._remarks, self._author = remarks, author
        self._wanted: tuple[Setting, Asked] = setting, None
        self._found: dict[Key, Pair] = {}
        self._shown: Annotation | None = None
        self._told: tuple[Signal, ...] = ()
        self._busy, self._saying = Lock(), Lock()
        self._waiting = self._closed = False
        self._answered_at = 0.0
        self._under_way: Future[None] | None = None
        setting.check(models)
        for model in models:
            self._pair(replace(setting, model=model))
        self._pool = ThreadPoolExecutor(1, "boxreel-compare")
        session.observe(lambda _change: self._again())
        remarks.observe(self._again)

    @property
    def setting(self) -> Setting:
        """How they are compared now."""
        return self._wanted[0]

    def match(self, setting: Setting, asked: Asked = None) -> None:
        """Compare in another way, and tell all browsers soon.

        Parameters
        ----------
        setting
            The way.
        asked
            Which page wants it by which of its requests, None for Python.

        Raises
        ------
        AnnotationError
            If something of it cannot be.
        """
        setting.check(self._models)
        self._wanted = setting, asked
        self._again()
        if asked is not None:
            self._answer()

    def newest(self) -> Comparison:
        """Compare the labels as they are now."""
        return self._pair(self.setting)[1]

    def first(self) -> Comparison:
        """Compare the labels as they were handed over."""
        return self._pair(self.setting)[0]

    def judge(self, error: FoundError, ruling: Ruling | None, note: str = "") -> None:
        """Keep who is wrong in an error, None for nobody's word, and tell all browsers.

        Raises
        ------
        AnnotationError
            No ruling, or no error of the labels as they are now.
        FormatError
            It cannot be written; it is kept in memory.
        """
        found = self.newest()
        if error not in found.errors:
            raise AnnotationError(f"{error} is none of the errors of these labels")
        verdict: Verdict | None = None
        if ruling is not None:
            verdict = verdict_on(
                found,
                error,
                ruling,
                author=self._author,
                time=time.time(),
                note=note,
            )
        self._change(lambda reviewed: reviewed.said(found, error, verdict))

    def verify(self, start: int, stop: int, *, verified: bool) -> None:
        """Keep whether somebody has looked at frames, and tell all browsers.

        Raises
        ------
        AnnotationError
            No range of the video.
        FormatError
            It cannot be written; it is kept in memory.
        """
        count = self._session.annotation.video.frame_count
        if stop > count:
            raise AnnotationError(f"frame {stop - 1} is none of the {count} frames")
        self._change(lambda said: said.with_verified(start, stop, verified=verified))

    def named(self, key: ErrorKey) -> FoundError:
        """Find the error of the labels as they are now that a browser names.

        Raises
        ------
        AnnotationError
            It is none any more.
        """
        for error in self.newest().errors:
            if compose.error_key(error) == key:
                return error
        raise AnnotationError("that error is none any more, the labels have changed")

    def fixes(self, error: FoundError) -> list[Fix]:
        """Offer what can be done about an error of the labels as they are now."""
        return fixes(self.newest(), error)

    def show(self) -> None:
        """Tell all browsers of the predictions and of the comparison, soon."""
        self._shown, self._told = None, ()
        self._again()

    def close(self) -> None:
        """Tell no more; the labels can still be compared."""
        self._closed = True
        self._pool.shutdown(wait=False, cancel_futures=True)

    def _pair(self, setting: Setting, frames: Frames = None) -> Pair:
        """Compare the labels as they were handed over and as they are now."""
        key = setting.model, setting.score, frames
        with self._busy:
            truth = self._session.annotation
            before, now = self._found.get(key, (None, None))
            if before is None:
                predictions = scored(self._models[setting.model], setting.score)
                before = self._compare(self._given, predictions, frames)
            if before.iou != setting.iou:
                before = before.at_iou(setting.iou)
            if truth is self._given:
                now = before
            elif now is None or now.truth is not truth:
                now = self._compare(truth, before.predictions, frames)
            if now.iou != setting.iou:
                now = now.at_iou(setting.iou)
            self._found[key] = before, now
            return before, now

    def _scope(self, setting: Setting) -> Frames:
        if setting.scope == "verified":
            return tuple(self._remarks.reviewed.frames().tolist())
        if setting.scope == "view":
            count = self._session.annotation.video.frame_count
            start, stop = setting.view
            return tuple(range(max(0, start), min(stop, count)))
        return None

    def _answer(self) -> None:
        """Answer what is asked before Jupyter says "idle", unless more waits behind it.

        What comes later would be held up until the browser has acknowledged that, see
        `js/src/link/nudge.ts`. A slider that is dragged says enough by itself.
        """
        alone = time.monotonic() - self._answered_at > ALONE
        if alone and self._under_way is not None:
            wait([self._under_way], PATIENCE)
        self._answered_at = time.monotonic()

    def _change(self, change: Callable[[Reviewed], Reviewed]) -> None:
        with self._saying:
            self._remarks.reviewed = change(self._remarks.reviewed)

    def _again(self) -> None:
        if not (self._waiting or self._closed):
            self._waiting = True
            self._under_way = self._pool.submit(self._work)

    def _work(self) -> None:
        self._waiting = False
        try:
            self._tell()
        except Exception as error:  # noqa: BLE001 - nobody waits for this thread
            text = f"The labels could not be compared: {error}"
            self._send({"kind": "notice", "level": "error", "text": text}, [])

    def _tell(self) -> None:
        revision, (setting, asked) = self._session.revision, self._wanted
        frames = self._scope(setting)
        pair = self._pair(setting)
        others = {
            model: self._pair(replace(setting, model=model))[1]
            for model in self._models
        }
        message = compose.compared(
            pair,
            self._pair(setting, frames) if frames is not None else pair,
            others,
            setting,
            self._remarks.reviewed,
            revision=revision,
            asked=asked,
        )
        with self._busy:
            self._found = {
                key: found
                for key, found in self._found.items()
                if key[1:] in ((setting.score, None), (setting.score, frames))
            }
        if self._shown is not pair[1].predictions:
            self._shown = pair[1].predictions
            self._send(*compose.predictions(self._shown))
        self._send(*message)
        added = tuple(self._remarks.signals.values())
        if added != self._told:
            self._told = added
            self._send(*compose.signals(added))
