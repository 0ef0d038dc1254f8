"""What the lines of a journal hold.

======================  ==============================================================
``kind``                what it says, beside ``revision``, ``time`` (UTC) and ``author``
======================  ==============================================================
``document``            the whole document as ``text``, as a label file has it
``edit``                an ``edit``, as `Edit.to_json` writes it
``undo``, ``redo``      steps of the history: their last ``name``, and what differs
``assign``              other labels, put in place by Python: what differs
``start``               what differs from the revision before the labels were opened
``saving``, ``saved``   the label file is written now; has been. The file's ``digest``
======================  ==============================================================

What differs is ``tracks`` as they are now, ids ``removed``, and other ``parts``. Who
made a change in a browser is ``client``, the name of the page, and ``seq`` the number
that the page gave it. A ``document`` and the markers of the label file say what was
``heard`` of the pages until then, see `heard`.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timezone
from hashlib import sha256
from typing import Any, Final, Literal

from boxreel.errors import AnnotationError
from boxreel.model import Annotation
from boxreel.model.json import track_from_json, track_to_json
from boxreel.model.parts import (
    declared_from_json,
    events_from_json,
    labels_from_json,
    notes_from_json,
    parts_to_json,
    values_from_json,
)
from boxreel.model.plain import list_of, mapping_of

Kind = Literal["edit", "undo", "redo", "assign"]

_READERS: Final[dict[str, Callable[[Any], Any]]] = {
    "labels": labels_from_json,
    "declared": declared_from_json,
    "attributes": values_from_json,
    "notes": notes_from_json,
    "events": events_from_json,
}


@dataclass(frozen=True)
class Entry:
    """A change of the labels that is to be recorded.

    Attributes
    ----------
    kind
        How it was made.
    name
        What it is called in the history of undo.
    revision
        The revision that it leads to.
    before, after
        The labels before it, and with it.
    edit
        What was applied as JSON, where `kind` is ``"edit"``.
    client, seq
        The page that made it, and the number it gave it; None for Python.
    """

    kind: Kind
    name: str
    revision: int
    before: Annotation
    after: Annotation
    edit: dict[str, Any] | None = None
    client: str | None = None
    seq: int | None = None

    def content(self) -> dict[str, Any]:
        """Return what the line says beside time and author."""
        head: dict[str, Any] = {"kind": self.kind, "revision": self.revision}
        if self.client is not None:
            head["client"] = self.client
        if self.seq is not None:
            head["seq"] = self.seq
        if self.edit is not None:
            return head | {"edit": self.edit}
        return head | {"name": self.name} | difference(self.before, self.after)


def difference(before: Annotation, after: Annotation) -> dict[str, Any]:
    """Return what differs between two documents of one video, as plain JSON.

    Examples
    --------
    >>> from boxreel.model import VideoInfo
    >>> video = VideoInfo.constant("street.mp4", 1920, 1080, 300, fps=30)
    >>> old = Annotation.for_video(video, labels=["car"])
    >>> difference(old, old.with_parts(notes={7: "a crash"}))
    {'parts': {'notes': [[7, 'a crash']]}}
    """
    ids, removed = after.changed_from(before)
    parts = parts_to_json(after, before)
    found = {
        "tracks": [track_to_json(after.tracks[id]) for id in ids],
        "removed": [*map(int, removed)],
        "parts": {
            name: value
            for name, value in parts.items()
            if name not in ("next_id", "label_version")
            or getattr(before, name) != getattr(after, name)
        },
    }
    return {name: value for name, value in found.items() if value}


def with_difference(before: Annotation, record: dict[str, Any]) -> Annotation:
    """Return the document that differs so, checked as a whole.

    Raises
    ------
    AnnotationError
        If it is none.
    """
    gone = set(list_of(record.get("removed", []), "removed"))
    tracks = {id: track for id, track in before.tracks.items() if id not in gone}
    for data in list_of(record.get("tracks", []), "tracks"):
        track = track_from_json(data)
        tracks[track.id] = track
    parts = mapping_of(record.get("parts", {}), "parts")
    read: dict[str, Any] = {
        name: reader(parts[name]) if name in parts else getattr(before, name)
        for name, reader in _READERS.items()
    }
    numbers: dict[str, Any] = {
        name: parts.get(name, getattr(before, name))
        for name in ("next_id", "label_version")
    }
    return Annotation(before.video, tracks=tracks, **read, **numbers)


def stamped(content: dict[str, Any], author: str) -> dict[str, Any]:
    """Add when it was, and by whom."""
    now = datetime.now(timezone.utc).isoformat(timespec="milliseconds")
    return content | {"time": now, "author": author}


def revision_of(record: dict[str, Any]) -> int:
    """Return the revision of a record.

    Raises
    ------
    AnnotationError
        If it has none.
    """
    revision = record.get("revision")
    if type(revision) is not int or revision < 0:
        raise AnnotationError(f"{revision!r} is no revision")
    return revision


def digest(data: bytes) -> str:
    """Return what tells one content of a label file from another."""
    return sha256(data).hexdigest()
