"""Lint: what looks wrong in labels, without a truth to hold them against."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Final

from boxreel.errors import AnnotationError
from boxreel.model import Annotation
from boxreel.model.match import as_annotation
from boxreel.review.findings import Finding, Lint
from boxreel.review.lint_motion import crossings, drift_risks, jumps
from boxreel.review.lint_presence import (
    breaks,
    holes,
    outside_picture,
    reuses,
    single_frames,
    twins,
)

CHECKS: Final[tuple[Callable[[Annotation], Iterator[Finding]], ...]] = (
    jumps,
    twins,
    single_frames,
    holes,
    outside_picture,
    reuses,
    breaks,
    drift_risks,
    crossings,
)


def lint(
    annotation: Annotation, *, max_gap: int | Mapping[str, int] | None = None
) -> Lint:
    """Find what looks wrong in labels.

    Parameters
    ----------
    annotation
        The labels.
    max_gap
        Most frames from one keyframe to the next while the object moves, for all
        labels or by label name; None for any number.

    Returns
    -------
    Lint
        Findings by first frame, each with its repair where there is one.

    Raises
    ------
    AnnotationError
        A limit that is no positive number, or of a label that is unknown.
    ImportError
        scipy is not installed: ``pip install "boxreel[metrics]"``.

    Notes
    -----
    ``teleport``: the middle moves by more than the size of the box in one frame, and
    by five times what is usual for the track. ``size_jump``: the area doubles or
    halves in one frame, likewise. ``twin``: two tracks of one label lie on each other
    (IoU > 0.8) for five frames or more. ``single_frame``: a track of one frame.
    ``hole``: absent for one frame. ``outside_picture``: no part of the box is in the
    picture. ``id_reuse``: absent for over a second, then somewhere else.
    ``broken_identity``: a track begins where another one ended, within a second and
    not at the border of the picture;
    ``class_flip``: the same, with another label. ``keyframe_gap``: over `max_gap`.
    ``drift_risk``: the object turns, or changes its speed, between keyframes so far
    apart that the box may lie off by a quarter of its size. ``crossing``: two
    tracks of one label meet, and their movement goes on better exchanged.

    Examples
    --------
    >>> from boxreel.model import VideoInfo
    >>> video = VideoInfo.constant("street.mp4", 1920, 1080, 300, fps=30)
    >>> labels = Annotation.for_video(video, labels=["car"])
    >>> labels = labels.add_track("car", {7: (10, 20, 40, 30)}, span="frame")
    >>> (finding,) = lint(labels)
    >>> finding.kind, finding.repair
    ('single_frame', RemoveTrack(track=1))
    """
    as_annotation(annotation, "annotation")
    found = [finding for check in CHECKS for finding in check(annotation)]
    found += _gaps(annotation, _limits(annotation, max_gap))
    return Lint(tuple(sorted(found, key=lambda f: (f.start, f.track, f.kind))))


def _limits(
    annotation: Annotation, max_gap: int | Mapping[str, int] | None
) -> Mapping[str, int]:
    if max_gap is None:
        return {}
    names = [label.name for label in annotation.labels]
    limits = max_gap if isinstance(max_gap, Mapping) else dict.fromkeys(names, max_gap)
    for name, limit in limits.items():
        annotation.label(name)
        if not isinstance(limit, int) or limit < 1:
            raise AnnotationError(f"max_gap of {name!r} is {limit!r}: give frames > 0")
    return limits


def _gaps(annotation: Annotation, limits: Mapping[str, int]) -> Iterator[Finding]:
    for track in annotation.tracks.values():
        table, limit = track.keyframes, limits.get(track.label)
        if limit is None:
            continue
        for index in range(len(table) - 1):
            start, stop = table.frames[index : index + 2].tolist()
            moves = (table.boxes[index] != table.boxes[index + 1]).any()
            if stop - start > limit and moves and not table.outside[index]:
                text = f"{stop - start} frames without a keyframe, limit {limit}"
                yield Finding("keyframe_gap", start, stop, track.id, None, text, None)
