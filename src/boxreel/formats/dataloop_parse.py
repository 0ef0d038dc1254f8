"""Read Dataloop's JSON of a video item."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from pathlib import PurePath
from typing import Any

import numpy as np

from boxreel.formats.base import Source, declare_event
from boxreel.formats.filled import keyframes_of, steps_of
from boxreel.formats.safe_json import Place, read_json
from boxreel.model import SOURCES, Annotation, Event, Keyframes, Label, Track, VideoInfo
from boxreel.model.checks import Value

OCCLUDED = "occluded"
"""Attribute that is occlusion."""


@dataclass
class Found:
    """What a file says of one object."""

    place: Place
    frames: list[int] = field(default_factory=list)
    boxes: list[list[float]] = field(default_factory=list)
    key: list[bool] = field(default_factory=list)
    visible: list[bool] = field(default_factory=list)
    said: dict[int, dict[str, Value]] = field(default_factory=dict)
    end: int | None = None


def parse(source: Source, *, hold: bool = False) -> Annotation:
    """Read Dataloop's JSON.

    Parameters
    ----------
    source
        The file: an item with its annotations, a list of annotations, or one.
    hold
        Whether boxes stay from one snapshot to the next, as Dataloop's SDK has them;
        otherwise they move.

    Returns
    -------
    Annotation
        Snapshots are keyframes, but for those that are not fixed and lie on the way.
        Objects are outside where they are not visible, and after their last frame.
        An attribute "occluded" is occlusion; annotations of type "class" are events.

    Raises
    ------
    FormatError
        Naming the place, for what cannot stand.
    """
    root = Place(source, read_json(source))
    listed = root.each() if isinstance(root.value, list) else [root]
    if isinstance(root.value, dict) and root.has("annotations"):
        listed = root.each("annotations")
    objects, classes = [], []
    for one in listed:
        kind = one.text("type")
        if kind == "box":
            objects.append(_object(source, one))
        elif kind == "class":
            classes.append(one)
        else:
            what = f"annotation of type {kind[:60]!r}"
            source.notes.dropped(what, one.path)
    video = _video(source, root, objects, classes)
    labels: dict[str, Label] = {}
    tracks = {}
    for number, found in zip(_ids(source, objects), objects, strict=True):
        name = found.place.text("label")
        labels[name] = Label(name)
        occluded = [found.said[f].pop(OCCLUDED, None) is True for f in found.frames]
        table = _keyframes(source, found, occluded, video, hold)
        steps = steps_of(found.said, found.frames[0])
        tracks[number] = Track(number, name, table, steps)
    events: list[Event] = []
    for one in classes:
        name = one.text("label")
        declare_event(labels, name)
        start, stop = _span(one)
        if not 0 <= start < stop <= video.frame_count:
            raise one.error(
                f"has the frames {start} to {stop - 1}; the video has "
                f"{video.frame_count}"
            )
        said = _said(source, one, one.at("metadata").at("system"), "attributes")
        events.append(Event(len(events) + 1, name, start, stop, (), said))
    return Annotation(video, tuple(labels.values()), tracks, tuple(events))


def _object(source: Source, one: Place) -> Found:
    system = one.at("metadata").at("system")
    found = Found(one, end=system.get(system.whole, "endFrame", None))
    first = system.get(system.whole, "frame", 0)
    said = _said(source, one, system, "attributes")
    _add(found, one, first, one.at("coordinates"), said)
    for snapshot in system.each("snapshots_"):
        frame = snapshot.whole("frame")
        if frame in found.said:
            raise snapshot.error(f"is on frame {frame}, as another snapshot is")
        label = one.value.get("label")
        changed = snapshot.value.get("label", label) != label
        source.notes.dropped("label changes inside a track", snapshot.path, changed)
        before = found.said[found.frames[-1]]
        given = snapshot.has("namedAttributes")
        said = _said(source, snapshot, snapshot, "namedAttributes")
        _add(found, snapshot, frame, snapshot.at("data"), said if given else before)
    return found


def _add(
    found: Found, place: Place, frame: int, corners: Place, said: dict[str, Value]
) -> None:
    if frame < 0:
        raise place.error(f"is on frame {frame}, before the first")
    (x1, y1), (x2, y2) = (
        [corners.at(i).number(axis) for axis in "xy"] for i in range(2)
    )
    if x1 == x2 or y1 == y2:
        raise corners.error("is a box without size")
    turn = corners.number(2) if len(corners.value) > 2 else 0.0
    box = [min(x1, x2), min(y1, y2), abs(x2 - x1), abs(y2 - y1), turn]
    found.frames.append(frame)
    found.boxes.append(box)
    found.key.append(place.value.get("fixed", True) is not False)
    found.visible.append(place.value.get("objectVisible", True) is not False)
    found.said[frame] = dict(said)


def _said(source: Source, place: Place, holder: Place, key: str) -> dict[str, Value]:
    """Return the attributes that have plain values."""
    found: dict[str, Value] = {}
    if isinstance(holder.of(dict).get(key), dict):
        for name, value in holder.value[key].items():
            if name and isinstance(value, str | bool | int | float):
                found[name] = value
            elif value is not None:
                source.notes.dropped("attributes that are no plain value", place.path)
    old = place.of(dict).get("attributes")
    if isinstance(old, list) and old:
        source.notes.dropped("attributes without a name", place.path, len(old))
    return found


def _span(one: Place) -> tuple[int, int]:
    system = one.at("metadata").at("system")
    start = system.get(system.whole, "frame", 0)
    return start, system.get(system.whole, "endFrame", start) + 1


def _ids(source: Source, objects: list[Found]) -> list[int]:
    systems = [found.place.at("metadata").at("system").value for found in objects]
    ids = [str(system.get("objectId")) for system in systems]
    if len(set(ids)) == len(ids) and all(
        re.fullmatch(r"[1-9]\d{0,14}", id) for id in ids
    ):
        return [int(id) for id in ids]
    source.notes.guessed("track ids, from the order: the file's are no numbers")
    return list(range(1, len(ids) + 1))


def _video(
    source: Source, root: Place, objects: list[Found], classes: list[Place]
) -> VideoInfo:
    size: tuple[int, int] | None = None
    count, fps, name = 0, 0.0, ""
    if isinstance(root.value, dict) and root.has("filename"):
        name = PurePath(root.text("filename")).name
        system = root.at("metadata").at("system")
        fps = system.get(system.number, "fps", 0.0)
        for place in (system, system.at("ffmpeg") if system.has("ffmpeg") else system):
            if place.has("width") and place.has("height"):
                size = (place.whole("width"), place.whole("height"))
            frames = str(place.of(dict).get("nb_read_frames", ""))
            count = int(frames) if re.fullmatch(r"\d{1,12}", frames) else count
        if size is not None and min(size) < 1:
            raise system.error(f"has a picture of {size[0]}x{size[1]}")
    ends = [one.end for one in objects if one.end is not None]
    ends += [frame for one in objects for frame in one.frames]
    ends += [_span(one)[1] - 1 for one in classes]
    corners = [(x + w, y + h) for one in objects for x, y, w, h, _ in one.boxes]
    return source.video_of(
        name=name or PurePath(source.path).stem,
        size=size,
        frame_count=count or None,
        fps=fps if fps > 0 else None,
        extent=(
            max((right for right, _ in corners), default=1.0),
            max((bottom for _, bottom in corners), default=1.0),
        ),
        last_frame=max(ends, default=-1),
    )


def _keyframes(
    source: Source, found: Found, occluded: list[Any], video: VideoInfo, hold: bool
) -> Keyframes:
    order = np.argsort(found.frames, kind="stable")
    frames = np.array(found.frames, dtype=np.int64)[order]
    place = found.place.path
    if frames[-1] >= video.frame_count:
        raise found.place.error(
            f"has frame {frames[-1]}; the video has {video.frame_count}"
        )
    outside = ~np.array(found.visible, dtype=bool)[order]
    if outside.all():
        raise found.place.error("is nowhere visible")
    key = np.array(found.key, dtype=bool)[order]
    gaps = int((np.diff(frames)[~outside[:-1]] > 1).sum())
    if not hold:
        what = "between snapshots boxes move linearly; pass hold=True where they stay"
        source.notes.guessed(what, place, gaps)
    hidden = np.array(occluded, dtype=bool)[order]
    table = Keyframes(
        frames=frames,
        boxes=np.array(found.boxes, dtype=np.float64)[order],
        outside=outside,
        occluded=hidden & ~outside,
        hold=np.full(len(frames), hold),
        sources=np.full(len(frames), SOURCES.index("import"), dtype=np.uint8),
    )
    table = keyframes_of(source, table, key, place)
    end = found.end if found.end is not None else int(frames[-1])
    if end < frames[0]:
        raise found.place.error(f"ends on frame {end}, before it begins")
    later = table.after(end)
    source.notes.dropped("snapshots after the last frame", place, len(later))
    table = table.before(end + 1)
    if not table.outside[-1] and end + 1 < video.frame_count:
        table = table.pinned(end + 1, outside=True, occluded=False, hold=False)
    return table
