"""Read DIVE JSON."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace
from pathlib import PurePath
from typing import Any, NamedTuple

import numpy as np

from boxreel.formats import dense
from boxreel.formats import dive_terms as terms
from boxreel.formats.attributes import columns_of_attributes
from boxreel.formats.base import Source
from boxreel.formats.safe_json import Place, read_json
from boxreel.model import SOURCES, Annotation, Label, Track, VideoInfo
from boxreel.model.keyframes import Keyframes


class Feature(NamedTuple):
    """A keyframe; `moves` says whether it is there until the next one."""

    frame: int
    box: list[float]
    moves: bool
    occluded: bool
    attributes: dict[str, Any]


def parse(source: Source) -> Annotation:
    """Read DIVE JSON, of version 2 or the tracks alone.

    Parameters
    ----------
    source
        The file.

    Returns
    -------
    Annotation
        The label of a track is its surest type, the score of its keyframes how sure;
        confidences are no scores where all are 1. Attributes of a feature hold until
        the next one. Ids are one higher if one is 0.

    Raises
    ------
    FormatError
        Naming the place, for what cannot stand.
    """
    root = Place(source, read_json(source))
    tracks = _each(root.at("tracks") if root.has("tracks") else root)
    features = [_features(source, one) for one in tracks]
    types = [_type(source, one) for one in tracks]
    sure = terms.scores_of(np.array([score for _, score in types], dtype=np.float64))
    ids = _ids(tracks)
    flat = [feature for of_track in features for feature in of_track]
    corners = np.array([one.box for one in flat], dtype=np.float64).reshape(-1, 5)
    fps = root.get(root.number, "fps", 0.0) if root.has("tracks") else 0.0
    video = source.video_of(
        name=PurePath(source.path).stem,
        size=None,
        frame_count=None,
        fps=fps if fps > 0 else None,
        extent=dense.extent_of(corners),
        last_frame=max((one.frame for one in flat), default=-1),
    )
    groups = _groups(
        source, root, dict(zip((t.path for t in tracks), ids, strict=True))
    )
    made = {}
    for one, id, own, (name, _), score in zip(
        tracks, ids, features, types, sure.tolist(), strict=True
    ):
        if not own:
            source.notes.dropped("tracks without boxes", one.path)
            continue
        if own[-1].frame >= video.frame_count:
            raise one.error(f"is past the end of {video.frame_count} frames")
        table = _keyframes(own, score, video)
        made[id] = Track(id, name, table, group=groups.get(id))
    columns = columns_of_attributes([one.attributes for one in flat])
    begin = 0
    for id, own in zip(ids, features, strict=True):
        rows = slice(begin, begin + len(own))
        begin = rows.stop
        if own:
            frames = np.array([one.frame for one in own])
            steps = {
                one.name: dense.steps_of(frames, column[rows].tolist())
                for one, column in columns.items()
            }
            made[id] = replace(made[id], attributes=steps)
    names = dict.fromkeys(track.label for track in made.values())
    labels = tuple(Label(name, attributes=tuple(columns)) for name in names)
    return Annotation(video, labels, made)


def _each(place: Place) -> list[Place]:
    return [place.at(key) for key in place.of(dict)]


def _ids(tracks: list[Place]) -> list[int]:
    ids = [one.whole("id") for one in tracks]
    times = Counter(ids)
    for one, id in zip(tracks, ids, strict=True):
        if id < 0 or times[id] > 1:
            raise one.error(f"has the id {id}, which is negative or there twice")
    return [id + int(0 in ids) for id in ids]


def _type(source: Source, one: Place) -> tuple[str, float]:
    """Return the surest type of a track, and how sure."""
    pairs = [
        (pair.at(0).of(str), pair.number(1)) for pair in one.each("confidencePairs")
    ]
    named = [pair for pair in pairs if pair[0]] or [(terms.UNKNOWN, 1.0)]
    source.notes.dropped("less sure types", one.path, len(named) - 1)
    return max(named, key=lambda pair: pair[1])


def _features(source: Source, one: Place) -> list[Feature]:
    """Return the features that have a box, in order."""
    constant = one.at("attributes").of(dict) if one.has("attributes") else {}
    found: dict[int, Feature] = {}
    bare = set()
    for feature in one.each("features"):
        frame = feature.whole("frame")
        if frame < 0 or frame in found or frame in bare:
            raise feature.error(f"is on frame {frame}, before the first or once more")
        for key in ("geometry", "head", "tail", "fishLength", "notes"):
            source.notes.dropped(f"{key} of features", feature.path, feature.has(key))
        if not feature.has("bounds"):
            bare.add(frame)
            source.notes.dropped("features without a box", feature.path)
            continue
        said = feature.at("attributes").of(dict) if feature.has("attributes") else {}
        box = [*_sides(source, feature), terms.to_degrees(said.get("rotation"))]
        moves = feature.value.get("interpolate") is True
        hidden = said.get("occluded") is True
        kept = {
            k: v for k, v in {**constant, **said}.items() if k not in terms.RESERVED
        }
        found[frame] = Feature(frame, box, moves, hidden, kept)
    return [found[frame] for frame in sorted(found)]


def _sides(source: Source, feature: Place) -> list[float]:
    bounds = feature.at("bounds")
    if len(bounds.of(list)) != 4:
        raise bounds.error("should be left, top, right and bottom")
    sides, turned = terms.in_order([bounds.number(i) for i in range(4)])
    left, top, right, bottom = sides
    if right == left or bottom == top:
        raise bounds.error(f"has no size: {right - left:g} by {bottom - top:g}")
    source.notes.guessed(terms.TURNED, bounds.path, turned)
    return [left, top, right - left, bottom - top]


def _keyframes(own: list[Feature], score: float, video: VideoInfo) -> Keyframes:
    """Return a keyframe a feature, and an absence wherever it does not move on."""
    rows: list[tuple[int, list[float], bool, bool]] = []
    after = [one.frame for one in own[1:]] + [video.frame_count]
    for one, following in zip(own, after, strict=True):
        rows.append((one.frame, one.box, False, one.occluded))
        ends = one is own[-1] or not one.moves
        if ends and one.frame + 1 < following:
            rows.append((one.frame + 1, one.box, True, False))
    frames, boxes, outside, occluded = zip(*rows, strict=True)
    return Keyframes(
        frames,
        boxes,
        outside=outside,
        occluded=occluded,
        sources=np.full(len(rows), SOURCES.index("import"), dtype=np.uint8),
        scores=np.where(outside, np.nan, score),
    )


def _groups(source: Source, root: Place, ids: dict[str, int]) -> dict[int, int]:
    """Return the group of each track, by id; a track has one."""
    found: dict[int, int] = {}
    if not (root.has("tracks") and root.has("groups")):
        return found
    groups = _each(root.at("groups"))
    numbers = [group.whole("id") for group in groups]
    for group, number in zip(groups, numbers, strict=True):
        if number < 0:
            raise group.error(f"has the id {number}")
        for key in group.at("members").of(dict) if group.has("members") else {}:
            id = ids.get(f"tracks.{key}")
            if id is None or id in found or not re.fullmatch(r"\d+", key):
                source.notes.dropped("a group of a track that has one", group.path)
            else:
                found[id] = number + int(0 in numbers)
    return found
