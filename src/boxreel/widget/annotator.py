"""The widget: boxes on a reel of frames, in the output of a cell."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt
import traitlets
from traitlets import Bunch

from boxreel.export import snapshot
from boxreel.model import Annotation, Label, edits
from boxreel.model.clock import frame_named
from boxreel.model.labels import label_list
from boxreel.tracking import Tracker, follow
from boxreel.video import Opened
from boxreel.widget.clips import (
    annotations_of,
    author_named,
    clips_of,
    name_of,
    places_of,
)
from boxreel.widget.item import Item
from boxreel.widget.keymap import KeymapTrait
from boxreel.widget.marks import marks_of
from boxreel.widget.reel import Reel
from boxreel.widget.session import Change

if TYPE_CHECKING:
    import pandas as pd

_OPTIONS = (
    "annotation, labels, save_to, height, theme, fps, display_range, read_only, "
    "labels_locked, keymap, author, take_over, tracker"
)


class Annotator(Reel):
    """Draw and keyframe boxes on a video; the labels are a Python value all the while.

    Parameters
    ----------
    video
        What :func:`boxreel.open_video` takes: a path, URL, array, folder, pattern or
        list of images, or an open `Video`. Or a list of several of these, one of which
        is shown at a time: see `items`, `item`, `on_item`.
    annotation
        Labels to start from, of this video; of several, a list. A label file that is
        there already goes before them, see `save_to`.
    labels
        Names, or `Label` objects with colours and attributes, to choose from.
    save_to
        Label file. ``"auto"`` keeps ``<video>.boxreel.json`` beside a video that is a
        file or a folder, None keeps no file. What the file holds is loaded at the
        start; every edit is saved to it. Of several videos, a folder for their files.
    height
        Height of the widget in CSS pixels.
    theme
        ``"auto"`` (as the notebook), ``"light"`` or ``"dark"``.
    fps, display_range
        Of an array or images: frames a second, and the values that are black and white.
    read_only
        Whether the person may only look. Python may still assign.
    labels_locked
        Whether the person may not change the label set: add, rename, colour, merge or
        remove labels. The kernel refuses it too; Python code may still do it.
    keymap
        Keys that differ from the usual ones: ``{"play": "Enter", "loop": ""}``. Chords
        are separated by spaces, an empty text takes all keys from an action.
    author
        Who edits, for the history; by default the name of the user of this computer.
    take_over
        Whether to edit labels that are open in another kernel, which then may only look
        at them. Without it this one may.
    tracker
        Who follows an object when a person presses A, as in :func:`boxreel.track`.

    Attributes
    ----------
    annotation : Annotation
        The labels as they are now. ``w.observe(f, "annotation")`` calls `f` once for
        every edit. Assigning shows at once and is one step of undo.
    frame : int
        The frame that is shown, from 0.
    selection : tuple of int
        Ids of the selected tracks.
    height, theme
        As the parameters.

    Raises
    ------
    VideoError
        If the video cannot be opened.
    VideoMismatchError
        If `annotation` or the label file belong to another video.
    FormatError
        If the label file is damaged or cannot be in that place.
    TypeError
        If an argument is unknown.

    Notes
    -----
    With JupyterLab 4.4 and ipykernel 7 a person's edits arrive on another thread while
    a cell runs; functions that observe `annotation` are called there. `annotation` is
    immutable, so reading it needs no lock.

    Examples
    --------
    >>> import numpy as np
    >>> w = Annotator(np.zeros((50, 48, 64), np.uint8), labels=["car"])
    >>> w
    <Annotator of 'array': 50 frames, 0 tracks>
    >>> w.annotation = w.annotation.add_track("car", {0: (5, 5, 20, 10)})
    >>> w.annotation.tracks[1].at(30)
    Box(x=5.0, y=5.0, w=20.0, h=10.0, rotation=0.0)
    >>> w.undo(), len(w.annotation.tracks)
    ('assignment from Python', 0)
    >>> w.close()
    """

    height = traitlets.Int(680, min=240, max=10_000).tag(sync=True)
    theme = traitlets.Enum(["auto", "light", "dark"], "auto").tag(sync=True)
    labels_locked = traitlets.Bool(False).tag(sync=True)
    keymap = KeymapTrait({}).tag(sync=True)

    def __init__(
        self,
        video: object,
        annotation: Annotation | Sequence[Annotation | None] | None = None,
        labels: Iterable[str | Label] | None = None,
        *,
        save_to: str | os.PathLike[str] | None = "auto",
        height: int = 680,
        theme: str = "auto",
        fps: float | None = None,
        display_range: tuple[float, float] | None = None,
        read_only: bool = False,
        labels_locked: bool = False,
        keymap: Mapping[str, str] | None = None,
        author: str | None = None,
        take_over: bool = False,
        tracker: Tracker = follow,
        **unknown: object,
    ) -> None:
        if unknown:
            raise TypeError(
                f"Annotator has no argument {', '.join(map(repr, unknown))}; beside "
                f"the video it takes: {_OPTIONS}"
            )
        clips = clips_of(video)
        count = len(clips)
        given = annotations_of(annotation, count)
        offered = None if labels is None else label_list(labels)
        opened = partial(Opened, fps=fps, display_range=display_range)
        who = author_named(author)
        places = places_of(save_to, clips)

        def make(index: int, publish: Callable[[Item, Change], None]) -> Item:
            return Item(
                clips[index],
                opened,
                given[index],
                offered,
                places[index],
                who,
                take_over,
                tracker,
                publish,
            )

        names = [name_of(source, index) for index, source in enumerate(clips)]
        super().__init__(
            names,
            make,
            read_only,
            height=height,
            theme=theme,
            labels_locked=labels_locked,
            keymap=keymap or {},
        )

    @traitlets.observe("labels_locked")
    def _lock_labels(self, change: Bunch) -> None:
        self._link.labels_locked = change.new

    @property
    def labels(self) -> tuple[Label, ...]:
        """What there is to choose from when drawing."""
        return self.annotation.labels

    @property
    def warnings(self) -> tuple[str, ...]:
        """What one should know of the video, the label file and the page."""
        return self._item.warnings

    @property
    def df(self) -> pd.DataFrame:
        """The boxes as a table, `Annotation.to_pandas`.

        Assigning an edited one is one step of undo and changes what was changed in it,
        see `Annotation.with_table`.
        """
        return self.annotation.to_pandas()

    @df.setter
    def df(self, table: object) -> None:
        self.annotation = self.annotation.with_table(table)

    def apply(self, *changes: edits.Edit) -> None:
        """Apply edits as one step of undo.

        Parameters
        ----------
        *changes
            Edits of `boxreel.edits`, applied in order; all or none.

        Raises
        ------
        EditError
            If one does not fit the labels; nothing is changed then.
        TypeError
            If one is no edit.
        """
        self._check_open()
        for change in changes:
            if not isinstance(change, edits.Edit):
                raise TypeError(f"apply takes edits of boxreel.edits, not {change!r}")
        if changes:
            edit = changes[0] if len(changes) == 1 else edits.Batch(changes)
            self._session.apply(edit)

    def undo(self) -> str | None:
        """Take the last change back and return its name, None when there is none."""
        self._check_open()
        return self._session.undo()

    def redo(self) -> str | None:
        """Make the change that was undone last; return its name, None without one."""
        self._check_open()
        return self._session.redo()

    def image(self, frame: int) -> npt.NDArray[np.uint8]:
        """Return the picture of a frame.

        Parameters
        ----------
        frame
            Number of the frame from 0; negative numbers count from the end.

        Returns
        -------
        ndarray
            Shape ``(height, width, 3)``, uint8, RGB: the decoder's own pixels.

        Raises
        ------
        IndexError
            If there is no such frame.
        """
        self._check_open()
        return self.video.read(frame)

    def snapshot(
        self,
        frame: int | None = None,
        path: str | os.PathLike[str] | None = None,
        boxes: bool = True,
    ) -> Path:
        """Save the picture of a frame, the one shown by default, with its boxes.

        `path` is ``<video>_<frame>.png`` in the working folder by default; returned.

        Raises
        ------
        IndexError
            If there is no such frame.
        ExportError
            If the place cannot be written to.
        """
        self._check_open()
        labels = self.annotation if boxes else None
        chosen = self.frame if frame is None else frame
        return snapshot(labels, self.video, chosen, path)

    def on_edit(self, listener: Callable[[Change], object]) -> Callable[[], None]:
        """Call a function with every change of the labels.

        Parameters
        ----------
        listener
            Called with an object that has `edit` (of `boxreel.edits`; None if the
            labels were replaced: by undo, redo or an assignment), `revision`, `client`
            (the browser page that made it, None for Python), `before` and `after`.

        Returns
        -------
        callable
            Ends it.

        Examples
        --------
        >>> import numpy as np
        >>> w = Annotator(np.zeros((50, 48, 64), np.uint8), labels=["car"])
        >>> end = w.on_edit(lambda change: print(change.edit.describe()))
        >>> w.apply(edits.AddLabel(Label("bus")))
        label bus
        >>> end()
        >>> w.close()
        """
        return self._edits.add(listener)

    def select(self, *tracks: int) -> None:
        """Select tracks by their ids, none without any.

        Raises
        ------
        TraitError
            If there is no such track.
        """
        self.selection = tracks

    def seek(self, place: int | str) -> None:
        """Show a frame.

        Parameters
        ----------
        place
            A frame from 0, or as in the frame field: ``"0:05.92"`` or ``"5.92s"`` (the
            frame nearest to that time), ``"+10"``, ``"-2s"``.

        Raises
        ------
        AnnotationError
            If the text is none of these, or names a place that the video does not have.
        TraitError
            If there is no such frame.
        """
        if isinstance(place, str):
            place = frame_named(place, self.annotation.video.times, self.frame)
        self.frame = place

    def show(self, what: object = None, name: str = "") -> None:
        """Mark frames and boxes on the timeline, to be stepped through with E.

        Parameters
        ----------
        what
            Frames from 0: one, many, or a bool for each frame of the video. Or a table
            (DataFrame, dict of columns, `Boxes`) with the column ``frame``, or with
            ``start`` and ``stop`` of half-open ranges; if it has them, its columns
            ``track`` (ids), ``text``, and ``x, y, w, h`` with ``rotation`` (boxes in
            pixels) are shown too. None takes the marks away.
        name
            What they are, such as ``"low score"``.

        Raises
        ------
        TypeError
            If it is none of these.
        ValueError
            If a frame lies outside the video, or a box has no size.

        Examples
        --------
        >>> import numpy as np
        >>> w = Annotator(np.zeros((50, 48, 64), np.uint8))
        >>> w.show({"frame": [7, 8, 30], "text": ["blurred", "blurred", "dark"]})
        >>> w.frame
        7
        >>> w.close()
        """
        self._check_open()
        count = self.annotation.video.frame_count
        marks = self._item.marks = marks_of(what, count, name)
        self._link.show_marks()
        if marks.spans:
            self.frame = marks.spans[0][0]

    def __repr__(self) -> str:
        tracks = len(self.annotation.tracks)
        closed = ", closed" if self._closed else ""
        return (
            f"<Annotator of {self.video.name!r}: {len(self.video)} frames, "
            f"{tracks} track{'s' if tracks != 1 else ''}{closed}>"
        )
