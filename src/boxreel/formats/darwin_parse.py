"""Read V7's Darwin JSON 2.0 of a video."""

from __future__ import annotations

import re
from itertools import pairwise
from pathlib import PurePath

import numpy as np

from boxreel.formats.base import Source, declare_event
from boxreel.formats.safe_json import Place, read_json
from boxreel.model import SOURCES, Annotation, Event, Label, Track, VideoInfo
from boxreel.model.checks import Value
from boxreel.model.keyframes import Keyframes
from boxreel.model.track import Steps

SIDE = {"keyframe", "instance_id", "text"}
"""Keys of a frame, beside its shape, that are read."""

OTHER = {"attributes", "directional_vector", "inference", "tracking", "measures"}
"""Keys of a frame, beside its shape, that are not."""


def parse(source: Source, *, range_end: int = 0) -> Annotation:
    """Read Darwin JSON 2.0.

    Parameters
    ----------
    source
        The file, of an item with one video.
    range_end
        0 where the second number of ranges is the frame after them, as V7 exports
        them; 1 where it is their last frame.

    Returns
    -------
    Annotation
        Between ranges and in hidden areas objects are outside. Ids are those of the
        instances where each object has its own. Properties and texts are attributes,
        tags are events.

    Raises
    ------
    FormatError
        Naming the place, for what cannot stand.
    """
    root = Place(source, read_json(source))
    boxes, tags = [], []
    for one in root.each("annotations"):
        found = {key for _, frame in _frames(one) for key in frame.of(dict)}
        shapes = found - SIDE - OTHER
        for key in sorted(found & OTHER):
            source.notes.dropped(f"{key} of frames", one.path)
        if shapes == {"bounding_box"}:
            boxes.append(one)
        elif shapes == {"tag"}:
            tags.append(one)
        else:
            kind = ", ".join(sorted(shapes))[:60] or "nothing"
            source.notes.dropped(f"{kind}: only boxes and tags are read", one.path)
    video = _video(source, root, [*boxes, *tags], range_end)
    labels: dict[str, Label] = {}
    tracks = {}
    for number, one in zip(_ids(source, boxes), boxes, strict=True):
        name = one.text("name")
        labels[name] = Label(name)
        table = _keyframes(source, one, video, range_end)
        tracks[number] = Track(number, name, table, _steps(source, one, video))
    events: list[Event] = []
    for one in tags:
        name = one.text("name")
        declare_event(labels, name)
        said = {key: steps[0][1] for key, steps in _steps(source, one, video).items()}
        for start, stop in _spans(one, "ranges", video, range_end):
            events.append(Event(len(events) + 1, name, start, stop, (), said))
    return Annotation(video, tuple(labels.values()), tracks, tuple(events))


def _frames(one: Place) -> list[tuple[int, Place]]:
    """Return the frames of an annotation, in order."""
    frames = one.at("frames")
    for key in frames.of(dict):
        if not re.fullmatch(r"0|[1-9]\d{0,11}", key):
            raise frames.error(f"has the frame {key[:60]!r}, which is no number")
    return [
        (number, frames.at(str(number))) for number in sorted(map(int, frames.value))
    ]


def _video(source: Source, root: Place, used: list[Place], range_end: int) -> VideoInfo:
    item = root.at("item")
    slots = item.each("slots")
    if len(slots) != 1:
        raise item.error(f"has {len(slots)} slots; only items with one are read")
    [slot] = slots
    size, count = None, slot.get(slot.whole, "frame_count", 0)
    if slot.has("width") and slot.has("height"):
        size = (slot.whole("width"), slot.whole("height"))
        if min(size) < 1:
            raise slot.error(f"has a picture of {size[0]}x{size[1]}")
    last, extent = -1, (1.0, 1.0)
    for one in used:
        ends = [part.whole(1) - 1 + range_end for part in _pairs(one, "ranges")]
        last = max([last, *ends, *(number for number, _ in _frames(one))])
        for _, frame in _frames(one):
            if frame.has("bounding_box"):
                x, y, w, h = _box(frame)
                extent = (max(extent[0], x + w), max(extent[1], y + h))
    fps = slot.get(slot.number, "fps", 0.0)
    files = slot.each("source_files")
    name = files[0].get(files[0].text, "file_name", "") if files else ""
    return source.video_of(
        name=name or item.get(item.text, "name", "") or PurePath(source.path).stem,
        size=size,
        frame_count=count if count > 0 else None,
        fps=fps if fps > 0 else None,
        extent=extent,
        last_frame=last,
    )


def _pairs(one: Place, key: str) -> list[Place]:
    pairs = one.each(key)
    for pair in pairs:
        if len(pair.of(list)) != 2:
            raise pair.error("should be a first frame and an end")
    return pairs


def _spans(
    one: Place, key: str, video: VideoInfo, range_end: int
) -> list[tuple[int, int]]:
    """Return half-open spans, in order."""
    found = []
    for pair in _pairs(one, key):
        start, stop = pair.whole(0), pair.whole(1) + range_end
        if not 0 <= start < stop <= video.frame_count:
            raise pair.error(
                f"is [{start}, {stop - range_end}]; the video has the frames 0 to "
                f"{video.frame_count - 1} (range_end={range_end})"
            )
        found.append((start, stop))
    found.sort()
    for (_, end), (begin, _) in pairwise(found):
        if begin < end:
            raise one.at(key).error(f"overlap at frame {begin}")
    return found


def _box(frame: Place) -> list[float]:
    box = frame.at("bounding_box")
    sides = [box.number(side) for side in "xywh"]
    if min(sides[2:]) <= 0:
        raise box.error(f"has no size: {sides[2]:g} by {sides[3]:g}")
    return sides


def _ids(source: Source, boxes: list[Place]) -> list[int]:
    ids = []
    for one in boxes:
        for _, frame in _frames(one):
            if frame.has("instance_id"):
                ids.append(frame.at("instance_id").whole("value"))
                break
    if len(set(ids)) == len(boxes) == len(ids) and min(ids, default=1) > 0:
        return ids
    source.notes.guessed("track ids, from the order: not each has an instance id")
    return list(range(1, len(boxes) + 1))


def _keyframes(
    source: Source, one: Place, video: VideoInfo, range_end: int
) -> Keyframes:
    frames, boxes = [], []
    for number, frame in _frames(one):
        if number >= video.frame_count:
            raise frame.error(f"is past the end of {video.frame_count} frames")
        if not frame.has("bounding_box"):
            source.notes.guessed(
                "box of a frame without one, from its neighbours", frame.path
            )
        elif frame.of(dict).get("keyframe", True):
            frames.append(number)
            boxes.append([*_box(frame), 0.0])
    if not frames:
        raise one.error("has no keyframe with a box")
    first = frames[0]
    holds = np.full(len(frames), one.of(dict).get("interpolated") is False)
    sources = np.full(len(frames), SOURCES.index("import"), dtype=np.uint8)
    table = Keyframes(frames, boxes, hold=holds, sources=sources)
    spans = _spans(one, "ranges", video, range_end) or [(first, video.frame_count)]
    early = sum(max(0, min(stop, first) - start) for start, stop in spans)
    source.notes.dropped("frames of a range before its first keyframe", one.path, early)
    hidden = _spans(one, "hidden_areas", video, range_end)
    for edge in sorted({edge for span in (*spans, *hidden) for edge in span}):
        if first < edge < video.frame_count and not table.has(edge):
            table = table.pinned(edge)
    seen = _within(table.frames, spans) & ~_within(table.frames, hidden)
    if not seen.any():
        raise one.error("is nowhere to be seen: no keyframe lies in its ranges")
    return Keyframes(**(table.columns() | {"outside": ~seen}))


def _within(frames: np.ndarray, spans: list[tuple[int, int]]) -> np.ndarray:
    starts = np.array([start for start, _ in spans], dtype=np.int64)
    stops = np.array([stop for _, stop in spans], dtype=np.int64)
    begun: np.ndarray = np.searchsorted(starts, frames, "right")
    return begun > np.searchsorted(stops, frames, "right")


def _steps(source: Source, one: Place, video: VideoInfo) -> dict[str, Steps]:
    """Return the properties and texts of an annotation as attributes."""
    said: dict[str, dict[int, Value]] = {}
    for part in one.each("properties"):
        frame = part.get(part.whole, "frame_index", 0)
        if not 0 <= frame < video.frame_count:
            raise part.error(f"is on frame {frame} of {video.frame_count}")
        steps = said.setdefault(part.text("name"), {})
        if frame in steps:
            source.notes.dropped("further values of a property", part.path)
        else:
            steps[frame] = part.text("value") if part.has("value") else None
    for number, entry in _frames(one):
        if entry.has("text"):
            said.setdefault("text", {})[number] = entry.at("text").text("text")
    found: dict[str, Steps] = {}
    for name, values in said.items():
        steps_of: list[tuple[int, Value]] = []
        for number, value in sorted(values.items()):
            if not steps_of or steps_of[-1][1] != value:
                steps_of.append((number, value))
        found[name] = tuple(steps_of)
    return found
