"""Undo and redo: references to earlier annotations.

`undo` and `redo` go through the steps of all; `turn` takes back, or does again, the
last one of an author, and leaves alone what others have done since. That is a step too,
so that every state there was can be gone back to.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal, NamedTuple

from boxreel.errors import EditError
from boxreel.model.annotation import Annotation
from boxreel.model.carry import carried

Way = Literal["undo", "redo"]

PYTHON = ""
"""The author of what Python code does step by step: no page's own."""


@dataclass(frozen=True, slots=True, eq=False)
class Step:
    """What led from an annotation to the next; without an author it is everybody's."""

    before: Annotation
    after: Annotation
    name: str
    author: str | None = None
    turns: Step | None = None
    """The step of the same author that it takes back; or whose taking back it does."""


class Turn(NamedTuple):
    """What an author's undo or redo would do: its step, what comes of it, doing it."""

    name: str
    annotation: Annotation
    do: Callable[[], object]


class History:
    """The annotation of now, with those before it and those undone.

    Parameters
    ----------
    annotation
        Where it begins.
    limit
        How many steps can be undone; the oldest are forgotten.

    Examples
    --------
    >>> from boxreel.model import Label, VideoInfo, edits
    >>> video = VideoInfo.constant("street.mp4", 1920, 1080, 300, fps=30)
    >>> history = History(Annotation.for_video(video))
    >>> edit = edits.AddLabel(Label("car"))
    >>> history.push(edit.apply(history.annotation), edit.describe())
    >>> history.undo_name
    'label car'
    >>> history.undo()
    Annotation('street.mp4', 300 frames, 0 tracks, no labels)
    >>> history.redo()
    Annotation('street.mp4', 300 frames, 0 tracks, labels car)
    """

    def __init__(self, annotation: Annotation, limit: int = 300) -> None:
        self._annotation = annotation
        self._undo: deque[Step] = deque(maxlen=limit)
        self._redo: list[Step] = []

    @property
    def annotation(self) -> Annotation:
        """The annotation of now."""
        return self._annotation

    @property
    def undo_name(self) -> str | None:
        """What `undo` would take back, None when there is nothing."""
        return self._undo[-1].name if self._undo else None

    @property
    def redo_name(self) -> str | None:
        """What `redo` would do again, None when there is nothing."""
        return self._redo[-1].name if self._redo else None

    @property
    def past(self) -> tuple[str, ...]:
        """Names of the steps that can be taken back, the oldest first."""
        return tuple(step.name for step in self._undo)

    @property
    def future(self) -> tuple[str, ...]:
        """Names of the steps that can be done again, the next one first."""
        return tuple(step.name for step in reversed(self._redo))

    def at(self, by: int) -> Annotation:
        """Return the annotation so many steps away, or as far as there are steps.

        Below 0 it is one of the past, above 0 one of those that were undone.
        """
        steps = self._undo if by < 0 else self._redo
        reach = min(abs(by), len(steps))
        if not reach:
            return self._annotation
        return steps[-reach].before if by < 0 else steps[-reach].after

    def push(
        self,
        annotation: Annotation,
        name: str,
        author: str | None = None,
        turns: Step | None = None,
    ) -> None:
        """Make a step; what was undone can then no longer be done again.

        The very annotation of now is no step: nothing has changed.
        """
        if annotation is self._annotation:
            return
        self._undo.append(Step(self._annotation, annotation, name, author, turns))
        self._redo.clear()
        self._annotation = annotation

    def undo(self) -> Annotation:
        """Take the last step back.

        Raises
        ------
        EditError
            There is none.
        """
        if not self._undo:
            raise EditError("there is nothing to undo")
        self._redo.append(self._undo.pop())
        self._annotation = self._redo[-1].before
        return self._annotation

    def redo(self) -> Annotation:
        """Do the last undone step again.

        Raises
        ------
        EditError
            There is none.
        """
        if not self._redo:
            raise EditError("there is nothing to do again")
        self._undo.append(self._redo.pop())
        self._annotation = self._undo[-1].after
        return self._annotation

    @property
    def authors(self) -> frozenset[str]:
        """Whoever has a step of their own, but Python."""
        steps = (*self._undo, *self._redo)
        return frozenset(step.author for step in steps if step.author)

    def name(self, way: Way, author: str) -> str | None:
        """Return what `turn` would take back or do again, None for nothing."""
        step = self._own(way, author)
        if step is None:
            return None
        again = self._redo and step is self._redo[-1]
        return step.name if again else (step.turns or step).name

    def turn(self, way: Way, author: str) -> Turn | None:
        """Find out what an author's undo, or redo, would do.

        What others did meanwhile stays. Who has no step of their own takes back those
        of Python; an assignment is everybody's.

        Raises
        ------
        AnnotationError
            It cannot be done alone: others have changed since what it changes.
        """
        step = self._own(way, author)
        if step is None:
            return None
        if way == "undo" and step is self._undo[-1]:
            return Turn(step.name, step.before, self.undo)
        if way == "redo" and self._redo and step is self._redo[-1]:
            return Turn(step.name, step.after, self.redo)
        done = step.turns or step
        start, end = done.before, done.after
        if way == "undo":
            start, end = end, start
        after = carried(self._annotation, start, end)
        text = f"{way}: {done.name}"
        return Turn(done.name, after, lambda: self.push(after, text, author, step))

    def _own(self, way: Way, author: str) -> Step | None:
        return self._last(author) if way == "undo" else self._last_undone(author)

    def _last(self, author: str) -> Step | None:
        """Return the step that an author's undo takes back."""
        turned = self._turned()
        acts = [one for one in self._undo if not one.turns and id(one) not in turned]
        has_own = any(step.author == author for step in acts)
        authors = (author, None) if has_own else (None, PYTHON)
        return next((one for one in reversed(acts) if one.author in authors), None)

    def _last_undone(self, author: str) -> Step | None:
        """Return the step that an author's redo does again, or what took it back."""
        if self._redo and self._redo[-1].author in (author, None, PYTHON):
            return self._redo[-1]
        turned = self._turned()
        for step in reversed(self._undo):
            if step.author == author:
                if step.turns is None:
                    return None
                if step.turns.turns is None and id(step) not in turned:
                    return step
        return None

    def _turned(self) -> set[int]:
        """Return which steps have been taken back by later ones."""
        turned: set[int] = set()
        for step in reversed(self._undo):
            if step.turns is not None and id(step) not in turned:
                turned.add(id(step.turns))
        return turned

    def __repr__(self) -> str:
        return f"History({len(self._undo)} to undo, {len(self._redo)} to redo)"
