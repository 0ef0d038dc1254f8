"""What must hold between the parts of a document."""

from __future__ import annotations

from collections import Counter
from collections.abc import Container, Iterable, Mapping
from typing import TypeVar

from boxreel.errors import AnnotationError
from boxreel.model.checks import all_of
from boxreel.model.events import Event
from boxreel.model.labels import Label
from boxreel.model.track import Track
from boxreel.model.video_info import VideoInfo

Key = TypeVar("Key")


def by_id(tracks: Mapping[int, Track] | Iterable[Track]) -> dict[int, Track]:
    """Bring tracks into the order of their ids.

    Raises
    ------
    AnnotationError
        An id is there twice, or is not the one it is filed under.
    """
    if isinstance(tracks, Mapping):
        all_of(Track, tracks.values())
        for id, track in tracks.items():
            if id != track.id:
                raise AnnotationError(
                    f"tracks[{id!r}] is track #{track.id}: file it under its own id"
                )
        return in_order(dict(tracks))
    given = all_of(Track, tracks)
    for id in _doubled(track.id for track in given):
        raise AnnotationError(f"there are two tracks #{id}: give one another id")
    return in_order({track.id: track for track in given})


def in_order(tracks: dict[int, Track]) -> dict[int, Track]:
    """Sort a mapping by its ids, unless it is sorted already."""
    ids = [*tracks]
    return tracks if ids == sorted(ids) else dict(sorted(tracks.items()))


def check_labels(labels: Iterable[Label]) -> None:
    """Raise AnnotationError where two labels have one name."""
    for name in _doubled(label.name for label in labels):
        raise AnnotationError(f"there are two labels {name!r}: rename one")


def check_keyframes(track: Track, video: VideoInfo) -> None:
    """Raise AnnotationError where a keyframe lies after the end of the video."""
    last = int(track.keyframes.frames[-1])
    if last >= video.frame_count:
        raise AnnotationError(
            f"track #{track.id} has a keyframe at {last}: frame {last} is not in "
            f"the video: its frames are 0 to {video.frame_count - 1}"
        )


def check_events(
    events: Iterable[Event], tracks: Container[int], video: VideoInfo
) -> None:
    """Raise AnnotationError where events do not suit each other, tracks or video."""
    events = [*events]
    for id in _doubled(event.id for event in events):
        raise AnnotationError(f"there are two events {id}: give one another id")
    for event in events:
        if event.stop > video.frame_count:
            raise AnnotationError(
                f"event {event.id} stops at {event.stop}: "
                f"the video has {video.frame_count} frames"
            )
        for id in event.tracks:
            if id not in tracks:
                raise AnnotationError(
                    f"event {event.id} names track #{id}, but there is none"
                )


def _doubled(keys: Iterable[Key]) -> list[Key]:
    return [key for key, count in Counter(keys).items() if count > 1]
