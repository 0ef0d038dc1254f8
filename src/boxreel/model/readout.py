"""Readout: the boxes of an annotation, in every form that others take them in."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np

from boxreel.geometry import hull
from boxreel.model.boxes import Boxes
from boxreel.model.document import Document
from boxreel.model.interpolate import Runs, checked_frames, dense, runs_of
from boxreel.model.keyframes import Floats

if TYPE_CHECKING:
    import pandas as pd


class Readout(Document):
    """What an `Annotation` hands out; see there."""

    def at(self, frame: int) -> Boxes:
        """All boxes present on a frame.

        Raises
        ------
        AnnotationError
            A frame that the video does not have.

        Examples
        --------
        >>> from boxreel.model import Annotation, VideoInfo
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
        >>> from boxreel.model import Annotation, VideoInfo
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
        >>> from boxreel.model import Annotation, VideoInfo
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
        >>> from boxreel.model import Annotation, VideoInfo
        >>> video = VideoInfo.constant("street.mp4", 1920, 1080, 300, fps=30)
        >>> labels = Annotation.for_video(video, labels=["car"])
        >>> labels.add_track("car", {0: (10, 20, 40, 30)}).keyframes().frame.tolist()
        [0]
        """
        from boxreel.model.tables import keyframe_table

        return keyframe_table(self)

    def to_polars(self) -> Any:
        """Dense rows as a polars table, with the columns of `to_pandas`.

        Returns
        -------
        polars.DataFrame

        Raises
        ------
        ImportError
            polars is not installed.
        """
        from boxreel.model.tables import dense_columns, library

        return library("polars").DataFrame(dense_columns(self))

    def to_arrow(self) -> Any:
        """Dense rows as an Arrow table, with the columns of `to_pandas`.

        Returns
        -------
        pyarrow.Table

        Raises
        ------
        ImportError
            pyarrow is not installed.
        """
        from boxreel.model.tables import dense_columns, library

        return library("pyarrow").table(dense_columns(self))

    def to_numpy(self) -> Floats:
        """Dense rows as one array.

        Returns
        -------
        ndarray of float64, shape (n, 8)
            frame, track, x, y, w, h (pixels, of the box before turning), score (nan for
            none), number of the label in `labels`: what `Annotation.from_detections`
            takes.

        Examples
        --------
        >>> from boxreel.model import Annotation, VideoInfo
        >>> video = VideoInfo.constant("street.mp4", 1920, 1080, 300, fps=30)
        >>> labels = Annotation.for_video(video, labels=["car"])
        >>> labels.add_track("car", {0: (10, 20, 40, 30)}).to_numpy()[5].tolist()
        [5.0, 1.0, 10.0, 20.0, 40.0, 30.0, nan, 0.0]
        """
        from boxreel.model.tables import label_codes

        boxes = self.dense()
        codes = label_codes(self, boxes.track)
        columns = (boxes.frame, boxes.track, *boxes.box.T[:4], boxes.score, codes)
        return np.column_stack(columns).astype(np.float64)

    def to_supervision(self, frame: int) -> Any:
        """Boxes of a frame as supervision has them.

        Returns
        -------
        supervision.Detections
            xyxy of the smallest upright boxes around, tracker_id, class_id (the number
            of the label in `labels`), confidence (1 for none), and in data class_name.

        Raises
        ------
        AnnotationError
            A frame that the video does not have.
        ImportError
            supervision is not installed.
        """
        from boxreel.model.tables import label_codes, library

        boxes = self.dense([frame])
        names = np.array([label.name for label in self.labels], dtype=np.str_)
        codes = label_codes(self, boxes.track)
        return library("supervision").Detections(
            xyxy=hull(boxes.box).astype(np.float32),
            confidence=np.nan_to_num(boxes.score, nan=1.0).astype(np.float32),
            class_id=codes,
            tracker_id=boxes.track,
            data={"class_name": names[codes]},
        )
