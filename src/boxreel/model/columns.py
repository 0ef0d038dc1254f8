"""Tables of boxes: which column is what, whatever its library and its author."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from boxreel.errors import AnnotationError

NAMES: Final = {
    "frame": ("frame", "frame_id", "frame_idx", "frame_index", "frame_number"),
    "track": ("track", "track_id", "tracker_id", "id", "instance_id", "object_id"),
    "x": ("x", "left", "bb_left", "xmin", "x_min", "x1", "xtl", "bbox_x"),
    "y": ("y", "top", "bb_top", "ymin", "y_min", "y1", "ytl", "bbox_y"),
    "w": ("w", "width", "bb_width", "bbox_w", "bbox_width"),
    "h": ("h", "height", "bb_height", "bbox_h", "bbox_height"),
    "x2": ("x2", "right", "xmax", "x_max", "xbr", "bb_right"),
    "y2": ("y2", "bottom", "ymax", "y_max", "ybr", "bb_bottom"),
    "cx": ("cx", "x_center", "center_x", "xc"),
    "cy": ("cy", "y_center", "center_y", "yc"),
    "rotation": ("rotation", "angle"),
    "score": ("score", "conf", "confidence", "probability"),
    "label": ("label", "class_name", "category_name", "name", "class", "category"),
    "class": ("class_id", "category_id", "cls", "label_id"),
    "occluded": ("occluded",),
}
"""Names that a column of a table may have, its own first."""

SIDES: Final = (("x", "w", "x2", "cx"), ("y", "h", "y2", "cy"))

Columns = dict[str, npt.NDArray[Any]]


def columns_of(table: Any) -> Columns:
    """Take a table apart.

    Parameters
    ----------
    table
        A pandas, polars or Arrow table, or whatever else narwhals knows, a structured
        array, or a mapping from name to column.

    Returns
    -------
    dict from str to ndarray, shape (n,)
        The columns by their own names.

    Raises
    ------
    AnnotationError
        If it is no table, or its columns are of unequal length.

    Examples
    --------
    >>> columns_of({"frame": [0, 1], "id": [7, 7]})["id"]
    array([7, 7])
    """
    if isinstance(table, np.ndarray) and table.dtype.names:
        return {name: table[name] for name in table.dtype.names}
    if isinstance(table, Mapping):
        columns = {str(name): np.asarray(table[name]) for name in table}
        if len({column.shape for column in columns.values()}) > 1:
            sizes = ", ".join(f"{n} {c.shape}" for n, c in columns.items())
            raise AnnotationError(f"columns of unequal length: {sizes}")
        return columns
    import narwhals

    try:
        frame = narwhals.from_native(table, eager_only=True)
    except TypeError as error:
        raise AnnotationError(f"{type(table).__name__} is no table: {error}") from error
    return {name: frame[name].to_numpy() for name in frame.columns}


def recognised(columns: Columns) -> Columns:
    """Give columns the names that boxreel has for them; those unknown are left out.

    Raises
    ------
    AnnotationError
        If frame, or a side of the box, is missing.

    Examples
    --------
    >>> table = {"Frame_ID": [0], "x1": [1], "y1": [2], "x2": [11], "y2": [22]}
    >>> list(recognised(columns_of(table)))
    ['frame', 'x', 'y', 'x2', 'y2']
    """
    lower = {name.strip().lower(): name for name in reversed(columns)}
    found = {}
    for name, aliases in NAMES.items():
        theirs = next((lower[one] for one in aliases if one in lower), None)
        if theirs is not None:
            found[name] = columns[theirs]
    if "frame" not in found:
        raise AnnotationError(
            f"no column of frames among {', '.join(columns)}: call it frame"
        )
    for start, size, stop, centre in SIDES:
        if (start in found) + (size in found) + (stop in found) + (centre in found) < 2:
            raise AnnotationError(
                f"no columns of boxes among {', '.join(columns)}: call them {start} "
                f"and {size}, {start} and {stop}, or {centre} and {size}"
            )
    return found


def boxes_of(columns: Columns) -> npt.NDArray[np.float64]:
    """Return the boxes ``(n, 5)``: x, y, w, h, rotation of recognised columns."""
    boxes = np.zeros((len(columns["frame"]), 5))
    for i, (start, size, stop, centre) in enumerate(SIDES):
        known = {name: numbers(columns, name) for name in (start, size, stop, centre)}
        length = known[size]
        if length is None:
            begin, end, middle = known[start], known[stop], known[centre]
            if begin is not None and end is not None:
                length = end - begin
            elif middle is not None:
                half = middle - begin if begin is not None else end - middle
                length = 2 * half
        place = known[start]
        if place is None:
            end, middle = known[stop], known[centre]
            place = end - length if end is not None else middle - length / 2
        boxes[:, i], boxes[:, 2 + i] = place, length
    rotation = numbers(columns, "rotation")
    if rotation is not None:
        boxes[:, 4] = np.nan_to_num(rotation)
    return boxes


def numbers(columns: Columns, name: str) -> Any:
    """Return a column as float64, None and empty texts as nan; None without it.

    Raises
    ------
    AnnotationError
        Naming the first value that is no number, by its row.
    """
    if name not in columns:
        return None
    column = columns[name]
    try:
        return np.asarray(column, dtype=np.float64)
    except (TypeError, ValueError):
        return np.array([_number(v, name, i) for i, v in enumerate(column.tolist())])


class RowError(AnnotationError):
    """A row of a table, counted from 0, that cannot stand, and why."""

    def __init__(self, row: int, why: str) -> None:
        super().__init__(f"row {row}: {why}")
        self.row, self.why = row, why


def is_missing(value: Any) -> bool:
    """Whether a cell is empty: None, nan, or NA of pandas, whose equality is NA.

    Examples
    --------
    >>> is_missing(None), is_missing(float("nan")), is_missing("")
    (True, True, False)
    """
    try:
        return value is None or bool(value != value)
    except TypeError:
        return True


def _number(value: Any, name: str, row: int) -> float:
    if is_missing(value) or value == "":
        return np.nan
    try:
        return float(value)
    except (TypeError, ValueError):
        raise RowError(row, f"{name} is {value!r:.60}, which is no number") from None
