"""Pascal VOC: an XML file a picture. It is written only: pictures know no tracks."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

import numpy as np

from boxreel.formats import dense
from boxreel.formats.base import Format, Source, Target
from boxreel.formats.cvat_head import text_of
from boxreel.formats.safe_xml import holdable
from boxreel.model import Annotation

TRACK_ID = "track_id"


def spread(members: Sequence[str]) -> list[str]:
    """Return the files of pictures.

    >>> spread(["JPEGImages/a.jpg", "Annotations/a.xml"])
    ['Annotations/a.xml']
    """
    return [one for one in members if re.search(r"(^|/)Annotations/[^/]*\.xml$", one)]


def parse(source: Source) -> Annotation:
    """Refuse to read: a picture says nothing of tracks.

    Raises
    ------
    FormatError
        Always.
    """
    raise source.error(
        "Pascal VOC is written, not read: its pictures have no tracks; export the "
        "labels in a format for videos"
    )


def dump(
    annotation: Annotation,
    target: Target,
    *,
    pixel_base: int = 0,
    file_name: str = "{frame:06d}.jpg",
    split: str = "default",
    frames: Iterable[int] | None = None,
) -> str:
    """Write a folder: a file a frame below ``Annotations``, and the list of them.

    Parameters
    ----------
    annotation
        The labels.
    target
        The folder, which must be new or empty, or a zip archive.
    pixel_base
        0: corners as they are, as most tools have them. 1: as the devkit of Pascal VOC
        has them, whole pixels counted from 1, the last of them inside.
    file_name
        Name of the picture of a frame; `frame` counts from 0.
    split
        Name of the list of pictures below ``ImageSets/Main``: train, val or test.
    frames
        0-based frames to write; None for all.

    Raises
    ------
    FormatError
        If a label holds a character that XML cannot hold, or `pixel_base` is neither.
    """
    if pixel_base not in (0, 1):
        raise target.error(f"pixel_base={pixel_base!r} is neither 0 nor 1")
    video = annotation.video
    chosen, boxes = dense.boxes_on(annotation, frames)
    held = ("occluded", "ids")
    dense.note_losses(annotation, boxes, target, holds=held)
    target.notes.counts["boxes"] = len(boxes)
    sides = dense.upright(boxes.box)
    corners = np.concatenate([sides[:, :2], sides[:, :2] + sides[:, 2:]], axis=1)
    if pixel_base == 1:
        whole = np.concatenate(
            [np.floor(corners[:, :2]) + 1, np.ceil(corners[:, 2:])], 1
        )
        wider = int((whole != corners + np.array([1, 1, 0, 0])).any(axis=1).sum())
        target.notes.lost("rounded to whole pixels around", count=wider)
        corners = whole
    found: dict[int, list[str]] = {frame: [] for frame in chosen}
    rows = zip(boxes.frame.tolist(), boxes.track.tolist(), strict=True)
    for i, (frame, id) in enumerate(rows):
        label = holdable(text_of(annotation.tracks[id].label), target)
        bounds = "".join(
            f"<{side}>{value!r}</{side}>"
            for side, value in zip(SIDES, corners[i].tolist(), strict=True)
        )
        found[frame].append(
            f"<object><name>{label}</name><pose>Unspecified</pose>"
            "<truncated>0</truncated><difficult>0</difficult>"
            f"<occluded>{boxes.occluded[i]:d}</occluded><bndbox>{bounds}</bndbox>"
            f"<attributes><attribute><name>{TRACK_ID}</name><value>{id}</value>"
            "</attribute></attributes></object>\n"
        )
    names = [file_name.format(frame=frame) for frame in chosen]
    for name, objects in zip(names, found.values(), strict=True):
        target.beside[f"Annotations/{_stem(name)}.xml"] = (
            "<annotation>\n<folder>JPEGImages</folder>"
            f"<filename>{text_of(name)}</filename>\n"
            f"<size><width>{video.width}</width><height>{video.height}</height>"
            "<depth>3</depth></size><segmented>0</segmented>\n"
            f"{''.join(objects)}</annotation>\n"
        )
    labels = [f"{label.name}:::\n" for label in annotation.labels]
    broken = [one for one in labels if len(one.splitlines()) != 1]
    if broken:
        raise target.error(f"a label breaks the line in labelmap.txt: {broken[0]!r}")
    listed = "".join(f"{_stem(name)}\n" for name in names)
    target.beside[f"ImageSets/Main/{split}.txt"] = listed
    return "# label:color_rgb:parts:actions\n" + "".join(labels)


SIDES = ("xmin", "ymin", "xmax", "ymax")


def _stem(name: str) -> str:
    return name.rsplit(".", 1)[0]


FORMAT = Format(
    name="voc",
    extensions=(),
    sniff=lambda head: False,
    parse=parse,
    dump=dump,
    member="labelmap.txt",
    spread=spread,
)
