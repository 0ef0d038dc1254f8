"""Reports written to disk."""

from __future__ import annotations

import os
from pathlib import Path

from boxreel.errors import ExportError
from boxreel.export.place import replacing, writing
from boxreel.export.render import opened
from boxreel.review.comparison import Comparison
from boxreel.review.report.content import Content, content_of
from boxreel.review.report.html import html_of
from boxreel.review.report.markdown import markdown_of


def write_report(
    comparison: Comparison,
    path: str | os.PathLike[str],
    video: object,
    worst: int,
    title: str | None,
) -> Path:
    """Write a report; see `Reporting.report`."""
    target = Path(path).expanduser()
    kind = target.suffix.lower()
    if kind not in (".html", ".htm", ".md"):
        raise ExportError(
            f"{target.name!r} does not end in a kind of report that can be written; "
            "choose .html or .md"
        )
    content = _content(comparison, video, worst, title)
    if kind != ".md":
        _write(target, html_of(content).encode("utf-8", "replace"))
        return target
    folder = target.with_name(f"{target.stem}_files")
    text, beside = markdown_of(content, folder.name)
    with writing(folder):
        folder.mkdir(exist_ok=True)
    for name, data in beside.items():
        _write(folder / name, data)
    _write(target, text.encode("utf-8", "replace"))
    return target


def _content(
    comparison: Comparison, video: object, worst: int, title: str | None
) -> Content:
    if video is None:
        return content_of(comparison, None, worst, title)
    with opened(video, comparison.truth) as source:
        return content_of(comparison, source, worst, title)


def _write(path: Path, data: bytes) -> None:
    with replacing(path) as temporary:
        temporary.write_bytes(data)
