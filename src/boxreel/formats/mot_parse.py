"""Read MOTChallenge text."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import PurePath
from typing import get_args

import numpy as np
from numpy.typing import NDArray

from boxreel.formats import seqinfo
from boxreel.formats.base import Source
from boxreel.formats.mot_table import Table, read_table
from boxreel.formats.mot_terms import CLASSES, IGNORED, Kind
from boxreel.model import Annotation, Attribute, Label, Track, VideoInfo
from boxreel.model.rows import bounds_of, keyframes_of_rows
from boxreel.model.track import Steps


def parse(
    source: Source,
    *,
    kind: Kind | None = None,
    classes: Sequence[str] | None = None,
    frame_base: int = 1,
    pixel_base: float = 0,
    occlusion_threshold: float = 0.0,
) -> Annotation:
    """Read MOT text.

    Parameters
    ----------
    source
        The file. ``labels.txt`` beside it names the classes, ``seqinfo.ini`` beside
        it or in the folder above tells about the video.
    kind
        What column 7 is: in ``"gt"`` and ``"mot15"`` a flag, 0 for boxes to
        ignore (attribute "ignored"); in ``"det"`` and ``"results"`` a score, -1 for
        none. None to tell by the numbers.
    classes
        Names of the classes 1, 2, ...; None for ``labels.txt``, else MOTChallenge's
        own. In files without classes a single name labels all tracks.
    frame_base, pixel_base
        Number of the first frame, and coordinate of the top-left corner of the
        picture, in the file.
    occlusion_threshold
        Boxes of at most this visibility (column 9, 0 to 1) are occluded.

    Returns
    -------
    Annotation
        Every row is a keyframe of source "import"; where a track has no row it is
        outside. A row with id -1 becomes a track of one frame.

    Raises
    ------
    FormatError
        Naming the line, for a row that cannot stand.
    """
    table = read_table(source, frame_base, pixel_base)
    video = _video(source, table, frame_base)
    flags, scores = _confidence(source, table, kind)
    names, label_of_row = _labels(source, table, classes)
    fractional = (table.visibility > 0) & (table.visibility < 1)
    source.notes.lost(
        f"visibility is kept only as occluded (at most {occlusion_threshold:g})",
        count=int(fractional.sum()),
        place=table.place(fractional),
    )
    keyframes_of = keyframes_of_rows(
        table.tracks,
        table.frames,
        table.boxes,
        table.visibility <= occlusion_threshold,
        scores,
        video.frame_count,
    )
    begins = bounds_of(table.tracks)[:-1]
    ids, codes = table.tracks[begins], label_of_row[begins]
    least, most = (
        extreme.reduceat(label_of_row, begins) for extreme in (np.minimum, np.maximum)
    )
    changed = ids[least != most]
    place = f"#{changed[0]}" if len(changed) else ""
    source.notes.dropped("class changes inside a track", place, len(changed))
    ignored: dict[int, Mapping[str, Steps]] = {}
    for id in ids[~np.logical_and.reduceat(flags, begins)].tolist():
        rows = slice(*np.searchsorted(table.tracks, (id, id + 1)))
        ignored[id] = {IGNORED: _ignored_steps(flags[rows], table.frames[rows])}
    tracks = {
        id: Track(id, names[code], keyframes, ignored.get(id, {}))
        for code, (id, keyframes) in zip(codes.tolist(), keyframes_of, strict=True)
    }
    source.notes.counts["boxes"] = len(table.frames)
    declared = (
        () if flags.all() else (Attribute(IGNORED, "boolean", (), False, "frame"),)
    )
    labels = tuple(Label(name, attributes=declared) for name in names)
    return Annotation(video, labels, tracks)


def _video(source: Source, table: Table, frame_base: int) -> VideoInfo:
    """Return the video, once it is known that all rows lie in it."""
    info = seqinfo.SeqInfo()
    for beside in ("seqinfo.ini", "../seqinfo.ini"):
        if beside in source.beside and info == seqinfo.SeqInfo():
            info = seqinfo.parse(source.beside[beside], f"{source.path} ({beside})")
    right, bottom = (table.boxes[:, :2] + table.boxes[:, 2:4]).T
    video = source.video_of(
        name=info.name or PurePath(source.path).stem,
        size=info.size,
        frame_count=info.frame_count,
        fps=info.fps,
        extent=(right.max(initial=1), bottom.max(initial=1)),
        last_frame=int(table.frames.max(initial=-1)),
    )
    table.refuse(
        table.frames >= video.frame_count,
        lambda i: (
            f"frame {table.frames[i] + frame_base} is past the end of the "
            f"video, which has {video.frame_count} frames from {frame_base} on"
        ),
    )
    return video


def _confidence(
    source: Source, table: Table, kind: Kind | None
) -> tuple[NDArray[np.bool_], NDArray[np.float64]]:
    """Return flags (n,) and scores (n,), nan for none, from column 7."""
    value = table.confidence
    used = np.ones(len(value), dtype=bool)
    none = np.full(len(value), np.nan)
    if kind is not None and kind not in get_args(Kind):
        raise source.error(f"kind {kind!r} is none of {', '.join(get_args(Kind))}")
    if kind is None and np.isin(value, (-1, 1)).all():
        return used, none
    if kind is None:
        kind = "gt" if np.isin(value, (0, 1)).all() else "results"
        if kind == "results" and table.columns == 9:
            source.notes.guessed("column 7 holds scores; pass kind=")
        if kind == "gt" and table.columns != 9:
            source.notes.guessed("column 7 holds flags, 0 to ignore; pass kind=")
    if kind in ("gt", "mot15"):
        return value != 0, none
    return used, np.where(value == -1, np.nan, value)


def _labels(
    source: Source, table: Table, classes: Sequence[str] | None
) -> tuple[tuple[str, ...], NDArray[np.int64]]:
    """Return the names of the labels and each row's index (n,) into them."""
    if classes is not None:
        names = tuple(classes)
    elif "labels.txt" in source.beside:
        lines = source.beside["labels.txt"].rstrip().split("\n")
        names = tuple(line.rstrip("\r") for line in lines)
    else:
        names = ()
    number = table.classes
    if (number == -1).all():
        if len(names) != 1:
            names = ("object",)
            source.notes.guessed("label 'object' for all tracks; pass classes=[name]")
        return names, np.zeros(len(number), dtype=np.int64)
    if not names:
        names = CLASSES
        source.notes.guessed("MOTChallenge's own class names; pass classes=")
    table.refuse(
        (number < 1) | (number > len(names)) | (number % 1 != 0),
        lambda i: (
            f"class {number[i]:g} is unknown; there are {len(names)}: "
            f"{', '.join(names[:20])}; pass classes="
        ),
    )
    return names, number.astype(np.int64) - 1


def _ignored_steps(
    flags: NDArray[np.bool_], frames: NDArray[np.int64]
) -> tuple[tuple[int, bool], ...]:
    """Return the steps of the attribute, of the rows of one track."""
    at = np.flatnonzero(np.diff(flags, prepend=~flags[:1]))
    return tuple((int(frames[i]) if i else 0, not flags[i]) for i in at)
