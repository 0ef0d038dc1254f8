"""The parts of a document as plain dicts and lists, ready for JSON, and back.

Fields equal to their default are left out, and whole numbers are written without a
point, as JavaScript does.
"""

from __future__ import annotations

from types import MappingProxyType
from typing import Any, Final, TypeAlias

import numpy as np

from boxreel.errors import AnnotationError
from boxreel.model.checks import as_frame
from boxreel.model.events import Event
from boxreel.model.keyframe import SOURCES, source_index
from boxreel.model.keyframes import Keyframes
from boxreel.model.labels import Attribute, Label
from boxreel.model.plain import (
    REQUIRED,
    fields_of,
    list_of,
    mapping_of,
    row_to_json,
    value_to_json,
)
from boxreel.model.track import Track
from boxreel.model.video_info import VideoInfo

Json: TypeAlias = dict[str, Any]

_VIDEO: Final = {
    **dict.fromkeys(
        ("name", "width", "height", "frames", "time_base", "ticks"), REQUIRED
    ),
    "fingerprint": "",
}
_LABEL: Final = {
    "name": REQUIRED,
    "color": None,
    "attributes": (),
    "parent": None,
    "key": None,
    "use": "track",
}
_ATTRIBUTE: Final = {
    "name": REQUIRED,
    "type": REQUIRED,
    "choices": (),
    "default": None,
    "per": "track",
}
_EVENT: Final = {
    **dict.fromkeys(("id", "label", "start", "stop"), REQUIRED),
    "tracks": (),
    "attributes": MappingProxyType({}),
}
_TRACK: Final = {
    **dict.fromkeys(("id", "label", "keyframes"), REQUIRED),
    "attributes": MappingProxyType({}),
    "group": None,
    "note": "",
}
_KEYFRAME: Final = {
    "frame": REQUIRED,
    "box": REQUIRED,
    "outside": False,
    "occluded": False,
    "hold": False,
    "source": "human",
    "score": None,
}


def video_to_json(video: VideoInfo) -> Json:
    """Write a video; its ticks as the first and runs of equal steps.

    Examples
    --------
    >>> video = VideoInfo.constant("street.mp4", 1920, 1080, 300, fps=30)
    >>> video_to_json(video)["ticks"]
    [[0], [1, 299]]
    """
    (first, _), *runs = np.column_stack(video.tick_runs()).tolist()
    written: Json = {
        "name": video.name,
        "width": video.width,
        "height": video.height,
        "frames": video.frame_count,
        "time_base": f"{video.time_base.numerator}/{video.time_base.denominator}",
        "ticks": [[first], *runs],
    }
    if video.fingerprint:
        written["fingerprint"] = video.fingerprint
    return written


def video_from_json(data: Any) -> VideoInfo:
    """Read a video.

    Raises
    ------
    AnnotationError
        It is none.
    """
    given = fields_of(data, "video", _VIDEO)
    try:
        (first,), *runs = given["ticks"]
        steps = [np.full(count, step, dtype=np.int64) for step, count in runs]
        ticks = first + np.concatenate([[0], *steps]).astype(np.int64).cumsum()
    except (TypeError, ValueError, OverflowError):
        raise AnnotationError(
            "the ticks of the video cannot be read: give [first], then [step, count] "
            f"for each run, not {given['ticks']!r:.60}"
        ) from None
    if len(ticks) != given["frames"]:
        raise AnnotationError(
            f"the video has {given['frames']} frames but {len(ticks)} ticks"
        )
    return VideoInfo(
        given["name"],
        given["width"],
        given["height"],
        ticks,
        given["time_base"],
        given["fingerprint"],
    )


def label_to_json(label: Label) -> Json:
    """Write a label.

    Examples
    --------
    >>> label_to_json(Label("person", attributes=(Attribute("name"),)))
    {'name': 'person', 'attributes': [{'name': 'name', 'type': 'text'}]}
    """
    written: Json = {"name": label.name}
    if label.color is not None:
        written["color"] = label.color
    if label.attributes:
        written["attributes"] = [*map(attribute_to_json, label.attributes)]
    if label.parent is not None:
        written["parent"] = label.parent
    if label.key is not None:
        written["key"] = label.key
    if label.use != "track":
        written["use"] = label.use
    return written


def label_from_json(data: Any) -> Label:
    """Read a label.

    Raises
    ------
    AnnotationError
        It is none.
    """
    given = fields_of(data, "label", _LABEL)
    attributes = list_of(given["attributes"], "attributes of a label")
    return Label(
        given["name"],
        given["color"],
        tuple(map(attribute_from_json, attributes)),
        given["parent"],
        given["key"],
        given["use"],
    )


def attribute_to_json(attribute: Attribute) -> Json:
    """Write the declaration of an attribute.

    Examples
    --------
    >>> attribute_to_json(Attribute("age", "number", per="frame"))
    {'name': 'age', 'type': 'number', 'per': 'frame'}
    """
    written: Json = {"name": attribute.name, "type": attribute.type}
    if attribute.choices:
        written["choices"] = [*attribute.choices]
    if attribute.default is not None:
        written["default"] = value_to_json(attribute.default)
    if attribute.per != "track":
        written["per"] = attribute.per
    return written


def attribute_from_json(data: Any) -> Attribute:
    """Read the declaration of an attribute.

    Raises
    ------
    AnnotationError
        It is none.
    """
    given = fields_of(data, "declared attribute", _ATTRIBUTE)
    choices = list_of(given["choices"], "choices of an attribute")
    return Attribute(
        given["name"], given["type"], tuple(choices), given["default"], given["per"]
    )


def event_to_json(event: Event) -> Json:
    """Write an event.

    Examples
    --------
    >>> event_to_json(Event(1, "crossing", 30, 90))
    {'id': 1, 'label': 'crossing', 'start': 30, 'stop': 90}
    """
    written: Json = {
        "id": event.id,
        "label": event.label,
        "start": event.start,
        "stop": event.stop,
    }
    if event.tracks:
        written["tracks"] = [*event.tracks]
    if event.attributes:
        written["attributes"] = {
            name: value_to_json(value) for name, value in event.attributes.items()
        }
    return written


def event_from_json(data: Any) -> Event:
    """Read an event.

    Raises
    ------
    AnnotationError
        It is none.
    """
    given = fields_of(data, "event", _EVENT)
    return Event(
        given["id"],
        given["label"],
        given["start"],
        given["stop"],
        tuple(list_of(given["tracks"], "tracks of an event")),
        mapping_of(given["attributes"], "attributes of an event"),
    )


def track_to_json(track: Track) -> Json:
    """Write a track.

    Examples
    --------
    >>> track_to_json(Track(1, "car", Keyframes([0], [[10, 20, 40.5, 30]])))
    {'id': 1, 'label': 'car', 'keyframes': [{'frame': 0, 'box': [10, 20, 40.5, 30]}]}
    """
    return {
        "id": track.id,
        "label": track.label,
        "keyframes": _keyframes_to_json(track.keyframes),
        **besides_keyframes(track),
    }


def besides_keyframes(track: Track) -> Json:
    """Write what a track may carry besides its keyframes.

    Examples
    --------
    >>> table = Keyframes([0], [[10, 20, 40, 30]])
    >>> besides_keyframes(Track(1, "car", table, note="a taxi"))
    {'note': 'a taxi'}
    """
    written: Json = {}
    if track.attributes:
        written["attributes"] = {
            name: [[frame, value_to_json(value)] for frame, value in steps]
            for name, steps in track.attributes.items()
        }
    if track.group is not None:
        written["group"] = track.group
    if track.note:
        written["note"] = track.note
    return written


def track_from_json(data: Any) -> Track:
    """Read a track.

    Raises
    ------
    AnnotationError
        It is none.
    """
    given = fields_of(data, "track", _TRACK)
    rows = list_of(given["keyframes"], f"keyframes of track #{given['id']}")
    return Track(
        given["id"],
        given["label"],
        _keyframes_from_json(rows),
        mapping_of(given["attributes"], f"attributes of track #{given['id']}"),
        given["group"],
        given["note"],
    )


def _keyframes_to_json(keyframes: Keyframes) -> list[Json]:
    written = []
    columns = [column.tolist() for column in keyframes.columns().values()]
    for frame, box, outside, occluded, hold, source, score in zip(
        *columns, strict=True
    ):
        row: Json = {"frame": frame, "box": row_to_json(box)}
        for flag, on in (("outside", outside), ("occluded", occluded), ("hold", hold)):
            if on:
                row[flag] = True
        if source:
            row["source"] = SOURCES[source]
        if score == score:
            row["score"] = value_to_json(score)
        written.append(row)
    return written


def _keyframes_from_json(data: list[Any]) -> Keyframes:
    rows = [fields_of(row, "keyframe", _KEYFRAME) for row in data]
    rows.sort(key=lambda row: as_frame(row["frame"]))
    boxes = [list_of(row["box"], "a box") for row in rows]
    scores = [row["score"] for row in rows]
    return Keyframes(
        frames=np.array([row["frame"] for row in rows], dtype=np.int64),
        boxes=[[*box, 0.0] if len(box) == 4 else box for box in boxes],
        outside=[row["outside"] for row in rows],
        occluded=[row["occluded"] for row in rows],
        hold=[row["hold"] for row in rows],
        sources=[source_index(row["source"]) for row in rows],
        scores=[float("nan") if score is None else score for score in scores],
    )
