"""A track: one object through the video."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from itertools import pairwise
from types import MappingProxyType
from typing import Any, TypeAlias

from boxreel.errors import AnnotationError
from boxreel.model.checks import Value, as_frame, as_positive, as_text, as_value
from boxreel.model.keyframes import Keyframes
from boxreel.model.show import track_sheet, track_text
from boxreel.shapes.box import Box

Steps: TypeAlias = tuple[tuple[int, Value], ...]
"""Values of one attribute: each holds from its frame on, until the next."""


@dataclass(frozen=True, slots=True)
class Track:
    """One object through the video: its keyframes and its attributes.

    Parameters
    ----------
    id
        Positive, unique within the document, for life.
    label
        Name of its label.
    keyframes
        Where it is. Leading keyframes that are outside say nothing and are dropped,
        so that the first one is where the object appears.
    attributes
        By name, steps ``(frame, value)`` sorted by frame. A value of None means that
        there is none from that frame on.
    group
        Number of the group it belongs to, or None. A group is a pair, or an activity:
        tracks that belong together and keep their ids.
    note
        A text for a person to read.

    Raises
    ------
    AnnotationError
        No keyframe at which the object is present, or a value of the wrong kind.

    Examples
    --------
    >>> table = Keyframes([0, 30], [[10, 20, 40, 30], [60, 22, 44, 33]])
    >>> track = Track(1, "car", table)
    >>> track
    Track(1, 'car', present from 0 on, 2 keyframes)
    >>> track.at(15)
    Box(x=35.0, y=21.0, w=42.0, h=31.5, rotation=0.0)
    """

    id: int
    label: str
    keyframes: Keyframes
    attributes: Mapping[str, Steps] = field(default_factory=dict, hash=False)
    group: int | None = None
    note: str = ""

    def __post_init__(self) -> None:
        object.__setattr__(self, "id", as_positive(self.id, "the id of a track"))
        as_text(self.label, f"the label of track #{self.id}")
        if not isinstance(self.keyframes, Keyframes):
            raise AnnotationError(
                f"the keyframes of track #{self.id} are {self.keyframes!r:.100}: "
                "give a Keyframes table, or use Annotation.add_track"
            )
        present = ~self.keyframes.outside
        if not present.any():
            raise AnnotationError(
                f"track #{self.id} is nowhere present: remove the track instead"
            )
        if not present[0]:
            first = int(present.argmax())
            object.__setattr__(self, "keyframes", self.keyframes.slice(first))
        attributes = {
            as_text(name, f"an attribute of track #{self.id}"): checked_steps(
                steps, f"attribute {name!r} of track #{self.id}"
            )
            for name, steps in self.attributes.items()
            if steps
        }
        object.__setattr__(self, "attributes", MappingProxyType(attributes))
        if self.group is not None:
            group = as_positive(self.group, f"the group of track #{self.id}")
            object.__setattr__(self, "group", group)
        if not isinstance(self.note, str):
            raise AnnotationError(
                f"the note of track #{self.id} must be a text, not {self.note!r:.100}"
            )

    @property
    def start(self) -> int:
        """First frame on which the object is present."""
        return int(self.keyframes.frames[0])

    def at(self, frame: int) -> Box | None:
        """Give the box on a frame.

        Parameters
        ----------
        frame
            0-based frame; the track knows no end of the video.

        Returns
        -------
        Box or None
            None where the object is absent.

        Raises
        ------
        AnnotationError
            No frame number.

        Examples
        --------
        >>> Track(1, "car", Keyframes([3], [[10, 20, 40, 30]])).at(2) is None
        True
        """
        frame = as_frame(frame)
        if not self.keyframes.present_at(frame):
            return None
        return Box(*self.keyframes.row_at(frame).tolist())

    def occluded_at(self, frame: int) -> bool:
        """Whether the object is present on a frame and occluded there."""
        keyframes, frame = self.keyframes, as_frame(frame)
        return keyframes.present_at(frame) and bool(
            keyframes.occluded[keyframes.index_at(frame)]
        )

    def attribute_at(self, name: str, frame: int) -> Value:
        """Value of an attribute on a frame, None where it has none."""
        return step_value(self.attributes.get(name, ()), as_frame(frame))

    def spans(self) -> list[tuple[int, int | None]]:
        """Find where the object is present.

        Returns
        -------
        list of (start, stop)
            Half-open and in order; `stop` None means to the end of the video.

        Examples
        --------
        >>> table = Keyframes([3, 9], [[0, 0, 1, 1]] * 2, outside=[False, True])
        >>> Track(1, "car", table).spans()
        [(3, 9)]
        """
        spans: list[tuple[int, int | None]] = []
        start: int | None = None
        rows = zip(self.keyframes.frames, self.keyframes.outside, strict=True)
        for frame, outside in rows:
            if outside and start is not None:
                spans.append((start, int(frame)))
                start = None
            elif not outside and start is None:
                start = int(frame)
        if start is not None:
            spans.append((start, None))
        return spans

    def __reduce__(self) -> tuple[Any, ...]:
        values = (self.id, self.label, self.keyframes, dict(self.attributes))
        return Track, (*values, self.group, self.note)

    def __repr__(self) -> str:
        return track_text(self)

    def _repr_html_(self) -> str:
        return track_sheet(self).html()


def checked_steps(steps: Iterable[tuple[int, Value]], what: str) -> Steps:
    """Check the steps of an attribute.

    Raises
    ------
    AnnotationError
        Not pairs of frame and value, or unsorted.

    Examples
    --------
    >>> checked_steps([[0, "walking"], [132, "running"]], "pose")
    ((0, 'walking'), (132, 'running'))
    """
    try:
        pairs = [(frame, value) for frame, value in steps]
    except (TypeError, ValueError):
        raise AnnotationError(
            f"{what} is {steps!r:.100}: give pairs of frame and value"
        ) from None
    checked = tuple(
        (as_frame(at, f"a step of {what}"), as_value(value, what))
        for at, value in pairs
    )
    for (before, _), (after, _) in pairwise(checked):
        if before >= after:
            raise AnnotationError(
                f"the steps of {what} must be sorted by frame, "
                f"but {after} follows {before}"
            )
    return checked


def step_value(steps: Steps, frame: int) -> Value:
    """Value that sorted steps give to a frame.

    Examples
    --------
    >>> step_value(((0, "walking"), (132, "running")), 131)
    'walking'
    """
    value: Value = None
    for at, next_value in steps:
        if at > frame:
            break
        value = next_value
    return value
