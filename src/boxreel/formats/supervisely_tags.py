"""Tags of Supervisely's: what is said of an object, or of the video, on a range."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise
from typing import NamedTuple

import numpy as np

from boxreel.formats.base import Source
from boxreel.formats.safe_json import Place
from boxreel.model import Event, Track, VideoInfo
from boxreel.model.checks import Value, same_value
from boxreel.model.track import Steps

OCCLUDED = "occluded"
"""Tag of objects that is occlusion."""

VALUE = "value"
"""Attribute of events that the value of their tag is."""

TRUTHS = {"true": True, "false": False}
"""Texts that truth values are written as."""


class Tag(NamedTuple):
    """What is said from a frame to another, half-open; no `stop` is to the end."""

    place: Place
    name: str
    value: Value
    start: int
    stop: int | None


def tags_of(source: Source, owner: Place, truths: set[str]) -> list[Tag]:
    """Return the tags of an owner; texts of those in `truths` are true or false."""
    found = []
    for one in owner.each("tags"):
        name, value = one.text("name"), one.value.get("value")
        start, stop = 0, None
        if not name:
            raise one.error("has no name")
        if value is not None and not isinstance(value, str | int | float):
            source.notes.dropped("tags that are no text and no number", one.path)
            continue
        if one.has("frameRange"):
            ends = one.at("frameRange")
            if len(ends.of(list)) != 2:
                raise ends.error("should be a first and a last frame")
            start, stop = ends.whole(0), ends.whole(1) + 1
        if name in truths and isinstance(value, str):
            value = TRUTHS.get(value, value)
        found.append(Tag(one, name, value, start, stop))
    return found


def check_range(tag: Tag, video: VideoInfo) -> None:
    """Raise FormatError for a tag on frames that the video does not have."""
    if tag.stop is not None and not 0 <= tag.start < tag.stop <= video.frame_count:
        raise tag.place.error(
            f"is on the frames {tag.start} to {tag.stop - 1}; the video has 0 to "
            f"{video.frame_count - 1}"
        )


def _hides(tag: Tag) -> bool:
    return tag.name == OCCLUDED and tag.value is None


def occluded_of(
    frames: np.ndarray, owners: np.ndarray, tags: list[list[Tag]], video: VideoInfo
) -> np.ndarray:
    """Say of boxes, by frame and index of their object, which are occluded."""
    found = np.zeros(len(frames), dtype=bool)
    order = np.argsort(owners, kind="stable")
    bounds = np.searchsorted(owners[order], np.arange(len(tags) + 1))
    for own, (begin, end) in zip(tags, pairwise(bounds.tolist()), strict=True):
        spans = [
            (tag.start, tag.stop or video.frame_count) for tag in own if _hides(tag)
        ]
        if spans:
            starts, stops = np.sort(np.array(spans), axis=0).T
            rows = order[begin:end]
            begun = np.searchsorted(starts, frames[rows], "right")
            found[rows] = begun > np.searchsorted(stops, frames[rows], "right")
    return found


def with_attributes(
    source: Source, track: Track, tags: list[Tag], video: VideoInfo
) -> Track:
    """Return the track with what its tags say; of two at once, the first to begin."""
    found: dict[str, list[tuple[int, Value]]] = {}
    ends: dict[str, int] = {}
    for tag in sorted(tags, key=lambda one: one.start):
        if _hides(tag):
            continue
        steps = found.setdefault(tag.name, [])
        end = ends.get(tag.name, 0)
        if tag.start < end:
            source.notes.dropped("tags on frames that one has already", tag.place.path)
            continue
        if steps and end < tag.start:
            steps.append((end, None))
        value = True if tag.value is None else tag.value
        if not (steps and same_value(steps[-1][1], value)):
            steps.append((tag.start, value))
        ends[tag.name] = video.frame_count if tag.stop is None else tag.stop
    for name, steps in found.items():
        if ends[name] < video.frame_count:
            steps.append((ends[name], None))
    attributes: dict[str, Steps] = {name: tuple(one) for name, one in found.items()}
    return replace(track, attributes=attributes)


def event_of(number: int, tag: Tag, video: VideoInfo) -> Event:
    """Return the event that a tag of the video is."""
    said = {} if tag.value is None else {VALUE: tag.value}
    stop = video.frame_count if tag.stop is None else tag.stop
    return Event(number, tag.name, tag.start, stop, (), said)
