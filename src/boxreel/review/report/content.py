"""Content: everything that a report says, whatever it is written as."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from importlib.metadata import version
from typing import Final

from boxreel.metrics import Breakdown
from boxreel.metrics.breakdown import SHOWN
from boxreel.metrics.values import BUILT_IN
from boxreel.review.comparison import Comparison
from boxreel.review.figures import FAMILIES, FAMILY, confusion
from boxreel.review.report.charts import (
    Chart,
    alphas_chart,
    errors_chart,
    overlaps_chart,
    signal_chart,
)
from boxreel.review.report.scenes import Scene, Still, scene_of, stills
from boxreel.review.tables import FoundError
from boxreel.review.wording import KIND, RULING, clock, described, frames_of
from boxreel.video import Video

MOST: Final = 500
"""Errors that a report lists; the worst, if there are more."""


@dataclass(frozen=True)
class Table:
    """A table: cells are texts, numbers are already written; `name` is its heading."""

    name: str
    columns: tuple[str, ...]
    rows: Sequence[tuple[str, ...]]
    numbers: int = 0
    """How many columns, from the right, are numbers."""


@dataclass(frozen=True)
class Figure:
    """A chart with its name, and what its styles stand for."""

    name: str
    chart: Chart
    legend: Sequence[tuple[str, str]] = ()


@dataclass(frozen=True)
class Content:
    """A report: `headline` numbers, figures, scenes with their pictures, and tables."""

    title: str
    facts: str
    headline: Sequence[tuple[str, str]]
    families: Sequence[tuple[str, int]]
    said: str
    figures: Sequence[Figure]
    pinned: Sequence[tuple[Scene, Sequence[Still]]]
    worst: Sequence[tuple[Scene, Sequence[Still]]]
    numbers: Sequence[Table]
    confusion: Table
    errors: Table
    left_out: int


def content_of(
    comparison: Comparison, video: Video | None, worst: int, title: str | None
) -> Content:
    """Gather what a report says."""
    pins = [scene_of(comparison, pin) for pin in comparison.pins]
    by_severity = sorted(comparison.errors, key=lambda e: -e.severity)
    chosen = [scene_of(comparison, error) for error in by_severity[:worst]]
    pictures = stills(comparison, video, [*pins, *chosen]) if video else {}
    numbers = comparison.evaluation.total.numbers()
    counts = Counter(FAMILY[error.kind] for error in comparison.errors)
    listed = sorted(by_severity[:MOST], key=lambda e: (e.start, e.kind))
    return Content(
        title=title or f"Review of {comparison.truth.video.name}",
        facts=_facts(comparison),
        headline=[
            *((n, f"{100 * numbers[n]:.1f}") for n in ("HOTA", "IDF1", "MOTA")),
            ("Mean IoU", f"{numbers['MOTP']:.2f}"),
            ("Errors", f"{len(comparison.errors):,}"),
        ],
        families=[(name, counts[name]) for name in FAMILIES],
        said=_said(comparison),
        figures=_figures(comparison),
        pinned=[(scene, pictures.get(scene, ())) for scene in pins],
        worst=[(scene, pictures.get(scene, ())) for scene in chosen],
        numbers=_numbers(comparison),
        confusion=_confusion(comparison),
        errors=_errors(comparison, listed),
        left_out=len(comparison.errors) - len(listed),
    )


def _facts(comparison: Comparison) -> str:
    video = comparison.truth.video
    parts = [
        f"{video.width} × {video.height}, {video.frame_count:,} frames, "
        f"{clock(video.frame_count / video.fps)}",
        f"IoU ≥ {comparison.iou:.2f}",
    ]
    if comparison.frames is not None:
        parts.append(f"{len(comparison.frames):,} frames looked at")
    parts.append(time.strftime("%Y-%m-%d %H:%M"))
    return " · ".join([*parts, f"boxreel {version('boxreel')}"])


def _said(comparison: Comparison) -> str:
    """Count what people said of the errors so far; empty if they said nothing."""
    reviewed = comparison.remarks.reviewed
    said = reviewed.verdicts_on(comparison)
    counts = Counter[str](verdict.ruling for verdict in said.values())
    parts = [f"{counts[key]} {text}" for key, text in RULING.items() if counts[key]]
    if reviewed.verified:
        parts.append(f"{len(reviewed.frames()):,} frames verified")
    if parts and len(comparison.errors) > len(said):
        parts.append(f"{len(comparison.errors) - len(said)} not looked at")
    return ", ".join(parts)


def _figures(comparison: Comparison) -> list[Figure]:
    families = {FAMILY[error.kind] for error in comparison.errors}
    found = comparison.evaluation.total.hota
    means = {
        "HOTA": found.hota,
        "DetA": found.det_a,
        "AssA": found.ass_a,
        "LocA": found.loc_a,
    }
    return [
        Figure(
            "Errors a frame",
            errors_chart(comparison),
            [(name, name) for name in FAMILIES if name in families],
        ),
        *(
            Figure(name, signal_chart(each))
            for name, each in comparison.signals.items()
        ),
        Figure(
            "HOTA over the least IoU",
            alphas_chart(comparison),
            [
                (f"l{n}", f"{name} {100 * values.mean():.1f}")
                for n, (name, values) in enumerate(means.items(), 1)
            ],
        ),
        Figure(
            "Overlap of pairs",
            overlaps_chart(comparison),
            [("ok", "matched"), ("low IoU", "not matched")],
        ),
    ]


def _numbers(comparison: Comparison) -> list[Table]:
    found = comparison.evaluation
    return [_breakdown(found.by(name)) for name in ("label", *BUILT_IN)]


def _breakdown(rows: Breakdown) -> Table:
    cells = [
        (name, *(_cell(numbers[column]) for column in SHOWN))
        for name, numbers in rows.table()
    ]
    return Table(rows.by, (rows.by, *SHOWN), cells, len(SHOWN))


def _cell(number: float) -> str:
    return f"{number:,}" if isinstance(number, int) else f"{100 * number:.1f}"


def _confusion(comparison: Comparison) -> Table:
    found = confusion(comparison)
    rows = [
        (name, *(f"{count:,}" for count in row))
        for name, row in zip(found.names, found.counts.tolist(), strict=True)
    ]
    return Table(
        "confusion", ("true \\ predicted", *found.names), rows, len(found.names)
    )


def _errors(comparison: Comparison, errors: Sequence[FoundError]) -> Table:
    said = comparison.remarks.reviewed.verdicts_on(comparison)
    times = comparison.truth.video.times
    rows = []
    for error in errors:
        verdict = said.get(error)
        words = RULING[verdict.ruling] if verdict else ""
        note = verdict.note if verdict else ""
        rows.append(
            (
                KIND[error.kind],
                frames_of(error),
                clock(float(times[error.start])),
                described(comparison, error),
                ": ".join(filter(None, (words, note))),
                f"{error.severity:.0f}",
            )
        )
    columns = ("kind", "frames", "time", "what", "verdict", "severity")
    return Table("errors", columns, rows, 1)
