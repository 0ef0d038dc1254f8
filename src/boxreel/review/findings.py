"""What lint finds, and how it shows itself."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, TypeAlias

from boxreel.model.edits import Edit
from boxreel.model.sheet import Sheet

if TYPE_CHECKING:
    import pandas as pd

LintKind: TypeAlias = Literal[
    "teleport",
    "size_jump",
    "twin",
    "single_frame",
    "hole",
    "outside_picture",
    "id_reuse",
    "broken_identity",
    "class_flip",
    "keyframe_gap",
    "drift_risk",
    "crossing",
]

SHOWN = 20
"""Findings that a notebook shows."""


@dataclass(frozen=True)
class Finding:
    """A place in labels that looks wrong.

    Attributes
    ----------
    kind
        What looks wrong; see `lint`.
    start, stop
        Half-open range of 0-based frames.
    track, other
        Id of the track, and of the second one where there are two.
    text
        What was seen, with numbers.
    repair
        An edit that puts it right, None where only a person can tell.
    """

    kind: LintKind
    start: int
    stop: int
    track: int
    other: int | None
    text: str
    repair: Edit | None


@dataclass(frozen=True, repr=False)
class Lint:
    """What looks wrong in labels, by first frame.

    Attributes
    ----------
    findings
        All of them.
    """

    findings: tuple[Finding, ...]

    def __len__(self) -> int:
        return len(self.findings)

    def __iter__(self) -> Iterator[Finding]:
        return iter(self.findings)

    def to_pandas(self) -> pd.DataFrame:
        """Give a row for each finding: kind, start, stop, track, other, text, repair.

        Raises
        ------
        ImportError
            pandas is not installed.
        """
        from boxreel.model.tables import library

        rows = [
            (f.kind, f.start, f.stop, f.track, f.other, f.text, _repair(f))
            for f in self.findings
        ]
        names = ["kind", "start", "stop", "track", "other", "text", "repair"]
        table: pd.DataFrame = library("pandas").DataFrame(rows, columns=names)
        return table.astype({"other": "Int64"})

    def _sheet(self) -> Sheet:
        counts = Counter(finding.kind for finding in self.findings)
        said = ", ".join(f"{n} {kind}" for kind, n in counts.most_common())
        caption = f"{len(self)} findings{said and ': '}{said}"
        rows = [
            (f.kind, f"{f.start}-{f.stop - 1}", f.track, f.other, f.text, _repair(f))
            for f in self.findings[:SHOWN]
        ]
        names = ("kind", "frames", "track", "other", "what", "repair")
        return Sheet(caption, names, rows, more=max(len(self) - SHOWN, 0))

    def __repr__(self) -> str:
        return self._sheet().text()

    def _repr_html_(self) -> str:
        return self._sheet().html()


def _repair(finding: Finding) -> str:
    return "" if finding.repair is None else finding.repair.describe()
