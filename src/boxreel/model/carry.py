"""What one step changed, done to labels that others have gone on with."""

from __future__ import annotations

from typing import Any

from boxreel.errors import EditError
from boxreel.model.annotation import Annotation

_PARTS = {
    "labels": "the labels",
    "events": "the events",
    "attributes": "the attributes of the clip",
    "declared": "the attributes declared for the clip",
    "notes": "the notes",
}


def carried(now: Annotation, start: Annotation, end: Annotation) -> Annotation:
    """Change in `now` what differs between two other annotations, and nothing else.

    Parameters
    ----------
    now
        Has all that is changed as `start` has it.
    start, end
        The labels before and after a step; to take it back, the other way round.

    Raises
    ------
    EditError
        A track or another part is neither as in `start` nor left alone by the step.
    AnnotationError
        What comes of it is no annotation, as without a label that a track has.

    Examples
    --------
    >>> from boxreel.model import VideoInfo
    >>> video = VideoInfo.constant("street.mp4", 1920, 1080, 300, fps=30)
    >>> first = Annotation.for_video(video, labels=["car"])
    >>> second = first.add_track("car", {0: (10, 20, 40, 30)})
    >>> third = second.add_track("car", {0: (90, 20, 40, 30)})
    >>> list(carried(third, second, first).tracks)
    [2]
    """
    tracks = dict(now.tracks)
    for id in start.tracks.keys() | end.tracks.keys():
        old, new = start.tracks.get(id), end.tracks.get(id)
        if old is new:
            continue
        if tracks.get(id) != old:
            raise EditError(f"#{id} was changed since by someone else")
        if new is None:
            del tracks[id]
        else:
            tracks[id] = new
    parts: dict[str, Any] = {name: getattr(now, name) for name in _PARTS}
    for name, text in _PARTS.items():
        old, new = getattr(start, name), getattr(end, name)
        if old == new:
            continue
        if parts[name] != old:
            raise EditError(f"{text} were changed since by someone else")
        parts[name] = new
    renewed = any(parts[name] != getattr(now, name) for name in ("labels", "declared"))
    version = now.label_version + renewed
    return Annotation(
        now.video,
        tracks=tracks,
        next_id=now.next_id,
        label_version=version,
        **parts,
    )
