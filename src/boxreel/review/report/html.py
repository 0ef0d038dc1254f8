"""Reports as one HTML file: no script, nothing loaded, whatever markup is in names."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Iterable, Sequence
from html import escape
from importlib.resources import files
from typing import Final

from boxreel.review.figures import FAMILY
from boxreel.review.report.charts import CLASS
from boxreel.review.report.content import Content, Figure, Table
from boxreel.review.report.scenes import Scene, Still

POLICY: Final = "default-src 'none'; img-src data:; style-src 'unsafe-inline'"
"""What the page may load: nothing but what is in it."""

GLYPH: Final = {
    "miss": '<circle cx="6" cy="6" r="4.2" class="stroke"/>',
    "false positive": '<path d="M2 2L10 10M10 2L2 10" class="stroke"/>',
    "identity": '<path d="M1 2L6 6L1 10ZM11 2L6 6L11 10Z" class="solid"/>',
    "low IoU": '<circle cx="6" cy="6" r="4.2" class="stroke"/>'
    '<path d="M6 1.8A4.2 4.2 0 0 0 6 10.2Z" class="solid"/>',
    "wrong class": '<rect x="2" y="2" width="8" height="8" class="stroke"/>'
    '<path d="M2 10L10 2" class="stroke"/>',
}
"""Shape of each family of errors."""


def html_of(content: Content) -> str:
    """Write a report as a page that needs nothing else."""
    style = files("boxreel.review.report").joinpath("report.css").read_text("utf-8")
    title = escape(content.title)
    scenes = [
        ("Pinned", content.pinned, ""),
        ("Worst errors", content.worst, "by how many boxes are wrong"),
    ]
    body = [
        f"<header><h1>{title}</h1><p>{escape(content.facts)}</p></header>",
        _headline(content),
        _section("Over the video", _figures(content.figures[:-2]), ""),
        *(
            _section(name, _scenes(shown), hint)
            for name, shown, hint in scenes
            if shown
        ),
        _section("Numbers", _tables(content.numbers), "percent, and counts of errors"),
        _section(
            "Overlap and labels",
            f'<div class="columns">{_figures(content.figures[-2:])}</div>'
            f"{_confusion(content.confusion)}",
            "",
        ),
        _section(
            "All errors", _errors(content), f"{len(content.errors.rows):,} listed"
        ),
    ]
    return (
        '<!DOCTYPE html>\n<html lang="en"><head><meta charset="utf-8">'
        f'<meta http-equiv="Content-Security-Policy" content="{POLICY}">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        '<meta name="color-scheme" content="light dark">'
        f"<title>{title}</title><style>{style}</style></head>"
        f"<body><main>{''.join(body)}</main></body></html>\n"
    )


def _section(name: str, inner: str, hint: str) -> str:
    small = f" <small>{escape(hint)}</small>" if hint else ""
    return f"<section><h2>{escape(name)}{small}</h2>{inner}</section>"


def _headline(content: Content) -> str:
    tiles = "".join(
        f"<div><dt>{escape(name)}</dt><dd>{escape(value)}</dd></div>"
        for name, value in content.headline
    )
    families = "".join(
        f'<li class="{CLASS[name]}">{_glyph(name)} {escape(name)} <b>{count:,}</b></li>'
        for name, count in content.families
        if count
    )
    said = f'<p class="said">{escape(content.said)}</p>' if content.said else ""
    return f'<dl class="tiles">{tiles}</dl><ul class="families">{families}</ul>{said}'


def _glyph(family: str) -> str:
    return (
        f'<svg class="glyph {CLASS[family]}" viewBox="0 0 12 12" aria-hidden="true">'
        f"{GLYPH[family]}</svg>"
    )


def _figures(figures: Iterable[Figure]) -> str:
    return "".join(map(_figure, figures))


def _figure(figure: Figure) -> str:
    legend = "".join(
        f"<li>{_swatch(style)} {escape(text)}</li>" for style, text in figure.legend
    )
    keys = f'<ul class="legend">{legend}</ul>' if legend else ""
    caption = f"<figcaption>{escape(figure.name)}{keys}</figcaption>"
    return f"<figure>{caption}{figure.chart.svg()}</figure>"


def _swatch(style: str) -> str:
    if style in GLYPH:
        return _glyph(style)
    shape = '<path d="M0 6H12"' if style[0] == "l" else '<path d="M1 1H11V11H1Z"'
    kind = "line" if style[0] == "l" else "fill"
    return (
        f'<svg class="glyph" viewBox="0 0 12 12" aria-hidden="true">{shape} '
        f'class="{kind} {style}"/></svg>'
    )


def _scenes(scenes: Iterable[tuple[Scene, Sequence[Still]]]) -> str:
    return "".join(_scene(*each) for each in scenes)


def _scene(scene: Scene, pictures: Sequence[Still]) -> str:
    shown = "".join(
        f'<figure><img alt="{escape(still.text)}" width="{still.size[0]}" '
        f'height="{still.size[1]}" src="data:image/jpeg;base64,'
        f'{b64encode(still.jpeg).decode()}"><figcaption>{still.frame}</figcaption>'
        "</figure>"
        for still in pictures
    )
    glyph = _glyph(FAMILY[scene.error.kind]) + " " if scene.error else ""
    strip = f'<div class="strip">{shown}</div>' if shown else ""
    return (
        f"<article><h3>{glyph}{escape(scene.heading)}</h3><p>{escape(scene.text)}</p>"
        f"{strip}</article>"
    )


def _tables(tables: Sequence[Table]) -> str:
    first, *others = tables
    folded = "".join(
        f"<details><summary>by {escape(each.name)}</summary>{_table(each)}</details>"
        for each in others
    )
    return _table(first) + folded


def _table(table: Table) -> str:
    text = len(table.columns) - table.numbers
    head = "".join(
        f'<th scope="col"{_number(n, text)}>{escape(name)}</th>'
        for n, name in enumerate(table.columns)
    )
    rows = "".join(
        "<tr>"
        + "".join(
            f"<td{_number(n, text)}>{escape(cell)}</td>" for n, cell in enumerate(row)
        )
        + "</tr>"
        for row in table.rows
    )
    return (
        '<div class="wide"><table><thead><tr>'
        f"{head}</tr></thead><tbody>{rows}</tbody></table></div>"
    )


def _number(column: int, text: int) -> str:
    return ' class="n"' if column >= text else ""


def _confusion(table: Table) -> str:
    return (
        f"<figure><figcaption>Confusion of labels</figcaption>{_table(table)}</figure>"
    )


def _errors(content: Content) -> str:
    more = ""
    if content.left_out:
        more = f"<p>{content.left_out:,} less severe errors are not listed.</p>"
    table = _table(content.errors)
    return (
        '<details open class="errors"><summary>By frame</summary>'
        f"{table}{more}</details>"
    )
