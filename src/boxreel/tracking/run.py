"""Tracking from Python."""

from __future__ import annotations

from boxreel.model import Annotation, VideoInfo
from boxreel.model.match import of_video
from boxreel.progress import progress_line
from boxreel.tracking.correlation import follow
from boxreel.tracking.edit import Tracked, begun, reach, tracked
from boxreel.tracking.pursuit import Tracker, pursue
from boxreel.video import open_video

MIN_IOU = 0.9
"""Least overlap of a box between keyframes with the one that the tracker gave."""


def track(
    video: object,
    labels: Annotation,
    id: int,
    start: int,
    stop: int | None = None,
    *,
    tracker: Tracker = follow,
    min_iou: float = MIN_IOU,
    progress: bool = True,
) -> Tracked:
    """Follow an object from its box on a frame, until it is lost.

    Parameters
    ----------
    video
        What was labelled: a path, or anything else that `open_video` takes.
    labels
        Its labels.
    id, start
        The track, and a frame on which it has a box.
    stop
        Ends before this frame; None for the end of the video. It ends in any case
        before the next keyframe that a person made or a file brought.
    tracker
        Who follows it: called with the pictures, (H, W, 3) uint8 RGB, from the one of
        frame `start` on, and the box there, a float64 array x, y, w, h, rotation in
        pixels. It gives, best as a generator, for each picture after the first
        ``(box, score)``: 4 numbers, or 5 with a rotation, and a number or None. To
        give no more is to have lost it. By default a correlation filter.
    min_iou
        Least overlap, over 0 and up to 1, of the boxes between keyframes with those
        that the tracker gave: it decides how many keyframes there are.
    progress
        Whether a line on stderr tells how far it is.

    Returns
    -------
    Tracked
        Its `edit` is not applied yet: ``labels.apply(t.edit)``, ``w.apply(t.edit)``.
        The keyframes have the source ``"tracker"`` and the tracker's score.

    Raises
    ------
    TrackingError
        If the track has no box on `start`, `stop` or the end of the video is not after
        it, or the tracker gives what is no box.
    AnnotationError
        If `min_iou` is out of its range.
    VideoError
        If the video cannot be opened, or a frame cannot be decoded.
    VideoMismatchError
        If the labels belong to another video.

    Notes
    -----
    The filter is that of `boxreel.tracking.correlation`: MOSSE (Bolme et al. 2010) of
    five channels, with a search over sizes. Its score is the sharpness of the peak.

    Examples
    --------
    >>> import numpy as np
    >>> noise = np.random.default_rng(0).integers(0, 255, (48, 96, 3), np.uint8)
    >>> v = open_video(np.stack([np.roll(noise, 2 * f, 1) for f in range(20)]))
    >>> a = Annotation.for_video(v, ["car"]).add_track("car", {0: (8, 12, 24, 20)})
    >>> t = track(v, a, 1, start=0, stop=15, progress=False)
    >>> print(t)
    #1 is tracked to frame 14.
    >>> round(a.apply(t.edit).tracks[1].at(14).x)
    36
    """
    opened = open_video(video)
    try:
        of_video(labels, VideoInfo.of(opened))
        _, box = begun(labels, id, start)
        end = reach(labels, id, start, stop)
        with progress_line(f"#{id}", end - start, shown=progress) as step:

            def going(_: int) -> bool:
                step()
                return True

            found = pursue(opened, box, start, end, tracker, going)
    finally:
        if opened is not video:
            opened.close()
    return tracked(labels, id, found, min_iou)
