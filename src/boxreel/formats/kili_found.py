"""What Kili's two forms say, in the same terms."""

from __future__ import annotations

import itertools
import re
from dataclasses import dataclass, field

from boxreel.formats.base import MAX_FRAMES, Source
from boxreel.formats.safe_json import Place
from boxreel.model.checks import Value

Said = dict[str, Value]
MAX_DEPTH = 20
NAMES = {"ANNOTATION_JOB_COUNTER", "ANNOTATION_NAMES_JOB"}
"""What a frame has beside its jobs."""


@dataclass
class Object:
    """An object: its boxes, the spans it is there, and what is said of it, by job."""

    label: str
    place: Place
    frames: list[int] = field(default_factory=list)
    boxes: list[list[float]] = field(default_factory=list)
    key: list[bool] = field(default_factory=list)
    spans: list[tuple[int, int]] = field(default_factory=list)
    said: dict[str, list[tuple[int, int, str]]] = field(default_factory=dict)

    def say(self, job: str, start: int, stop: int, value: str) -> bool:
        """Note what a job says over some frames; False where it says more already."""
        said = self.said.setdefault(job, [])
        if said and start < said[-1][1]:
            return False
        if said and said[-1][1:] == (start, value):
            said[-1] = said[-1][0], stop, value
        else:
            said.append((start, stop, value))
        return True


@dataclass
class Found:
    """Objects by their ``mid``, and spans as label, start, stop and what is said."""

    objects: dict[str, Object] = field(default_factory=dict)
    spans: list[tuple[str, int, int, Said]] = field(default_factory=list)
    last: int = -1


def box_of(source: Source, vertices: Place) -> list[float]:
    """Return x, y, w, h, as parts of the picture, of the corners of a rectangle."""
    points = [(one.number("x"), one.number("y")) for one in vertices.each()]
    if len(points) < 4:
        raise vertices.error(f"should be four corners, not {len(points)}")
    xs, ys = zip(*points, strict=True)
    turned = any(
        min(abs(x - min(xs)), abs(x - max(xs))) > 1e-6
        or min(abs(y - min(ys)), abs(y - max(ys))) > 1e-6
        for x, y in points
    )
    what = "turned rectangles: the upright box around"
    source.notes.dropped(what, vertices.path, int(turned))
    if min(xs) == max(xs) or min(ys) == max(ys):
        raise vertices.error("is a box without size")
    return [min(xs), min(ys), max(xs) - min(xs), max(ys) - min(ys)]


def from_frames(source: Source, response: Place) -> Found:
    """Read a response that lists frames.

    Raises
    ------
    FormatError
        Naming the place, for what cannot stand.
    """
    found = Found()
    said: dict[tuple[str, str], list[int]] = {}
    for number in sorted(_frame(response, key) for key in response.of(dict)):
        frame = response.at(str(number))
        for job in frame.of(dict):
            if job in NAMES or not frame.has(job):
                continue
            answer = frame.at(job)
            if answer.has("annotations"):
                for one in answer.each("annotations"):
                    _add_box(source, found, one, number)
            elif answer.has("text"):
                said.setdefault((job, answer.text("text")), []).append(number)
            for one in answer.each("categories"):
                said.setdefault((one.text("name"), ""), []).append(number)
        found.last = number
    for thing in found.objects.values():
        thing.spans = runs_of(thing.frames)
    for (label, text), frames in said.items():
        values: Said = {"text": text} if text else {}
        for start, stop in runs_of(frames):
            found.spans.append((label, start, stop, values))
    return found


def runs_of(frames: list[int]) -> list[tuple[int, int]]:
    """Return the half-open runs of sorted frames.

    Examples
    --------
    >>> runs_of([1, 2, 5])
    [(1, 3), (5, 6)]
    """
    runs: list[tuple[int, int]] = []
    for frame in frames:
        if runs and frame <= runs[-1][1]:
            runs[-1] = runs[-1][0], frame + 1
        else:
            runs.append((frame, frame + 1))
    return runs


def _frame(response: Place, key: str) -> int:
    if not re.fullmatch(r"0|[1-9]\d{0,11}", key):
        raise response.error(f"has the frame {key[:60]!r}, which is no number")
    return int(key)


def _add_box(source: Source, found: Found, one: Place, frame: int) -> None:
    kind = one.get(one.text, "type", "rectangle")
    if kind != "rectangle":
        source.notes.dropped(f"{kind[:60]}: only rectangles are read", one.path)
        return
    categories = one.each("categories")
    label = categories[0].text("name") if categories else "object"
    mid = one.get(one.text, "mid", one.path)
    thing = found.objects.setdefault(mid, Object(label, one))
    if frame in thing.frames[-1:]:
        raise one.error(f"is on frame {frame}, as {thing.place.path} is")
    if thing.label != label:
        source.notes.dropped("class changes inside a track", one.path)
    polygon = one.at("boundingPoly").at(0).at("normalizedVertices")
    thing.frames.append(frame)
    thing.boxes.append(box_of(source, polygon))
    thing.key.append(one.value.get("isKeyFrame") is not False)
    for job, value in _said(source, one).items():
        thing.say(job, frame, frame + 1, value)


def _said(source: Source, holder: Place, depth: int = 0) -> dict[str, str]:
    """Return what is said of a box by the jobs below it."""
    found: dict[str, str] = {}
    if depth > MAX_DEPTH or not holder.has("children"):
        return found
    children = holder.at("children")
    for job in children.of(dict):
        answer = children.at(job)
        if answer.has("text"):
            found[job] = answer.text("text")
            continue
        categories = answer.each("categories")
        for one in categories[:1]:
            found[job] = one.text("name")
            found |= _said(source, one, depth + 1)
        what = "categories besides the first"
        source.notes.dropped(what, answer.path, len(categories) - 1)
    return found


def ranges_of(one: Place) -> list[tuple[int, int]]:
    """Return the half-open spans of an annotation, in order."""
    found = []
    for part in one.each("frames"):
        start, stop = part.whole("start"), part.whole("end") + 1
        if not 0 <= start < stop:
            raise part.error(f"has the frames {start} to {stop - 1}")
        if stop > MAX_FRAMES:
            raise part.error(f"has {stop:,} frames; more than {MAX_FRAMES:,}")
        found.append((start, stop))
    return sorted(found)


def from_keys(source: Source, annotations: list[Place]) -> Found:
    """Read annotations with key annotations.

    Raises
    ------
    FormatError
        Naming the place, for what cannot stand.
    """
    found = Found()
    owner: dict[str, Object] = {}
    others = []
    for one in annotations:
        if not one.each("keyAnnotations"):
            raise one.error("has no keyAnnotations")
        first = one.at("keyAnnotations").at(0).at("annotationValue")
        spans = ranges_of(one)
        found.last = max([found.last, *(stop - 1 for _, stop in spans)])
        if not first.has("vertices"):
            others.append((one, spans))
            continue
        thing = _object(source, one, spans)
        found.objects[one.get(one.text, "mid", one.path)] = thing
        owner[one.get(one.text, "id", one.path)] = thing
    for one, spans in others:
        parents = one.each("path")
        holder = owner.get(str(parents[0].at(0).value)) if parents else None
        if parents and holder is None:
            source.notes.dropped("what is said of an object not read", one.path)
        for start, stop, value in _values(source, one, spans):
            if holder is not None:
                said_more = not holder.say(one.text("job"), start, stop, value)
                what = "categories besides the first"
                source.notes.dropped(what, one.path, int(said_more))
            elif not parents and one.has("job"):
                text = one.at("keyAnnotations").at(0).at("annotationValue").has("text")
                label = one.text("job") if text else value
                said: Said = {"text": value} if text else {}
                found.spans.append((label, start, stop, said))
    return found


def _object(source: Source, one: Place, spans: list[tuple[int, int]]) -> Object:
    """Return the object of an annotation: its keys, and the ends of its spans."""
    thing = Object(one.text("category"), one)
    keys = {}
    for key in one.each("keyAnnotations"):
        polygons = key.at("annotationValue").at("vertices")
        what = "polygons besides the first"
        source.notes.dropped(what, key.path, len(polygons.of(list)) - 1)
        keys[key.whole("frame")] = box_of(source, polygons.at(0).at(0))
    inside = [f for f in sorted(keys) if any(a <= f < b for a, b in spans)]
    source.notes.dropped(
        "key annotations outside of their frames", one.path, len(keys) - len(inside)
    )
    if not inside:
        raise one.error("has no key annotation on its frames")
    for start, _ in spans:
        if not any(start == frame for frame in inside):
            what = "the box that frames without a key begin with"
            source.notes.guessed(what, one.path)
            before = [frame for frame in inside if frame < start]
            keys[start] = keys[before[-1] if before else inside[0]]
            inside = sorted([*inside, start])
    thing.frames, thing.spans = inside, spans
    thing.boxes = [keys[frame] for frame in inside]
    thing.key = [True] * len(inside)
    return thing


def _values(
    source: Source, one: Place, spans: list[tuple[int, int]]
) -> list[tuple[int, int, str]]:
    """Return half-open spans, each with a category or the text that is said of it."""
    keys: dict[int, list[str]] = {}
    for key in one.each("keyAnnotations"):
        value = key.at("annotationValue")
        if value.has("text"):
            keys[key.whole("frame")] = [value.text("text")]
        else:
            categories = value.each("categories")
            keys[key.whole("frame")] = [name.of(str) for name in categories]
    found: list[tuple[int, int, str]] = []
    for start, stop in spans:
        edges = [start, *(f for f in sorted(keys) if start < f < stop), stop]
        for begin, end in itertools.pairwise(edges):
            known = [frame for frame in keys if frame <= begin]
            said = keys[max(known)] if known else []
            found += [(begin, end, value) for value in said]
    return found
