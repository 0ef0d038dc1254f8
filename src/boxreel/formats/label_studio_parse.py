"""Read Label Studio's JSON of tasks with videos."""

from __future__ import annotations

import re
from pathlib import PurePath
from typing import Any

import numpy as np

from boxreel.formats import label_studio_terms as terms
from boxreel.formats.base import Source, declare_event
from boxreel.formats.safe_json import Place, read_json
from boxreel.model import (
    SOURCES,
    Annotation,
    Event,
    Keyframes,
    Label,
    Track,
    VideoInfo,
)
from boxreel.model.checks import Value
from boxreel.shapes.box import deltas

VALUES = {"choices": "choices", "textarea": "text", "number": "number"}
"""Type of a result that says something of a region -> where its value is."""


def parse(
    source: Source, *, clip: str | int | None = None, answer: int | None = None
) -> Annotation:
    """Read Label Studio's JSON.

    Parameters
    ----------
    source
        The file: a list of tasks, a task, or one annotation or prediction. Where it
        does not say the size of the picture, the video must be given.
    clip
        Id or video of the task to read; needed where there are several, unless the
        video given has the name of one.
    answer
        Which to read, counted from 0 through the task's annotations, then its
        predictions; None for the first annotation that was not cancelled, or else
        the first prediction.

    Returns
    -------
    Annotation
        A keyframe that is not enabled is the last frame of a presence. Region ids
        that are numbers are track ids. What is said of a region is an attribute.

    Raises
    ------
    FormatError
        Naming the place, for what cannot stand.
    """
    task = _task(source, Place(source, read_json(source)), clip)
    chosen, predicted = _answer(source, task, answer)
    regions, spans = [], []
    said: dict[str, dict[str, Value]] = {}
    for one in chosen.each("result"):
        kind = one.get(one.text, "type", "")
        if kind == "videorectangle":
            regions.append(one)
        elif kind == "timelinelabels":
            spans.append(one)
        elif kind in VALUES and one.has("id"):
            said.setdefault(_id(one), {}).update(_said(source, one, kind))
        else:
            source.notes.dropped(f"result of type {kind[:60]!r}", one.path)
    video = _video(source, task, regions, spans)
    labels: dict[str, Label] = {}
    tracks = {}
    for number, region in zip(_ids(source, regions), regions, strict=True):
        name = _label(source, region, "labels")
        labels[name] = Label(name)
        steps = {key: ((0, one),) for key, one in said.get(_id(region), {}).items()}
        table = _keyframes(source, region, video, predicted)
        tracks[number] = Track(number, name, table, steps)
    events: list[Event] = []
    for span in spans:
        name = _label(source, span, "timelinelabels")
        declare_event(labels, name)
        for part in span.at("value").each("ranges"):
            start, stop = part.whole("start") - 1, part.whole("end")
            if not 0 <= start < stop <= video.frame_count:
                raise part.error(
                    f"has the frames {start + 1} to {stop}; the video has 1 to "
                    f"{video.frame_count}"
                )
            values = said.get(_id(span), {})
            events.append(Event(len(events) + 1, name, start, stop, (), values))
    known = {_id(one) for one in (*regions, *spans)}
    lone = [one for one in said if one not in known]
    source.notes.dropped("what is said of the task", chosen.path, len(lone))
    return Annotation(video, tuple(labels.values()), tracks, tuple(events))


def _task(source: Source, root: Place, clip: str | int | None) -> Place:
    tasks = root.each() if isinstance(root.value, list) else [root]
    if not tasks:
        raise root.error("holds no task")
    names = [_name(task) for task in tasks]
    if clip is None and len(tasks) == 1:
        return tasks[0]
    if clip is None and source.video is not None:
        clip = source.video.name
    for task, name in zip(tasks, names, strict=True):
        if clip is not None and clip in (task.of(dict).get("id"), name):
            return task
    listed = ", ".join(repr(name) for name in names[:10])
    raise source.error(f"holds {len(tasks)} tasks; pass clip= with one of: {listed}")


def _name(task: Place) -> str:
    data = task.of(dict).get("data")
    given = data.get("video") if isinstance(data, dict) else None
    return PurePath(given).name if isinstance(given, str) else ""


def _answer(source: Source, task: Place, answer: int | None) -> tuple[Place, bool]:
    """Return the annotation or prediction to read, and whether it is the latter."""
    if task.has("result"):
        return task, task.has("model_version")
    done = task.each("annotations")
    both = [*done, *task.each("predictions")]
    if answer is None:
        valid = [
            i for i, one in enumerate(both) if not one.of(dict).get("was_cancelled")
        ]
        if not valid:
            raise task.error("has no annotation and no prediction")
        answer = valid[0]
        if len(both) > 1:
            source.notes.dropped(
                "annotations and predictions besides the first; pass answer=",
                task.path,
                len(both) - 1,
            )
    if not 0 <= answer < len(both):
        raise task.error(f"has {len(both)} answers; answer={answer} is none of them")
    return both[answer], answer >= len(done)


def _id(result: Place) -> str:
    """Return the id of a region; its place where it has none."""
    given = result.of(dict).get("id")
    return result.path if given is None else str(given)


def _ids(source: Source, regions: list[Place]) -> list[int]:
    ids = [_id(one) for one in regions]
    if len(set(ids)) == len(ids) and all(
        re.fullmatch(r"[1-9]\d{0,14}", i) for i in ids
    ):
        return [int(one) for one in ids]
    source.notes.guessed("track ids, from the order: the file's are no numbers")
    return list(range(1, len(ids) + 1))


def _label(source: Source, region: Place, key: str) -> str:
    named = region.at("value").each(key)
    if not named:
        source.notes.guessed("label 'object' of a region without one", region.path)
        return "object"
    source.notes.dropped("labels besides the first", region.path, len(named) - 1)
    return named[0].of(str)


def _said(source: Source, result: Place, kind: str) -> dict[str, Value]:
    """Return the attribute that a result is, by its name."""
    name, value = result.text("from_name"), result.at("value")
    if kind == "number":
        number = value.number("number")
        return {name: int(number) if number.is_integer() else number}
    texts = [one.of(str) for one in value.each(VALUES[kind])]
    source.notes.dropped(f"{kind} besides the first", result.path, len(texts) - 1)
    return {name: texts[0]} if texts else {}


def _video(
    source: Source, task: Place, regions: list[Place], spans: list[Place]
) -> VideoInfo:
    size, count, fps, last = None, None, None, -1
    for region in regions:
        value = region.at("value")
        if region.has("original_width") and region.has("original_height"):
            size = (region.whole("original_width"), region.whole("original_height"))
            if min(size) < 1:
                raise region.error(f"has a picture of {size[0]}x{size[1]}")
        if value.has("framesCount"):
            count = max(count or 0, value.whole("framesCount"))
            length = value.get(value.number, "duration", 0.0)
            fps = count / length if length > 0 and count > 0 else fps
        points = value.at("sequence").each()
        last = max([last, *(point.whole("frame") - 1 for point in points)])
    if regions and size is None and source.video is None:
        raise source.error(
            "boxes are in percent of a picture it does not say; pass video="
        )
    for span in spans:
        ends = [part.whole("end") - 1 for part in span.at("value").each("ranges")]
        last = max([last, *ends])
    if task.has("data") and task.at("data").has("fps"):
        given = task.at("data").of(dict)["fps"]
        fps = task.at("data").number("fps") if isinstance(given, int | float) else fps
    return source.video_of(
        name=_name(task) or PurePath(source.path).stem,
        size=size,
        frame_count=count if count is not None and count > 0 else None,
        fps=fps if fps is not None and fps > 0 else None,
        extent=(1, 1),
        last_frame=last,
    )


def _keyframes(
    source: Source, region: Place, video: VideoInfo, predicted: bool
) -> Keyframes:
    points = region.at("value").at("sequence").each()
    if not points:
        raise region.error("has no keyframe")
    whole = region.get(region.number, "score", np.nan)
    known: dict[int, Place] = {}
    rows: list[list[Any]] = []
    for point in points:
        frame = point.whole("frame") - 1
        if not 0 <= frame < video.frame_count:
            raise point.error(
                f"is on frame {frame + 1}; the video has 1 to {video.frame_count}"
            )
        if frame in known:
            raise point.error(f"is on frame {frame + 1}, as {known[frame].path} is")
        known[frame] = point
        box = [point.number(key) for key in ("x", "y", "width", "height")]
        if 0 in box[2:]:
            raise point.error(f"has no size: {box[2]:g} by {box[3]:g} percent")
        backwards = int(min(box[2:]) < 0)
        source.notes.guessed(
            "box of negative size, taken from its other corner", point.path, backwards
        )
        enabled = point.of(dict).get("enabled", True)
        if not isinstance(enabled, bool):
            raise point.error(f"is enabled {enabled!r:.60}, not true or false")
        turn = point.get(point.number, "rotation", 0.0)
        score = point.get(point.number, "score", whole)
        rows.append([frame, *box, turn, enabled, score])
    if region.has("score"):
        own = sum(point.has("score") for point in points)
        source.notes.dropped(
            "score of a region, as keyframes have theirs", region.path, int(own > 0)
        )
    frames, table = _with_ends(np.array(sorted(rows), dtype=np.float64), video)
    boxes = terms.to_pixels(table[:, 1:6], (video.width, video.height))
    outside = table[:, 6] < 0
    moves = ~outside[1:] & ~outside[:-1]
    turns = deltas(boxes[:-1].T, boxes[1:].T)[4] != 0
    source.notes.lost(terms.TURNS, region.path, int((moves & turns).sum()))
    origin = region.get(region.text, "origin", "manual")
    if origin not in terms.ORIGINS:
        source.notes.guessed(f"origin {origin[:60]!r} is an import", region.path)
    kind = "model" if predicted else terms.ORIGINS.get(origin, "import")
    return Keyframes(
        frames=frames,
        boxes=boxes,
        outside=outside,
        sources=np.full(len(frames), SOURCES.index(kind), dtype=np.uint8),
        scores=table[:, 7],
    )


def _with_ends(table: np.ndarray, video: VideoInfo) -> tuple[np.ndarray, np.ndarray]:
    """Return frames and rows, with a row of enabled -1 where a presence has ended."""
    following = np.append(table[1:, 0], video.frame_count)
    ended = (table[:, 6] == 0) & (table[:, 0] + 1 < following)
    ends = table[ended]
    ends[:, 0] += 1
    ends[:, 6:] = -1, np.nan
    both = np.concatenate([table, ends])
    both = both[np.argsort(both[:, 0], kind="stable")]
    return both[:, 0].astype(np.int64), both
