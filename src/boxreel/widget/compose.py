"""Builds the messages to the browser that carry labels, and their buffers."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple, cast

import numpy as np

from boxreel.journal.heard import Heard
from boxreel.model import Annotation, Track
from boxreel.model.json import besides_keyframes
from boxreel.model.parts import parts_to_json
from boxreel.widget.marks import Marks
from boxreel.widget.messages import (
    PROTOCOL,
    AheadOf,
    Buffers,
    Changed,
    Histories,
    ItemHead,
    MarksShown,
    Parts,
    SaveState,
    Snapshot,
    TrackHead,
)


class Ahead(NamedTuple):
    """The labels whose tracks all pages have been sent, under a number."""

    number: int
    annotation: Annotation


def head(track: Track) -> TrackHead:
    """Return what a message says of a track beside its keyframe columns."""
    own = {"id": track.id, "label": track.label, "count": len(track.keyframes)}
    return cast("TrackHead", own | besides_keyframes(track))


def columns(tracks: Iterable[Track]) -> Buffers:
    """Return the keyframes of `tracks` as seven buffers, one row a keyframe.

    frames int32, boxes float64 (x, y, w, h, rotation), outside uint8, occluded
    uint8, hold uint8, sources uint8, scores float64 (NaN where there is none).
    """
    tables = [track.keyframes for track in tracks]

    def joined(name: str, dtype: str) -> bytes:
        parts = [getattr(table, name) for table in tables]
        return np.concatenate(parts).astype(dtype).tobytes() if parts else b""

    return [
        joined("frames", "<i4"),
        joined("boxes", "<f8"),
        joined("outside", "u1"),
        joined("occluded", "u1"),
        joined("hold", "u1"),
        joined("sources", "u1"),
        joined("scores", "<f8"),
    ]


def snapshot(
    annotation: Annotation,
    *,
    revision: int,
    client: str,
    warnings: Iterable[str],
    history: Histories,
    save: SaveState,
    read_only: bool,
    frame: int,
    item: int,
    items: list[ItemHead],
    heard: Heard,
    document: str,
    ahead: Ahead | None = None,
) -> tuple[Snapshot, Buffers]:
    """Build the whole document as one message and its nine buffers.

    What pages have been sent ahead is not said again.
    """
    video = annotation.video
    tracks = list(annotation.tracks.values())
    sent: AheadOf | None = None
    if ahead is not None:
        changed, removed = annotation.changed_from(ahead.annotation)
        tracks = [annotation.tracks[id] for id in changed]
        sent = {
            "number": ahead.number,
            "count": len(ahead.annotation.tracks),
            "removed": [int(track) for track in removed],
        }
    message: Snapshot = {
        "kind": "snapshot",
        "protocol": PROTOCOL,
        "revision": revision,
        "client": client,
        "video": {
            "name": video.name,
            "width": video.width,
            "height": video.height,
            "frame_count": video.frame_count,
            "fps": video.fps,
            "time_base": [video.time_base.numerator, video.time_base.denominator],
            "warnings": list(warnings),
        },
        "parts": cast("Parts", parts_to_json(annotation)),
        "tracks": [head(track) for track in tracks],
        "ahead": sent,
        "history": history,
        "save": save,
        "read_only": read_only,
        "frame": frame,
        "item": item,
        "items": items,
        "heard": dict(heard),
        "document": document,
    }
    steps, counts = video.tick_runs()
    runs = [steps.astype("<f8").tobytes(), counts.astype("<i4").tobytes()]
    return message, [*runs, *columns(tracks)]


def marks(shown: Marks) -> tuple[MarksShown, Buffers]:
    """Build what is to be looked at as one message and its two buffers."""
    message: MarksShown = {
        "kind": "marks",
        "name": shown.name,
        "spans": list(shown.spans),
    }
    frames, boxes = shown.frames.astype("<i4"), shown.boxes.astype("<f8")
    return message, [frames.tobytes(), boxes.tobytes()]


def changed(
    before: Annotation,
    after: Annotation,
    *,
    item: int,
    revision: int,
    client: str | None,
    seq: int | None,
    history: Histories,
) -> tuple[Changed, Buffers]:
    """Build what differs between two documents as one message and its buffers."""
    ids, removed = after.changed_from(before)
    tracks = [after.tracks[track] for track in ids]
    message: Changed = {
        "kind": "changed",
        "item": item,
        "revision": revision,
        "client": client,
        "seq": seq,
        "tracks": [head(track) for track in tracks],
        "removed": [int(track) for track in removed],
        "parts": cast("Parts", parts_to_json(after, before)),
        "history": history,
    }
    return message, columns(tracks)
