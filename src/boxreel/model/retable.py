"""A table of boxes taken back: only what was changed in it changes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

import numpy as np

from boxreel.errors import AnnotationError
from boxreel.model.boxes import Boxes
from boxreel.model.columns import columns_of, recognised
from boxreel.model.detections import rows_of_columns
from boxreel.model.keyframe import SOURCES
from boxreel.model.keyframes import Bools, Ints, Keyframes
from boxreel.model.labels import Label
from boxreel.model.realign import refined
from boxreel.model.rows import NOBODY, Rows
from boxreel.model.tables import label_names
from boxreel.model.track import Track

if TYPE_CHECKING:
    from boxreel.model.annotation import Annotation

TOLERANCE = 1e-6
"""Pixels, or degrees, that a row may be off."""

HUMAN = SOURCES.index("human")


def retabled(annotation: Annotation, table: Any) -> Annotation:
    """Do the work of `Annotation.with_table`."""
    rows, names = rows_of_columns(recognised(columns_of(table)), None, 0)
    rows = _checked(annotation, rows)
    known = [label.name for label in annotation.labels]
    spelt = dict(zip(label_names(annotation), known, strict=True))
    names = tuple(spelt.get(name, name) for name in names)
    added = [Label(name) for name in names if name not in known]
    before = annotation.dense()
    tracks = {}
    for id, mine in _by_track(rows.ids):
        old = annotation.tracks.get(id)
        given = rows.picked(np.arange(mine.start, mine.stop))
        label = names[given.codes[0]]
        if (given.codes != given.codes[0]).any():
            raise AnnotationError(f"object {id} has several labels: give it one")
        tracks[id] = _track(annotation, old, before, given, id, label)
    events = tuple(
        replace(event, tracks=tuple(id for id in event.tracks if id in tracks))
        for event in annotation.events
    )
    same = [*tracks] == [*annotation.tracks] and all(
        tracks[id] is track for id, track in annotation.tracks.items()
    )
    if same:
        return annotation
    labels = (*annotation.labels, *added)
    return replace(
        annotation,
        labels=labels,
        tracks=MappingProxyType(tracks),
        events=events,
        label_version=annotation.label_version + bool(added),
    )


def _checked(annotation: Annotation, rows: Rows) -> Rows:
    """Return the rows in order, new ids for those without one."""
    count = annotation.video.frame_count
    late = rows.frames >= count
    if late.any():
        frame = rows.frames[late][0]
        raise AnnotationError(f"frame {frame} is past the end, of {count} frames")
    loose = rows.ids == NOBODY
    ids = rows.ids.copy()
    first = max(annotation.next_id, int(ids.max(initial=0)) + 1)
    ids[loose] = first + np.arange(loose.sum())
    rows = replace(rows, ids=ids).in_order()
    double = rows.twice()
    if double is not None:
        raise AnnotationError(
            f"row {rows.numbers[double]}: object {rows.ids[double]} is on frame "
            f"{rows.frames[double]} twice; leave one out"
        )
    return rows


def _by_track(ids: Ints) -> Iterator[tuple[int, slice]]:
    bounds = np.flatnonzero(np.diff(ids, prepend=NOBODY, append=NOBODY)).tolist()
    for start, stop in pairwise(bounds):
        yield int(ids[start]), slice(start, stop)


def _track(
    annotation: Annotation,
    old: Track | None,
    before: Boxes,
    rows: Rows,
    id: int,
    label: str,
) -> Track:
    count = annotation.video.frame_count
    if old is None:
        fresh = np.ones(len(rows), np.bool_)
        return Track(id, label, _keyframes(None, rows, fresh, count))
    was = np.flatnonzero(before.track == id)
    changed = _changed(before, was, rows)
    if not changed.any() and len(was) == len(rows):
        return old if old.label == label else replace(old, label=label)
    table = _keyframes(old.keyframes, rows, changed, count)
    return replace(old, label=label, keyframes=table)


def _changed(before: Boxes, was: Ints, rows: Rows) -> Bools:
    """Mask of the rows that are new, or not as they were."""
    changed = np.ones(len(rows), np.bool_)
    _, mine, theirs = np.intersect1d(
        rows.frames, before.frame[was], assume_unique=True, return_indices=True
    )
    at = was[theirs]
    scores = rows.scores[mine], before.score[at]
    changed[mine] = (
        (rows.boxes[mine] != before.box[at]).any(axis=1)
        | (rows.occluded[mine] != before.occluded[at])
        | ((scores[0] != scores[1]) & ~(np.isnan(scores[0]) & np.isnan(scores[1])))
    )
    return changed


def _keyframes(
    old: Keyframes | None, rows: Rows, changed: Bools, frame_count: int
) -> Keyframes:
    """Keyframes between which every row is met, the old ones among them."""
    sources = np.full(len(rows), HUMAN, np.uint8)
    needed = np.zeros(len(rows), np.bool_)
    if old is not None:
        at = np.searchsorted(old.frames, rows.frames, side="right") - 1
        sources = np.where(changed | (at < 0), HUMAN, old.sources[at]).astype(np.uint8)
        needed |= np.isin(rows.frames, old.frames)
    for state in (rows.occluded, sources, np.nan_to_num(rows.scores, nan=-1.0)):
        needed[1:] |= state[1:] != state[:-1]
    ends = np.append(np.diff(rows.frames) > 1, True)
    starts = np.append(True, ends[:-1])
    needed |= ends | starts
    runs = zip(
        np.flatnonzero(starts).tolist(), np.flatnonzero(ends).tolist(), strict=True
    )
    chosen = []
    for first, last in runs:
        run = slice(first, last + 1)
        splits = np.flatnonzero(needed[run])
        chosen.append(first + refined(splits, rows.boxes[run], None, TOLERANCE))
    picked = np.concatenate(chosen)
    gone = ends[picked] & (rows.frames[picked] + 1 < frame_count)
    row = np.repeat(picked, 1 + gone)
    outside = np.zeros(len(row), np.bool_)
    outside[1:] = row[1:] == row[:-1]
    return Keyframes(
        frames=rows.frames[row] + outside,
        boxes=rows.boxes[row],
        outside=outside,
        occluded=rows.occluded[row] & ~outside,
        sources=sources[row],
        scores=np.where(outside, np.nan, rows.scores[row]),
    )
