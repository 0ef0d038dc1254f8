"""How an annotation shows itself, as text and in a notebook."""

from __future__ import annotations

from collections import Counter
from html import escape
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from boxreel.model.annotation import Annotation


def annotation_text(annotation: Annotation) -> str:
    """Say in one line what an annotation holds."""
    video = annotation.video
    parts = [
        repr(video.name),
        _count(video.frame_count, "frame"),
        _count(len(annotation.tracks), "track"),
    ]
    if annotation.events:
        parts.append(_count(len(annotation.events), "event"))
    names = ", ".join(label.name for label in annotation.labels)
    parts.append(f"labels {names}" if names else "no labels")
    return f"Annotation({', '.join(parts)})"


def annotation_html(annotation: Annotation) -> str:
    """Say in a small HTML table what an annotation holds."""
    video = annotation.video
    tracks, keyframes = Counter[str](), Counter[str]()
    for track in annotation.tracks.values():
        tracks[track.label] += 1
        keyframes[track.label] += len(track.keyframes)
    rows = "".join(
        f"<tr><td>{_swatch(label.color)}{escape(label.name)}</td>"
        f"<td>{tracks[label.name]}</td><td>{keyframes[label.name]}</td></tr>"
        for label in annotation.labels
    )
    about = (
        f"{escape(video.name)}: {video.width}×{video.height}, "
        f"{_count(video.frame_count, 'frame')}, "
        f"{_count(len(annotation.tracks), 'track')}, "
        f"{_count(len(annotation.events), 'event')}"
    )
    return (
        f"<table><caption>{about}</caption><thead><tr><th>label</th><th>tracks</th>"
        f"<th>keyframes</th></tr></thead><tbody>{rows}</tbody></table>"
    )


def _swatch(color: str | None) -> str:
    if color is None:
        return ""
    return f'<span style="color:{escape(color)}" aria-hidden="true">■</span> '


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}{'' if number == 1 else 's'}"
