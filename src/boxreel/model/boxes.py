"""Boxes: the columns in which boxes of many frames are handed out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, fields, replace
from typing import Any

import numpy as np
import numpy.typing as npt

from boxreel.geometry import xywh_to_xyxy
from boxreel.model.keyframes import Bools, Bytes, Floats, Ints
from boxreel.model.show import boxes_sheet


@dataclass(frozen=True, eq=False, repr=False, slots=True)
class Boxes:
    """Boxes of tracks that are present, one row a track and frame.

    Parameters
    ----------
    frame, track
        ``(n,)`` int64: 0-based frame and track id.
    box
        ``(n, 5)`` float64: x, y, w, h in pixels and rotation in degrees; each of its
        columns is contiguous.
    occluded, keyframe
        ``(n,)`` bool: hidden by something; fixed by a keyframe on this very frame.
    source
        ``(n,)`` uint8: index into `SOURCES`, of the keyframe at or before the frame.
    score
        ``(n,)`` float64: confidence of that keyframe, NaN for none.
    labels
        Label of each track by its id, also of tracks without a row; it plays no part
        in whether boxes are equal.

    Examples
    --------
    >>> from boxreel.model import Annotation, VideoInfo
    >>> video = VideoInfo.constant("street.mp4", 1920, 1080, 300, fps=30)
    >>> labels = Annotation.for_video(video, labels=["car"])
    >>> boxes = labels.add_track("car", {0: (10, 20, 40, 30)}).at(5)
    >>> boxes
    1 box on frame 5 of 1 track
    frame  track  label   x   y   w   h  rotation  occluded  source  score
        5      1    car  10  20  40  30         0             human
    >>> boxes.xyxy.tolist()
    [[10.0, 20.0, 50.0, 50.0]]
    """

    frame: Ints
    track: Ints
    box: Floats
    occluded: Bools
    keyframe: Bools
    source: Bytes
    score: Floats
    labels: Mapping[int, str] = field(compare=False)

    @property
    def x(self) -> Floats:
        """Left side before turning, pixels."""
        return self.box[:, 0]

    @property
    def y(self) -> Floats:
        """Top side before turning, pixels."""
        return self.box[:, 1]

    @property
    def w(self) -> Floats:
        """Width, pixels."""
        return self.box[:, 2]

    @property
    def h(self) -> Floats:
        """Height, pixels."""
        return self.box[:, 3]

    @property
    def rotation(self) -> Floats:
        """Degrees clockwise about the centre, in (-180, 180]."""
        return self.box[:, 4]

    @property
    def xyxy(self) -> Floats:
        """Corners x1, y1, x2, y2 of the boxes before turning, ``(n, 4)``."""
        return xywh_to_xyxy(self.box[:, :4])

    def columns(self) -> dict[str, npt.NDArray[Any]]:
        """One-dimensional columns by name, the box as x, y, w, h, rotation.

        Examples
        --------
        >>> from boxreel.model import Annotation, VideoInfo
        >>> video = VideoInfo.constant("street.mp4", 1920, 1080, 300, fps=30)
        >>> list(Annotation.for_video(video).dense().columns())[:4]
        ['frame', 'track', 'x', 'y']
        """
        return {
            "frame": self.frame,
            "track": self.track,
            "x": self.x,
            "y": self.y,
            "w": self.w,
            "h": self.h,
            "rotation": self.rotation,
            "occluded": self.occluded,
            "keyframe": self.keyframe,
            "source": self.source,
            "score": self.score,
        }

    def picked(self, rows: npt.NDArray[np.int64] | npt.NDArray[np.bool_]) -> Boxes:
        """Rows by their indices, in that order, or where a mask is true."""
        picked = {
            each.name: getattr(self, each.name)[rows]
            for each in fields(self)
            if each.name != "labels"
        }
        return replace(self, **picked)

    def __len__(self) -> int:
        return len(self.frame)

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Boxes):
            return NotImplemented
        return all(
            np.array_equal(
                getattr(self, column.name),
                getattr(other, column.name),
                equal_nan=column.name == "score",
            )
            for column in fields(self)
            if column.compare
        )

    __hash__ = None  # type: ignore[assignment]

    def __repr__(self) -> str:
        return boxes_sheet(self).text()

    def _repr_html_(self) -> str:
        return boxes_sheet(self).html()
