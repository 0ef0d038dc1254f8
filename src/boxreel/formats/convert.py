"""Convert many label files: what to read, where to write, what went wrong."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path

from boxreel.errors import BoxreelError, FormatError
from boxreel.formats import files
from boxreel.formats.registry import named, read_report, recognise, write
from boxreel.formats.report import Report


@dataclass(frozen=True)
class Job:
    """One conversion: a label file, or a folder of labels, and where it goes."""

    path: Path
    out: Path


@dataclass(frozen=True)
class Outcome:
    """What came of a job: the reports of reading and writing, or the error."""

    job: Job
    read: Report | None = None
    written: Report | None = None
    error: str = ""


@dataclass(frozen=True)
class Options:
    """How to convert.

    Attributes
    ----------
    to, format : str or None
        Name of the format to write, and of that to read; None to recognise it.
    video : object
        What was labelled, for all files, or None.
    simplify : float or None
    link : bool
        See `boxreel.formats.read`.
    reading, writing : mapping
        Options of the formats.
    """

    to: str
    format: str | None = None
    video: object = None
    simplify: float | None = None
    link: bool = False
    reading: Mapping[str, object] = field(default_factory=dict)
    writing: Mapping[str, object] = field(default_factory=dict)


def jobs(
    inputs: Iterable[Path], out: Path, options: Options, others: list[Path]
) -> list[Job]:
    """List what there is to convert.

    Parameters
    ----------
    inputs
        Files; and folders, which are labels themselves, or searched for label files.
    out
        The file to write where the only input is a file, and `out` has an ending;
        otherwise a folder, in which the files lie as they lay in theirs.
    options
        How to convert.
    others
        Where the files of folders are listed that are no labels, and left alone.

    Raises
    ------
    FormatError
        An unknown format, a file that is not there, two inputs for one output, or an
        output in place of an input.
    """
    target = named(options.to)
    ending = "" if target.spread else (*target.extensions, ".txt")[0]
    paths = [*inputs]
    alone = len(paths) == 1 and bool(out.suffix) and not out.is_dir()
    found = []
    for one, inside in labels_in(paths, out, options.format, others):
        name = inside.name.split(".")[0] + ending
        place = out if alone and one == paths[0] else out / inside.parent / name
        found.append(Job(one, place))
    seen: dict[Path, Path] = {}
    for job in found:
        other = seen.setdefault(job.out.resolve(), job.path)
        if other != job.path:
            raise FormatError(f"{other} and {job.path} would both become {job.out}")
        if job.out.resolve() == job.path.resolve():
            raise FormatError(f"{job.path} would be replaced; choose another output")
    return found


def labels_in(
    inputs: Iterable[Path], out: Path, format: str | None, others: list[Path]
) -> Iterator[tuple[Path, Path]]:
    """Yield label files, each with its place below the folder that was named.

    Files that are named are label files, and so is a folder of labels; other folders
    are searched for files of a format, where that is given, but not in the output;
    what is none is added to `others`.
    """
    written = out.resolve()
    for path in inputs:
        if not path.is_dir() or _is_labels(path, format):
            yield path, Path(path.name)
            continue
        for inside in sorted(path.rglob("*")):
            if written in inside.resolve().parents or not inside.is_file():
                continue
            if _is_labels(inside, format):
                yield inside, inside.relative_to(path)
            else:
                others.append(inside)


def _is_labels(path: Path, format: str | None) -> bool:
    try:
        file = files.LabelFile(path)
        found = recognise(file)
        if path.is_dir() and "*" in found.member:
            return False  # a project of clips, each a file of its own
        if file.is_many and found.spread is None:
            file.bytes_of(found.member)  # there must be one
    except FormatError:
        return False
    return format is None or found is named(format)


def convert(job: Job, options: Options) -> Outcome:
    """Convert one file; what goes wrong is told in the outcome, and nothing written."""
    try:
        annotation, read = read_report(
            job.path,
            format=options.format,
            video=options.video,
            simplify=options.simplify,
            link=options.link,
            **options.reading,
        )
        with _made(job.out.parent):
            written = write(annotation, job.out, format=options.to, **options.writing)
    except (BoxreelError, OSError, TypeError) as error:
        return Outcome(job, error=str(error))
    return Outcome(job, read, written)


@contextmanager
def _made(folder: Path) -> Iterator[None]:
    """Make a folder and those above it; take them back if nothing comes into them."""
    missing = [one for one in (folder, *folder.parents) if not one.exists()]
    folder.mkdir(parents=True, exist_ok=True)
    try:
        yield
    except BaseException:
        with suppress(OSError):
            for one in missing:
                one.rmdir()
        raise
