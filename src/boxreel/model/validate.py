"""What must hold between the parts of a document."""

from __future__ import annotations

from collections import Counter
from collections.abc import Container, Iterable, Mapping
from types import MappingProxyType
from typing import Any, TypeVar

from boxreel.errors import AnnotationError
from boxreel.model.checks import all_of, as_frame, as_text
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
    """Raise AnnotationError where labels do not suit each other.

    Names and keys are unique; every parent is a label, and none is its own ancestor.
    """
    labels = [*labels]
    for name in _doubled(label.name for label in labels):
        raise AnnotationError(f"there are two labels {name!r}: rename one")
    for key in _doubled(label.key for label in labels if label.key is not None):
        first, second = (label.name for label in labels if label.key == key)
        raise AnnotationError(
            f"labels {first!r} and {second!r} both have the key {key!r}: change one"
        )
    parents = {label.name: label.parent for label in labels}
    for label in labels:
        if label.parent is not None and label.parent not in parents:
            raise AnnotationError(
                f"label {label.name!r} has the parent {label.parent!r}, "
                "but there is no such label: add it first"
            )
        if label.name in ancestors(parents, label.name):
            raise AnnotationError(
                f"label {label.name!r} would be its own ancestor: choose another parent"
            )


def ancestors(parents: Mapping[str, str | None], name: str) -> list[str]:
    """Names of the labels that a label is a kind of, the nearest first.

    Examples
    --------
    >>> ancestors({"van": "car", "car": "vehicle", "vehicle": None}, "van")
    ['car', 'vehicle']
    """
    found: list[str] = []
    parent = parents[name]
    while parent is not None and parent not in found:
        found.append(parent)
        parent = parents.get(parent)
    return found


def check_keyframes(track: Track, video: VideoInfo) -> None:
    """Raise AnnotationError where a keyframe lies after the end of the video."""
    last = int(track.keyframes.frames[-1])
    if last >= video.frame_count:
        raise AnnotationError(
            f"track #{track.id} has a keyframe at {last}: frame {last} is not in "
            f"the video: its frames are 0 to {video.frame_count - 1}"
        )


def check_events(
    events: Iterable[Event],
    labels: Container[str],
    tracks: Container[int],
    video: VideoInfo,
) -> None:
    """Raise AnnotationError where events do not suit each other or the rest."""
    events = [*events]
    for id in _doubled(event.id for event in events):
        raise AnnotationError(f"there are two events {id}: give one another id")
    for event in events:
        check_event(event, labels, tracks, video)


def check_event(
    event: Event, labels: Container[str], tracks: Container[int], video: VideoInfo
) -> None:
    """Raise AnnotationError where an event does not suit labels, tracks or video."""
    if event.label not in labels:
        raise AnnotationError(
            f"event {event.id} has the label {event.label!r}, "
            "but there is none: add it first"
        )
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


def checked_notes(
    notes: Mapping[int, Any], video: VideoInfo
) -> MappingProxyType[int, str]:
    """Take notes by frame, and sort them.

    Raises
    ------
    AnnotationError
        A text that is empty or none, or a frame that the video does not have.
    """
    for frame, text in notes.items():
        if as_frame(frame, "the frame of a note") >= video.frame_count:
            raise AnnotationError(
                f"there is a note on frame {frame}: "
                f"the video has {video.frame_count} frames"
            )
        as_text(text, f"the note on frame {frame}")
    return MappingProxyType(dict(sorted(notes.items())))


def _doubled(keys: Iterable[Key]) -> list[Key]:
    return [key for key, count in Counter(keys).items() if count > 1]
