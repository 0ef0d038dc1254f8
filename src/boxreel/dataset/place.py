"""A folder that is there whole or not at all."""

from __future__ import annotations

import secrets
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from boxreel.errors import ExportError
from boxreel.export.place import writing

CARD = "datacard.json"
"""The file by which a data set of ours is known."""


def check_free(folder: Path, *, overwrite: bool) -> None:
    """Refuse a place that holds something which must not go.

    Raises
    ------
    ExportError
        A file, or a folder that is not empty; with `overwrite`, one that is no data
        set which was written before; or one that cannot be replaced by another.
    """
    if folder.name in ("", ".."):
        raise ExportError(f"{folder} cannot be written as a whole; name a new folder")
    if folder.is_symlink() or (folder.exists() and not folder.is_dir()):
        raise ExportError(f"{folder} is no folder; choose a new one")
    if not folder.exists() or not any(folder.iterdir()):
        return
    if not overwrite:
        raise ExportError(
            f"{folder} is there and not empty; choose a new folder, or pass "
            "overwrite=True if it is a data set to be replaced"
        )
    if not (folder / CARD).is_file():
        raise ExportError(
            f"{folder} has no {CARD}, so it is no data set that was written before; it "
            "is left alone: choose a new folder"
        )


@contextmanager
def whole_folder(folder: Path, *, overwrite: bool) -> Iterator[Path]:
    """Give a temporary folder that takes the place of `folder` when all went well.

    Raises
    ------
    ExportError
        If the place is taken, or nothing can be written there. No trace is left then,
        nor after any error in the block.
    """
    check_free(folder, overwrite=overwrite)
    token = secrets.token_hex(4)
    staging, old = (
        folder.with_name(f".{folder.name[:100]}.{token}.{what}")
        for what in ("new", "old")
    )
    try:
        with writing(folder):
            staging.mkdir()
        yield staging
        with writing(folder):
            if folder.exists():
                folder.replace(old)
            try:
                staging.replace(folder)
            except OSError:
                if old.exists():
                    old.replace(folder)
                raise
    finally:
        shutil.rmtree(staging, ignore_errors=True)
        shutil.rmtree(old, ignore_errors=True)
