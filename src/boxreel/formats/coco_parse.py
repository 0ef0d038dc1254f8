"""Read COCO for video, in any of its three dialects."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from pathlib import PurePath
from typing import Any

import numpy as np

from boxreel.formats import dense
from boxreel.formats.attributes import columns_of_attributes
from boxreel.formats.base import MAX_FRAMES, Source
from boxreel.formats.safe_json import Place, read_json
from boxreel.model import Annotation, VideoInfo
from boxreel.model.rows import NOBODY, Rows


@dataclass
class Found:
    """Boxes of one video, an entry a box, and the frames that were looked at."""

    frames: list[int] = field(default_factory=list)
    ids: list[int] = field(default_factory=list)
    boxes: list[list[float]] = field(default_factory=list)
    categories: list[int] = field(default_factory=list)
    scores: list[float] = field(default_factory=list)
    attributes: list[dict[str, Any]] = field(default_factory=list)
    places: list[str] = field(default_factory=list)
    seen: list[int] = field(default_factory=list)
    size: tuple[int, int] | None = None


def parse(
    source: Source, *, clip: str | int | None = None, frame_base: int = 0
) -> Annotation:
    """Read COCO for video.

    Parameters
    ----------
    source
        The file. Pictures without a frame are taken in the natural order of their
        names.
    clip
        Name or id of the video to read; needed where there are several, unless the
        video given has the name of one.
    frame_base
        Number of the first frame in the file.

    Returns
    -------
    Annotation
        Every box is a keyframe. An object is absent on the pictures listed that it has
        no box on; between pictures that are not neighbours it moves. Attributes of
        boxes are attributes of tracks, "occluded" is occlusion. Ids are those of the
        tracks, one higher if one is 0.

    Raises
    ------
    FormatError
        Naming the place, for what cannot stand.
    """
    root = Place(source, read_json(source))
    chosen = _video(source, root, clip)
    found = _found(source, root, chosen, frame_base)
    names = {one.whole("id"): one.text("name") for one in root.each("categories")}
    labels = tuple(dict.fromkeys(names.values()))
    for i, category in enumerate(found.categories):
        if category not in names:
            raise source.error(f"{found.places[i]}: there is no category {category}")
    ids = np.array(found.ids, dtype=np.int64)
    if (ids == 0).any():
        ids = np.where(ids >= 0, ids + 1, ids)
    boxes = np.zeros((len(ids), 5))
    boxes[:, :4] = np.array(found.boxes, dtype=np.float64).reshape(-1, 4)
    rows = Rows(
        frames=np.array(found.frames, dtype=np.int64),
        ids=ids,
        boxes=boxes,
        codes=np.array(
            [labels.index(names[c]) for c in found.categories], dtype=np.int64
        ),
        occluded=np.array(
            [one.pop("occluded", False) is True for one in found.attributes], dtype=bool
        ),
        scores=np.array(found.scores, dtype=np.float64),
        numbers=np.arange(len(ids)),
    )
    video = _info(source, chosen, found, boxes)
    seen = np.unique(np.array(found.seen, dtype=np.int64))
    sparse = len(seen) and not (np.diff(seen) == 1).all()
    source.notes.guessed(
        "between the pictures that are listed boxes move linearly", count=int(sparse)
    )
    return dense.annotation_of(
        source,
        rows,
        labels,
        video,
        place=lambda number: found.places[number],
        attributes=columns_of_attributes(found.attributes),
        seen=seen if sparse else None,
    )


def _video(source: Source, root: Place, clip: str | int | None) -> Place | None:
    """Return the entry of the video to read; None where the file lists none."""
    videos = root.each("videos")
    if not videos:
        return None
    names = [(one.whole("id"), one.get(one.text, "name", "")) for one in videos]
    if clip is None and len(videos) == 1:
        return videos[0]
    if clip is None and source.video is not None:
        clip = PurePath(source.video.name).stem
    for one, (number, name) in zip(videos, names, strict=True):
        if clip in (number, name, PurePath(name).stem):
            return one
    listed = ", ".join(repr(name or number) for number, name in names[:10])
    raise source.error(f"holds {len(names)} videos; pass clip= with one of: {listed}")


def _found(source: Source, root: Place, video: Place | None, base: int) -> Found:
    found = Found()
    number = video.whole("id") if video is not None else None
    images = [
        one
        for one in root.each("images")
        if number is None or one.get(one.whole, "video_id", number) == number
    ]
    frame_of = _frames(source, images, base)
    found.seen = [*frame_of.values()]
    sizes = {repr([one.value.get(k) for k in ("width", "height")]) for one in images}
    if len(sizes) == 1 and images[0].has("width") and images[0].has("height"):
        found.size = (images[0].whole("width"), images[0].whole("height"))
    dropped = "segmentations"
    for one in root.each("annotations"):
        if "bboxes" in one.of(dict):
            if number in (None, one.value.get("video_id")):
                boxes = one.each("bboxes")
                if len(boxes) > MAX_FRAMES:
                    raise one.error("lists too many frames")
                found.seen += range(len(found.seen), len(boxes))
                listed = [(f, b) for f, b in enumerate(boxes) if b.value is not None]
                for frame, box in listed:
                    _add(found, one, frame, box, one.whole("id"))
        elif (image := one.whole("image_id")) in frame_of:
            keys = ("track_id", "instance_id")
            id = next((one.whole(key) for key in keys if one.has(key)), NOBODY)
            _add(found, one, frame_of[image], one.at("bbox"), id)
        if one.value.get("segmentation") and not _is_box(one.value):
            source.notes.dropped(dropped, one.path)
        if one.value.get("iscrowd"):
            source.notes.dropped("that a box is a crowd", one.path)
    return found


def _is_box(value: dict[str, Any]) -> bool:
    """Whether a segmentation is but the outline of the box."""
    polygons = value["segmentation"]
    one = polygons[0] if isinstance(polygons, list) and len(polygons) == 1 else None
    return isinstance(one, list) and len(one) == 8


def _add(found: Found, one: Place, frame: int, box: Place, id: int) -> None:
    found.frames.append(frame)
    found.ids.append(id)
    found.boxes.append(box.numbers("x, y, width, height"))
    found.categories.append(one.whole("category_id"))
    found.scores.append(one.number("score") if one.has("score") else np.nan)
    said = one.at("attributes").of(dict) if one.has("attributes") else {}
    found.attributes.append(dict(said))
    found.places.append(one.path)


def _frames(source: Source, images: list[Place], base: int) -> dict[int, int]:
    """Return the frame of each picture of the video, by the picture's id."""
    for key in ("frame_index", "frame_id"):
        if images and all(one.has(key) for one in images):
            frames = {one.whole("id"): one.whole(key) - base for one in images}
            if min(frames.values()) < 0:
                raise source.error(f"a {key} comes before frame_base={base}")
            return frames
    if images:
        source.notes.guessed("frames, from the order of the pictures' names")
    images.sort(key=lambda one: natural(one.text("file_name")))
    return {one.whole("id"): frame for frame, one in enumerate(images)}


def natural(name: str) -> list[tuple[int, str]]:
    """Return what names with numbers in them are sorted by: 9 before 10."""
    parts = re.split(r"(\d{1,18})", name)
    return [(int(p), "") if p.isdigit() and p.isascii() else (-1, p) for p in parts]


def _info(
    source: Source, video: Place | None, found: Found, boxes: np.ndarray
) -> VideoInfo:
    def stated(key: str) -> float | None:
        if video is None or not video.has(key):
            return None
        value = video.number(key)
        return value if 0 < value < MAX_FRAMES else None

    width, height, length = stated("width"), stated("height"), stated("length")
    name = video.get(video.text, "name", "") if video is not None else ""
    last = max([*found.seen, *found.frames], default=-1)
    if length is None and video is not None and last + 1 == len(set(found.seen)) > 0:
        length = last + 1
    return source.video_of(
        name=name or PurePath(source.path).stem,
        size=(int(width), int(height)) if width and height else found.size,
        frame_count=int(length) if length else None,
        fps=stated("fps"),
        extent=dense.extent_of(boxes),
        last_frame=last,
    )
