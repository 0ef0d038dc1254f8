"""What a pursuit makes of a track: one edit, of few keyframes."""

from __future__ import annotations

import math
from dataclasses import dataclass

from boxreel.errors import TrackingError
from boxreel.model import Annotation, Box, Keyframes, Track, edits
from boxreel.model.keyframe import source_index
from boxreel.model.simplify import simplified
from boxreel.tracking.pursuit import Pursuit, Reason

PROTECTED = ("human", "import")
"""Sources of keyframes that a tracker never passes or changes."""

WORDS: dict[Reason, str] = {
    "end": "",
    "lost": ", where it was lost",
    "left": ", where it left the picture",
    "cut": ", where the scene is cut",
    "stopped": ", where it was stopped",
}


@dataclass(frozen=True)
class Tracked:
    """What tracking found.

    Attributes
    ----------
    edit
        Puts the keyframes into the labels as one step of undo; None when no frame
        could be tracked.
    track
        Id of the track that was followed.
    stop
        The first frame that was not tracked.
    reason
        Why: ``"end"`` of the range, of the video or at the next keyframe of a person;
        ``"lost"``, ``"left"`` the picture, ``"cut"``, ``"stopped"``.
    """

    edit: edits.Edit | None
    track: int
    stop: int
    reason: Reason

    def __str__(self) -> str:
        if self.edit is None:
            return f"#{self.track} could not be tracked{WORDS[self.reason]}."
        return f"#{self.track} is tracked to frame {self.stop - 1}{WORDS[self.reason]}."


def begun(labels: Annotation, id: int, start: int) -> tuple[Track, Box]:
    """Return the track and its box on the frame that tracking starts from.

    Raises
    ------
    TrackingError
        If there is no such track, or it is absent there.
    """
    track = labels.tracks.get(id)
    box = track.at(start) if track else None
    if track is None or box is None:
        what = "there is no such track" if track is None else "it has no box there"
        raise TrackingError(f"#{id} cannot be tracked from frame {start}: {what}")
    return track, box


def reach(labels: Annotation, id: int, start: int, stop: int | None) -> int:
    """Return the frame before which tracking ends: `stop`, or a protected keyframe.

    Raises
    ------
    TrackingError
        If that is not after `start`.
    """
    keyframes = labels.tracks[id].keyframes
    walls = [row.frame for row in keyframes if row.source in PROTECTED]
    count = labels.video.frame_count
    end = min(count if stop is None else stop, count)
    if end <= start:
        raise TrackingError(
            f"#{id} cannot be tracked from frame {start} to before {end}: give a start "
            f"in the video, which has {count} frames, and a stop after it"
        )
    return min([end, *(wall for wall in walls if wall > start)])


def tracked(labels: Annotation, id: int, found: Pursuit, min_iou: float) -> Tracked:
    """Return the edit that writes what was found, as far as it may.

    Keyframes of models and trackers in its way are replaced. The first box becomes a
    keyframe, so that nothing before it changes. Where the object has left the picture
    it is absent up to the next keyframe of a person.
    """
    track, box = begun(labels, id, found.start)
    wall = reach(labels, id, found.start, None)
    count = min(found.stop, wall) - found.start - 1
    stop = found.start + 1 + count
    if count < 1:
        return Tracked(None, id, stop, found.reason)
    table = Keyframes(
        frames=range(found.start, stop),
        boxes=[
            [box.x, box.y, box.w, box.h, box.rotation],
            *found.boxes[:count].tolist(),
        ],
        sources=[source_index("tracker")] * (count + 1),
        scores=[math.nan, *found.scores[:count].tolist()],
    )
    (thin,), _ = simplified([Track(id, track.label, table)], min_iou, keep=())
    changes: list[edits.Edit] = [
        edits.RemoveKeyframe(id, row.frame)
        for row in track.keyframes
        if found.start < row.frame < (wall if found.reason == "left" else stop)
    ]
    changes += [_pin(track, found.start, box)]
    changes += [
        edits.SetKeyframe(
            id, row.frame, row.box, hold=False, source="tracker", score=row.score
        )
        for row in thin.keyframes
        if row.frame > found.start
    ]
    if found.reason == "left" and stop < wall:
        changes.append(edits.SetOutside(id, stop, wall))
    return Tracked(edits.Batch(tuple(changes)), id, stop, found.reason)


def _pin(track: Track, frame: int, box: Box) -> edits.Edit:
    row = track.keyframes[track.keyframes.index_at(frame)]
    there = row.frame == frame
    return edits.SetKeyframe(
        track.id,
        frame,
        box,
        hold=False,
        source=row.source if there else "tracker",
        score=row.score if there else None,
    )
