"""The pixels around a box, and how far each is from its sides."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from boxreel.geometry import hull

Window = tuple[slice, slice]


@dataclass(frozen=True)
class Patch:
    """Part of a picture around a box.

    Parameters
    ----------
    window
        Its rows and columns.
    distance
        ``(h, w)`` float32: pixels from the centre of each pixel to the nearest side of
        the box, sides continued past the corners; negative inside.
    along
        ``(h, w)`` float32: pixels along that side, from its middle.
    """

    window: Window
    distance: npt.NDArray[np.float32]
    along: npt.NDArray[np.float32]

    @classmethod
    def around(
        cls, box: npt.NDArray[np.float64], shape: tuple[int, ...], margin: float
    ) -> Patch | None:
        """Look at a box and `margin` pixels around it; None if all that is outside.

        Parameters
        ----------
        box
            ``(5,)`` x, y, w, h in pixels and rotation in degrees.
        shape
            Height and width of the picture come first.
        margin
            Pixels.

        Examples
        --------
        >>> patch = Patch.around(np.array([2.0, 1, 3, 2, 0]), (9, 9, 3), margin=0)
        >>> patch.window
        (slice(1, 3, None), slice(2, 5, None))
        >>> patch.distance.tolist()
        [[-0.5, -0.5, -0.5], [-0.5, -0.5, -0.5]]
        """
        height, width = shape[:2]
        low_x, low_y, high_x, high_y = hull(box)
        left, top = max(_floor(low_x - margin), 0), max(_floor(low_y - margin), 0)
        right = min(-_floor(-high_x - margin), width)
        bottom = min(-_floor(-high_y - margin), height)
        if left >= right or top >= bottom:
            return None
        x, y = np.ogrid[left:right, top:bottom]
        centre = box[:2] + box[2:4] / 2
        across = (x.T + 0.5 - centre[0]).astype(np.float32)
        down = (y.T + 0.5 - centre[1]).astype(np.float32)
        angle = np.deg2rad(box[4])
        cos, sin = np.float32(np.cos(angle)), np.float32(np.sin(angle))
        u, v = across * cos + down * sin, down * cos - across * sin
        from_sides = abs(u) - np.float32(box[2] / 2)
        from_ends = abs(v) - np.float32(box[3] / 2)
        distance = np.maximum(from_sides, from_ends)
        along = np.where(from_sides > from_ends, v, u)
        return cls((slice(top, bottom), slice(left, right)), distance, along)


def _floor(value: float) -> int:
    return int(np.floor(value))
