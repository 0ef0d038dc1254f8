"""What was changed, when and by whom; the labels as they were at any time."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, Any

from boxreel import formats
from boxreel.errors import AnnotationError, FormatError
from boxreel.formats.files import LabelFile
from boxreel.journal.journal import Journal, journal_path, old_path
from boxreel.journal.lines import Line, read
from boxreel.journal.lock import Lock
from boxreel.journal.replay import MARKERS, Replay
from boxreel.model import Annotation
from boxreel.model.edits import edit_from_json
from boxreel.model.tables import library, printable

if TYPE_CHECKING:
    import pandas as pd

COLUMNS = ("revision", "time", "author", "client", "kind", "name")


def history(path: str | os.PathLike[str]) -> pd.DataFrame:
    """Return who changed what in a label file, and when.

    Parameters
    ----------
    path
        The label file that a widget saves to.

    Returns
    -------
    DataFrame
        A row for each change, the oldest first: ``revision``, ``time`` (UTC, by the
        clock of who made it), ``author``, ``client`` (the browser page that made it,
        None for Python), ``kind`` (of the edit; or undo, redo, assign, and document
        where the labels were found so), ``name``. Lines that are damaged are left out.

    Raises
    ------
    FormatError
        If it has no journal, or one that cannot be read.

    Examples
    --------
    >>> import tempfile, boxreel as br, numpy as np
    >>> path = tempfile.mkdtemp() + "/labels.json"
    >>> w = br.Annotator(np.zeros((9, 48, 64), np.uint8), save_to=path)
    >>> w.apply(br.edits.AddLabel(br.Label("car")))
    >>> w.close()
    >>> history(path)["kind"].tolist()
    ['document', 'add_label']
    """
    rows = [_row(record) for line in _lines(path) if (record := line.record())]
    pandas = library("pandas")
    table: pd.DataFrame = pandas.DataFrame([r for r in rows if r], columns=[*COLUMNS])
    # A number is no time: pandas would count nanoseconds with it.
    said = table["time"].where(table["time"].map(lambda time: isinstance(time, str)))
    how = {"utc": True, "errors": "coerce", "format": "ISO8601"}
    table["time"] = pandas.to_datetime(said, **how)
    return table


def restore(path: str | os.PathLike[str], revision: int | None = None) -> Annotation:
    """Return the labels of a label file as they were.

    Parameters
    ----------
    path
        The label file that a widget saves to, whether it is there or not.
    revision
        As in `history`; None for the newest, with all that is in the journal.

    Raises
    ------
    FormatError
        If the journal does not reach back to that revision, or is damaged before it.
    TypeError
        If `revision` is no whole number.

    Examples
    --------
    >>> import tempfile, boxreel as br, numpy as np
    >>> path = tempfile.mkdtemp() + "/labels.json"
    >>> w = br.Annotator(np.zeros((9, 48, 64), np.uint8), save_to=path)
    >>> w.apply(br.edits.AddLabel(br.Label("car")))
    >>> w.apply(br.edits.RemoveLabel("car"))
    >>> w.close()
    >>> restore(path, revision=1).labels
    (Label(name='car', ...),)
    >>> history(path)["name"].tolist()
    ['labels as they were found', 'label car', 'removal of label car']
    """
    if revision is None:
        return _newest(Path(path).expanduser())
    if not isinstance(revision, int) or isinstance(revision, bool):
        raise TypeError(f"revision must be a whole number, not {revision!r}")
    lines = _lines(path)
    replay = Replay(str(journal_path(Path(path).expanduser())))
    replay.follow(lines, stop=revision)
    found = replay.annotation
    if replay.trouble and (replay.broken or replay.revision != revision):
        raise FormatError(f"{path}: its journal is damaged, {replay.trouble}")
    if found is None or replay.revision != revision:
        known = [record["revision"] for line in lines if (record := line.record())]
        raise FormatError(
            f"{path} has no revision {revision}: its journal holds "
            f"{min(known)} to {max(known)}"
        )
    return found


def compact(path: str | os.PathLike[str]) -> None:
    """Forget the history of a label file; the labels stay as they are now.

    Parameters
    ----------
    path
        The label file. What only its journal holds is written to it first.

    Raises
    ------
    FormatError
        If it cannot be written, or read, or a widget has it open.

    Examples
    --------
    >>> import tempfile, boxreel as br, numpy as np
    >>> path = tempfile.mkdtemp() + "/labels.json"
    >>> w = br.Annotator(np.zeros((9, 48, 64), np.uint8), save_to=path)
    >>> w.apply(br.edits.AddLabel(br.Label("car")))
    >>> w.close()
    >>> compact(path)
    >>> br.read(path, format="boxreel").labels
    (Label(name='car', ...),)
    """
    place = Path(path).expanduser()
    if holder := Lock(place, "").living:
        raise FormatError(f"{path} is open ({holder}): close it there first")
    formats.write(_newest(place), place, format="boxreel")
    for journal in (journal_path(place), old_path(place)):
        journal.unlink(missing_ok=True)


def _newest(place: Path) -> Annotation:
    found = data = None
    if place.exists():
        data = LabelFile(place).data
        found, _ = formats.read_report(place, format="boxreel")
    video = None if found is None else found.video
    resumed = Journal(place, "").resume(found, data, video)
    if resumed.annotation is None:
        raise FormatError(resumed.notice or f"{place}: there is no such file")
    return resumed.annotation


def _lines(path: str | os.PathLike[str]) -> list[Line]:
    place = Path(path).expanduser()
    lines = [*read(old_path(place)).lines, *read(journal_path(place)).lines]
    if not lines:
        raise FormatError(
            f"{path} has no journal: a widget that saves to it begins one with the "
            "first edit"
        )
    return lines


def _row(record: dict[str, Any]) -> dict[str, Any] | None:
    """Return what the history says of a line, None if it is no change."""
    kind = record.get("kind")
    if kind in MARKERS or kind == "start":
        return None
    row = {name: record.get(name) for name in COLUMNS}
    if kind == "document":
        row["name"] = "labels as they were found"
    if kind == "edit":
        try:
            edit = edit_from_json(record.get("edit"))
        except AnnotationError:
            return None
        row |= {"kind": edit.kind, "name": edit.describe()}
    return {
        name: printable(value) if isinstance(value, str) else value
        for name, value in row.items()
    }
