"""Label files: read and write annotations in the formats of other tools."""

from __future__ import annotations

from boxreel.formats.base import Format, Source, Target
from boxreel.formats.registry import formats, read, read_report, write
from boxreel.formats.report import Note, Notes, Report

__all__ = [
    "Format",
    "Note",
    "Notes",
    "Report",
    "Source",
    "Target",
    "formats",
    "read",
    "read_report",
    "write",
]
