"""Undo and redo: references to earlier annotations."""

from __future__ import annotations

from collections import deque

from boxreel.errors import EditError
from boxreel.model.annotation import Annotation


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
        self._undo: deque[tuple[Annotation, str]] = deque(maxlen=limit)
        self._redo: list[tuple[Annotation, str]] = []

    @property
    def annotation(self) -> Annotation:
        """The annotation of now."""
        return self._annotation

    @property
    def undo_name(self) -> str | None:
        """What `undo` would take back, None when there is nothing."""
        return self._undo[-1][1] if self._undo else None

    @property
    def redo_name(self) -> str | None:
        """What `redo` would do again, None when there is nothing."""
        return self._redo[-1][1] if self._redo else None

    @property
    def past(self) -> tuple[str, ...]:
        """Names of the steps that can be taken back, the oldest first."""
        return tuple(name for _, name in self._undo)

    @property
    def future(self) -> tuple[str, ...]:
        """Names of the steps that can be done again, the next one first."""
        return tuple(name for _, name in reversed(self._redo))

    def at(self, by: int) -> Annotation:
        """Return the annotation so many steps away, or as far as there are steps.

        Below 0 it is one of the past, above 0 one of those that were undone.
        """
        steps = self._undo if by < 0 else self._redo
        reach = min(abs(by), len(steps))
        return steps[-reach][0] if reach else self._annotation

    def push(self, annotation: Annotation, name: str) -> None:
        """Make a step; what was undone can then no longer be done again.

        The very annotation of now is no step: nothing has changed.
        """
        if annotation is self._annotation:
            return
        self._undo.append((self._annotation, name))
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
        before, name = self._undo.pop()
        self._redo.append((self._annotation, name))
        self._annotation = before
        return before

    def redo(self) -> Annotation:
        """Do the last undone step again.

        Raises
        ------
        EditError
            There is none.
        """
        if not self._redo:
            raise EditError("there is nothing to do again")
        after, name = self._redo.pop()
        self._undo.append((self._annotation, name))
        self._annotation = after
        return after

    def __repr__(self) -> str:
        return f"History({len(self._undo)} to undo, {len(self._redo)} to redo)"
