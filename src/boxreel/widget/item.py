"""One video of a widget: its labels and their file, and its pictures while shown."""

from __future__ import annotations

import os
import socket
from collections.abc import Callable, Iterable
from contextlib import ExitStack
from hashlib import sha256
from pathlib import Path
from uuid import uuid4

from boxreel.errors import VideoMismatchError
from boxreel.journal import Entry
from boxreel.model import Annotation, Label, VideoInfo
from boxreel.tracking import Tracker
from boxreel.video import FrameStore, Opened
from boxreel.widget.comparing import Comparing
from boxreel.widget.frames import FrameServer
from boxreel.widget.labelfile import label_path
from boxreel.widget.marks import Marks
from boxreel.widget.messages import Send
from boxreel.widget.regions import RegionServer
from boxreel.widget.saving import Saving
from boxreel.widget.session import Change, Session
from boxreel.widget.start import first_labels
from boxreel.widget.tracking import Tracking


class Item:
    """One video that is labelled in a widget.

    The labels and their history last as long as the widget; the video is open, and
    pictures of it are made, only while it is shown.

    Parameters
    ----------
    source, annotation, labels, save_to, author, take_over, tracker
        As of `Annotator`.
    open_source
        Opens `source`.
    publish
        Called with the item and every change of its labels, in their order.

    Raises
    ------
    VideoError
        If the video cannot be opened.
    FormatError
        If the label file is damaged or cannot be in that place.
    """

    store: FrameStore
    frames: FrameServer
    regions: RegionServer
    tracking: Tracking

    def __init__(
        self,
        source: object,
        open_source: Callable[[object], Opened],
        annotation: Annotation | None,
        labels: Iterable[str | Label] | None,
        save_to: str | os.PathLike[str] | None,
        author: str,
        take_over: bool,
        tracker: Tracker,
        publish: Callable[[Item, Change], None],
    ) -> None:
        self._source, self._open_source = source, open_source
        self._tracker, self.author = tracker, author
        self._open, self._shown = True, False
        self._opened = open_source(source)
        self.video = self._opened.video
        with ExitStack() as undone:
            undone.callback(self.rest)
            info = VideoInfo.of(self.video)
            self.saving = Saving(
                label_path(save_to, self.video.path), author, take_over
            )
            undone.callback(self.saving.close)
            start, self.notice = first_labels(info, annotation, labels, self.saving)
            undone.pop_all()
        self.session = Session(
            start,
            lambda change: publish(self, change),
            self.saving.revision,
            self.saving.heard,
        )
        self.reported: list[str] = []
        self.document = _document(self.saving.path)
        self.frame = 0
        self.marks = Marks()
        self.comparing: Comparing | None = None

    @property
    def warnings(self) -> tuple[str, ...]:
        """What one should know of the video, the label file and the page."""
        notice = [self.notice] if self.notice else []
        saving = self.saving.state
        failed = [saving["text"]] if saving["state"] == "error" else []
        return (*self.video.warnings, *notice, *self.reported, *failed)

    def keep(self, change: Change) -> None:
        """Write a change to the journal, and soon to the label file."""
        self.saving.put(
            Entry(
                change.kind,
                change.name,
                change.revision,
                change.before,
                change.after,
                change.edit_json,
                change.client,
                change.origin.seq,
            )
        )

    def save(self) -> None:
        """Write the label file soon, whether anything was changed or not."""
        with self.session.still() as state:
            self.saving.save(state.annotation, state.revision)

    def show(self, send: Send) -> None:
        """Open the video if it is not, and make pictures of it for whoever asks.

        Raises
        ------
        VideoError
            If it cannot be opened any more.
        VideoMismatchError
            If another video is in its place by now.
        """
        if not self._open:
            self._reopen()
        self.store = self._opened.store
        count = self.session.annotation.video.frame_count
        self.frames = FrameServer(self.store, count, send)
        self.frames.prepare(self.frame, self.video.width)
        self._send, self._told = send, self.video.warnings
        self.store.watch(self, self._tell_warnings)
        self.regions = RegionServer(self.video, send)
        self.tracking = Tracking(self.session, self.video, send, self._tracker)
        self._shown = True

    def rest(self) -> None:
        """Let go of the pictures and the video; the labels stay."""
        if self._shown:
            self._shown = False
            self.store.forget(self)
            self.frames.close()
            self.regions.close()
            self.tracking.close()
        if self._open:
            self._open = False
            self._opened.close()

    def close(self) -> None:
        """Let go of everything, the labels being saved."""
        self.rest()
        if self.comparing is not None:
            self.comparing.close()
        self.saving.close()

    def _tell_warnings(self) -> None:
        """Tell the pages when decoding has met more damage; called often."""
        found = self.video.warnings
        if found != self._told:
            self._told = found
            self._send({"kind": "warnings", "warnings": list(self.warnings)}, [])

    def _reopen(self) -> None:
        opened = self._open_source(self._source)
        if VideoInfo.of(opened.video) != self.session.annotation.video:
            opened.close()
            name = opened.video.name
            raise VideoMismatchError(
                f"{name!r} is another video than when it was opened first; "
                "run the cell again"
            )
        self._opened, self.video, self._open = opened, opened.video, True


def _document(label_file: Path | None) -> str:
    """Name labels by their file; without one it is for this time only.

    A page keeps under it what it could not say; a name should not tell where that is.
    """
    if label_file is None:
        return uuid4().hex
    place = f"{socket.gethostname()}:{label_file.absolute()}"
    return sha256(place.encode("utf-8", "surrogateescape")).hexdigest()[:32]
