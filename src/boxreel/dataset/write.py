"""Export a data set: frames as images, labels beside them, whole clips in parts."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from boxreel.dataset.card import card_of, texts_of
from boxreel.dataset.choice import Frames
from boxreel.dataset.clips import Clip, in_runs
from boxreel.dataset.layouts import LAYOUTS, Layout
from boxreel.dataset.place import check_free, whole_folder
from boxreel.dataset.plan import planned
from boxreel.dataset.split import bound, fractions_of, parts_of
from boxreel.errors import ExportError
from boxreel.export.place import writing
from boxreel.export.render import opened
from boxreel.export.stills import QUALITY, save
from boxreel.formats import Notes, Report
from boxreel.model import Annotation
from boxreel.progress import progress_line


def export_dataset(
    annotations: Annotation | Sequence[Annotation],
    videos: object,
    folder: str | os.PathLike[str],
    *,
    format: str = "yolo",
    frames: Frames | Sequence[Frames] | None = None,
    every: int = 1,
    context: int = 0,
    split: float | Mapping[str, float] | None = None,
    groups: Sequence[object] | None = None,
    seed: int = 0,
    quality: int | None = QUALITY,
    overwrite: bool = False,
    progress: bool = True,
) -> Report:
    """Export clips as a data set: images, labels and a data card, all or nothing.

    Parameters
    ----------
    annotations, videos
        The labels and what was labelled, a path or anything else that `open_video`
        takes; or as many of both, in the same order.
    folder
        Where it goes: a folder that is not there yet, or empty.
    format
        ``"yolo"``, ``"coco"``, ``"voc"``, ``"cvat-images"``, ``"datumaro"``, or of
        sequences ``"mot"`` and ``"kitti"``.
    frames
        Which frames: ``"all"``; ``"labelled"``, those with a box; ``"corrected"``,
        those that a person was at, see `Annotation.corrected`; or their numbers, for
        several clips those of each. Frames without a box are negatives. By default all
        of sequences, otherwise the labelled ones, since others may be unfinished.
    every
        Of each run of neighbouring frames one in so many: neighbours look alike.
    context
        So many frames before and after each are exported too.
    split
        The share of each part, as ``{"train": 0.8, "val": 0.2}``, or 0.8 for short.
        A clip is in one part as a whole, and so are clips of one fingerprint or one
        file name. Without it all is in ``train``.
    groups
        What each clip belongs to, as a place or a day: a group is in one part.
    seed
        Another one gives another split; the same clips are split alike every time.
    quality
        Of the JPEGs, 1 to 100; None for PNG, which keeps every pixel.
    overwrite
        Whether a data set that was exported there before is replaced.
    progress
        Whether a line on stderr tells how far it is.

    Returns
    -------
    Report
        Clips, frames, negatives, tracks and boxes that were written, and what the
        format cannot hold.

    Raises
    ------
    ExportError
        A choice that is none, no frame to export, fewer clips than parts, or a place
        that is taken or cannot be written to.
    FormatError
        If the format cannot hold something essential, such as a name.
    IndexError
        If a video has no such frame.
    VideoError
        If a video cannot be opened, or a frame cannot be decoded.
    VideoMismatchError
        If labels belong to another video.
    TypeError
        If `annotations` are something else.

    Notes
    -----
    Images are the decoder's own frames: that of frame 7 of ``street.mp4`` is called
    ``street_000007``, and is ``open_video("street.mp4")[7]``. Sequences are numbered
    from their first frame on; where frames are left out, each run of neighbours is a
    sequence of its own. ``datacard.json`` and ``README.md`` say what is in the folder
    and where it is from.

    Examples
    --------
    >>> import numpy as np, tempfile
    >>> from boxreel.video import open_video
    >>> v = open_video(np.zeros((30, 48, 64), np.uint8))
    >>> a = Annotation.for_video(v, ["face"]).add_track("face", {20: (9, 9, 20, 20)})
    >>> out = tempfile.mkdtemp() + "/faces"
    >>> report = export_dataset(a, v, out, frames="corrected", context=1)
    >>> sorted(path.name for path in Path(out, "images/train").iterdir())
    ['array_000019.jpg', 'array_000020.jpg', 'array_000021.jpg']
    >>> report.counts["images"], report.counts["negatives"]
    (3, 1)
    """
    layout = LAYOUTS.get(format)
    if layout is None:
        known = ", ".join(LAYOUTS)
        raise ExportError(f"format={format!r} is no data set of images; choose {known}")
    _check_numbers(every, context, quality, sequences=layout.sequences)
    shares = fractions_of(split)
    place = Path(folder).expanduser()
    check_free(place, overwrite=overwrite)
    if frames is None:
        frames = "all" if layout.sequences else "labelled"
    notes = Notes()
    clips = planned(annotations, videos, frames, every, context, groups, notes)
    parts = parts_of(bound([clip.ties for clip in clips]), shares, seed)
    clips = [replace(one, part=part) for one, part in zip(clips, parts, strict=True)]
    if layout.sequences:
        clips = [run for clip in clips for run in in_runs(clip)]
    ending = ".png" if quality is None else ".jpg"
    texts = layout.labels(clips, ending)
    for clip in clips:
        notes.add(clip.notes, clip.name)
    asked = {
        "frames": frames if isinstance(frames, str) else "given by number",
        "every": every,
        "context": context,
        "split": shares if split else None,
        "seed": seed if split else None,
        "quality": quality,
    }
    card = card_of(place.name, format, clips, asked, notes, layout, ending)
    with whole_folder(place, overwrite=overwrite) as staging:
        _write_texts(staging, place, texts)
        _write_pictures(
            staging, place, clips, layout, ending, quality or QUALITY, progress
        )
        _write_texts(staging, place, texts_of(card))
    notes.counts = dict(card["counts"])
    return notes.report(format, str(place))


def _check_numbers(
    every: int, context: int, quality: int | None, *, sequences: bool
) -> None:
    if every < 1 or context < 0:
        raise ExportError(
            f"every={every} must be at least 1, and context={context} at least 0"
        )
    if sequences and every > 1:
        raise ExportError(
            f"every={every}: sequences are of neighbouring frames; leave every out"
        )
    if quality is not None and not 1 <= quality <= 100:
        raise ExportError(
            f"quality={quality} must be 1 to 100, or None for PNG without loss"
        )


def _write_texts(staging: Path, place: Path, texts: Mapping[str, str]) -> None:
    for name, text in texts.items():
        with writing(place / name):
            (staging / name).parent.mkdir(parents=True, exist_ok=True)
            try:
                data = text.encode("utf-8")
            except UnicodeEncodeError as error:
                bad = text[error.start]
                raise ExportError(
                    f"{place / name}: {bad!r} has no place in UTF-8; rename it"
                ) from error
            (staging / name).write_bytes(data)


def _write_pictures(
    staging: Path,
    place: Path,
    clips: Sequence[Clip],
    layout: Layout,
    ending: str,
    quality: int,
    progress: bool,
) -> None:
    count = sum(len(clip.frames) for clip in clips)
    with progress_line(place.name, count, shown=progress, after=1) as step:
        for clip in clips:
            with opened(clip.source, None) as video:
                if video.fingerprint != clip.annotation.video.fingerprint:
                    raise ExportError(f"{video.name} changed while it was exported")
                for frame in clip.frames.tolist():
                    name = layout.picture(clip, frame, ending)
                    with writing(place / name):
                        (staging / name).parent.mkdir(parents=True, exist_ok=True)
                    save(video[frame], staging / name, place / name, quality)
                    step()
