"""The widget: boxes on a reel of frames, in the output of a cell."""

from __future__ import annotations

import atexit
import os
import warnings
from collections.abc import Iterable, Mapping
from contextlib import suppress
from pathlib import Path
from threading import RLock
from typing import Any, ClassVar

import anywidget
import numpy as np
import numpy.typing as npt
import traitlets
from traitlets import Bunch, TraitError

from boxreel.errors import BoxreelError, BoxreelWarning, FormatError
from boxreel.export import snapshot
from boxreel.model import Annotation, Label, VideoInfo, edits
from boxreel.video import DiskCache, FrameStore, Video, open_video
from boxreel.widget import assets
from boxreel.widget.frames import FrameServer
from boxreel.widget.labelfile import Saving, label_path
from boxreel.widget.link import Link
from boxreel.widget.messages import Buffers, HistoryNames, Reply
from boxreel.widget.session import Change, Session
from boxreel.widget.start import first_labels
from boxreel.widget.traits import AnnotationTrait, FrameTrait, SelectionTrait

_OPTIONS = "annotation, labels, save_to, height, theme, fps, display_range, read_only"


class Annotator(anywidget.AnyWidget):
    """Draw and keyframe boxes on a video; the labels are a Python value all the while.

    Parameters
    ----------
    video
        What :func:`boxreel.open_video` takes: a path, URL, array, folder, pattern or
        list of images, or an open `Video`.
    annotation
        Labels to start from, of this video. A label file that is there already goes
        before them, see `save_to`.
    labels
        Names, or `Label` objects with colours and attributes, to choose from.
    save_to
        Label file. ``"auto"`` keeps ``<video>.boxreel.json`` beside a video that is a
        file or a folder, None keeps no file. What the file holds is loaded at the
        start; every edit is saved to it.
    height
        Height of the widget in CSS pixels.
    theme
        ``"auto"`` (as the notebook), ``"light"`` or ``"dark"``.
    fps, display_range
        Of an array or images: frames a second, and the values that are black and white.
    read_only
        Whether the person may only look. Python may still assign.

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

    _esm: Any
    if assets.HOT_RELOAD:
        _esm = assets.SCRIPT
    else:
        _esm = traitlets.Unicode(read_only=True).tag(sync=True)

        @traitlets.default("_esm")
        def _script(self) -> str:
            return assets.script()

    _closed = False
    _wire: ClassVar = RLock()
    """Held while a message leaves: they come from several threads."""

    annotation = AnnotationTrait()
    frame = FrameTrait().tag(sync=True)
    selection = SelectionTrait().tag(sync=True)
    height = traitlets.Int(680, min=240, max=10_000).tag(sync=True)
    theme = traitlets.Enum(["auto", "light", "dark"], "auto").tag(sync=True)

    def __init__(
        self,
        video: object,
        annotation: Annotation | None = None,
        labels: Iterable[str | Label] | None = None,
        *,
        save_to: str | os.PathLike[str] | None = "auto",
        height: int = 680,
        theme: str = "auto",
        fps: float | None = None,
        display_range: tuple[float, float] | None = None,
        read_only: bool = False,
        **unknown: object,
    ) -> None:
        if unknown:
            raise TypeError(
                f"Annotator has no argument {', '.join(map(repr, unknown))}; beside "
                f"the video it takes: {_OPTIONS}"
            )
        self._video = open_video(video, fps=fps, display_range=display_range)
        self._owns_video = self._video is not video
        try:
            info = VideoInfo.of(self._video)
            self._saving = Saving(label_path(save_to, self._video.path))
            start, notice = first_labels(info, annotation, labels, self._saving)
            super().__init__(height=height, theme=theme)
        except BaseException:
            self._release_video()
            raise
        self._warnings = [notice] if notice else []
        self._store = FrameStore(self._video, disk=DiskCache.of(self._video))
        self._frames = FrameServer(self._store, info.frame_count, self._post)
        self._link = Link(
            self._post,
            self._frames,
            self._saving,
            lambda: self.warnings,
            self._browser_failed,
            read_only,
        )
        self._session = self._link.session = Session(start, self._link.publish)
        self._session.observe(self._labels_changed)
        self._saving.watch(lambda state: self._post({"kind": "save", **state}, []))
        # ipykernel 7.4 would hand what the page says to the thread that published last,
        # so that a running cell held up every edit; the page has chosen the thread.
        self.comm._reply_subshell_for = lambda _data, subshell: subshell
        self.on_msg(lambda _widget, content, _buffers: self._link.receive(content))
        atexit.register(self._release)
        if notice:
            warnings.warn(notice, BoxreelWarning, stacklevel=2)

    @property
    def video(self) -> Video:
        """The video, as :func:`boxreel.open_video` gives it."""
        return self._video

    @property
    def labels(self) -> tuple[Label, ...]:
        """What there is to choose from when drawing."""
        return self.annotation.labels

    @property
    def warnings(self) -> tuple[str, ...]:
        """What one should know of the video, the label file and the page."""
        saving = self._saving.state
        failed = [saving["text"]] if saving["state"] == "error" else []
        return (*self._video.warnings, *self._warnings, *failed)

    @property
    def history(self) -> HistoryNames:
        """What `undo` and `redo` would do: ``{"undo": name, "redo": None}``."""
        state = self._session.state
        return {"undo": state.undo_name, "redo": state.redo_name}

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

    def save(self) -> Path:
        """Write the label file now and return its path.

        Every edit is saved anyway; this waits for it and tells of failure.

        Raises
        ------
        FormatError
            If there is no label file, or it cannot be written.
        """
        self._check_open()
        if self._saving.path is None:
            raise FormatError(
                "these labels have no file; pass save_to= to Annotator, or use "
                "boxreel.write(w.annotation, path)"
            )
        self._saving.put(self.annotation)
        state = self._saving.wait()
        if state["state"] == "error":
            raise FormatError(state["text"])
        return self._saving.path

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
        return self._video.read(frame)

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
        return snapshot(labels, self._video, chosen, path)

    def close(self) -> None:
        """Take the widget off the page, save what is left and free the video.

        The labels stay readable. Called twice it does nothing.

        Warns
        -----
        BoxreelWarning
            If the last edits could not be saved.
        """
        with self._wire:
            super().close()
        self._release()

    def set_state(self, sync_data: Mapping[str, Any]) -> None:
        """Take the traits that the page has set.

        ipywidgets would hold notifications meanwhile, for the whole widget; what
        another thread sets in that time would get lost.
        """
        with self._lock_property(**sync_data):
            for name in sync_data.keys() & {"frame", "selection"}:
                self._take(name, sync_data[name])

    def __repr__(self) -> str:
        tracks = len(self.annotation.tracks)
        closed = ", closed" if self._closed else ""
        return (
            f"<Annotator of {self._video.name!r}: {len(self._video)} frames, "
            f"{tracks} track{'s' if tracks != 1 else ''}{closed}>"
        )

    @traitlets.observe("frame")
    def _frame_changed(self, change: Bunch) -> None:
        self._frames.playhead(change.new)

    def _labels_changed(self, change: Change) -> None:
        """Tell observers of `annotation` of one change; called without a lock."""
        tracks = self.annotation.tracks
        if not tracks.keys() >= set(self.selection):
            # Another thread may just remove a track; it comes here for that as well.
            with suppress(TraitError):
                self.selection = tuple(id for id in self.selection if id in tracks)
        # Past any hold on the instance: it would merge changes of other threads.
        type(self).notify_change(
            self,
            Bunch(
                name="annotation",
                old=change.before,
                new=change.state.annotation,
                owner=self,
                type="change",
            ),
        )

    def _take(self, name: str, value: object) -> None:
        try:
            self.set_trait(name, value)
        except TraitError as error:
            self.send_state(name)
            self.log.warning("the page set what cannot be: %s", error)

    def _browser_failed(self, text: str) -> None:
        self._warnings = [*self._warnings, text][-100:]
        self.log.warning("the page reported: %s", text)

    def _post(self, message: Reply, buffers: Buffers) -> None:
        self.send(message, buffers)

    def _send(self, msg: Any, buffers: Buffers | None = None) -> None:
        with self._wire:
            super()._send(msg, buffers)

    def _check_open(self) -> None:
        if self._closed:
            raise BoxreelError(
                "this annotator is closed; its labels are still in w.annotation, a new "
                "Annotator shows them"
            )

    def _release(self) -> None:
        """Stop all threads, the labels being saved."""
        if self._closed or not hasattr(self, "_session"):
            return
        self._closed = True
        atexit.unregister(self._release)
        self._frames.close()
        self._store.close()
        self._saving.close()
        self._release_video()
        if self._saving.state["state"] == "error":
            warnings.warn(self._saving.state["text"], BoxreelWarning, stacklevel=3)

    def _release_video(self) -> None:
        if self._owns_video:
            self._video.close()
