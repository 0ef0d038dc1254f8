"""Read CVAT for video 1.1."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import PurePath
from typing import Any
from xml.etree.ElementTree import Element

import numpy as np

from boxreel.errors import FormatError
from boxreel.formats import cvat_terms as terms
from boxreel.formats.base import Source
from boxreel.formats.cvat_plain import taken_out
from boxreel.formats.cvat_rows import Rows, note_differences, rows_of
from boxreel.formats.safe_xml import line_of, read_elements
from boxreel.model import (
    SOURCES,
    Annotation,
    Attribute,
    Keyframes,
    Label,
    Track,
    VideoInfo,
)
from boxreel.model.checks import Value


def parse(source: Source) -> Annotation:
    """Read CVAT for video 1.1.

    Parameters
    ----------
    source
        The file. Frames are those of the whole video, whatever part the job had.

    Returns
    -------
    Annotation
        CVAT's keyframes; what it interpolated between them is not stored. Track
        ids are the file's plus 1.

    Raises
    ------
    FormatError
        Naming the line, for damaged XML and for a value that cannot stand.
    """
    tracks: list[Rows] = []
    text, tables = taken_out(source.text)

    def keep(track: Element) -> None:
        rows = rows_of(source, track, tables)
        if rows is not None:
            tracks.append(rows)

    def check(track: Element) -> None:
        """Meet what is wrong once more, in the document as it was written."""
        rows_of(source, track, [])

    try:
        root = read_elements(replace(source, content=text), "track", keep)
    except FormatError:
        read_elements(source, "track", check)
        raise
    if root.tag != "annotations":
        raise source.error(f"the root element is <{root.tag}>, not <annotations>")
    if root.find("image") is not None and not tracks:
        raise source.error(
            "these are CVAT's labels for images; pass format='cvat-images'"
        )
    if len(root.findall("meta//task")) > 1:
        raise source.error("several tasks in one file; export each task")
    ids = _ids(source, tracks)
    annotation = assembled(source, root, ids, tracks, _video(source, root, tracks))
    note_differences(source, annotation, zip(ids, tracks, strict=True))
    return annotation


def assembled(
    source: Source,
    root: Element,
    ids: list[int],
    tracks: list[Rows],
    video: VideoInfo,
) -> Annotation:
    """Make the annotation of the rows of tracks and what the root declares.

    Parameters
    ----------
    source, root
        The file and its root element.
    ids, tracks
        Id and rows of each track.
    video
        What they are of.

    Raises
    ------
    FormatError
        Naming the line of what cannot stand.
    """
    labels: dict[str, Label] = {}
    for label in _labels(source, root):
        if label.name in labels:
            raise source.error(f"label {label.name!r} is declared twice")
        labels[label.name] = label
    declared = bool(labels)
    if not declared and tracks:
        source.notes.guessed("labels, from the tracks; the file declares none")
    found: dict[int, Track] = {}
    for number, rows in zip(ids, tracks, strict=True):
        name = rows.element.get("label", "")
        if name not in labels:
            if declared:
                known = ", ".join(labels)
                raise source.error(
                    f"label {name!r} is not declared; there are: {known}", rows.line
                )
            labels[name] = Label(name)
        rows.refuse(
            source,
            rows.frames >= video.frame_count,
            f"is past the end of the video, which has {video.frame_count} frames",
        )
        labels[name], attributes = _attributes(source, rows, labels[name])
        keyframes = _keyframes(source, rows)
        if keyframes is None:
            source.notes.dropped("track that is never visible", f"line {rows.line}")
        else:
            group = _group(source, rows)
            found[number] = Track(number, name, keyframes, attributes, group)
    return Annotation(video, tuple(labels.values()), found, ())


def _ids(source: Source, tracks: list[Rows]) -> list[int]:
    ids = [rows.element.get("id", "") for rows in tracks]
    if all(re.fullmatch(r"\d{1,15}", number) for number in ids):
        numbers = [int(number) + 1 for number in ids]
        if len(set(numbers)) == len(numbers):
            return numbers
    source.notes.guessed("track ids, from the order: the file's are not unique numbers")
    return list(range(1, len(tracks) + 1))


def _video(source: Source, root: Element, tracks: list[Rows]) -> VideoInfo:
    def whole(path: str) -> int | None:
        text = (root.findtext(f"meta//{path}") or "").strip()
        return int(text) if re.fullmatch(r"\d{1,9}", text) else None

    width, height = whole("original_size/width"), whole("original_size/height")
    stop, size = whole("stop_frame"), whole("size")
    corners = [rows.boxes[:, :2] + rows.boxes[:, 2:4] for rows in tracks]
    right, bottom = np.concatenate([np.ones((1, 2)), *corners]).max(axis=0)
    name = root.findtext("meta//source") or root.findtext("meta/*/name")
    return source.video_of(
        name=name or PurePath(source.path).stem,
        size=(width, height) if width and height else None,
        frame_count=stop + 1 if stop is not None else size,
        fps=None,
        extent=(right, bottom),
        last_frame=max((int(rows.frames.max()) for rows in tracks), default=-1),
    )


def _labels(source: Source, root: Element) -> list[Label]:
    labels = []
    for element in root.iterfind("meta//labels/label"):
        color = element.findtext("color") or ""
        attributes = []
        for attribute in element.iterfind("attributes/attribute"):
            kind = attribute.findtext("input_type") or "text"
            type = terms.INPUT_TYPES.get(kind)
            if type is None:
                line = line_of(attribute)
                raise source.error(f"input_type {kind!r} is unknown", line)
            listed = (attribute.findtext("values") or "").split("\n")
            choices = tuple(dict.fromkeys(one for one in listed if one))
            if type == "choice" and not choices:
                type = "text"
            default = attribute.findtext("default_value") or ""
            attributes.append(
                Attribute(
                    name=attribute.findtext("name") or "",
                    type=type,
                    choices=choices if type == "choice" else (),
                    default=_default(default, type, choices),
                    per="frame" if attribute.findtext("mutable") == "True" else "track",
                )
            )
        labels.append(
            Label(
                element.findtext("name") or "",
                color if re.fullmatch("#[0-9a-fA-F]{6}", color) else None,
                tuple(attributes),
            )
        )
    return labels


def _default(text: str, type: str, choices: tuple[str, ...]) -> Value:
    """Return the default; None where it is not offered or no value of its type."""
    if not text or (type == "choice" and text not in choices):
        return None
    try:
        return terms.text_to_value(text, type)
    except ValueError:
        return None


def _attributes(
    source: Source, rows: Rows, label: Label
) -> tuple[Label, dict[str, tuple[tuple[int, Any], ...]]]:
    """Return the label, with what it did not declare, and the track's values."""
    known = {attribute.name: attribute for attribute in label.attributes}
    first = int(rows.frames[rows.key].min()) if rows.key.any() else 0
    found: dict[str, tuple[tuple[int, Any], ...]] = {}
    for name, values in rows.attributes.items():
        if name not in known:
            source.notes.guessed(
                f"attribute {name!r} of {label.name!r} is text: it is not declared",
                f"line {values[0][2]}",
            )
            known[name] = Attribute(name, "text", per="frame")
        steps: list[tuple[int, Any]] = []
        for frame, text, line in sorted(values):
            try:
                value = terms.text_to_value(text, known[name].type)
                if known[name].choices and value not in known[name].choices:
                    raise ValueError(f"{text!r} is not one of its choices")
            except ValueError:
                what = f"value {text[:60]!r} of attribute {name!r}"
                source.notes.dropped(what, f"line {line}")
                continue
            if known[name].per == "track":
                steps = [(0, value)]
            elif not steps or steps[-1][1] != value:
                steps.append((0 if frame == first else frame, value))
        if steps:
            found[name] = tuple(steps)
    return Label(label.name, label.color, tuple(known.values())), found


def _group(source: Source, rows: Rows) -> int | None:
    """Return the number of the track's group; CVAT has 0 for none."""
    text = rows.element.get("group_id", "0")
    if not re.fullmatch(r"\d{1,15}", text):
        source.notes.dropped(f"group {text[:60]!r}: no number", f"line {rows.line}")
        return None
    return int(text) or None


def _keyframes(source: Source, rows: Rows) -> Keyframes | None:
    """Return the keyframes of a track; None when it is never visible."""
    at = np.flatnonzero(rows.key)
    at = at[np.argsort(rows.frames[at], kind="stable")]
    twice = np.flatnonzero(np.diff(rows.frames[at]) == 0)
    if len(twice):
        second = int(at[twice[0] + 1])
        raise source.error(
            f"a second keyframe on frame {rows.frames[second]}", int(rows.lines[second])
        )
    visible = np.flatnonzero(~rows.outside[at])
    if not len(visible):
        return None
    source.notes.lost(
        "keyframes outside before the track begins",
        f"line {rows.lines[at[0]]}",
        int(visible[0]),
    )
    at = at[visible[0] :]
    boxes = rows.boxes[at].copy()
    flat = (boxes[:, 2:4] <= 0).any(axis=1)
    for i in np.flatnonzero(flat):
        boxes[i] = boxes[i - 1]
        place = f"line {rows.lines[at[i]]}"
        source.notes.guessed("box without size where the object is outside", place)
    name = rows.element.get("source", "manual")
    if name not in terms.SOURCES:
        source.notes.guessed(f"source {name!r} is an import", f"line {rows.line}")
    kind = SOURCES.index(terms.SOURCES.get(name, "import"))
    return Keyframes(
        frames=rows.frames[at],
        boxes=boxes,
        outside=rows.outside[at],
        occluded=rows.occluded[at],
        hold=np.zeros(len(at), dtype=bool),
        sources=np.full(len(at), kind, dtype=np.uint8),
        scores=np.full(len(at), np.nan),
    )
