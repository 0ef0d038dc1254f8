"""Scalabel's JSON, which BDD100K is published in: read, not written."""

from __future__ import annotations

import re

import numpy as np

from boxreel.formats.base import Format, Source
from boxreel.formats.gathered import Gathered
from boxreel.formats.safe_json import Place, read_json
from boxreel.model import Annotation

OTHERS = ("poly2d", "box3d", "rle", "graph")


def sniff(head: str) -> bool:
    """Tell whether it has frames with the name of their video, or boxes as box2d."""
    return (
        re.search(r'\A\s*[\[{].*"(videoName|box2d)"\s*:', head, re.DOTALL) is not None
    )


def parse(source: Source, *, clip: str | None = None) -> Annotation:
    """Read Scalabel's frames.

    Parameters
    ----------
    source
        The file: a list of frames, or an object with them.
    clip
        Name of the video to read, or where several cameras share one, what the names
        of its pictures begin with; needed where there are several.

    Raises
    ------
    FormatError
        Naming the place.

    Notes
    -----
    The width of a box is ``x2 - x1``. Shapes that are no box are left out.
    """
    root = Place(source, read_json(source))
    frames = root.each() if isinstance(root.value, list) else root.each("frames")
    frames, name = _chosen(source, frames, clip)
    found = Gathered(source, name=name)
    sizes = {repr(one.value.get("size")): one for one in frames if one.has("size")}
    if len(sizes) == 1:
        size = next(iter(sizes.values())).at("size")
        found.size = (size.whole("width"), size.whole("height"))
    for order, one in enumerate(frames):
        frame = one.get(one.whole, "frameIndex", order)
        found.seen.append(frame)
        for label in one.each("labels"):
            for shape in OTHERS:
                if label.has(shape):
                    source.notes.dropped(shape, label.path)
            if label.has("box2d"):
                _add(found, frame, label)
    return found.annotation()


def _add(found: Gathered, frame: int, label: Place) -> None:
    box = label.at("box2d")
    x1, y1, x2, y2 = (box.number(side) for side in ("x1", "y1", "x2", "y2"))
    id = label.value.get("id")
    found.add(
        label.path,
        frame,
        id if isinstance(id, str | int) else None,
        label.get(label.text, "category", ""),
        [x1, y1, x2 - x1, y2 - y1],
        score=label.number("score") if label.has("score") else np.nan,
        said=label.at("attributes").of(dict) if label.has("attributes") else {},
    )


def _chosen(
    source: Source, frames: list[Place], clip: str | None
) -> tuple[list[Place], str]:
    """Return the frames of one video, or camera, and its name."""
    videos: dict[str, list[Place]] = {}
    for one in frames:
        videos.setdefault(one.get(one.text, "videoName", ""), []).append(one)
    for name, some in [*videos.items()]:
        indices = [one.get(one.whole, "frameIndex", n) for n, one in enumerate(some)]
        if len({*indices}) < len(indices):  # several cameras
            del videos[name]
            for one in some:
                camera = re.sub(r"\d{1,18}\D*\Z", "", one.get(one.text, "name", ""))
                videos.setdefault(camera.rstrip("_-/. ") or name, []).append(one)
    if clip is None and len(videos) < 2:
        clip = next(iter(videos), "")
    if clip not in videos and videos:
        listed = ", ".join(map(repr, [*videos][:10]))
        raise source.error(
            f"holds {len(videos)} videos; pass clip= with one of: {listed}"
        )
    return videos.get(clip or "", []), clip or ""


FORMAT = Format("scalabel", (), sniff, parse, dump=None)
