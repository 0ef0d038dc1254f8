"""Annotation: all labels of one video, as one immutable value."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cached_property
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from boxreel.errors import AnnotationError
from boxreel.model.boxes import Boxes
from boxreel.model.checks import Value
from boxreel.model.document import Document
from boxreel.model.draft import BoxLike, Span, drafted
from boxreel.model.interpolate import Runs, checked_frames, dense, runs_of
from boxreel.model.keyframe import Source
from boxreel.model.labels import Label
from boxreel.model.show import annotation_sheet, annotation_text
from boxreel.model.simplify import simplified
from boxreel.model.video_info import VideoInfo

if TYPE_CHECKING:
    import pandas as pd

    from boxreel.model.edits import Edit


class Annotation(Document):
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
    attributes
        What is said of the whole clip, by name.
    declared
        The attributes that may be said of the clip; where none is declared, any may.
    notes
        A text for a person to read, by 0-based frame.
    next_id
        Id that a new track gets. It never goes back, so that no id is given twice in
        the life of a document; at least, and by default, one more than the largest id.
    label_version
        Counts the changes of `labels` and `declared`.

    Raises
    ------
    AnnotationError
        Doubled ids or names, a label or a track that is unknown, or a keyframe,
        an event or a note outside the video.

    Notes
    -----
    Two annotations that differ in nothing but `next_id` and `label_version` are equal.

    Examples
    --------
    >>> video = VideoInfo.constant("street.mp4", 1920, 1080, 300, fps=30)
    >>> labels = Annotation.for_video(video, labels=["car"])
    >>> labels = labels.add_track("car", {0: (10, 20, 40, 30), 30: (60, 22, 44, 33)})
    >>> labels.tracks[1].at(15).x
    35.0
    """

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

    def simplify(
        self, min_iou: float = 0.9, keep: tuple[Source, ...] = ("human",)
    ) -> Annotation:
        """Make dense tracks editable: leave out keyframes that movement makes up for.

        Says on a line how many there were and are. What changes otherwise is nothing:
        presence, occlusion and the keyframes that stay, with their scores, are as they
        were.

        Parameters
        ----------
        min_iou
            Least overlap, in (0, 1], that a box has on every frame with the one it was.
        keep
            Sources whose keyframes all stay: "human", "model", "tracker", "import".

        Raises
        ------
        AnnotationError
            A bound or a source that is none.

        Examples
        --------
        >>> video = VideoInfo.constant("street.mp4", 1920, 1080, 300, fps=30)
        >>> labels = Annotation.for_video(video, labels=["car"])
        >>> boxes = {frame: (4 * frame, 20, 40, 30) for frame in range(300)}
        >>> labels = labels.add_track("car", boxes, source="model").simplify()
        300 boxes -> 2 keyframes, worst IoU 1.00
        """
        tracks, done = simplified([*self.tracks.values()], min_iou, keep)
        print(done)  # noqa: T201 - the line is what was asked for
        by_id = MappingProxyType({track.id: track for track in tracks})
        return self if done.before == done.after else self.with_parts(tracks=by_id)

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

    def __repr__(self) -> str:
        return annotation_text(self)

    def _repr_html_(self) -> str:
        return annotation_sheet(self).html()
