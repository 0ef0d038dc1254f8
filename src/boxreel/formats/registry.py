"""Read and write label files of every known format.

Adding a format is adding one module with a ``FORMAT`` to `BUILT_IN`, or a package
with an entry point in the group ``boxreel.formats`` that names a `Format`.
"""

from __future__ import annotations

import gc
import os
import warnings
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from functools import cache, partial
from importlib import import_module
from importlib.metadata import EntryPoint, entry_points
from pathlib import Path
from types import MappingProxyType

import numpy as np

from boxreel.errors import AnnotationError, BoxreelWarning, FormatError
from boxreel.formats import files, strangers
from boxreel.formats.base import Format, Source, Target, check_options
from boxreel.formats.report import Notes, Report
from boxreel.model import Annotation, VideoInfo
from boxreel.model.linking import with_links
from boxreel.progress import PATIENCE, waiting_line

BUILT_IN = (
    *("native.FORMAT", "mot.FORMAT", "cvat.FORMAT", "cvat_images.FORMAT"),
    *("kitti.FORMAT", "coco.FORMAT"),
    *("datumaro.FORMAT", "yolo.FORMAT", "table.FORMAT", "table.PARQUET", "table.ARROW"),
    *("label_studio.FORMAT", "darwin.FORMAT", "webvtt.FORMAT"),
    *("elan.FORMAT", "supervisely.FORMAT"),
    *("dive.FORMAT", "viame.FORMAT"),
    *("dataloop.FORMAT", "kili.FORMAT", "coco_results.FORMAT", "voc.FORMAT"),
    *("scalabel.FORMAT", "labelbox.FORMAT", "vidat.FORMAT", "via.FORMAT"),
    *("detrac.FORMAT", "mots.FORMAT", "kitti_raw.FORMAT"),
)
GROUP = "boxreel.formats"
_HEAD = 65_536
LARGE = 64 << 20
"""Bytes of a file that takes longer than a second to read in any case."""


@cache
def formats() -> Mapping[str, Format]:
    """Return every format by name: the built-in ones, then those of plug-ins.

    Warns
    -----
    BoxreelWarning
        Once, if a plug-in does not load, is no `Format` or takes a known name; it is
        left out.

    Examples
    --------
    >>> list(formats())[:3]
    ['boxreel', 'mot', 'cvat']
    """
    found: dict[str, Format] = {}
    for place in BUILT_IN:
        module, name = place.split(".")
        built_in: Format = getattr(import_module(f"boxreel.formats.{module}"), name)
        found[built_in.name] = built_in
    for point in entry_points(group=GROUP):
        plugin = _plugin(point, found)
        if plugin is not None:
            found[plugin.name] = plugin
    return MappingProxyType(found)


def _plugin(point: EntryPoint, found: Mapping[str, Format]) -> Format | None:
    try:
        plugin = point.load()
        trouble = f"it is {plugin!r}, not a boxreel.formats.Format"
    except Exception as error:  # noqa: BLE001 - foreign code may raise anything
        plugin, trouble = None, str(error)
    if isinstance(plugin, Format):
        if plugin.name not in found:
            return plugin
        trouble = f"there is a format {plugin.name!r} already"
    text = f"format plug-in {point.value!r} is left out: {trouble}"
    warnings.warn(text, BoxreelWarning, stacklevel=3)
    return None


def read(
    path: str | os.PathLike[str],
    *,
    format: str | None = None,
    video: object = None,
    simplify: float | None = None,
    link: bool = False,
    **options: object,
) -> Annotation:
    r"""Read labels from a file, and say what it was taken for.

    Parameters
    ----------
    path
        The file; a zip or tar archive where the format comes in one.
    format
        ``"boxreel"``, ``"mot"``, ``"cvat"``, ``"coco"``, ..., all of docs/formats.md,
        or a plug-in's name; None to recognise it by its content.
    video
        What was labelled: a path, an open video or a `VideoInfo`. Without it the
        size and length come from the file, or are guessed.
    simplify
        Keep only the keyframes that all boxes need to lie within this IoU of where the
        file has them, see `Annotation.simplify`; None to keep all.
    link
        Link objects of one frame, as boxes without an id are, into tracks (ByteTrack,
        ``boxreel[link]``).
    **options
        Of the format. For "mot": `kind`, `classes`, `frame_base`, `pixel_base`,
        `occlusion_threshold`, see `boxreel.formats.mot_parse.parse`.

    Returns
    -------
    Annotation
        Frames 0-based, boxes in pixels.

    Raises
    ------
    FormatError
        If the file cannot be read; names the file and, where it can, the line.
    VideoMismatchError
        If the labels belong to another video.
    TypeError
        If an option is unknown.
    ImportError
        `link` without the extra.

    Warns
    -----
    BoxreelWarning
        Once, if anything was guessed or dropped; or if a label file of boxreel's own
        has newer changes in its journal, as after a crash (`boxreel.restore` has them).

    Examples
    --------
    >>> import tempfile, boxreel.formats as formats
    >>> from boxreel.model import VideoInfo
    >>> path = tempfile.mkdtemp() + "/gt.txt"
    >>> with open(path, "w") as file:
    ...     _ = file.write("1,7,10,20,40,30,1,1,1\n2,7,12,20,40,30,1,1,1\n")
    >>> video = VideoInfo.constant("a", 640, 480, frame_count=9, fps=25)
    >>> a = formats.read(path, video=video, classes=["car"])
    gt.txt is mot: tracks 1, keyframes 3, boxes 2
    >>> a.tracks[7].at(1)
    Box(x=12.0, y=20.0, w=40.0, h=30.0, rotation=0.0)
    """
    annotation, report = read_report(
        path, format=format, video=video, simplify=simplify, link=link, **options
    )
    if format is None:
        print(report.taken_for)  # noqa: T201 - what was recognised is not silent
    told = [note for note in report.notes if note.kind != "lost"]
    if told:
        lines = "\n".join(f"  {note}" for note in told)
        warnings.warn(f"{report.path}:\n{lines}", BoxreelWarning, stacklevel=2)
    return annotation


def read_report(
    path: str | os.PathLike[str],
    *,
    format: str | None = None,
    video: object = None,
    simplify: float | None = None,
    link: bool = False,
    **options: object,
) -> tuple[Annotation, Report]:
    """Read labels and the report of what was guessed, dropped or lost.

    Takes and raises what `read` does, but does not warn.
    """
    with _telling("Reading", Path(path).expanduser()) as place:
        file = files.LabelFile(place)
        chosen = named(format) if format is not None else recognise(file)
        several = file.is_many and "*" in chosen.member
        clip = options.pop("clip", None) if several else None
        check_options(chosen.parse, options)
        source = _source(file, chosen, _video_info(video), clip)
        try:
            with _no_cycles(), np.errstate(over="ignore", invalid="ignore"):
                annotation = chosen.parse(source, **options)
        except AnnotationError as error:
            raise source.error(str(error)) from error
    if link:
        tracks = with_links(annotation.tracks, annotation.video)
        annotation = annotation.with_parts(tracks=MappingProxyType(tracks))
    if simplify is not None:
        annotation = annotation.simplify(simplify)
    return annotation, _report(chosen, source.path, source.notes, annotation)


def write(
    annotation: Annotation,
    path: str | os.PathLike[str],
    *,
    format: str | None = None,
    **options: object,
) -> Report:
    """Write labels to a file, whole or not at all.

    Parameters
    ----------
    annotation
        The labels.
    path
        The file; an existing one is replaced.
    format
        Name of the format; None to take it from the ending of `path`.
    **options
        Of the format. For "mot": `kind`, `classes`, `frame_base`, `pixel_base`,
        `companions`, see `boxreel.formats.mot_dump.dump`.

    Returns
    -------
    Report
        What the format cannot hold.

    Raises
    ------
    FormatError
        If the file cannot be written, or the format cannot hold something essential.
    TypeError
        If an option is unknown, or `annotation` is none.

    Examples
    --------
    >>> import tempfile, boxreel.formats as formats
    >>> from boxreel.model import Annotation, VideoInfo
    >>> video = VideoInfo.constant("a", 640, 480, frame_count=9, fps=25)
    >>> a = Annotation.for_video(video, ["car"])
    >>> path = tempfile.mkdtemp() + "/a.boxreel.json"
    >>> formats.write(a, path).notes
    ()
    >>> formats.read(path, format="boxreel") == a
    True
    """
    if not isinstance(annotation, Annotation):
        raise TypeError(
            f"write takes an Annotation, then a path; {annotation!r:.100} is none"
        )
    path = Path(path).expanduser()
    chosen = named(format) if format is not None else _by_extension(path)
    if chosen.dump is None:
        raise FormatError(
            f"{path}: {chosen.name} is read, not written; pass format= with one of: "
            f"{_written()}"
        )
    check_options(chosen.dump, options)
    target = Target(str(path))
    with _telling("Writing", path):
        text = chosen.dump(annotation, target, **options)
        if chosen.spread is not None and path.suffix.lower() != ".zip":
            files.write_folder(path, {chosen.member: text, **target.beside})
        else:
            member = "" if "*" in chosen.member else chosen.member
            files.write(path, {"": text, **target.beside}, member)
    return _report(chosen, target.path, target.notes, annotation)


@contextmanager
def _no_cycles() -> Iterator[None]:
    """Keep the garbage collector from searching what a file holds again and again."""
    searched = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if searched:
            gc.enable()


@contextmanager
def _telling(what: str, path: Path) -> Iterator[Path]:
    """Tell of work on a file that takes long, and of a large file to read at once."""
    size = path.stat().st_size if what == "Reading" and path.is_file() else 0
    said = f" ({size >> 20:,} MB)" if size >= 1 << 20 else ""
    after = 0 if size >= LARGE else PATIENCE
    with waiting_line(f"{what} {path.name}{said}", after=after):
        yield path


def named(name: str) -> Format:
    """Return the format of a name; raise FormatError where there is none."""
    known = formats()
    if name not in known:
        raise FormatError(f"unknown format {name!r}; known are: {', '.join(known)}")
    return known[name]


def _by_extension(path: Path) -> Format:
    known = formats()
    fitting = [
        (len(ending), one)
        for one in known.values()
        for ending in one.extensions
        if path.name.lower().endswith(ending)
    ]
    if fitting:
        return max(fitting, key=lambda pair: pair[0])[1]
    raise FormatError(
        f"{path}: no format writes files with the ending {path.suffix!r}; "
        f"pass format= with one of: {_written()}"
    )


def _written() -> str:
    return ", ".join(name for name, one in formats().items() if one.dump)


def recognise(file: files.LabelFile) -> Format:
    """Return the format that a file is of; raise FormatError if it is of none."""
    known = formats()
    if file.is_many:
        fitting = [one for one in known.values() if _holds(file, one)]
        seen = f"it holds {file.listed}"
    else:
        head = files.Content(file).head(_HEAD)
        fitting = [one for one in known.values() if one.sniff(head)]
        stranger = "" if fitting else strangers.known_as(head)
        if stranger:
            raise FormatError(
                f"{file.path}: this is {stranger}; boxreel does not read it. Export "
                f"one of these from there: {', '.join(known)}"
            )
        if not fitting:
            files.Content(file).text()  # the error of what is no text says more
        seen = f"it begins with {head[:60]!r}" if head.strip() else "it is empty"
    if not fitting:
        raise FormatError(
            f"{file.path}: not recognised, {seen}; "
            f"pass format= with one of: {', '.join(known)}"
        )
    return fitting[0]


def _holds(file: files.LabelFile, one: Format) -> bool:
    if one.spread is not None:
        members = one.spread(file.members)
        if members and one.pictures:
            return one.sniff(files.Content(file, members[0]).head(_HEAD))
        return bool(members)
    if not file.holds(one.member):
        return False
    member = file.clips(one.member)[0] if "*" in one.member else one.member
    return one.sniff(files.Content(file, member).head(_HEAD))


def _source(
    file: files.LabelFile, chosen: Format, video: VideoInfo | None, clip: object
) -> Source:
    path = str(file.path)
    if file.is_many and "*" in chosen.member:
        member = file.clip(chosen.member, clip)
        beside = file.beside(member, chosen.companions)
        return Source(file.name_of(member), files.Content(file, member), video, beside)
    if chosen.spread is None or (chosen.pictures and not file.is_many):
        beside = file.beside(chosen.member, chosen.companions)
        return Source(path, files.Content(file, chosen.member), video, beside)
    members = chosen.spread(file.members)
    if not members:
        raise FormatError(
            f"{path}: is no folder of {chosen.name} labels; give the folder that "
            "holds them"
        )
    pictures = {
        name: partial(file.data_of, name)
        for name in members
        if chosen.pictures and name.endswith(chosen.pictures)
    }
    texts = file.texts(name for name in members if name not in pictures)
    return Source(path, "", video, texts, pictures=pictures)


def _video_info(video: object) -> VideoInfo | None:
    if video is None or isinstance(video, VideoInfo):
        return video
    if isinstance(video, str | os.PathLike):
        from boxreel.video import open_video

        with open_video(video) as opened:
            return VideoInfo.of(opened)
    return VideoInfo.of(video)


def _report(chosen: Format, path: str, notes: Notes, annotation: Annotation) -> Report:
    counts: Mapping[str, int] = {
        "tracks": len(annotation.tracks),
        "keyframes": sum(len(t.keyframes) for t in annotation.tracks.values()),
        "events": len(annotation.events),
    }
    notes.counts = {**counts, **notes.counts}
    return notes.report(chosen.name, path)
