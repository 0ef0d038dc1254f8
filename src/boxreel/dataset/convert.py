"""Label files with their videos, gathered into one data set."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any

from boxreel.dataset.write import export_dataset
from boxreel.errors import BoxreelError, FormatError
from boxreel.formats import Report, read_report
from boxreel.formats.convert import Job, Options, Outcome
from boxreel.model import Annotation

ENDINGS = (
    *(".mp4", ".mov", ".m4v", ".mkv", ".webm", ".avi", ".mpg", ".mpeg", ".ts"),
    *(".gif", ".tif", ".tiff"),
)
"""Of the files that are taken for the video of a label file of their name."""


def gathered(
    labels: Iterable[Path],
    out: Path,
    options: Options,
    videos: Path | None = None,
    **choices: Any,
) -> tuple[list[Outcome], Report | None]:
    """Export what label files hold as one data set.

    Parameters
    ----------
    labels
        The label files.
    out
        The folder of the data set.
    options
        How to read; `to` is the format of the data set.
    videos
        The folder of the videos; None where each lies beside its label file.
    **choices
        Of `export_dataset`.

    Returns
    -------
    outcomes
        What came of reading each file.
    report
        Of the data set, which has all that could be read; None where that is nothing.

    Raises
    ------
    BoxreelError
        If the data set cannot be written; see `export_dataset`.
    """
    outcomes, annotations, sources = [], [], []
    for path in labels:
        job = Job(path, out)
        try:
            annotation, source, read = _labelled(path, options, videos)
        except (BoxreelError, OSError, TypeError) as error:
            outcomes.append(Outcome(job, error=str(error)))
            continue
        outcomes.append(Outcome(job, read))
        annotations.append(annotation)
        sources.append(source)
    if not annotations:
        return outcomes, None
    report = export_dataset(annotations, sources, out, format=options.to, **choices)
    return outcomes, report


def _labelled(
    path: Path, options: Options, videos: Path | None
) -> tuple[Annotation, object, Report]:
    """Return labels, their video and the report of reading them."""
    source = options.video or _video_of(path, videos, "")
    annotation, report = read_report(
        path,
        format=options.format,
        video=source,
        simplify=options.simplify,
        link=options.link,
        **options.reading,
    )
    name = annotation.video.name
    source = source or _video_of(path, videos, name)
    if source is None:
        where = videos or path.parent
        raise FormatError(
            f"{path}: its video {name!r} is not in {where}; pass --videos with the "
            "folder of the videos, or --video"
        )
    return annotation, source, report


def _video_of(path: Path, videos: Path | None, name: str) -> Path | None:
    """Find the video called `name`, or one with the name of the label file."""
    sequence = path if path.is_dir() else path.parent.parent
    folder = videos or path.parent
    stem = path.name.split(".")[0]
    candidates = [folder / name] if name else [folder / (stem + e) for e in ENDINGS]
    if not name and videos is None:
        candidates.append(sequence / "img1")  # as MOTChallenge has it
    return next((one for one in candidates if one.exists()), None)
