"""Numbers of an evaluation, by label, by sequence or by what the boxes are like."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

import numpy as np

from boxreel.metrics.parts import ALL
from boxreel.metrics.scores import Scores
from boxreel.model.sheet import Cell, Sheet

if TYPE_CHECKING:
    import pandas as pd

SHOWN: Final = (
    *("HOTA", "DetA", "AssA", "MOTA", "MOTP", "IDF1"),
    *("recall", "precision", "IDSW", "Frag"),
)
"""Numbers that a notebook shows."""

MEAN: Final = "mean"
"""Name of the row of means over labels."""


@dataclass(frozen=True, repr=False)
class Breakdown:
    """Numbers row by row; shows itself as a table.

    Attributes
    ----------
    by
        What a row is: "label", "sequence", "size", ...
    rows
        Scores by name.
    total
        Scores of everything.
    iou
        Least overlap for CLEAR and Identity.
    where
        What was looked at, if not all: " on 20 of 40 frames".
    """

    by: str
    rows: Mapping[str, Scores]
    total: Scores
    iou: float
    where: str = ""

    def __post_init__(self) -> None:
        object.__setattr__(self, "rows", MappingProxyType(dict(self.rows)))

    def __getitem__(self, name: str) -> Scores:
        """Give the scores of a row.

        Raises
        ------
        KeyError
            There is none; names those that there are.
        """
        if name not in self.rows:
            known = ", ".join(map(repr, self.rows)) or "none"
            raise KeyError(f"there is no {self.by} {name!r}: there are {known}")
        return self.rows[name]

    @property
    def mean(self) -> dict[str, float]:
        """Mean of each ratio over the rows, and the sum of each count.

        As TrackEval averages classes; each row weighs the same, however few its boxes.
        """
        each = [scores.numbers() for scores in self.rows.values()]
        return {
            name: sum(numbers[name] for numbers in each)
            if isinstance(value, int)
            else float(np.mean([numbers[name] for numbers in each]))
            for name, value in (each[0] if each else {}).items()
        }

    def table(self) -> list[tuple[str, dict[str, float]]]:
        """Every number by row: the rows, all together, and the mean over labels."""
        rows = [(name, scores.numbers()) for name, scores in self.rows.items()]
        rows.append((ALL, self.total.numbers()))
        if self.by == "label" and len(self.rows) > 1:
            rows.append((MEAN, self.mean))
        return rows

    def to_pandas(self) -> pd.DataFrame:
        """Every number as a table, see `table`.

        Raises
        ------
        ImportError
            pandas is not installed.
        """
        from boxreel.model.tables import library

        names, rows = zip(*self.table(), strict=True)
        index = library("pandas").Index(names, name=self.by)
        table: pd.DataFrame = library("pandas").DataFrame(list(rows), index=index)
        return table

    def _sheet(self) -> Sheet:
        rows = self.table()
        if len(self.rows) == 1 and self.by == "label":
            rows = rows[-1:]
        cells: list[tuple[Cell, ...]] = [
            (name, *(_cell(numbers[column]) for column in SHOWN))
            for name, numbers in rows
        ]
        count = self.total.clear
        caption = (
            f"{count.tp + count.fn:,} true and {count.tp + count.fp:,} predicted "
            f"boxes{self.where}, IoU >= {self.iou:.2f}; percent, counts of errors"
        )
        first = "" if self.by == "label" else self.by
        return Sheet(caption, (first, *SHOWN), cells)

    def __repr__(self) -> str:
        return self._sheet().text()

    def _repr_html_(self) -> str:
        return self._sheet().html()


def _cell(number: float) -> float | int:
    return number if isinstance(number, int) else 100 * number
