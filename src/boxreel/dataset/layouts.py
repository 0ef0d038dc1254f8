"""How the folders of data sets look: where pictures lie, and what label files say."""

from __future__ import annotations

import json
import posixpath
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any, TypeAlias

from boxreel.dataset.clips import Clip
from boxreel.formats import (
    coco_dump,
    cvat_images_dump,
    datumaro,
    kitti,
    mot_dump,
    seqinfo,
    voc,
    yolo_dump,
)

Texts: TypeAlias = dict[str, str]


@dataclass(frozen=True)
class Layout:
    """The folder of a format.

    Attributes
    ----------
    picture : callable
        ``picture(clip, frame, ending)`` is the path of the image of a frame, below the
        folder.
    labels : callable
        ``labels(clips, ending)`` gives the label files of all clips by path; what they
        cannot hold is in the notes of the clips.
    sequences : bool
        Whether a clip must consist of neighbouring frames, which are numbered anew.
    """

    picture: Callable[[Clip, int, str], str]
    labels: Callable[[Sequence[Clip], str], Texts]
    sequences: bool = False


def _in_part(clip: Clip, frame: int, ending: str) -> str:
    return f"images/{clip.part}/{clip.pattern.format(frame=frame)}{ending}"


def _by_part(clips: Sequence[Clip]) -> dict[str, list[Clip]]:
    found: dict[str, list[Clip]] = {}
    for clip in clips:
        found.setdefault(clip.part, []).append(clip)
    return found


def _yolo(clips: Sequence[Clip], ending: str) -> Texts:
    texts: Texts = {}
    for clip in clips:
        target = clip.target()
        yolo_dump.dump(
            clip.annotation, target, split=clip.part, frames=clip.frames.tolist()
        )
        texts |= target.beside
    parts = {part: part for part in _by_part(clips)}
    uses = {"train": next(iter(parts)), "val": next(iter(parts))} | parts
    return {"data.yaml": yolo_dump.yaml(clips[0].annotation, uses)} | texts


def _coco(clips: Sequence[Clip], ending: str) -> Texts:
    return {
        f"annotations/instances_{part}.json": _json(
            _joined_coco([_coco_of(clip, ending) for clip in mine])
        )
        for part, mine in _by_part(clips).items()
    }


def _coco_of(clip: Clip, ending: str) -> dict[str, Any]:
    target, name = clip.target(), clip.pattern + ending
    frames = clip.frames.tolist()
    return coco_dump.document(clip.annotation, target, "pictures", name, frames)


def _joined_coco(documents: Sequence[dict[str, Any]]) -> dict[str, Any]:
    """Make one document of several, whose ids are told apart by counting on."""
    whole = documents[0]
    for video, other in enumerate(documents[1:], 2):
        more = {
            "id": len(whole["images"]),
            "track": max((one["id"] for one in whole["tracks"]), default=0),
            "annotation": len(whole["annotations"]),
        }
        other["videos"][0]["id"] = video
        for one in other["images"]:
            one |= {"id": one["id"] + more["id"], "video_id": video}
        for one in other["tracks"]:
            one |= {"id": one["id"] + more["track"], "video_id": video}
        for one in other["annotations"]:
            one |= {
                "id": one["id"] + more["annotation"],
                "image_id": one["image_id"] + more["id"],
                "track_id": one["track_id"] + more["track"],
                "instance_id": one["instance_id"] + more["track"],
                "video_id": video,
            }
        for name in ("videos", "images", "tracks", "annotations"):
            whole[name] += other[name]
    return whole


def _datumaro(clips: Sequence[Clip], ending: str) -> Texts:
    texts: Texts = {}
    for part, mine in _by_part(clips).items():
        whole: dict[str, Any] = {}
        for clip in mine:
            target, name = clip.target(), clip.pattern + ending
            frames = clip.frames.tolist()
            one = datumaro.document(clip.annotation, target, name, frames)
            for item in one["items"]:
                item["attr"]["clip"] = clip.name
            whole = whole or one | {"items": []}
            whole["items"] += one["items"]
        texts[f"annotations/{part}.json"] = _json(whole)
    return texts


def _json(document: dict[str, Any]) -> str:
    return json.dumps(document, ensure_ascii=False, allow_nan=False)


def _voc(clips: Sequence[Clip], ending: str) -> Texts:
    texts: Texts = {}
    for clip in clips:
        target, name = clip.target(), clip.pattern + ending
        frames = clip.frames.tolist()
        texts["labelmap.txt"] = voc.dump(
            clip.annotation, target, file_name=name, split=clip.part, frames=frames
        )
        listed = f"ImageSets/Main/{clip.part}.txt"
        target.beside[listed] = texts.get(listed, "") + target.beside[listed]
        texts |= target.beside
    return texts


def _jpegs(clip: Clip, frame: int, ending: str) -> str:
    return f"JPEGImages/{clip.pattern.format(frame=frame)}{ending}"


def _cvat(clips: Sequence[Clip], ending: str) -> Texts:
    return {
        f"{clip.part}/{clip.name}/annotations.xml": cvat_images_dump.dump(
            clip.annotation,
            clip.target(),
            file_name=clip.pattern + ending,
            frames=clip.frames.tolist(),
        )
        for clip in clips
    }


def _in_task(clip: Clip, frame: int, ending: str) -> str:
    name = clip.pattern.format(frame=frame) + ending
    return f"{clip.part}/{clip.name}/images/{name}"


def _mot(clips: Sequence[Clip], ending: str) -> Texts:
    texts: Texts = {}
    for clip in clips:
        folder, frames = f"{clip.part}/{clip.name}", clip.frames.tolist()
        target = clip.target(f"{folder}/gt/gt.txt")
        texts[target.path] = mot_dump.dump(
            clip.annotation,
            target,
            frame_base=1 - frames[0],
            companions=True,
            frames=frames,
        )
        for name, text in target.beside.items():
            texts[posixpath.normpath(f"{folder}/gt/{name}")] = text
        texts[f"{folder}/seqinfo.ini"] = seqinfo.dump(
            clip.annotation.video, frame_count=len(frames), ending=ending
        )
    return texts


def _img1(clip: Clip, frame: int, ending: str) -> str:
    number = frame - int(clip.frames[0]) + 1
    return f"{clip.part}/{clip.name}/img1/{number:06d}{ending}"


def _kitti(clips: Sequence[Clip], ending: str) -> Texts:
    return {
        f"{clip.part}/label_02/{clip.name}.txt": kitti.dump(
            clip.annotation,
            clip.target(),
            frame_base=-int(clip.frames[0]),
            frames=clip.frames.tolist(),
        )
        for clip in clips
    }


def _image_02(clip: Clip, frame: int, ending: str) -> str:
    number = frame - int(clip.frames[0])
    return f"{clip.part}/image_02/{clip.name}/{number:06d}{ending}"


LAYOUTS: Mapping[str, Layout] = MappingProxyType(
    {
        "yolo": Layout(_in_part, _yolo),
        "coco": Layout(_in_part, _coco),
        "voc": Layout(_jpegs, _voc),
        "cvat-images": Layout(_in_task, _cvat),
        "datumaro": Layout(_in_part, _datumaro),
        "mot": Layout(_img1, _mot, sequences=True),
        "kitti": Layout(_image_02, _kitti, sequences=True),
    }
)
"""By the name of the format."""
