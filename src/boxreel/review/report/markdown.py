"""Reports as Markdown, with pictures and charts in a folder beside it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from html import escape
from importlib.resources import files
from typing import Final

from boxreel.review.report.charts import CLASS
from boxreel.review.report.content import Content, Figure, Table
from boxreel.review.report.scenes import Scene, Still

Files = dict[str, bytes]

LEGEND: Final = 24
"""Height of a legend above a chart, pixels."""


def markdown_of(content: Content, folder: str) -> tuple[str, Files]:
    """Write a report as text, and give the files that it shows.

    Parameters
    ----------
    content
        The report.
    folder
        Name of the folder beside it where the files will be.
    """
    beside: Files = {}
    numbers = Table("", *_turned(content.headline))
    parts = [f"# {plain(content.title)}", plain(content.facts), _table(numbers)]
    counts = [f"{name} {count:,}" for name, count in content.families if count]
    parts += [plain(", ".join(counts)), plain(content.said)]
    for number, figure in enumerate(content.figures, start=1):
        name = f"chart-{number}.svg"
        beside[name] = _standalone(figure).encode("utf-8", "replace")
        parts.append(f"![{plain(figure.name)}]({folder}/{name})")
    for name, scenes in (("Pinned", content.pinned), ("Worst errors", content.worst)):
        if scenes:
            parts.append(f"## {name}")
            for n, (scene, pictures) in enumerate(scenes, start=1):
                stem = f"{name.split()[0].lower()}-{n}"
                parts += _scene(scene, pictures, folder, stem, beside)
    parts.append("## Numbers")
    for table in content.numbers:
        parts += [f"By {plain(table.name)}", _table(table)]
    parts += ["Confusion of labels", _table(content.confusion)]
    parts += ["## All errors", _table(content.errors)]
    if content.left_out:
        parts.append(f"{content.left_out:,} less severe errors are not listed.")
    return "\n\n".join(filter(None, parts)) + "\n", beside


def plain(text: str) -> str:
    r"""Write a text so that Markdown and HTML in it show as they are.

    Neither is "#1" a link to an issue, nor "@ada" a call for somebody.

    Examples
    --------
    >>> print(plain("a|b\n<b>*c*</b> #1"))
    a\|b &lt;b&gt;\*c\*&lt;/b&gt; #&#8203;1
    """
    line = " ".join(text.split()).replace("&", "&amp;")
    line = line.replace("<", "&lt;").replace(">", "&gt;")
    line = re.sub(r"([\\`*_\[\]|~!])", r"\\\1", line)
    return re.sub(r"([#@])(?=\w)", r"\1&#8203;", line)


def _scene(
    scene: Scene, pictures: Sequence[Still], folder: str, stem: str, beside: Files
) -> list[str]:
    shown = []
    for still in pictures:
        name = f"{stem}-{still.frame}.jpg"
        beside[name] = still.jpeg
        shown.append(f"![{plain(still.text)}]({folder}/{name})")
    return [f"### {plain(scene.heading)}", plain(scene.text), " ".join(shown)]


def _turned(
    pairs: Sequence[tuple[str, str]],
) -> tuple[tuple[str, ...], list[tuple[str, ...]], int]:
    names, values = zip(*pairs, strict=True)
    return names, [values], len(names)


def _table(table: Table) -> str:
    text = len(table.columns) - table.numbers
    rule = ("---",) * text + ("---:",) * table.numbers
    rows = [tuple(map(plain, row)) for row in (table.columns, *table.rows)]
    lines = [rows[0], rule, *rows[1:]]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def _standalone(figure: Figure) -> str:
    """Give a chart what it has of the page: its style, a ground, its legend."""
    style = files("boxreel.review.report").joinpath("report.css").read_text("utf-8")
    own = "svg.chart { margin: 0; } text { font-family: system-ui, sans-serif; }"
    legend = "".join(
        f'<tspan class="{CLASS.get(name, name)}" style="fill: var(--c)" dx="12">'
        f"■ {escape(text)}</tspan>"
        for name, text in figure.legend
    )
    ground = f'<rect y="-{LEGEND}" width="100%" height="100%" fill="var(--card)"/>'
    name = f'<text x="12" y="-8">{escape(figure.name)}{legend}</text>'
    return figure.chart.svg(f"<style>{style}{own}</style>{ground}{name}", LEGEND)
