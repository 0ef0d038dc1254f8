"""Keeps what people said in a review beside the labels it is about."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any, Final

from boxreel.errors import AnnotationError, FormatError
from boxreel.formats import files
from boxreel.review import Remarks, Reviewed

FORMAT: Final = "boxreel-review"
VERSION: Final = 1


def review_path(labels: Path | None) -> Path | None:
    """Return where the review of a label file is kept, None for nowhere.

    Examples
    --------
    >>> review_path(Path("street.boxreel.json")).name
    'street.boxreel.review.json'
    """
    return None if labels is None else labels.with_name(labels.stem + ".review.json")


def keep_review(remarks: Remarks, labels: Path | None) -> None:
    """Take over what was said before, and write it anew with every change of it.

    Parameters
    ----------
    remarks
        What people say; whoever changes it hears when it cannot be written.
    labels
        The label file that it is beside; None to keep it in memory only.

    Raises
    ------
    FormatError
        If the file is there and damaged, or of a newer version; it is left as it is.
    """
    path = review_path(labels)
    if path is None:
        return
    if path.exists():
        remarks.reviewed = _read(path)
    written = [remarks.reviewed]

    def write() -> None:
        reviewed = remarks.reviewed
        if reviewed is not written[0]:
            head = {"format": FORMAT, "version": VERSION}
            text = json.dumps(head | reviewed.to_json(), indent=1, ensure_ascii=False)
            files.write(path, {"": text + "\n"})
            written[0] = reviewed

    remarks.observe(write)


def _read(path: Path) -> Reviewed:
    content = files.LabelFile(path).data
    try:
        data: Any = json.loads(content)
        if not isinstance(data, dict) or data.pop("format", None) != FORMAT:
            raise AnnotationError(f'it does not say "format": "{FORMAT}"')
        version = data.pop("version", None)
        if version != VERSION:
            raise AnnotationError(
                f"its version is {version!r}, this boxreel reads {VERSION}: update it"
            )
        return Reviewed.from_json(data)
    except (ValueError, RecursionError, AnnotationError) as error:
        raise FormatError(
            f"{path}: the review cannot be read: {error}. Mend the file, or move it "
            "away to begin a new review"
        ) from error
