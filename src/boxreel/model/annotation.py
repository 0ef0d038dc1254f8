"""Annotation: all labels of one video, as one immutable value."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from boxreel.model.checks import Value
from boxreel.model.corrected import corrected_frames
from boxreel.model.detected import Classes, detected
from boxreel.model.draft import BoxLike, Span, drafted
from boxreel.model.keyframe import Source
from boxreel.model.keyframes import Ints
from boxreel.model.labels import Label, label_list
from boxreel.model.readout import Readout
from boxreel.model.show import annotation_sheet, annotation_text
from boxreel.model.simplify import simplified
from boxreel.model.video_info import VideoInfo

if TYPE_CHECKING:
    from boxreel.model.edits import Edit


class Annotation(Readout):
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
        given = (
            label if isinstance(label, Label) else Label(label)
            for label in label_list(labels)
        )
        return cls(VideoInfo.of(video), tuple(given))

    @classmethod
    def from_detections(
        cls,
        video: Any,
        detections: Any,
        *,
        classes: Classes = None,
        frame_base: int = 0,
        link: bool = False,
    ) -> Annotation:
        """Make an annotation of what a model found, each box a keyframe.

        Parameters
        ----------
        video
            A video, or a `VideoInfo`.
        detections
            One of

            - what was found frame by frame, in their order, as pairs of 0-based frame
              and what was found, or as a mapping from frame: `Detections` of
              supervision, `Results` of ultralytics, or mappings of torchvision
              (boxes, labels, scores; ids if there are), None for nothing;
            - a table of pandas, polars, Arrow or others that narwhals knows, with
              columns of the usual names, as frame, track_id, x1, y1, x2, y2, score,
              class_name;
            - an array ``(n, 6 to 8)``: frame, id (-1 for none), x, y, w, h in pixels,
              score, class.
        classes
            Names by number of class; by default those that come along.
        frame_base
            Number of the first frame in a table or an array.
        link
            Link boxes without an id into tracks (ByteTrack, ``boxreel[link]``);
            otherwise each is an object of one frame. Ids that begin at 0 are one
            higher here.

        Returns
        -------
        Annotation
            Keyframes of source "model" with their scores; a gap is an absence. See
            `simplify` to have few keyframes of many.

        Raises
        ------
        AnnotationError
            Objects or columns that are not known, a frame past the end, a row that is
            no box, or an object twice on a frame.
        ImportError
            `link` without the extra.

        Warns
        -----
        BoxreelWarning
            If boxes have no id, or a track changes its class.

        Examples
        --------
        >>> import numpy as np
        >>> video = VideoInfo.constant("street.mp4", 1920, 1080, 300, fps=30)
        >>> found = np.array([[0, 7, 10, 20, 40, 30, 0.9, 2]])
        >>> labels = Annotation.from_detections(video, found, classes={2: "car"})
        >>> labels.tracks[7].label, labels.tracks[7].spans()
        ('car', [(0, 1)])
        """
        info = VideoInfo.of(video)
        tracks, names = detected(info, detections, classes, frame_base, link)
        return cls(info, [Label(name) for name in names], tracks)

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

    def with_table(self, table: Any) -> Annotation:
        """Take an edited `to_pandas` back; what is the same in it stays the same.

        Parameters
        ----------
        table
            A table as of `to_pandas`, `to_polars` or `to_arrow`: rows changed, left out
            (absent there), or added (an id that is not known, or none, is a new track).
            What is said in other columns than frame, track, label, the box, occluded
            and score is not read.

        Returns
        -------
        Annotation
            Tracks whose rows did not change are the same objects. In others keyframes
            stay and are added where a row is not met; changed rows are of source
            "human".

        Raises
        ------
        AnnotationError
            A row that is no box, an object twice on a frame, or with two labels.

        Examples
        --------
        >>> video = VideoInfo.constant("street.mp4", 1920, 1080, 300, fps=30)
        >>> labels = Annotation.for_video(video, labels=["car"])
        >>> labels = labels.add_track("car", {0: (10, 20, 40, 30)})
        >>> table = labels.to_pandas()
        >>> table.loc[table.frame == 7, "x"] = 12
        >>> labels.with_table(table).tracks[1].keyframes.frames.tolist()
        [0, 6, 7, 8, 299]
        """
        from boxreel.model.retable import retabled

        return retabled(self, table)

    def apply(self, *edits: Edit) -> Annotation:
        """Apply edits one after the other.

        Raises
        ------
        EditError
            One cannot be applied; this annotation stays what it was in any case.
        TypeError
            One is no edit.

        Examples
        --------
        >>> from boxreel.model import edits
        >>> video = VideoInfo.constant("street.mp4", 1920, 1080, 300, fps=30)
        >>> labels = Annotation.for_video(video, labels=["car"])
        >>> labels = labels.add_track("car", {0: (10, 20, 40, 30)})
        >>> list(labels.apply(edits.SplitTrack(track=1, frame=20)).tracks)
        [1, 2]
        """
        from boxreel.model.edits import Edit

        annotation = self
        for edit in edits:
            if not isinstance(edit, Edit):
                raise TypeError(
                    f"apply takes edits of boxreel.edits, not {edit!r:.100}"
                )
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

    def corrected(self, since: Annotation | None = None) -> Ints:
        """Find the frames on which a person set or changed boxes.

        Parameters
        ----------
        since
            What the labels began as, such as a model's output: frames whose boxes are
            not as they were there are among them then, also those that have none left.

        Returns
        -------
        ndarray of int64
            0-based frames, increasing: those of keyframes of source "human", which set
            a box or an absence, and those that differ from `since` in a box, its label
            or whether it is occluded.

        Raises
        ------
        VideoMismatchError
            `since` is of another video.

        Examples
        --------
        >>> video = VideoInfo.constant("street.mp4", 1920, 1080, 300, fps=30)
        >>> empty = Annotation.for_video(video, labels=["car"])
        >>> boxes = {7: (10, 20, 40, 30)}
        >>> found = empty.add_track("car", boxes, span="frame", source="model")
        >>> found.corrected().tolist(), empty.corrected(since=found).tolist()
        ([], [7])
        """
        return corrected_frames(self, since)

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
