"""Boxes as they are found in files of tools that are read and not written."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from pathlib import PurePath
from typing import Any

import numpy as np

from boxreel.formats import dense
from boxreel.formats.attributes import columns_of_attributes
from boxreel.formats.base import MAX_FRAMES, Source
from boxreel.model import Annotation
from boxreel.model.rows import NOBODY, Rows


@dataclass
class Gathered:
    """What a file says of its video, and its boxes in the order they are found.

    Attributes
    ----------
    source : Source
        The file.
    name, size, frame_count, fps
        Of the video; "" and None where the file is silent.
    seen : list of int
        The frames that the file lists, also those without a box; where they are not
        neighbours, boxes move between them.
    """

    source: Source
    name: str = ""
    size: tuple[int, int] | None = None
    frame_count: int | None = None
    fps: float | None = None
    seen: list[int] = field(default_factory=list)
    _ids: list[str | int | None] = field(default_factory=list)
    _frames: list[int] = field(default_factory=list)
    _labels: list[str] = field(default_factory=list)
    _boxes: list[list[float]] = field(default_factory=list)
    _scores: list[float] = field(default_factory=list)
    _said: list[dict[str, Any]] = field(default_factory=list)
    _places: list[str] = field(default_factory=list)

    def add(
        self,
        place: str,
        frame: int,
        id: str | int | None,
        label: str,
        box: list[float],
        *,
        score: float = np.nan,
        said: dict[str, Any] | None = None,
    ) -> None:
        """Add a box: x, y, w, h in pixels, on a 0-based frame; `said` of it."""
        self._places.append(place)
        self._frames.append(frame)
        self._ids.append(id)
        self._labels.append(label or "object")
        self._boxes.append(box)
        self._scores.append(score)
        self._said.append(dict(said or {}))

    def annotation(self) -> Annotation:
        """Make the annotation; "occluded" among what is said is occlusion.

        Raises
        ------
        FormatError
            Naming the place of what cannot stand.
        """
        names = tuple(dict.fromkeys(self._labels))
        number = {name: code for code, name in enumerate(names)}
        boxes = np.zeros((len(self._boxes), 5))
        boxes[:, :4] = np.array(self._boxes, dtype=np.float64).reshape(-1, 4)
        for frame, place in zip(self._frames, self._places, strict=True):
            if not -MAX_FRAMES < frame < MAX_FRAMES:
                raise self.source.error(f"{place}: frame {frame} is none")
        rows = Rows(
            frames=np.array(self._frames, dtype=np.int64),
            ids=self._numbered(),
            boxes=boxes,
            codes=np.array([number[one] for one in self._labels], dtype=np.int64),
            occluded=np.array(
                [one.pop("occluded", False) is True for one in self._said], dtype=bool
            ),
            scores=np.array(self._scores, dtype=np.float64),
            numbers=np.arange(len(boxes)),
        )
        video = self.source.video_of(
            name=self.name or PurePath(self.source.path).stem,
            size=self.size,
            frame_count=self.frame_count,
            fps=self.fps,
            extent=dense.extent_of(boxes),
            last_frame=max([*self._frames, *self.seen], default=-1),
        )
        seen = np.unique(np.array([*self.seen, *self._frames], dtype=np.int64))
        sparse = len(seen) > 0 and bool((np.diff(seen) > 1).any())
        self.source.notes.guessed(
            "between the frames that are listed boxes move linearly", count=int(sparse)
        )
        return dense.annotation_of(
            self.source,
            rows,
            names,
            video,
            place=lambda row: self._places[row],
            attributes=columns_of_attributes(self._said),
            seen=seen if sparse else None,
        )

    def _numbered(self) -> np.ndarray:
        """Return the ids as positive numbers: the file's own where it has such."""
        found = [None if id is None else str(id) for id in self._ids]
        named = dict.fromkeys(id for id in found if id is not None)
        if all(re.fullmatch(r"\d{1,15}", id, re.ASCII) for id in named):
            shift = int(any(int(id) == 0 for id in named))
            numbers = {id: int(id) + shift for id in named}
        else:
            numbers = {id: n for n, id in enumerate(named, 1)}
            self.source.notes.dropped("ids that are texts: tracks are numbered", "")
        return np.array(
            [NOBODY if id is None else numbers[id] for id in found], dtype=np.int64
        )
