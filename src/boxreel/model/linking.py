"""Detections without ids linked into tracks by Roboflow's trackers, an extra."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import numpy as np

from boxreel.geometry import iou, xywh_to_xyxy
from boxreel.model.keyframes import Ints, Keyframes
from boxreel.model.rows import NOBODY, Rows
from boxreel.model.track import Track
from boxreel.model.video_info import VideoInfo

MIN_IOU = 0.1
"""Least overlap of a box with where its track is expected."""


def linked(rows: Rows, frame_count: int, fps: float) -> Rows:
    """Give an id to what has none, by ByteTrack, each label for itself.

    A box that fits to no other, and is none to begin a track with, keeps none.

    Parameters
    ----------
    rows
        In any order; those that have an id keep it.
    frame_count, fps
        Of the video.

    Raises
    ------
    ImportError
        If the extra is not installed.
    """
    try:
        import supervision
        from trackers import ByteTrackTracker
    except ImportError as error:
        raise ImportError(
            "linking detections needs trackers: install it with pip install "
            "boxreel[link], or leave link=False"
        ) from error
    ids, first_free = rows.ids.copy(), int(max(0, rows.ids.max(initial=0))) + 1
    loose = rows.ids == NOBODY
    for code in np.unique(rows.codes[loose]).tolist():
        tracker = ByteTrackTracker(
            frame_rate=fps, minimum_consecutive_frames=0, minimum_iou_threshold=MIN_IOU
        )
        of_label = np.flatnonzero(loose & (rows.codes == code))
        of_label = of_label[np.argsort(rows.frames[of_label], kind="stable")]
        bounds = np.searchsorted(rows.frames[of_label], np.arange(1, frame_count))
        given: dict[int, int] = {}
        before = of_label[:0]
        for at in np.split(of_label, bounds):
            found = tracker.update(_detections(supervision, rows, at))
            of_box = found.data["row"] if len(found) else ()  # none has no data
            for row, id in zip(of_box, found.tracker_id, strict=True):
                if id >= 0:
                    begins = int(id) not in given
                    ids[row] = given.setdefault(int(id), first_free)
                    first_free = max(first_free, int(ids[row]) + 1)
                    if begins:
                        _give_first(rows, ids, before[ids[before] == NOBODY], row)
            before = at
    return replace(rows, ids=ids)


def with_links(tracks: Mapping[int, Track], video: VideoInfo) -> dict[int, Track]:
    """Link objects of one frame into tracks; the others stay as they are.

    A line says how many there were and are. What is linked has the least of its ids,
    and loses attributes, notes and groups.

    Parameters
    ----------
    tracks
        By id.
    video
        What they are of.

    Raises
    ------
    ImportError
        If the extra is not installed.
    """
    loose = [t for t in tracks.values() if t.keyframes.outside[1:].all()]
    loose = [t for t in loose if _is_brief(t.keyframes, video.frame_count)]
    if not loose:
        return dict(tracks)
    names = tuple(dict.fromkeys(track.label for track in loose))
    first = {
        name: np.array([getattr(track.keyframes, name)[0] for track in loose])
        for name in ("frames", "boxes", "occluded", "scores")
    }
    rows = Rows(
        **first,
        ids=np.full(len(loose), NOBODY),
        codes=np.array([names.index(track.label) for track in loose]),
        numbers=np.arange(len(loose)),
    )
    rows = linked(rows, video.frame_count, video.fps).numbered()
    own = np.array([track.id for track in loose])
    _, which = np.unique(rows.ids, return_inverse=True)
    least = np.full(which.max() + 1, own.max())
    np.minimum.at(least, which, own)
    rows = replace(rows, ids=least[which]).in_order()
    made = rows.tracks(names, video.frame_count, "import")
    print(f"{len(loose):,} objects of one frame -> {len(made):,} tracks")  # noqa: T201
    kept = {id: track for id, track in tracks.items() if id not in set(own.tolist())}
    return dict(sorted((kept | made).items()))


def _is_brief(table: Keyframes, frame_count: int) -> bool:
    """Tell whether it is there on a single frame."""
    end = table.frames[1] if len(table) > 1 else frame_count
    return bool(end - table.frames[0] == 1)


def _give_first(rows: Rows, ids: Ints, before: Ints, row: int) -> None:
    """Give the id of `row` to the box that its track began with.

    ByteTrack knows a track by its second box only, and says no more of the first.
    """
    overlap = iou(rows.boxes[[row], :4], rows.boxes[before, :4])[0]
    if overlap.max(initial=0) >= MIN_IOU:
        ids[before[overlap.argmax()]] = ids[row]


def _detections(supervision: Any, rows: Rows, at: Any) -> Any:
    scores = rows.scores[at]
    return supervision.Detections(
        xyxy=xywh_to_xyxy(rows.boxes[at, :4]).astype(np.float32),
        confidence=None if np.isnan(scores).any() else scores.astype(np.float32),
        data={"row": at},
    )
