"""Annotation: all labels of one video, as one immutable value."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from boxreel.errors import AnnotationError
from boxreel.model.boxes import Boxes
from boxreel.model.checks import Value, all_of
from boxreel.model.draft import BoxLike, Span, drafted
from boxreel.model.events import Event
from boxreel.model.interpolate import Runs, checked_frames, dense, runs_of
from boxreel.model.keyframe import Source
from boxreel.model.labels import Label
from boxreel.model.show import annotation_sheet, annotation_text
from boxreel.model.track import Track
from boxreel.model.validate import (
    by_id,
    check_events,
    check_keyframes,
    check_labels,
    in_order,
)
from boxreel.model.video_info import VideoInfo

if TYPE_CHECKING:
    import pandas as pd

    from boxreel.model.edits import Edit


@dataclass(frozen=True, init=False, repr=False)
class Annotation:
    """All labels of one video: an immutable value.

    An edit makes a new annotation that shares every track it left alone.

    Parameters
    ----------
    video
        What the labels belong to.
    labels
        The label set, names unique.
    tracks
        Tracks, or a mapping from id to track; kept in the order of their ids.
    events
        Labelled spans of frames, ids unique.

    Raises
    ------
    AnnotationError
        Doubled ids or names, a label or a track that is unknown, or a keyframe
        outside the video.

    Examples
    --------
    >>> video = VideoInfo.constant("street.mp4", 1920, 1080, 300, fps=30)
    >>> labels = Annotation.for_video(video, labels=["car"])
    >>> labels = labels.add_track("car", {0: (10, 20, 40, 30), 30: (60, 22, 44, 33)})
    >>> labels.tracks[1].at(15).x
    35.0
    """

    video: VideoInfo
    labels: tuple[Label, ...]
    tracks: MappingProxyType[int, Track] = field(hash=False)
    events: tuple[Event, ...]

    def __init__(
        self,
        video: VideoInfo,
        labels: Iterable[Label] = (),
        tracks: Mapping[int, Track] | Iterable[Track] = (),
        events: Iterable[Event] = (),
    ) -> None:
        self.__dict__.update(
            video=VideoInfo.of(video),
            labels=all_of(Label, labels),
            tracks=MappingProxyType(by_id(tracks)),
            events=all_of(Event, events),
        )
        check_labels(self.labels)
        check_events(self.events, self.tracks, self.video)
        known = {label.name for label in self.labels}
        for track in self.tracks.values():
            if track.label not in known:
                self.label(track.label)
            check_keyframes(track, self.video)

    @classmethod
    def for_video(cls, video: Any, labels: Iterable[str | Label] = ()) -> Annotation:
        """Start an empty annotation.

        Parameters
        ----------
        video
            A video, or a `VideoInfo`.
        labels
            The label set; a name alone makes a label without attributes.

        Raises
        ------
        AnnotationError
            Not a video, or two labels of one name.

        Examples
        --------
        >>> video = VideoInfo.constant("street.mp4", 1920, 1080, 300, fps=30)
        >>> Annotation.for_video(video, labels=["car", "person"])
        Annotation('street.mp4', 300 frames, 0 tracks, labels car, person)
        """
        if isinstance(labels, str):
            raise AnnotationError(
                f"labels is the text {labels!r}: give a list of names"
            )
        given = (
            label if isinstance(label, Label) else Label(label) for label in labels
        )
        return cls(VideoInfo.of(video), tuple(given))

    @property
    def next_id(self) -> int:
        """Id that a new track gets: one more than the largest, 1 for the first."""
        return next(reversed(self.tracks), 0) + 1

    def label(self, name: str) -> Label:
        """Find a label by its name.

        Raises
        ------
        AnnotationError
            No such label.

        Examples
        --------
        >>> video = VideoInfo.constant("street.mp4", 1920, 1080, 300, fps=30)
        >>> Annotation.for_video(video, labels=["car"]).label("car").name
        'car'
        """
        for label in self.labels:
            if label.name == name:
                return label
        known = ", ".join(repr(label.name) for label in self.labels) or "none"
        raise AnnotationError(
            f"unknown label {name!r}: labels are {known}; add it first"
        )

    def add_track(
        self,
        label: str,
        boxes: Mapping[int, BoxLike],
        id: int | None = None,
        *,
        attributes: Mapping[str, Value | Mapping[int, Value]] | None = None,
        span: Span = "video",
        source: Source = "human",
    ) -> Annotation:
        """Add a track given by its boxes on some frames.

        Parameters
        ----------
        label
            Name of a label of this annotation.
        boxes
            From 0-based frame to x, y, w, h[, rotation] or `Box`; in between the box
            moves linearly, after the last it stays.
        id
            A free id; the next one by default.
        attributes
            By name, a value for the whole track or a mapping from frame to value.
        span
            "video": present to the end of the video; "frame": on its one frame only.
        source
            Who made the keyframes.

        Raises
        ------
        AnnotationError
            An unknown label, an id that is taken, a box or frame that is none, or an
            attribute that the label does not allow.

        Examples
        --------
        >>> video = VideoInfo.constant("street.mp4", 1920, 1080, 300, fps=30)
        >>> labels = Annotation.for_video(video, labels=["car"])
        >>> labels = labels.add_track("car", {7: (10, 20, 40, 30)}, span="frame")
        >>> labels.tracks[1].spans()
        [(7, 8)]
        """
        track = drafted(
            id=self.next_id if id is None else id,
            label=self.label(label),
            boxes=boxes,
            attributes=attributes or {},
            span=span,
            source=source,
            end=self.video.frame_count,
        )
        return self.with_new_track(track)

    def apply(self, *edits: Edit) -> Annotation:
        """Apply edits one after the other.

        Raises
        ------
        EditError
            One cannot be applied; this annotation stays what it was in any case.

        Examples
        --------
        >>> from boxreel.model import edits
        >>> video = VideoInfo.constant("street.mp4", 1920, 1080, 300, fps=30)
        >>> labels = Annotation.for_video(video, labels=["car"])
        >>> labels = labels.add_track("car", {0: (10, 20, 40, 30)})
        >>> list(labels.apply(edits.SplitTrack(track=1, frame=20)).tracks)
        [1, 2]
        """
        annotation = self
        for edit in edits:
            annotation = edit.apply(annotation)
        return annotation

    def at(self, frame: int) -> Boxes:
        """All boxes present on a frame.

        Raises
        ------
        AnnotationError
            A frame that the video does not have.

        Examples
        --------
        >>> video = VideoInfo.constant("street.mp4", 1920, 1080, 300, fps=30)
        >>> labels = Annotation.for_video(video, labels=["car"])
        >>> labels.add_track("car", {0: (10, 20, 40, 30)}).at(5).track.tolist()
        [1]
        """
        return self.dense([frame])

    def dense(self, frames: Iterable[int] | None = None) -> Boxes:
        """Boxes of every track on every frame on which it is present.

        Parameters
        ----------
        frames
            0-based frames in any order, each counted once; all by default.

        Returns
        -------
        Boxes
            Track by track, each in the order of frames; bit for bit what `Track.at`
            gives.

        Raises
        ------
        AnnotationError
            A frame that the video does not have.

        Examples
        --------
        >>> video = VideoInfo.constant("street.mp4", 1920, 1080, 300, fps=30)
        >>> labels = Annotation.for_video(video, labels=["car"])
        >>> labels = labels.add_track("car", {0: (0, 0, 40, 30), 30: (60, 6, 40, 30)})
        >>> len(labels.dense()), labels.dense(range(15, 17)).x.tolist()
        (300, [30.0, 32.0])
        """
        wanted = checked_frames(frames, self.video.frame_count)
        return dense(self._runs, wanted)

    @cached_property
    def _runs(self) -> Runs:
        return runs_of([*self.tracks.values()])

    def to_pandas(self) -> pd.DataFrame:
        """Dense rows as a table: one a track and frame.

        Returns
        -------
        pandas.DataFrame
            frame, time (seconds), track, label, x, y, w, h (pixels), rotation
            (degrees), occluded, source, score.

        Raises
        ------
        ImportError
            pandas is not installed.

        Examples
        --------
        >>> video = VideoInfo.constant("street.mp4", 1920, 1080, 300, fps=30)
        >>> labels = Annotation.for_video(video, labels=["car"])
        >>> labels.add_track("car", {0: (10, 20, 40, 30)}).to_pandas().shape
        (300, 12)
        """
        from boxreel.model.tables import dense_table

        return dense_table(self)

    def keyframes(self) -> pd.DataFrame:
        """Keyframes as a table: one row each.

        Returns
        -------
        pandas.DataFrame
            frame, time (seconds), track, label, x, y, w, h (pixels), rotation
            (degrees), outside, occluded, hold, source, score.

        Raises
        ------
        ImportError
            pandas is not installed.

        Examples
        --------
        >>> video = VideoInfo.constant("street.mp4", 1920, 1080, 300, fps=30)
        >>> labels = Annotation.for_video(video, labels=["car"])
        >>> labels.add_track("car", {0: (10, 20, 40, 30)}).keyframes().frame.tolist()
        [0]
        """
        from boxreel.model.tables import keyframe_table

        return keyframe_table(self)

    def changed_from(self, other: Annotation) -> tuple[list[int], list[int]]:
        """Find the tracks that are not the very same objects as in `other`.

        Returns
        -------
        changed, removed
            Ids that are new or changed here, and ids that only `other` has.

        Examples
        --------
        >>> video = VideoInfo.constant("street.mp4", 1920, 1080, 300, fps=30)
        >>> old = Annotation.for_video(video, labels=["car"])
        >>> old.add_track("car", {0: (10, 20, 40, 30)}).changed_from(old)
        ([1], [])
        """
        changed = [id for id, t in self.tracks.items() if other.tracks.get(id) is not t]
        return changed, [id for id in other.tracks if id not in self.tracks]

    def with_new_track(self, track: Track) -> Annotation:
        """Add a track; raise AnnotationError where id, label or frames do not fit."""
        if track.id in self.tracks:
            raise AnnotationError(
                f"there is a track #{track.id} already: give a free id"
            )
        self.label(track.label)
        check_keyframes(track, self.video)
        return self.with_track(track)

    def with_track(self, track: Track) -> Annotation:
        """Put a track in place of the one of its id; nothing else is looked at."""
        tracks = self.tracks | {track.id: track}
        if track.id not in self.tracks:
            tracks = in_order(tracks)
        return self._with(tracks=MappingProxyType(tracks))

    def without_track(self, id: int) -> Annotation:
        """Leave a track out; events that name it are for the caller to mend."""
        tracks = self.tracks.copy()
        del tracks[id]
        return self._with(tracks=MappingProxyType(tracks))

    def with_label(self, label: Label) -> Annotation:
        """Declare a label, or raise AnnotationError where its name is taken."""
        if any(known.name == label.name for known in self.labels):
            raise AnnotationError(
                f"there is a label {label.name!r} already: choose another name"
            )
        return self._with(labels=(*self.labels, label))

    def with_events(self, events: Iterable[Event]) -> Annotation:
        """Put other events in place of all; their tracks are not looked up."""
        return self._with(events=tuple(events))

    def _with(self, **changes: Any) -> Annotation:
        """Make a copy without checking again all that stays."""
        self.__dict__.pop("_runs", None)  # the past, kept for undo, need not hold it
        copy = object.__new__(Annotation)
        fields = ("video", "labels", "tracks", "events")
        copy.__dict__.update({name: getattr(self, name) for name in fields} | changes)
        return copy

    def __reduce__(self) -> tuple[Any, ...]:
        return Annotation, (self.video, self.labels, dict(self.tracks), self.events)

    def __repr__(self) -> str:
        return annotation_text(self)

    def _repr_html_(self) -> str:
        return annotation_sheet(self).html()
