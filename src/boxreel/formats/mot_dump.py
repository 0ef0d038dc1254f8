"""Write MOTChallenge text."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from pathlib import PurePath
from typing import TypeAlias, get_args

import numpy as np
from numpy.typing import NDArray

from boxreel.formats import dense, seqinfo
from boxreel.formats.base import Target, note_unsaid
from boxreel.formats.mot_terms import IGNORED, Kind
from boxreel.geometry import hull, xyxy_to_xywh
from boxreel.model import SOURCES, Annotation, Boxes

DECIMALS = 3
Ints: TypeAlias = NDArray[np.int64]


def dump(
    annotation: Annotation,
    target: Target,
    *,
    kind: Kind = "gt",
    classes: Sequence[str] | None = None,
    frame_base: int = 1,
    pixel_base: float = 0,
    companions: bool = False,
    link_groups: bool = False,
    frames: Iterable[int] | None = None,
) -> str:
    """Write MOT text: every frame of every track a row, to 0.001 pixel.

    Parameters
    ----------
    annotation
        The labels.
    target
        The file.
    kind
        ``"gt"`` (9 columns: flag, class, visibility), ``"mot15"`` (10 columns,
        flag), ``"det"`` (10 columns, id -1, score) or ``"results"`` (10 columns,
        score).
    classes
        Names of the classes 1, 2, ...; None for the annotation's labels in order.
    frame_base, pixel_base
        Number of the first frame, and coordinate of the top-left corner of the
        picture, in the file.
    companions
        Also write ``labels.txt`` beside (``gt``) and ``seqinfo.ini``, above a folder
        called ``gt`` or ``det``, else beside.
    link_groups
        Write the tracks of a group as one object, under the smallest of their ids.
    frames
        0-based frames to write; None for all.

    Raises
    ------
    FormatError
        If a label has no class, or a group to be linked has two boxes on a frame.
    """
    if kind not in get_args(Kind):
        raise target.error(f"kind {kind!r} is none of {', '.join(get_args(Kind))}")
    if classes is None:
        classes = [label.name for label in annotation.labels]
    missing = {track.label for track in annotation.tracks.values()} - set(classes)
    if kind == "gt" and missing:
        raise target.error(f"label {min(missing)!r} is not in classes={classes!r}")
    _, boxes = dense.boxes_on(annotation, frames)
    ids = _linked(annotation, boxes, target) if link_groups else boxes.track
    _note_losses(annotation, boxes, target, kind, companions)
    if not link_groups:
        groups = sum(track.group is not None for track in annotation.tracks.values())
        target.notes.lost("groups of tracks", count=groups)
    if companions:
        _write_companions(annotation, target, kind, classes)
    target.notes.counts["boxes"] = len(boxes)
    rows = _rows(annotation, boxes, ids, kind, classes, frame_base, pixel_base)
    return "".join(rows)


def _linked(annotation: Annotation, boxes: Boxes, target: Target) -> Ints:
    """Ids of boxes (n,), those of a group the smallest of its tracks."""
    first: dict[int, int] = {}
    linked = {
        track.id: first.setdefault(track.group, track.id) if track.group else track.id
        for track in annotation.tracks.values()
    }
    own, at = np.unique(boxes.track, return_inverse=True)
    ids = np.array([linked[id] for id in own.tolist()], dtype=np.int64)[at]
    places, counts = np.unique([boxes.frame, ids], axis=1, return_counts=True)
    if (counts > 1).any():
        frame, id = places[:, counts.argmax()].tolist()
        raise target.error(
            f"group {annotation.tracks[id].group} has {counts.max()} boxes on frame "
            f"{frame}, but one object has one: write it without link_groups, or "
            "ungroup its tracks"
        )
    return ids


def _rows(
    annotation: Annotation,
    boxes: Boxes,
    track_ids: Ints,
    kind: Kind,
    classes: Sequence[str],
    frame_base: int,
    pixel_base: float,
) -> Iterator[str]:
    order = np.lexsort((boxes.track, boxes.frame))
    x, y, w, h = _upright(boxes.box)[order].T
    size = np.maximum(np.stack([w, h]), 10.0**-DECIMALS)
    place = np.stack([x, y]) + pixel_base
    frames = boxes.frame[order] + frame_base
    ids = np.full(len(order), -1) if kind == "det" else track_ids[order]
    columns = [column.tolist() for column in (frames, ids, *place, *size)]
    start = "%d,%d" + f",%.{DECIMALS}f" * 4
    if kind == "gt":
        flags = _flags(annotation, boxes)[order].tolist()
        number = {name: index for index, name in enumerate(classes, 1)}
        of_track = {t.id: number[t.label] for t in annotation.tracks.values()}
        class_ids = [of_track[track] for track in boxes.track[order].tolist()]
        visible = (~boxes.occluded[order]).tolist()
        row, extra = start + ",%d,%d,%d\n", [flags, class_ids, visible]
    elif kind == "mot15":
        flags = _flags(annotation, boxes)[order].tolist()
        row, extra = start + ",%d,-1,-1,-1\n", [flags]
    else:
        scores = np.nan_to_num(boxes.score[order], nan=1.0).tolist()
        row, extra = start + ",%.6g,-1,-1,-1\n", [scores]
    return (row % values for values in zip(*columns, *extra, strict=True))


def _upright(boxes: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return the smallest upright boxes (n, 4) around boxes (n, 5)."""
    upright = boxes[:, :4].copy()
    turned = boxes[:, 4] != 0
    upright[turned] = xyxy_to_xywh(hull(boxes[turned]))
    return upright


def _flags(annotation: Annotation, boxes: Boxes) -> NDArray[np.bool_]:
    """Return (n,) False where the attribute "ignored" is true."""
    flags = np.ones(len(boxes), dtype=bool)
    for track in annotation.tracks.values():
        steps = track.attributes.get(IGNORED, ())
        if any(value is True for _, value in steps):
            rows = np.flatnonzero(boxes.track == track.id)
            step = np.searchsorted([f for f, _ in steps], boxes.frame[rows], "right")
            ignored = np.array([False, *(value is True for _, value in steps)])
            flags[rows] = ~ignored[step]
    return flags


def _write_companions(
    annotation: Annotation, target: Target, kind: Kind, classes: Sequence[str]
) -> None:
    if kind == "gt":
        broken = [name for name in classes if name != " ".join(name.splitlines())]
        if broken:
            raise target.error(
                f"labels.txt has a line a label, which {broken[0]!r} breaks; rename it"
            )
        target.beside["labels.txt"] = "".join(f"{name}\n" for name in classes)
    path = PurePath(target.path)
    above = path.parent.name in ("gt", "det") or path.suffix.lower() == ".zip"
    target.beside["../seqinfo.ini" if above else "seqinfo.ini"] = seqinfo.dump(
        annotation.video
    )
    if annotation.video.fps % 1:
        target.notes.lost(f"frame rate {annotation.video.fps:g}, written as an integer")


def _note_losses(
    annotation: Annotation, boxes: Boxes, target: Target, kind: Kind, companions: bool
) -> None:
    def rows(text: str, mask: NDArray[np.bool_]) -> None:
        if mask.any():
            i = int(np.argmax(mask))
            place = f"#{boxes.track[i]}, frame {boxes.frame[i]}"
            target.notes.lost(text, place, int(mask.sum()))

    lost, gt = target.notes.lost, kind == "gt"
    rows("keyframes: every frame is a row", ~boxes.keyframe)
    rows("rotation: the upright box around is written", boxes.box[:, 4] != 0)
    exact = np.round(boxes.box[:, :4], DECIMALS) == boxes.box[:, :4]
    rows(f"rounded to {DECIMALS} decimals", ~exact.all(axis=1))
    rows("source of boxes", boxes.source != SOURCES.index("import"))
    if kind in ("gt", "mot15"):
        rows("scores", ~np.isnan(boxes.score))
    if not gt:
        rows("occluded", boxes.occluded)
    if kind == "det":
        lost("track ids", count=len(annotation.tracks))
    if gt and not companions:
        lost("class names, only numbers are written; companions=True adds labels.txt")
    if not gt and len({track.label for track in annotation.tracks.values()}) > 1:
        lost("labels: all tracks look alike")
    carried = {IGNORED} if kind in ("gt", "mot15") else set()
    for track in annotation.tracks.values():
        for name in sorted(set(track.attributes) - carried):
            lost(f"attribute {name!r}", f"#{track.id}")
    note_unsaid(annotation, target.notes)
