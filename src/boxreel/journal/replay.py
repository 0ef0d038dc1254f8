"""What the lines of a journal lead to."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from boxreel.errors import AnnotationError, VideoMismatchError
from boxreel.formats import Source
from boxreel.formats.native import parse
from boxreel.journal.heard import NOBODY, Heard, heard_from_json, with_act
from boxreel.journal.lines import Line
from boxreel.journal.record import revision_of, with_difference
from boxreel.model import Annotation, VideoInfo
from boxreel.model.edits import edit_from_json

MARKERS = ("saving", "saved")


class Replay:
    """Follows a journal line by line.

    Where a change is missing or damaged, those after it are left out up to the next
    line that holds the whole document.

    Parameters
    ----------
    path
        What the journal is called in messages.
    video
        What is labelled; None to take it from the journal.
    annotation, revision, heard
        What to start from, if it is known.

    Attributes
    ----------
    annotation
        The document after the lines so far, as far as they could be followed.
    revision
        The newest revision seen.
    heard
        Up to which of its acts the document has what each page did.
    broken
        Whether a change before this point could not be followed.
    trouble
        What was wrong first, with the number of the line; empty if nothing was.
    followed, skipped
        How many changes were made, and how many had to be left out.
    """

    def __init__(
        self,
        path: str,
        video: VideoInfo | None = None,
        annotation: Annotation | None = None,
        revision: int = 0,
        heard: Heard = NOBODY,
    ) -> None:
        self._path, self._video = path, video
        self.annotation, self.revision = annotation, revision
        self.heard = heard
        self.broken, self.trouble = False, ""
        self.followed = self.skipped = 0

    def follow(self, lines: Iterable[Line], stop: int | None = None) -> None:
        """Follow lines as far as revision `stop`, to the end where it is None.

        Raises
        ------
        VideoMismatchError
            If the document is of another video than the one given.
        """
        for line in lines:
            record = line.record()
            if record is None:
                # Whether a change was in it is seen by the revision of the next one.
                self._miss(line, "its checksum is wrong")
                continue
            try:
                revision = revision_of(record)
                if stop is not None and revision > stop:
                    continue
                self._take(record, revision)
            except VideoMismatchError:
                raise
            except (ValueError, TypeError, KeyError, AttributeError) as error:
                self.broken = True
                self._miss(line, error)

    def _miss(self, line: Line, why: object) -> None:
        self.skipped += 1
        self.trouble = self.trouble or f"line {line.number}: {why}"

    def _take(self, record: dict[str, Any], revision: int) -> None:
        kind = record.get("kind")
        if kind in MARKERS:
            return
        known, self.revision = self.revision, max(self.revision, revision)
        if kind == "document":
            source = Source(self._path, str(record["text"]), self._video)
            self.annotation, self.broken = parse(source), False
            self.heard = heard_from_json(record.get("heard"))
            return
        if self.broken or self.annotation is None:
            self.skipped += 1
            return
        if revision != (known if kind == "start" else known + 1):
            raise AnnotationError(f"revision {revision} comes after {known}")
        self.annotation = changed(self.annotation, record)
        self.heard = with_act(self.heard, record.get("client"), record.get("seq"))
        self.followed += kind != "start"


def changed(annotation: Annotation, record: dict[str, Any]) -> Annotation:
    """Return the document that a record of a change leads to.

    Raises
    ------
    AnnotationError
        If it is none, or does not suit the document.
    """
    kind = record.get("kind")
    if kind == "edit":
        return edit_from_json(record["edit"]).apply(annotation)
    if kind in ("undo", "redo", "assign", "start"):
        return with_difference(annotation, record)
    raise AnnotationError(f"unknown kind of record: {kind!r:.60}")
