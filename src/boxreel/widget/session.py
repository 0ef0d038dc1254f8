"""The document of a widget: its labels, their history and who hears of a change.

Nothing here knows a widget or a browser. Everything may be called from any thread:
Jupyter can deliver a person's edits on one thread while a cell runs on another.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from threading import RLock
from typing import Any

from boxreel.errors import AnnotationError, EditError
from boxreel.journal.heard import NOBODY, Heard, with_act
from boxreel.journal.record import Kind
from boxreel.model import Annotation, History
from boxreel.model.edits import Edit
from boxreel.model.history import Way
from boxreel.widget.listeners import Listeners
from boxreel.widget.messages import Histories
from boxreel.widget.origin import PYTHON, Origin

Permit = Callable[[Annotation, Annotation], None]
"""Looks at the labels before and after a change; raises what refuses it."""


@dataclass(frozen=True)
class State:
    """The document at one moment; ``own`` is what a page's undo and redo would do.

    It is by author; those who have done nothing find it under "".
    """

    annotation: Annotation
    revision: int
    undo_name: str | None
    redo_name: str | None
    own: Histories


@dataclass(frozen=True)
class Steps:
    """The steps around the present, see `History.past` and `History.future`."""

    revision: int
    past: tuple[str, ...]
    future: tuple[str, ...]


@dataclass(frozen=True)
class Change:
    """One step from a revision to the next.

    Attributes
    ----------
    before, after
        The labels until now and from now on.
    state
        The document from now on.
    edit
        What was applied, or None when the labels were replaced: by undo, redo or an
        assignment.
    kind, name
        How it was made, and what it is called.
    origin
        Who asked for it.
    client
        The browser page that did, None for Python.
    revision
        How many changes there have been, with this one.
    """

    before: Annotation
    state: State
    edit: Edit | None
    kind: Kind
    name: str
    origin: Origin

    @cached_property
    def edit_json(self) -> dict[str, Any] | None:
        """The edit as it travels and is kept."""
        return None if self.edit is None else self.edit.to_json()

    @property
    def after(self) -> Annotation:
        """The labels from now on."""
        return self.state.annotation

    @property
    def client(self) -> str | None:
        """The browser page that made the change, None for Python."""
        return self.origin.client

    @property
    def revision(self) -> int:
        """How many changes there have been, with this one."""
        return self.state.revision


class Session:
    """An annotation that is edited by several hands.

    Parameters
    ----------
    annotation
        What to start from.
    publish
        Called with every change while no other change can happen, so in the order of
        the revisions. It must be quick, and must neither edit nor wait for a thread.
    revision
        How many changes the labels have seen before.
    heard
        Up to which of its acts they have what each page did.

    Notes
    -----
    Functions given to :meth:`observe` also hear of every change once and in order, but
    without a lock being held: they may take their time and may edit. A change made
    meanwhile, by them or by another thread, is told after they are done, by the thread
    that is telling already; whoever made it does not wait.

    Examples
    --------
    >>> from boxreel.model import Annotation, VideoInfo, edits
    >>> video = VideoInfo.constant("clip", 640, 480, frame_count=50, fps=25)
    >>> session = Session(Annotation.for_video(video), publish=lambda change: None)
    >>> from boxreel.model import Label
    >>> session.apply(edits.AddLabel(Label("car")))
    >>> [label.name for label in session.annotation.labels], session.revision
    (['car'], 1)
    >>> session.undo() is not None, session.annotation.labels
    (True, ())
    """

    def __init__(
        self,
        annotation: Annotation,
        publish: Callable[[Change], None],
        revision: int = 0,
        heard: Heard = NOBODY,
    ) -> None:
        self._lock = RLock()
        self._history = History(annotation)
        self._revision, self._heard = revision, heard
        self._publish = publish
        self._observers = Listeners[Change]()
        self._untold: deque[Change] = deque()
        self._telling = False

    @property
    def annotation(self) -> Annotation:
        """The labels as they are now."""
        return self._history.annotation

    @property
    def revision(self) -> int:
        """How many changes there have been."""
        return self._revision

    @property
    def heard(self) -> Heard:
        """Up to which of its acts the labels have what each page did."""
        return self._heard

    @property
    def state(self) -> State:
        """Labels, revision and history names, taken at one moment."""
        with self._lock:
            history = self._history
            own: Histories = {
                author: {
                    "undo": history.name("undo", author),
                    "redo": history.name("redo", author),
                }
                for author in ("", *history.authors)
            }
            return State(
                history.annotation,
                self._revision,
                history.undo_name,
                history.redo_name,
                own,
            )

    @property
    def steps(self) -> Steps:
        """The names of all steps that can be taken back or done again."""
        with self._lock:
            return Steps(self._revision, self._history.past, self._history.future)

    @contextmanager
    def still(self) -> Iterator[State]:
        """Hold the document still: what is done inside comes between two changes."""
        with self._lock:
            yield self.state

    def observe(self, observer: Callable[[Change], object]) -> Callable[[], None]:
        """Call `observer` with every change, until what is returned is called."""
        return self._observers.add(observer)

    def apply(self, edit: Edit, origin: Origin = PYTHON) -> None:
        """Apply one edit, one revision and one step of undo, and tell the observers.

        Raises
        ------
        EditError
            If the edit does not fit the labels as they are now; nothing is changed.
        """
        self.commit(edit, origin)
        self.tell()

    def commit(
        self,
        edit: Edit,
        origin: Origin = PYTHON,
        permit: Permit | None = None,
        shared: bool = False,
    ) -> None:
        """Apply one edit and leave it to the next :meth:`tell` to tell the observers.

        Where it is `shared` its step of undo is everybody's.

        Raises
        ------
        EditError
            If the edit does not fit the labels as they are now; nothing is changed.
        Exception
            What `permit` raises; nothing is changed.
        """
        with self._lock:
            before = self._history.annotation
            after, name = edit.apply(before), edit.describe()
            if permit is not None:
                permit(before, after)
            self._history.push(after, name, None if shared else origin.author)
            self._step(before, "edit", name, origin, edit)

    def replace(self, annotation: Annotation, origin: Origin = PYTHON) -> None:
        """Put other labels in place as one step of undo; equal labels do nothing."""
        with self._lock:
            before = self._history.annotation
            if annotation == before:
                return
            name = "assignment from Python"
            self._history.push(annotation, name)
            self._step(before, "assign", name, origin)
        self.tell()

    def undo(self, origin: Origin = PYTHON) -> str | None:
        """Take the last step back and return its name, None when there is none."""
        return self.travel(-1, origin)

    def redo(self, origin: Origin = PYTHON) -> str | None:
        """Do the step again that was taken back last and return its name, or None."""
        return self.travel(1, origin)

    def travel(
        self,
        by: int,
        origin: Origin = PYTHON,
        revision: int | None = None,
        permit: Permit | None = None,
    ) -> str | None:
        """Go through the history as far as it reaches, and tell the observers.

        As :meth:`step`.
        """
        name = self.step(by, origin, revision, permit)
        self.tell()
        return name

    def step(
        self,
        by: int,
        origin: Origin = PYTHON,
        revision: int | None = None,
        permit: Permit | None = None,
    ) -> str | None:
        """Go through the history as far as it reaches, in one revision.

        It is left to the next :meth:`tell` to tell the observers.

        Parameters
        ----------
        by
            Number of steps: below 0 they are taken back, above 0 done again.
        origin
            Who asks for it.
        revision
            Nothing is done unless the document is at this revision; None for any.
        permit
            Looks at the labels as they would become, and may refuse.

        Returns
        -------
        str or None
            Name of the last step taken back or done again, None when there was none.

        Raises
        ------
        Exception
            What `permit` raises; nothing is changed.
        """
        with self._lock:
            before, history = self._history.annotation, self._history
            if revision not in (None, self._revision):
                return None
            if permit is not None:
                permit(before, history.at(by))
            name = None
            for _ in range(abs(by)):
                ahead = history.undo_name if by < 0 else history.redo_name
                if ahead is None:
                    break
                name = ahead
                history.undo() if by < 0 else history.redo()
            if name is not None:
                self._step(before, "undo" if by < 0 else "redo", name, origin)
        return name

    def turn(
        self, way: Way, origin: Origin, permit: Permit | None = None
    ) -> str | None:
        """Take back the last step of a page, or do it again; leave others' alone.

        It is left to the next :meth:`tell` to tell the observers.

        Returns
        -------
        str or None
            Name of the step, None when there is none.

        Raises
        ------
        AnnotationError
            Others have changed since what it changes; nothing is done.
        Exception
            What `permit` raises; nothing is changed.
        """
        with self._lock:
            before = self._history.annotation
            try:
                found = self._history.turn(way, origin.author)
            except AnnotationError as error:
                name = self._history.name(way, origin.author)
                raise EditError(
                    f"{way} of {name!r} cannot be done alone: {error}. The history "
                    "goes back to every state there was."
                ) from error
            if found is None:
                return None
            if permit is not None:
                permit(before, found.annotation)
            found.do()
            self._step(before, way, found.name, origin)
        return found.name

    def tell(self) -> None:
        """Tell the observers what they have not heard, unless a thread is doing so.

        If observers raise, all the others still hear of everything; then the last
        error goes to the caller.
        """
        failure: Exception | None = None
        while True:
            with self._lock:
                if self._telling or not self._untold:
                    break
                self._telling = True
                change = self._untold.popleft()
            try:
                self._observers.tell(change)
            except Exception as error:  # noqa: BLE001 - raised when all have been told
                failure = error
            finally:
                with self._lock:
                    self._telling = False
        if failure is not None:
            raise failure

    def _step(
        self,
        before: Annotation,
        kind: Kind,
        name: str,
        origin: Origin,
        edit: Edit | None = None,
    ) -> None:
        self._revision += 1
        self._heard = with_act(self._heard, origin.client, origin.seq)
        change = Change(before, self.state, edit, kind, name, origin)
        self._untold.append(change)
        self._publish(change)
