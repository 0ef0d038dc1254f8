"""The box: what its columns mean, which values it takes and how it moves.

The arithmetic below is repeated, operation by operation, by the front end: both
must give the same double for the same box. Reordering it breaks that.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final, TypeAlias

import numpy as np
import numpy.typing as npt

from boxreel.errors import AnnotationError
from boxreel.geometry import corners

Floats: TypeAlias = npt.NDArray[np.float64]

COLUMNS: Final = ("x", "y", "w", "h", "rotation")


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle on the picture, possibly turned about its centre.

    Parameters
    ----------
    x, y
        Top-left corner before turning, in pixels; (0, 0) is the top-left corner of
        the picture's first pixel. May lie outside the picture.
    w, h
        Size in pixels, greater than zero.
    rotation
        Degrees clockwise about the box's centre, stored in (-180, 180].

    Raises
    ------
    AnnotationError
        A value that is not a finite number, or a size that is not positive.

    Examples
    --------
    >>> Box(10, 20, 40, 30, rotation=350)
    Box(x=10.0, y=20.0, w=40.0, h=30.0, rotation=-10.0)
    """

    x: float
    y: float
    w: float
    h: float
    rotation: float = 0.0

    def __post_init__(self) -> None:
        row = checked_rows([[self.x, self.y, self.w, self.h, self.rotation]])[0]
        for name, value in zip(COLUMNS, row.tolist(), strict=True):
            object.__setattr__(self, name, value)

    @classmethod
    def of(cls, value: Box | Sequence[float] | Floats) -> Box:
        """Take a box, or 4 or 5 numbers: x, y, w, h and rotation.

        Raises
        ------
        AnnotationError
            Anything else.

        Examples
        --------
        >>> Box.of((10, 20, 40, 30))
        Box(x=10.0, y=20.0, w=40.0, h=30.0, rotation=0.0)
        """
        if isinstance(value, cls):
            return value
        return cls(*checked_rows([value])[0].tolist())

    @property
    def row(self) -> tuple[float, float, float, float, float]:
        """The five columns: x, y, w, h, rotation."""
        return (self.x, self.y, self.w, self.h, self.rotation)

    @property
    def corners(self) -> Floats:
        """Corners of the turned box, ``(4, 2)`` x, y; see `geometry.corners`."""
        return corners(self.row)


def checked_rows(
    rows: Any, frames: Sequence[int] | npt.NDArray[Any] | None = None
) -> Floats:
    """Check boxes and bring them to their stored form.

    Parameters
    ----------
    rows
        ``(n, 4)`` or ``(n, 5)`` array-like: x, y, w, h and rotation.
    frames
        Frame of each row, to name it in an error.

    Returns
    -------
    (n, 5) float64 array
        A new array, with rotation in (-180, 180] and no negative zero.

    Raises
    ------
    AnnotationError
        Not numbers, not finite, or a size that is not positive.

    Examples
    --------
    >>> checked_rows([[1, 2, 3, 4]]).tolist()
    [[1.0, 2.0, 3.0, 4.0, 0.0]]
    """
    given = _as_numbers(rows)
    if given.shape[1] < len(COLUMNS):
        given = np.pad(given, ((0, 0), (0, len(COLUMNS) - given.shape[1])))
    boxes = given + 0.0  # -0.0 becomes 0.0: both languages then agree on every bit
    if not (np.isfinite(boxes).all() and (boxes[:, 2:4] > 0).all()):
        bad = ~np.isfinite(boxes).all(axis=1) | (boxes[:, 2:4] <= 0).any(axis=1)
        i = int(bad.argmax())
        raise AnnotationError(
            f"box {boxes[i].tolist()}"
            + ("" if frames is None else f" at frame {frames[i]}")
            + _complaint(boxes[i])
        )
    boxes[:, 4] = wrapped(boxes[:, 4])
    return boxes


def _as_numbers(rows: Any) -> npt.NDArray[Any]:
    try:
        given = np.asarray(rows)
    except ValueError:  # numpy's answer to rows of unequal length
        given = np.empty((0, 0), dtype=object)
    if given.shape == (0,):
        return np.empty((0, len(COLUMNS)))
    if given.ndim != 2 or given.shape[1] not in (4, 5) or given.dtype.kind not in "iuf":
        raise AnnotationError(
            f"{rows!r:.200} is not a box: give 4 or 5 numbers, x, y, w, h and rotation"
        )
    return given


def _complaint(row: Floats) -> str:
    if not np.isfinite(row).all():
        return " is not finite: give numbers"
    return " has no area: width and height must be positive"


def wrapped(degrees: Floats) -> Floats:
    """Bring angles to (-180, 180]; those within stay as they are, to the last bit.

    Examples
    --------
    >>> wrapped(np.array([-12.3, -180.0, 190.0, 720.0])).tolist()
    [-12.3, 180.0, -170.0, 0.0]
    """
    out = (degrees <= -180) | (degrees > 180)
    if not out.any():
        return degrees
    turn = degrees - 360 * np.floor(degrees / 360)
    turn = np.where(turn > 180, turn - 360, turn)
    return np.asarray(np.where(out, turn, degrees))


def deltas(start: Floats, end: Floats) -> Floats:
    """How far each column goes from one box to the next.

    Parameters
    ----------
    start, end
        ``(5, n)`` arrays, one row a column of the box.

    Returns
    -------
    (5, n) float64 array
        The differences; of the rotation, the one of least turn, in (-180, 180].

    Examples
    --------
    >>> start, end = [[0], [0], [2], [2], [170.0]], [[4], [0], [2], [3], [-170.0]]
    >>> deltas(np.array(start), np.array(end)).ravel().tolist()
    [4.0, 0.0, 0.0, 1.0, 20.0]
    """
    delta = end - start
    turn = delta[4] + 180
    turn = turn - 360 * np.floor(turn / 360) - 180
    delta[4] = np.where(turn == -180, 180.0, turn)
    return delta


def moved(start: Floats, delta: Floats, t: Floats) -> Floats:
    """Boxes part of the way: ``start + delta * t``.

    Parameters
    ----------
    start, delta
        ``(5, n)`` arrays: the boxes set out from, and their `deltas`.
    t
        ``(n,)`` fractions in [0, 1); where 0 the result is exactly `start`.

    Returns
    -------
    (5, n) float64 array

    Examples
    --------
    >>> a = np.array([[0.0], [0.0], [2.0], [2.0], [170.0]])
    >>> d = np.array([[4.0], [0.0], [0.0], [1.0], [20.0]])
    >>> moved(a, d, np.array([0.75])).ravel().tolist()
    [3.0, 0.0, 2.0, 2.75, -175.0]
    """
    boxes = delta * t
    boxes += start
    boxes[4] = wrapped(boxes[4])
    return boxes
