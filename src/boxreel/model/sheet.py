"""Sheet: the first rows of something, as text and as an HTML table."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from html import escape
from itertools import zip_longest

Cell = str | int | float | bool | None

LEFT = 'style="text-align:left"'


@dataclass(frozen=True)
class Sheet:
    """What a value shows of itself in a notebook.

    Parameters
    ----------
    caption
        What it is, in a line.
    columns
        Names of the columns.
    rows
        The rows to show; None and False leave a cell empty, as does no number.
    more
        How many rows are not shown.
    colors
        "#rrggbb" of each row or None, for a square before it in HTML.

    Examples
    --------
    >>> print(Sheet("2 boxes", ("track", "x"), [(1, 2.5), (12, 30.0)], more=3).text())
    2 boxes
    track     x
        1   2.5
       12  30.0
    ... 3 more
    """

    caption: str
    columns: Sequence[str]
    rows: Sequence[Sequence[Cell]]
    more: int = 0
    colors: Sequence[str | None] = ()

    def text(self) -> str:
        """Write it with aligned columns."""
        lines = [self.caption]
        if self.rows:
            table = [self.columns, *_texts(self.rows)]
            widths = [max(map(len, column)) for column in zip(*table, strict=True)]
            for row in table:
                cells = zip(row, widths, strict=True)
                lines.append("  ".join(cell.rjust(width) for cell, width in cells))
        if self.more:
            lines.append(f"... {self.more:,} more")
        return "\n".join(line.rstrip() for line in lines)

    def html(self) -> str:
        """Write it as a table; whatever markup texts hold is shown as text."""
        head = _row("th", map(escape, self.columns))
        colored = zip_longest(_texts(self.rows), self.colors)
        body = "".join(
            f"<tr>{_row('td', _cells(row, color))}</tr>" for row, color in colored
        )
        if self.more:
            span = f'colspan="{len(self.columns)}" {LEFT}'
            body += f"<tr><td {span}>… {self.more:,} more</td></tr>"
        return (
            f"<table><caption {LEFT}>{escape(self.caption)}</caption>"
            f"<thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"
        )


def _cells(row: Sequence[str], color: str | None) -> list[str]:
    cells = [*map(escape, row)]
    if color is not None:
        square = f'<span style="color:{escape(color)}" aria-hidden="true">■</span>'
        cells[0] = f"{square} {cells[0]}"
    return cells


def _row(tag: str, cells: Iterable[str]) -> str:
    return "".join(f"<{tag}>{cell}</{tag}>" for cell in cells)


def _texts(rows: Sequence[Sequence[Cell]]) -> list[tuple[str, ...]]:
    """Write all cells; numbers of a column have the same decimals, two at most."""
    columns = (_column(column) for column in zip(*rows, strict=True))
    return [*zip(*columns, strict=True)]


def _column(cells: Sequence[Cell]) -> list[str]:
    numbers = [cell for cell in cells if isinstance(cell, float) and cell == cell]
    decimals = max((_decimals(number) for number in numbers), default=0)
    return [_text(cell, decimals) for cell in cells]


def _decimals(number: float) -> int:
    return next((n for n in (0, 1) if round(number, n) == round(number, 2)), 2)


def _text(cell: Cell, decimals: int) -> str:
    if cell is None or cell is False or cell != cell:
        return ""
    if cell is True:
        return "yes"
    if isinstance(cell, float):
        return f"{round(cell, decimals) + 0.0:.{decimals}f}"
    return str(cell)
