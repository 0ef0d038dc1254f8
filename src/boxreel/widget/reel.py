"""The videos on the reel of a widget: which one is shown, and who hears of what."""

from __future__ import annotations

import atexit
import warnings
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from threading import Lock, RLock
from typing import TYPE_CHECKING, Any

import traitlets
from traitlets import Bunch, TraitError

from boxreel.errors import BoxreelError, BoxreelWarning, FormatError
from boxreel.journal import history
from boxreel.model import Annotation
from boxreel.video import Video
from boxreel.widget.asked import Mark
from boxreel.widget.item import Item
from boxreel.widget.link import Link
from boxreel.widget.listeners import Listeners
from boxreel.widget.messages import SaveState
from boxreel.widget.playlist import ItemState, Playlist
from boxreel.widget.session import Change, Session
from boxreel.widget.still import Bundle, Still, bundle
from boxreel.widget.traits import AnnotationTrait, FrameTrait, SelectionTrait
from boxreel.widget.wire import WireWidget

if TYPE_CHECKING:
    import pandas as pd

PATIENCE = 0.25
"""Seconds in which the first picture should be made."""


class Reel(WireWidget):
    """A widget of one or several videos, one of them shown.

    Parameters
    ----------
    names
        What each is called.
    make
        Opens the one at an index.
    read_only
        Whether the person may only look.
    **traits
        Of the widget.
    """

    _closed = False

    annotation = AnnotationTrait()
    frame = FrameTrait().tag(sync=True)
    selection = SelectionTrait().tag(sync=True)
    still = traitlets.Unicode(read_only=True).tag(sync=True)

    def __init__(
        self,
        names: Sequence[str],
        make: Callable[[int, Callable[[Item, Change], None]], Item],
        read_only: bool,
        **traits: Any,
    ) -> None:
        self._edits, self._watchers = Listeners[Change](), Listeners[ItemState]()
        self._going, self._still = RLock(), Still(self._still_bundle)
        self.set_trait("still", self._still.name)
        self._link = Link(
            self._post, self._go, self._set_mark, self._browser_failed, read_only
        )

        def made(index: int) -> Item:
            item = make(index, self._link.publish)
            item.session.observe(self._labels_changed)
            item.session.observe(self._edits.tell)
            item.saving.watch(lambda state: self._saving_changed(item, state))
            if self._closed:
                item.close()
            return item

        self._playlist = self._link.playlist = Playlist(names, made)
        self._hearing = Lock()
        self._heard: list[object] | None = []
        self.on_msg(lambda _widget, content, _buffers: self._hear(content))
        super().__init__(**traits)
        try:
            # Meanwhile the page loads the script.
            first = self._item
            first.show(self._post)
        except BaseException:
            self.close()
            raise
        atexit.register(self._release)
        self._answer()
        if first.notice:
            warnings.warn(first.notice, BoxreelWarning, stacklevel=3)

    @property
    def video(self) -> Video:
        """The video, as :func:`boxreel.open_video` gives it."""
        return self._item.video

    @property
    def items(self) -> tuple[ItemState, ...]:
        """How each video stands: its `index`, `name`, `mark`, and if it is `shown`."""
        return self._playlist.states()

    @property
    def item(self) -> int:
        """Which of several videos is shown, from 0. Assigning shows another one."""
        return self._playlist.index

    @item.setter
    def item(self, index: int) -> None:
        self._go(self._playlist.checked(index))

    @property
    def annotations(self) -> tuple[Annotation, ...]:
        """The labels of each video; one that was not needed yet is opened for it.

        Raises
        ------
        VideoError
            If one cannot be opened.
        """
        with self._going:  # what a page is just shown has to stay open
            return self._playlist.annotations()

    def mark(self, mark: Mark | None, item: int | None = None) -> None:
        """Say of a video, the one shown by default, that it is done, or discarded.

        Parameters
        ----------
        mark
            ``"done"``, ``"discarded"``, or None for neither.
        item
            Which one, from 0.

        Raises
        ------
        ValueError
            If `mark` is none of these.
        IndexError
            If there is no such item.
        """
        if mark not in ("done", "discarded", None):
            raise ValueError(f"mark is 'done', 'discarded' or None, not {mark!r}")
        self._set_mark(
            self.item if item is None else self._playlist.checked(item), mark
        )

    def on_item(self, listener: Callable[[ItemState], object]) -> Callable[[], None]:
        """Call a function when another video is shown, and when one is marked.

        Parameters
        ----------
        listener
            Called with how that video stands now, as in `items`.

        Returns
        -------
        callable
            Ends it.
        """
        return self._watchers.add(listener)

    @property
    def undo_name(self) -> str | None:
        """What `undo` would take back, None when there is nothing."""
        return self._session.state.undo_name

    @property
    def redo_name(self) -> str | None:
        """What `redo` would do again, None when there is nothing."""
        return self._session.state.redo_name

    def history(self) -> pd.DataFrame:
        """Return who changed what and when, as :func:`boxreel.history` of the file.

        Raises
        ------
        FormatError
            If these labels have no file, or nothing was changed since it has a journal.
        """
        return history(self._label_file())

    def save(self) -> Path:
        """Write the label file now and return its path.

        Every edit is saved anyway; this waits for it and tells of failure.

        Raises
        ------
        FormatError
            If there is no label file, or it cannot be written, as another kernel does.
        """
        self._check_open()
        path, item = self._label_file(), self._item
        item.save()
        state = item.saving.wait()
        if state["state"] in ("error", "off"):
            raise FormatError(state["text"])
        return path

    def _label_file(self) -> Path:
        path = self._item.saving.path
        if path is None:
            raise FormatError(
                "these labels have no file; pass save_to= to Annotator, or use "
                "boxreel.write(w.annotation, path)"
            )
        return path

    def close(self) -> None:
        """Take the widget off the page, save what is left and free the video.

        The labels stay readable. Called twice it does nothing.

        Warns
        -----
        BoxreelWarning
            If the last edits could not be saved.
        """
        super().close()
        self._release()

    def _ipython_display_(self) -> None:
        """Show the widget, and beside it what stands there without a kernel."""
        from IPython.display import display

        view = None if self._closed else self._repr_mimebundle_()
        if view is None:
            display({"text/plain": repr(self)}, raw=True)
        else:
            display(view[0], metadata=view[1], raw=True)
            # The picture that the page waits for has the processor to itself.
            frames = self._item.frames
            frames.wait_prepared(PATIENCE)
            frames.wait_shown(PATIENCE)
            self._still.show()

    def _still_bundle(self, name: str) -> Bundle:
        item = self._item
        return bundle(name, item.session.annotation, item.video, item.frame)

    @property
    def _item(self) -> Item:
        return self._playlist.current

    @property
    def _session(self) -> Session:
        return self._item.session

    @traitlets.observe("frame")
    def _frame_changed(self, change: Bunch) -> None:
        self._item.frame = change.new
        self._item.frames.playhead(change.new)

    def _go(self, index: int) -> None:
        """Show another video; the labels of both are still while one makes way."""
        with self._going:
            self._check_open()
            old, item = self._item, self._playlist[index]
            if old is item:
                return
            item.show(self._post)
            ahead = self._link.ahead(item)
            with old.session.still(), item.session.still():
                self._playlist.index = index
                self._link.show(ahead=ahead)
            old.rest()
            self.selection, self.frame = (), item.frame
        self._notify(old.session.annotation, item.session.annotation)
        self._watchers.tell(self._playlist.state(index))

    def set_state(self, sync_data: Mapping[str, Any]) -> None:
        """Take the traits that the page has set, once it can know what is shown."""
        if self._heard is None:
            super().set_state(sync_data)

    def _hear(self, content: object) -> None:
        """Do what the page asks; while the video is being opened, keep it in mind."""
        with self._hearing:
            if self._heard is not None:
                self._heard.append(content)
                return
        self._link.receive(content)

    def _answer(self) -> None:
        """Do what the page asked for while the video was being opened."""
        if self._heard:
            # The picture it waits for goes first, and has the processor to itself.
            self._item.frames.wait_prepared(PATIENCE)
        with self._hearing:
            heard, self._heard = self._heard, None
        for content in heard or ():
            self._link.receive(content)

    def _set_mark(self, index: int, mark: Mark | None) -> None:
        self._check_open()
        self._playlist.mark(index, mark)
        self._link.show_items()
        self._watchers.tell(self._playlist.state(index))

    def _labels_changed(self, change: Change) -> None:
        """Tell observers of `annotation` of one change; called without a lock."""
        tracks = self.annotation.tracks
        if not tracks.keys() >= set(self.selection):
            # Another thread may just remove a track; it comes here for that as well.
            with suppress(TraitError):
                self.selection = tuple(id for id in self.selection if id in tracks)
        self._still.changed()
        self._notify(change.before, change.after)

    def _notify(self, old: Annotation, new: Annotation) -> None:
        # Past any hold on the instance: it would merge changes of other threads.
        type(self).notify_change(
            self,
            Bunch(name="annotation", old=old, new=new, owner=self, type="change"),
        )

    def _saving_changed(self, item: Item, state: SaveState) -> None:
        if item is self._item:
            self._post({"kind": "save", **state}, [])

    def _browser_failed(self, text: str) -> None:
        # JSON carries lone surrogates, which no stream can print.
        text = text.encode("utf-8", "backslashreplace").decode()
        self._item.reported = [*self._item.reported, text][-100:]
        self.log.warning("the page reported: %s", text)

    def _check_open(self) -> None:
        if self._closed:
            raise BoxreelError(
                "this annotator is closed; its labels are still in w.annotation, a new "
                "Annotator shows them"
            )

    def _release(self) -> None:
        """Stop all threads, the labels being saved."""
        if self._closed or not hasattr(self, "_playlist"):
            return
        self._closed = True
        atexit.unregister(self._release)
        self._still.close()
        for item in self._playlist.opened():
            item.close()
            if item.saving.state["state"] == "error":
                warnings.warn(item.saving.state["text"], BoxreelWarning, stacklevel=4)
