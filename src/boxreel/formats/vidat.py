"""Vidat's annotations: read, not written."""

from __future__ import annotations

import re
from pathlib import PurePath

import numpy as np

from boxreel.formats.base import Format, Source
from boxreel.formats.gathered import Gathered
from boxreel.formats.safe_json import Place, read_json
from boxreel.model import Annotation

SIDES = ("x", "y", "width", "height")
LEFT_OUT = {
    "regionAnnotationListMap": "regions",
    "skeletonAnnotationListMap": "skeletons",
}


def sniff(head: str) -> bool:
    """Tell whether it has vidat's map of objects."""
    begins = r'\A\s*\{.*"objectAnnotationListMap"\s*:'
    return re.search(begins, head, re.DOTALL) is not None


def parse(source: Source) -> Annotation:
    """Read vidat's boxes; those without an instance are objects of one frame.

    Vidat counts frames at a rate of its own: those of a video that is given are the
    nearest in time.

    Raises
    ------
    FormatError
        Naming the place.
    """
    root = Place(source, read_json(source))
    annotation = root.at("annotation")
    video = annotation.at("video")
    fps = video.number("fps")
    if not 0 < fps < 1000:
        raise video.error(f"should have a rate over 0, not {fps:g}")
    found = Gathered(
        source,
        name=PurePath(video.get(video.text, "src", "")).stem,
        size=(video.whole("width"), video.whole("height")),
        fps=fps,
    )
    config = root.at("config") if root.has("config") else Place(source, {})
    names = {
        one.whole("id"): one.text("name") for one in config.each("objectLabelData")
    }
    listed = annotation.at("objectAnnotationListMap")
    for key in listed.of(dict):
        if not re.fullmatch(r"\d{1,9}", key, re.ASCII):
            raise listed.error(f"has the frame {key[:60]!r}, which is none")
        frame = _frame(source, int(key), fps)
        found.seen.append(frame)
        for one in listed.each(key):
            code, instance = one.whole("labelId"), one.of(dict).get("instance")
            found.add(
                one.path,
                frame,
                instance if isinstance(instance, str | int) else None,
                names.get(code, f"label {code}"),
                [one.number(side) for side in SIDES],
                score=one.number("score") if one.has("score") else np.nan,
            )
    if source.video is None:
        found.frame_count = max([video.whole("frames"), *(f + 1 for f in found.seen)])
    for key, what in LEFT_OUT.items():
        if annotation.has(key):
            count = sum(map(bool, annotation.at(key).of(dict).values()))
            source.notes.dropped(what, f"annotation.{key}", count)
    actions = len(annotation.each("actionAnnotationList"))
    source.notes.dropped("actions", "annotation.actionAnnotationList", actions)
    return found.annotation()


def _frame(source: Source, number: int, fps: float) -> int:
    if source.video is None:
        return number
    return int(np.abs(source.video.times - number / fps).argmin())


FORMAT = Format("vidat", (), sniff, parse, dump=None)
