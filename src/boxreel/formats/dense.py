"""What all formats of one row a box have in common: from rows to an annotation."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

import numpy as np
import numpy.typing as npt

from boxreel.formats.base import Source, Target, note_unsaid
from boxreel.geometry import hull, xyxy_to_xywh
from boxreel.model import (
    SOURCES,
    Annotation,
    Attribute,
    Boxes,
    Keyframes,
    Label,
    Track,
    VideoInfo,
)
from boxreel.model.rows import NOBODY, Rows

Place = Callable[[int], str]


def annotation_of(
    source: Source,
    rows: Rows,
    names: Sequence[str],
    video: VideoInfo,
    *,
    place: Place,
    attributes: Mapping[Attribute, npt.NDArray[Any]] | None = None,
    seen: npt.NDArray[np.int64] | None = None,
) -> Annotation:
    """Make the annotation of a file's rows; every row is a keyframe.

    Parameters
    ----------
    source
        The file.
    rows
        Its boxes, in any order; their `numbers` are what `place` takes.
    names
        The labels that their codes are indices into.
    video
        What they are of.
    place
        Says where the row of a number is, as "line 7".
    attributes
        By declaration, a value ``(n,)`` for each row; None for none.
    seen
        The frames that were looked at, sorted, among them all of the rows: an object is
        absent on those that it has no row on. None for all frames.

    Raises
    ------
    FormatError
        Naming the place of the first row that cannot stand.
    """
    wild = np.asarray(~np.isfinite(rows.boxes).all(axis=1))
    refuse(source, rows, wild, place, "is no number")
    flat = np.asarray((rows.boxes[:, 2:4] <= 0).any(axis=1))
    refuse(source, rows, flat, place, "has no width or height")
    refuse(
        source, rows, np.asarray(rows.frames < 0), place, "comes before the first frame"
    )
    end = f"is past the end of the video, which has {video.frame_count} frames"
    late = np.asarray(rows.frames >= video.frame_count)
    refuse(source, rows, late, place, end)
    loose = rows.ids == NOBODY
    source.notes.guessed(
        "boxes without an id are objects of one frame; link=True links them",
        place(int(rows.numbers[loose][0])) if loose.any() else "",
        int(loose.sum()),
    )
    order = np.lexsort((rows.frames, rows.numbered().ids))
    rows = rows.numbered().picked(order)
    double = rows.twice()
    if double is not None:
        raise source.error(
            f"{place(int(rows.numbers[double]))}: object {rows.ids[double]} is there "
            f"twice on one frame, already at {place(int(rows.numbers[double - 1]))}"
        )
    changed = rows.relabelled()
    source.notes.dropped(
        "class changes inside a track",
        place(int(rows.numbers[changed][0])) if changed.any() else "",
        int(changed.sum()),
    )
    tracks = _tracks(rows, tuple(names), video.frame_count, seen)
    values = {one: column[order] for one, column in (attributes or {}).items()}
    bounds = np.flatnonzero(np.diff(rows.ids, prepend=NOBODY, append=NOBODY))
    for begin, stop in zip(bounds[:-1].tolist(), bounds[1:].tolist(), strict=True):
        steps = {
            one.name: steps_of(rows.frames[begin:stop], column[begin:stop].tolist())
            for one, column in values.items()
        }
        if any(steps.values()):
            track = tracks[int(rows.ids[begin])]
            tracks[track.id] = replace(track, attributes=steps)
    source.notes.counts["boxes"] = len(rows)
    declared = tuple(values)
    labels = [Label(name, attributes=declared) for name in names]
    return Annotation(video, labels, tracks)


def _tracks(
    rows: Rows,
    names: tuple[str, ...],
    frame_count: int,
    seen: npt.NDArray[np.int64] | None,
) -> dict[int, Track]:
    if seen is None:
        return rows.tracks(names, frame_count, "import")
    counted = replace(rows, frames=np.searchsorted(seen, rows.frames))
    return {
        id: replace(track, keyframes=_moved(track.keyframes, seen))
        for id, track in counted.tracks(names, len(seen), "import").items()
    }


def _moved(table: Keyframes, frames: npt.NDArray[np.int64]) -> Keyframes:
    return Keyframes(**(table.columns() | {"frames": frames[table.frames]}))


def refuse(
    source: Source, rows: Rows, bad: npt.NDArray[Any], place: Place, why: str
) -> None:
    """Raise a FormatError about the first of the rows in `bad`."""
    if bad.any():
        raise source.error(f"{place(int(rows.numbers[bad].min()))}: the box {why}")


def steps_of(frames: npt.NDArray[np.int64], values: list[Any]) -> Any:
    """Return the steps of an attribute from its values on some frames."""
    steps: list[tuple[int, Any]] = []
    for frame, value in zip(frames.tolist(), values, strict=True):
        if value != (steps[-1][1] if steps else None):
            steps.append((frame, value))
    if steps and steps[0][0] == int(frames[0]):
        steps[0] = (0, steps[0][1])
    return tuple(steps)


def extent_of(boxes: npt.NDArray[np.float64]) -> tuple[float, float]:
    """Rightmost and lowest coordinate of boxes ``(n, 5)``, at least 1."""
    corners = boxes[:, :2] + boxes[:, 2:4]
    finite = np.where(np.isfinite(corners), corners, 1)
    right, bottom = finite.max(axis=0, initial=1).tolist()
    return right, bottom


def upright(boxes: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    """Return the smallest upright boxes ``(n, 4)`` around boxes ``(n, 5)``."""
    found = boxes[:, :4].copy()
    turned = boxes[:, 4] != 0
    found[turned] = xyxy_to_xywh(hull(boxes[turned]))
    return found


def boxes_on(
    annotation: Annotation, frames: Iterable[int] | None
) -> tuple[list[int], Boxes]:
    """Return the frames to write, sorted, all of the video for None, and their boxes.

    Raises
    ------
    AnnotationError
        A frame that the video does not have.
    """
    count = annotation.video.frame_count
    listed = list(range(count)) if frames is None else sorted(set(frames))
    return listed, annotation.dense(listed)


def note_losses(
    annotation: Annotation,
    boxes: Boxes,
    target: Target,
    *,
    holds: Sequence[str] = (),
    attributes: Sequence[str] = (),
    reserved: Sequence[str] = (),
) -> None:
    """Note what a format of one row a box cannot hold.

    Parameters
    ----------
    annotation, boxes
        What is written, and its dense boxes.
    target
        Where losses are noted.
    holds
        What the format does hold of: "keyframes", "rotation", "source", "scores",
        "occluded", "ids", "attributes", "groups", "events".
    attributes
        Names of attributes that it holds, where not all.
    reserved
        Names of attributes that mean something else in it, which it cannot hold.
    """
    first = {
        "keyframes": ("keyframes: every frame is a row", ~boxes.keyframe),
        "rotation": (
            "rotation: the upright box around is written",
            boxes.rotation != 0,
        ),
        "source": ("source of boxes", boxes.source != SOURCES.index("import")),
        "scores": ("scores", ~np.isnan(boxes.score)),
        "occluded": ("occluded", boxes.occluded),
        "ids": ("track ids", np.ones(len(boxes), dtype=bool)),
    }
    for name, (text, mask) in first.items():
        if name not in holds and mask.any():
            i = int(mask.argmax())
            place = f"#{boxes.track[i]}, frame {boxes.frame[i]}"
            target.notes.lost(text, place, int(mask.sum()))
    lost = target.notes.lost
    for track in annotation.tracks.values():
        for name in sorted(set(track.attributes) - set(attributes)):
            if "attributes" not in holds or name in reserved:
                lost(f"attribute {name!r}", f"#{track.id}")
        grouped = track.group is not None and "groups" not in holds
        lost("groups of tracks", f"#{track.id}", int(grouped))
        hold = int(track.keyframes.hold.any())
        lost("hold: boxes stay, but as rows", f"#{track.id}", hold)
    note_unsaid(annotation, target.notes, events="events" in holds)
