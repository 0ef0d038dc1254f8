"""The label file of a widget: found again at the start, written after every edit."""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from pathlib import Path
from threading import Condition, Thread
from typing import ClassVar
from weakref import WeakSet

from boxreel import formats
from boxreel.errors import FormatError
from boxreel.model import Annotation, VideoInfo
from boxreel.widget.messages import SaveName, SaveState

ENDING = ".boxreel.json"


def label_path(
    save_to: str | os.PathLike[str] | None, source: Path | None
) -> Path | None:
    """Return the absolute path where labels are kept, or None for nowhere.

    Parameters
    ----------
    save_to
        A file, None for nowhere, or ``"auto"``: beside the video's file.
    source
        File or folder of the video; None when it has neither.

    Raises
    ------
    TypeError
        If `save_to` is neither.
    FormatError
        If `save_to` is a folder, or in a folder that does not exist.

    Examples
    --------
    >>> label_path("auto", Path("clips/street.mp4")).name
    'street.boxreel.json'
    >>> label_path("auto", None) is None
    True
    """
    if save_to == "auto":
        if source is None:
            return None
        source = source.absolute()
        stem = source.name if source.is_dir() else source.stem
        return source.with_name(stem + ENDING)
    if save_to is None:
        return None
    if not isinstance(save_to, (str, os.PathLike)):
        raise TypeError(f'save_to must be a path, "auto" or None, not {save_to!r}')
    path = Path(save_to).expanduser().absolute()
    if path.is_dir():
        raise FormatError(f"save_to={str(path)!r} is a folder; name a file in it")
    if not path.parent.is_dir():
        raise FormatError(
            f"save_to={str(path)!r}: the folder {path.parent} does not exist; make it "
            "first"
        )
    return path


class Saving:
    """Keeps a label file equal to the labels, in the background.

    Edits that come while the file is being written are written together after it. The
    file is replaced whole or not at all. When that fails the state says why, and the
    next edit tries again. A file that somebody else has changed is never overwritten.

    Parameters
    ----------
    path
        The label file; None to keep none.
    """

    _all: ClassVar[WeakSet[Saving]] = WeakSet()

    def __init__(self, path: Path | None) -> None:
        self.path = path
        self._changed = Condition()
        self._pending: Annotation | None = None
        self._busy = False
        self._closed = False
        self._thread: Thread | None = None
        self._publish: Callable[[SaveState], None] | None = None
        self._kept: Annotation | None = None
        self._seen = _stamp(path)
        text = f"Edits are saved to {path.name}" if path else "Not saved to a file"
        self._state = self._make("saved" if path else "off", text)
        Saving._all.add(self)

    @property
    def state(self) -> SaveState:
        """What is to be told about saving now."""
        return self._state

    def watch(self, publish: Callable[[SaveState], None]) -> None:
        """Call `publish` with every new state, on whatever thread.

        It must be quick and must not wait for a thread.
        """
        self._publish = publish

    def load(self, video: VideoInfo) -> Annotation | None:
        """Read the label file; None when there is none.

        Raises
        ------
        VideoMismatchError
            If it belongs to another video; says what differs.
        FormatError
            If it is damaged or of a newer version. The file is left as it is.
        """
        if self.path is None:
            return None
        for other in tuple(Saving._all):
            if other.path == self.path:
                other.wait()
        self._seen = _stamp(self.path)
        if self._seen is None:
            return None
        try:
            self._kept, _ = formats.read_report(
                self.path, format="boxreel", video=video
            )
        except FormatError as error:
            raise type(error)(
                f"{error}. To leave that file alone pass save_to= with another path, "
                "or None"
            ) from error
        self._state = self._make("saved", f"Loaded from {self.path.name}")
        return self._kept

    def put(self, annotation: Annotation) -> None:
        """Save `annotation` soon; returns at once."""
        with self._changed:
            if self.path is None or self._closed:
                return
            self._pending = annotation
            if self._thread is None:
                self._thread = Thread(
                    target=self._run, name="boxreel-save", daemon=True
                )
                self._thread.start()
            if self._state["state"] != "saving":
                self._tell(self._make("saving", "Saving…"))
            self._changed.notify_all()

    def wait(self) -> SaveState:
        """Wait until nothing is left to save and return the state."""
        with self._changed:
            self._changed.wait_for(lambda: self._pending is None and not self._busy)
            return self._state

    def close(self) -> None:
        """Save what is left, then stop; a failure stays readable in the state."""
        with self._changed:
            self._closed = True
            self._changed.notify_all()
        if self._thread is not None:
            self._thread.join()
        self._publish = None

    def _run(self) -> None:
        while True:
            with self._changed:
                self._changed.wait_for(
                    lambda: self._pending is not None or self._closed
                )
                if self._pending is None:
                    return
                annotation, self._pending = self._pending, None
                self._busy = True
            state = self._write(annotation)
            with self._changed:
                self._busy = False
                if self._pending is None:
                    self._tell(state)
                self._changed.notify_all()

    def _write(self, annotation: Annotation) -> SaveState:
        path = self.path
        assert path is not None
        try:
            if self._changed_by_others(path):
                raise FormatError(
                    f"{path.name} was changed outside of this widget and is not "
                    "overwritten; run the cell again to see it, or keep these labels "
                    "elsewhere with boxreel.write(w.annotation, ...)"
                )
            formats.write(annotation, path, format="boxreel")
        except Exception as error:  # noqa: BLE001 - told to the person, tried again
            return self._make("error", f"Could not save: {error}")
        self._kept, self._seen = annotation, _stamp(path)
        clock = time.strftime("%H:%M:%S")
        return self._make("saved", f"Saved to {path.name}, {clock}", time.time())

    def _changed_by_others(self, path: Path) -> bool:
        """Whether the file is neither as it was read nor as it was written last."""
        now = _stamp(path)
        if now is None or now == self._seen:
            return False
        if self._kept is None:
            return True
        try:
            annotation, _ = formats.read_report(path, format="boxreel")
        except FormatError:
            return True
        return annotation != self._kept

    def _tell(self, state: SaveState) -> None:
        self._state = state
        if self._publish is not None:
            self._publish(state)

    def _make(self, state: SaveName, text: str, when: float | None = None) -> SaveState:
        path = None if self.path is None else str(self.path)
        return {"state": state, "text": text, "path": path, "time": when}


def _stamp(path: Path | None) -> tuple[int, int, int] | None:
    """Return what changes when a file is written: its inode, time and size."""
    try:
        facts = None if path is None else path.stat()
    except OSError:
        return None
    return None if facts is None else (facts.st_ino, facts.st_mtime_ns, facts.st_size)
