"""Read Supervisely's JSON of a video."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from dataclasses import replace
from pathlib import PurePath

import numpy as np

from boxreel.formats import dense
from boxreel.formats.base import Source, declare_event
from boxreel.formats.safe_json import Place, read_json
from boxreel.formats.supervisely_tags import (
    TRUTHS,
    Tag,
    check_range,
    event_of,
    occluded_of,
    tags_of,
    with_attributes,
)
from boxreel.model import Annotation, Attribute, Label, Track, VideoInfo
from boxreel.model.rows import Rows
from boxreel.shapes.box import wrapped

META = ("meta.json", "../../meta.json")
"""Where a project's meta may be, relative to an annotation."""

GREY = "#808080"
"""Colour that is written for tags, and for labels that have none."""


def meta_of(path: str) -> str:
    """Return where the meta of an annotation is, relative to it.

    >>> meta_of("project/street/ann/a.mp4.json")
    '../../meta.json'
    """
    return META[PurePath(path).parent.name == "ann"]


def parse(source: Source) -> Annotation:
    """Read Supervisely's annotation of a video.

    Parameters
    ----------
    source
        The file.

    Returns
    -------
    Annotation
        Every figure is a keyframe. Ids are those of the objects, where each has one.
        Tags of objects are attributes: true where they have no value, and occlusion
        where they are named "occluded". Tags of the video are events, and what they
        say is their attribute "value".

    Raises
    ------
    FormatError
        Naming the place, for what cannot stand.
    """
    root = Place(source, read_json(source))
    source.notes.dropped(
        "description", "description", int(bool(root.of(dict).get("description")))
    )
    labels, truths, choices = _meta(source)
    objects = root.each("objects")
    tags = [tags_of(source, one, truths) for one in objects]
    said = tags_of(source, root, truths)
    names = [one.text("classTitle") for one in objects]
    for name in names:
        labels.setdefault(name, Label(name))
    codes = {name: code for code, name in enumerate(labels)}
    ids = _ids(source, objects)
    rows, owners, places = _rows(source, root, objects)
    flat = [tag for own in (*tags, said) for tag in own]
    video = _video(source, root, rows, flat)
    for tag in flat:
        check_range(tag, video)
    rows = replace(
        rows,
        ids=np.array(ids, dtype=np.int64)[owners],
        codes=np.array([codes[name] for name in names], dtype=np.int64)[owners],
        occluded=occluded_of(rows.frames, owners, tags, video),
    )
    made = dense.annotation_of(
        source, rows, tuple(labels), video, place=lambda number: places[number].path
    )
    tracks = {}
    for one, id, own in zip(objects, ids, tags, strict=True):
        if id in made.tracks:
            tracks[id] = with_attributes(source, made.tracks[id], own, video)
            _declare(labels, tracks[id], choices)
        else:
            source.notes.dropped("objects without boxes", one.path)
    for tag in said:
        declare_event(labels, tag.name)
    events = [event_of(number, tag, video) for number, tag in enumerate(said, start=1)]
    return Annotation(video, tuple(labels.values()), tracks, tuple(events))


def _declare(
    labels: dict[str, Label], track: Track, choices: dict[str, tuple[str, ...]]
) -> None:
    """Add what a track's attributes are chosen from to its label."""
    label = labels[track.label]
    said = {one.name: one for one in label.attributes} | {
        name: Attribute(name, "choice", choices[name], per="frame")
        for name in track.attributes
        if name in choices
    }
    attributes = tuple(said[name] for name in sorted(said))
    labels[label.name] = replace(label, attributes=attributes)


def _meta(
    source: Source,
) -> tuple[dict[str, Label], set[str], dict[str, tuple[str, ...]]]:
    """Return labels, names of tags whose texts are truth values, choices of others."""
    path = meta_of(source.path)
    if path not in source.beside:
        return {}, set(), {}
    where = str(PurePath(source.path).parent / path)
    inner = replace(source, path=where, content=source.beside[path])
    root = Place(inner, read_json(inner))
    labels = {}
    for one in root.each("classes"):
        name, color = one.text("title"), one.value.get("color")
        own = isinstance(color, str) and re.fullmatch("#[0-9a-fA-F]{6}", color)
        labels[name] = Label(name, color if own and color != GREY else None)
    truths, chosen = set(), {}
    for one in root.each("tags"):
        choices = [choice.of(str) for choice in one.each("values")]
        if sorted(choices) == sorted(TRUTHS):
            truths.add(one.text("name"))
        elif choices:
            chosen[one.text("name")] = tuple(dict.fromkeys(filter(None, choices)))
    return labels, truths, {name: some for name, some in chosen.items() if some}


def _ids(source: Source, objects: list[Place]) -> list[int]:
    ids = [one.get(one.whole, "id", 0) for one in objects]
    if len(set(ids)) == len(ids) and min(ids, default=1) > 0:
        return ids
    source.notes.guessed("track ids, from the order: not each object has its own")
    return list(range(1, len(ids) + 1))


def _rows(
    source: Source, root: Place, objects: list[Place]
) -> tuple[Rows, np.ndarray, list[Place]]:
    """Return the boxes, the index of the object of each, and their places."""
    known: dict[tuple[str, object], int] = {}
    for index, one in enumerate(objects):
        for key in ("key", "id"):
            if one.has(key):
                name = (key, _plain(one.at(key)))
                if name in known:
                    raise one.error(f"has the {key} of {objects[known[name]].path}")
                known[name] = index
    frames, owners, boxes, places = [], [], [], []
    for listed in root.each("frames"):
        frame = listed.whole("index")
        for figure in listed.each("figures"):
            kind = figure.text("geometryType")
            if kind not in ("rectangle", "oriented_bbox"):
                source.notes.dropped(f"figure of type {kind[:60]!r}", figure.path)
                continue
            source.notes.dropped(
                "tags of figures", figure.path, len(figure.each("tags"))
            )
            frames.append(frame)
            owners.append(_owner(figure, known))
            boxes.append(_box(figure.at("geometry"), kind))
            places.append(figure)
    count = len(places)
    rows = Rows(
        frames=np.array(frames, dtype=np.int64),
        ids=np.zeros(count, dtype=np.int64),
        boxes=np.array(boxes, dtype=np.float64).reshape(-1, 5),
        codes=np.zeros(count, dtype=np.int64),
        occluded=np.zeros(count, dtype=bool),
        scores=np.full(count, np.nan),
        numbers=np.arange(count),
    )
    return rows, np.array(owners, dtype=np.int64), places


def _plain(place: Place) -> object:
    if not isinstance(place.value, str | int):
        raise place.error(f"should be a text or a number, not {place.value!r:.60}")
    return place.value


def _owner(figure: Place, known: dict[tuple[str, object], int]) -> int:
    key, name = ("key", "objectKey") if figure.has("objectKey") else ("id", "objectId")
    owner = known.get((key, _plain(figure.at(name))))
    if owner is None:
        raise figure.at(name).error(f"is {figure.value[name]!r:.60}, no object's")
    return owner


def _box(geometry: Place, kind: str) -> list[float]:
    points = geometry.at("points")
    if kind == "rectangle":
        points = points.at("exterior")
    if len(points.of(list)) != 2:
        raise points.error(f"should be two corners, not {len(points.value)}")
    (x1, y1), (x2, y2) = (
        [points.at(corner).number(axis) for axis in range(2)] for corner in range(2)
    )
    turn = 0.0
    if kind == "oriented_bbox":
        degrees = math.degrees(geometry.get(geometry.number, "angle", 0.0))
        turn = float(wrapped(np.array(degrees)))
    return [min(x1, x2), min(y1, y2), abs(x2 - x1) + 1, abs(y2 - y1) + 1, turn]


def _video(source: Source, root: Place, rows: Rows, tags: Sequence[Tag]) -> VideoInfo:
    size = None
    if root.has("size"):
        given = root.at("size")
        size = (given.whole("width"), given.whole("height"))
        if min(size) < 1:
            raise given.error(f"is {size[0]}x{size[1]}")
    count = root.get(root.whole, "framesCount", 0)
    ends = [tag.stop - 1 for tag in tags if tag.stop is not None]
    return source.video_of(
        name=root.get(root.text, "videoName", "") or PurePath(source.path).stem,
        size=size,
        frame_count=count if count > 0 else None,
        fps=None,
        extent=dense.extent_of(rows.boxes),
        last_frame=max([*ends, int(rows.frames.max(initial=-1))]),
    )
