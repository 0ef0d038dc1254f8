"""What the arguments of the widget mean: for one video or several, and for whom."""

from __future__ import annotations

import getpass
import glob
import os
from collections.abc import Sequence
from pathlib import Path

from boxreel.errors import FormatError, VideoError
from boxreel.model import Annotation
from boxreel.video import Video
from boxreel.video.arrays import as_numpy, is_array
from boxreel.video.find import SUFFIXES
from boxreel.widget.labelfile import ENDING, label_path


def clips_of(video: object) -> list[object]:
    """Return the videos that are meant, one for all that is not a list of videos.

    A list is one video if its elements are pictures: paths that end as images do,
    arrays ``(H, W)``, ``(H, W, 3)`` or ``(3, H, W)``. It is several videos if they are
    anything else, which is a video by itself: an open `Video`, other paths, folders,
    patterns, arrays ``(T, H, W)`` or ``(T, H, W, 3)``, bytes.

    Raises
    ------
    VideoError
        If the list holds both.

    Examples
    --------
    >>> clips_of("a.mp4"), clips_of(["a.mp4", "b.mp4"])
    (['a.mp4'], ['a.mp4', 'b.mp4'])
    >>> clips_of(["0.png", "1.png"])
    [['0.png', '1.png']]
    >>> clips_of(["0.png", "b.mp4"])
    Traceback (most recent call last):
    boxreel.errors.VideoError: a list is either the pictures of one video or several \
videos: [0] is a picture and [1] is not; make the pictures a video with \
open_video([...])
    """
    if not isinstance(video, (list, tuple)) or not video:
        return [video]
    pictures = [is_picture(one) for one in video]
    if all(pictures):
        return [video]
    if any(pictures):
        raise VideoError(
            "a list is either the pictures of one video or several videos: "
            f"[{pictures.index(True)}] is a picture and [{pictures.index(False)}] is "
            "not; make the pictures a video with open_video([...])"
        )
    return list(video)


def is_picture(source: object) -> bool:
    """Whether something is one frame of a video, and not a video of its own.

    Examples
    --------
    >>> is_picture("frames/0001.jpg"), is_picture("frames"), is_picture("s3://a.png")
    (True, False, True)
    """
    if isinstance(source, (str, os.PathLike)):
        path = Path(source)
        ends = path.suffix.lower() in SUFFIXES
        return ends and not glob.has_magic(str(path)) and not path.is_dir()
    if is_array(source):
        shape = source.shape if hasattr(source, "shape") else as_numpy(source).shape
        colours = len(shape) == 3 and (shape[0] in (1, 3) or shape[-1] in (1, 3, 4))
        return len(shape) < 3 or colours
    return False


def annotations_of(annotation: object, count: int) -> list[Annotation | None]:
    """Return what each video starts from: `annotation`, of several videos a list.

    Raises
    ------
    TypeError
        If it is neither that nor None.
    """
    if annotation is None:
        return [None] * count
    several = isinstance(annotation, (list, tuple))
    given = [annotation] if count == 1 and not several else annotation
    if isinstance(given, (list, tuple)) and len(given) == count:
        return [*given]
    raise TypeError(
        "annotation must be a boxreel.Annotation (boxreel.read gives one for a file), "
        f"of several videos a list of {count}, not {annotation!r:.100}"
    )


def places_of(
    save_to: str | os.PathLike[str] | None, clips: Sequence[object]
) -> list[str | os.PathLike[str] | None]:
    """Return where the labels of each video are kept: of several, in a folder.

    Raises
    ------
    FormatError
        If `save_to` is not a folder, and there are several videos, or two of them
        would have one label file.

    Examples
    --------
    >>> places_of("auto", ["a.mp4", "b.mp4"]), places_of("a.json", ["a.mp4"])
    (['auto', 'auto'], ['a.json'])
    """
    places = [place_of(save_to, clip, i, len(clips)) for i, clip in enumerate(clips)]
    known: dict[Path, int] = {}
    for index, (clip, place) in enumerate(zip(clips, places, strict=True)):
        path = label_path(place, _path_of(clip))
        if path is not None and known.setdefault(path, index) != index:
            raise FormatError(
                f"videos {known[path]} and {index} would both have the label file "
                f"{path}: rename one, or give each a widget of its own with save_to="
            )
    return places


def _path_of(source: object) -> Path | None:
    """Return the file or folder that a video is, if it is one."""
    if isinstance(source, Video):
        return source.path
    if isinstance(source, (str, os.PathLike)):
        path = Path(source).expanduser()
        return path if path.exists() else None
    return None


def place_of(
    save_to: str | os.PathLike[str] | None, source: object, index: int, count: int
) -> str | os.PathLike[str] | None:
    """Return where the labels of one video are kept: of several, in a folder.

    Raises
    ------
    FormatError
        If `save_to` is not a folder, and there are several videos.

    Examples
    --------
    >>> place_of("auto", "a.mp4", 0, count=2), place_of("a.json", "a.mp4", 0, count=1)
    ('auto', 'a.json')
    """
    if count == 1 or save_to is None or save_to == "auto":
        return save_to
    folder = Path(save_to).expanduser()
    if not folder.is_dir():
        raise FormatError(
            f"save_to={os.fspath(save_to)!r} is no folder; of several videos, name a "
            'folder that exists, "auto" or None'
        )
    return folder / (Path(name_of(source, index)).stem + ENDING)


def name_of(source: object, index: int) -> str:
    """Return what a video is called before it was opened.

    Examples
    --------
    >>> name_of(Path("clips/street.mp4"), 0), name_of(b"...", 2)
    ('street.mp4', 'video 2')
    """
    if isinstance(source, Video):
        return source.name
    if isinstance(source, (str, os.PathLike)):
        return Path(source).name
    return f"video {index}"


def author_named(author: object) -> str:
    """Return who edits: `author`, or the name of the user of this computer.

    Raises
    ------
    TypeError
        If it is no text.

    Examples
    --------
    >>> author_named("ann")
    'ann'
    """
    if author is None:
        try:
            return getpass.getuser()
        except (OSError, KeyError, ImportError):  # as in a container, or on Windows
            return ""
    if not isinstance(author, str):
        raise TypeError(f"author is a name, not {author!r:.100}")
    return author
