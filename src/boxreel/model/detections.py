"""What models say of a video, in whatever objects they say it, as rows.

Objects are known by their attributes, so that no library is imported: those of
supervision have ``xyxy`` and ``tracker_id``, those of ultralytics ``boxes`` and
``names``, those of torchvision are mappings with ``boxes``.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias

import numpy as np
import numpy.typing as npt

from boxreel.errors import AnnotationError
from boxreel.geometry import xyxy_to_xywh
from boxreel.model.columns import (
    Columns,
    RowError,
    boxes_of,
    columns_of,
    is_missing,
    numbers,
    recognised,
)
from boxreel.model.rows import NOBODY, Rows

Classes: TypeAlias = "Sequence[str] | Mapping[int, str] | None"

ARRAY = ("frame", "track", "x", "y", "w", "h", "score", "class")
"""Columns of a plain array, of which the last may be left out."""


@dataclass(frozen=True)
class Picture:
    """Detections of one frame: boxes ``(n, 5)``, the rest ``(n,)`` or None."""

    boxes: npt.NDArray[np.float64]
    ids: Any = None
    scores: Any = None
    classes: Any = None
    names: Any = None


def rows_of(
    detections: Any, classes: Classes, frame_base: int
) -> tuple[Rows, tuple[str, ...]]:
    """Take detections apart; see `Annotation.from_detections`.

    Returns
    -------
    Rows and tuple of str
        The boxes, and the names of the labels that their codes are indices into.

    Raises
    ------
    AnnotationError
        If they are of no kind that is known, or hold what is no box.
    """
    if _is_table(detections):
        columns = recognised(columns_of(detections))
    elif isinstance(detections, np.ndarray) and detections.ndim == 2:
        if not 6 <= detections.shape[1] <= len(ARRAY):
            raise AnnotationError(
                f"an array of detections has 6 to 8 columns, {', '.join(ARRAY)}; this "
                f"one has shape {detections.shape}"
            )
        columns = dict(zip(ARRAY, detections.T, strict=False))
    else:
        columns = _gathered(detections, frame_base)
    return rows_of_columns(columns, classes, frame_base)


def _is_table(value: Any) -> bool:
    if isinstance(value, Mapping):
        return all(isinstance(key, str) for key in value) and bool(value)
    if isinstance(value, np.ndarray):
        return value.dtype.names is not None
    return hasattr(value, "columns") or hasattr(value, "__arrow_c_stream__")


def _gathered(detections: Any, frame_base: int) -> Columns:
    pictures = [
        (frame, _picture(found, frame)) for frame, found in _by_frame(detections)
    ]
    counts = [len(picture.boxes) for _, picture in pictures]
    frames = np.repeat([frame for frame, _ in pictures], counts)

    def column(name: str, missing: Any) -> npt.NDArray[Any]:
        parts = [getattr(picture, name) for _, picture in pictures]
        filled = (
            np.full(count, missing) if part is None else _plain(part)
            for part, count in zip(parts, counts, strict=True)
        )
        return np.concatenate([np.zeros(0, type(missing)), *filled])

    boxes = np.concatenate([np.zeros((0, 5)), *(p.boxes for _, p in pictures)])
    return {
        "frame": frames.astype(np.float64) + frame_base,
        "track": column("ids", NOBODY),
        **dict(zip(("x", "y", "w", "h", "rotation"), boxes.T, strict=True)),
        "score": column("scores", np.nan),
        "class": column("classes", np.nan),
        "label": np.array(
            [name for _, picture in pictures for name in _names(picture)], dtype=object
        ),
    }


def _names(picture: Picture) -> list[str | None]:
    if picture.names is None:
        return [None] * len(picture.boxes)
    if not isinstance(picture.names, Mapping):
        return [str(name) for name in picture.names]
    return [picture.names.get(int(number)) for number in _plain(picture.classes)]


def _by_frame(detections: Any) -> Iterator[tuple[int, Any]]:
    if isinstance(detections, Mapping):
        yield from detections.items()
        return
    if not isinstance(detections, Iterable):
        raise AnnotationError(
            f"{type(detections).__name__} is none of the detections that are known: "
            "give a table, an array, or what was found frame by frame"
        )
    for number, found in enumerate(detections):
        if isinstance(found, tuple) and len(found) == 2:
            yield found[0], found[1]
        else:
            yield number, found


def _picture(found: Any, frame: int) -> Picture:
    """Take what was found on one frame apart."""
    if found is None:
        return Picture(np.zeros((0, 5)))
    if hasattr(found, "xyxy") and hasattr(found, "tracker_id"):  # supervision
        names = found.data.get("class_name")
        ids, scores, classes = found.tracker_id, found.confidence, found.class_id
        return Picture(_upright(found.xyxy), ids, scores, classes, names)
    turned = getattr(found, "obb", None)
    if turned is not None:  # ultralytics, oriented boxes
        boxes = _plain(turned.xywhr).reshape(-1, 5).astype(np.float64)
        boxes[:, :2] -= boxes[:, 2:4] / 2
        boxes[:, 4] = np.degrees(boxes[:, 4])
        return Picture(boxes, turned.id, turned.conf, turned.cls, found.names)
    if hasattr(found, "names") and getattr(found, "boxes", None) is not None:
        boxes = found.boxes
        upright = _upright(boxes.xyxy)
        return Picture(upright, boxes.id, boxes.conf, boxes.cls, found.names)
    if isinstance(found, Mapping) and "boxes" in found:  # torchvision
        ids = next((found[k] for k in ("ids", "track_ids") if k in found), None)
        boxes, scores = _upright(found["boxes"]), found.get("scores")
        labels = found.get("labels")
        if labels is not None and _plain(labels).dtype.kind in "UO":
            return Picture(boxes, ids, scores, None, _plain(labels))
        return Picture(boxes, ids, scores, labels)
    raise AnnotationError(
        f"frame {frame}: {type(found).__name__} is none of the detections that are "
        "known: supervision's, ultralytics', or a mapping with boxes, labels, scores"
    )


def _plain(values: Any) -> npt.NDArray[Any]:
    """Return an array of numpy, wherever the values are."""
    for step in ("detach", "cpu"):
        values = getattr(values, step)() if hasattr(values, step) else values
    return np.asarray(values)


def _upright(xyxy: Any) -> npt.NDArray[np.float64]:
    corners = _plain(xyxy).astype(np.float64).reshape(-1, 4)
    return np.pad(xyxy_to_xywh(corners), ((0, 0), (0, 1)))


def rows_of_columns(
    columns: Columns, classes: Classes, frame_base: int
) -> tuple[Rows, tuple[str, ...]]:
    """Make rows of recognised columns; ids that begin at 0 are one higher.

    Raises
    ------
    AnnotationError
        Naming the first row that is no box.
    """
    count = len(columns["frame"])
    frames = _whole(columns, "frame", frame_base) - frame_base
    ids = _whole(columns, "track", NOBODY)
    if (ids == 0).any():
        ids = np.where(ids >= 0, ids + 1, ids)
    boxes = boxes_of(columns)
    flawed = ~np.isfinite(boxes).all(axis=1) | (boxes[:, 2:4] <= 0).any(axis=1)
    if flawed.any():
        i = int(flawed.argmax())
        raise RowError(
            i,
            f"on frame {frames[i]} {boxes[i].tolist()} is no box: give "
            "finite numbers, width and height above 0, or leave such rows out",
        )
    labels = labels_of(columns, classes, count)
    names = tuple(dict.fromkeys(labels))
    number = {name: code for code, name in enumerate(names)}
    scores = numbers(columns, "score")
    occluded = columns.get("occluded", np.zeros(count))
    if occluded.dtype.kind in "UO":
        occluded = np.char.lower(occluded.astype(str)) == "true"
    if occluded.dtype.kind == "f":
        occluded = np.nan_to_num(occluded)
    rows = Rows(
        frames=frames,
        ids=np.where(ids > 0, ids, NOBODY),
        boxes=boxes,
        codes=np.array([number[name] for name in labels], dtype=np.int64),
        occluded=occluded.astype(bool),
        scores=np.full(count, np.nan) if scores is None else scores,
        numbers=np.arange(count),
    )
    return rows, names


def _whole(columns: Columns, name: str, missing: int) -> npt.NDArray[np.int64]:
    values = numbers(columns, name)
    if values is None:
        return np.full(len(columns["frame"]), missing, dtype=np.int64)
    values = np.where(np.isnan(values), missing, values)
    flawed = (values % 1 != 0) | (np.abs(values) > 1e15)
    if name == "frame":
        flawed |= values < missing
    if flawed.any():
        i = int(flawed.argmax())
        raise RowError(
            i,
            f"{name} is {values[i]:g}: give whole numbers"
            + (f" from {missing} on, see frame_base" if name == "frame" else ""),
        )
    return np.asarray(values, dtype=np.int64)


def labels_of(columns: Columns, classes: Classes, count: int) -> list[str]:
    """Return the label of each row: its name, else that of its number, else object."""
    given = columns.get("label", np.full(count, None, dtype=object)).tolist()
    number = numbers(columns, "class")
    if number is None:
        number = np.full(count, np.nan)
    if classes is not None and not isinstance(classes, Mapping):
        classes = dict(enumerate(classes))

    def named(name: Any, code: float) -> str:
        if is_missing(name):
            name = None
        elif isinstance(name, int | float):
            name, code = None, float(name)
        if code == code and classes is not None and int(code) in classes:
            return classes[int(code)]
        if name is not None and str(name):
            return str(name)
        return "object" if code != code else f"class {int(code)}"

    return [*map(named, given, number.tolist())]
