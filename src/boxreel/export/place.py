"""Put files in their place whole or not at all."""

from __future__ import annotations

import errno
import os
import re
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from boxreel.errors import ExportError
from boxreel.video import Video


@contextmanager
def replacing(path: Path) -> Iterator[Path]:
    """Give a temporary file beside `path` that takes its place when all went well.

    Raises
    ------
    ExportError
        If nothing can be written there. No trace is left then, nor after any error
        in the block.
    """
    final = path.resolve()
    temporary = final.with_name(
        f".{path.stem[:100]}.{secrets.token_hex(4)}{path.suffix}"
    )
    if final.is_dir():
        raise ExportError(f"{path} is a folder; name a file in it")
    if final.exists() and not os.access(final, os.W_OK):
        hint = "make it writable or choose another place"
        raise ExportError(f"{path} is write-protected; {hint}")
    try:
        with writing(path):
            temporary.open("xb").close()
        yield temporary
        with writing(path):
            temporary.replace(final)
    finally:
        if temporary.parent.is_dir():
            temporary.unlink(missing_ok=True)


@contextmanager
def writing(path: Path) -> Iterator[None]:
    """Turn failure to write `path` into an ExportError that says what to do."""
    try:
        yield
    except FileNotFoundError as error:
        hint = f"the folder {path.parent} does not exist; make it first"
        raise ExportError(f"{path}: {hint}") from error
    except PermissionError as error:
        hint = f"no permission to write in {path.parent}; choose another place"
        raise ExportError(f"{path}: {hint}") from error
    except OSError as error:
        if error.errno in (errno.ENOSPC, errno.EDQUOT):
            hint = "make room there or choose another place"
            raise ExportError(
                f"{path} cannot be written: the disk is full; {hint}"
            ) from error
        reason = error.strerror or error
        raise ExportError(f"{path} cannot be written: {reason}") from error


def stem_of(video: Video) -> str:
    """Return the name of a video without ending, fit for a file's name.

    Examples
    --------
    >>> import numpy as np
    >>> from boxreel.video import open_video
    >>> stem_of(open_video(np.zeros((2, 4, 6), bool)))
    'array'
    """
    folder = video.path is not None and video.path.is_dir()
    stem = video.name if folder else Path(video.name).stem
    return re.sub(r'[<>:"/\\|?*\x00-\x1f]+', "_", stem) or "video"
