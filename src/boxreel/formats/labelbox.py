"""Labelbox's export of a video: read, not written."""

from __future__ import annotations

import re
from pathlib import PurePath

from boxreel.formats.base import Format, Source
from boxreel.formats.gathered import Gathered
from boxreel.formats.safe_json import Place, read_json
from boxreel.model import Annotation

SIDES = ("left", "top", "width", "height")


def sniff(head: str) -> bool:
    """Tell whether it has Labelbox's rows, or frames."""
    begins = r'\A\s*[\[{].*"(Labeled Data|frameNumber)"\s*:'
    return re.search(begins, head, re.DOTALL) is not None


def parse(
    source: Source, *, clip: str | None = None, frame_base: int = 1
) -> Annotation:
    """Read the export of a project, a data row of it, or its frames.

    Parameters
    ----------
    source
        The file.
    clip
        "External ID" of the data row to read; needed where there are several.
    frame_base
        Number of the first frame in the file.

    Raises
    ------
    FormatError
        Naming the place.

    Notes
    -----
    Every frame lists its boxes; `Annotation.simplify` makes few keyframes of them.
    """
    root = Place(source, read_json(source))
    rows = root.each() if isinstance(root.value, list) else [root]
    found = Gathered(source)
    frames = rows
    if any("Label" in row.of(dict) for row in rows):
        row = _chosen(source, rows, clip)
        found.name = PurePath(row.get(row.text, "External ID", "")).stem
        frames = row.each("Label")
    for one in frames:
        frame = one.whole("frameNumber") - frame_base
        found.seen.append(frame)
        if one.each("classifications"):
            source.notes.dropped("classifications of frames", one.path)
        for thing in one.each("objects"):
            if thing.each("classifications"):
                source.notes.dropped("classifications of boxes", thing.path)
            if not thing.has("bbox"):
                source.notes.dropped("shapes that are no box", thing.path)
                continue
            box, name = thing.at("bbox"), "title" if thing.has("title") else "value"
            found.add(
                thing.path,
                frame,
                thing.text("featureId"),
                thing.text(name),
                [box.number(side) for side in SIDES],
            )
    return found.annotation()


def _chosen(source: Source, rows: list[Place], clip: str | None) -> Place:
    names = [row.get(row.text, "External ID", "") for row in rows]
    if clip is None and len(rows) == 1:
        return rows[0]
    if clip not in names:
        listed = ", ".join(map(repr, names[:10]))
        raise source.error(
            f"holds {len(rows)} videos; pass clip= with one of: {listed}"
        )
    return rows[names.index(clip)]


FORMAT = Format("labelbox", (), sniff, parse, dump=None)
