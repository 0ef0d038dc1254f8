"""Where the label file of a widget is."""

from __future__ import annotations

import os
from pathlib import Path

from boxreel.errors import FormatError

ENDING = ".boxreel.json"


def label_path(
    save_to: str | os.PathLike[str] | None, source: Path | None
) -> Path | None:
    """Return the absolute path where labels are kept, or None for nowhere.

    Parameters
    ----------
    save_to
        A file, None for nowhere, or ``"auto"``: beside the video's file.
    source
        File or folder of the video; None when it has neither.

    Raises
    ------
    TypeError
        If `save_to` is neither.
    FormatError
        If `save_to` is a folder, or in a folder that does not exist.

    Examples
    --------
    >>> label_path("auto", Path("clips/street.mp4")).name
    'street.boxreel.json'
    >>> label_path("auto", None) is None
    True
    """
    if save_to == "auto":
        if source is None:
            return None
        source = source.absolute()
        stem = source.name if source.is_dir() else source.stem
        return source.with_name(stem + ENDING)
    if save_to is None:
        return None
    if not isinstance(save_to, (str, os.PathLike)):
        raise TypeError(f'save_to must be a path, "auto" or None, not {save_to!r}')
    path = Path(save_to).expanduser().absolute()
    if path.is_dir():
        raise FormatError(f"save_to={str(path)!r} is a folder; name a file in it")
    if not path.parent.is_dir():
        raise FormatError(
            f"save_to={str(path)!r}: the folder {path.parent} does not exist; make it "
            "first"
        )
    return path
