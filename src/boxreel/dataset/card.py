"""The data card: what is in a data set, where it is from, and how it was made."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import datetime, timezone
from importlib.metadata import version
from typing import Any

import numpy as np

from boxreel.dataset.choice import runs
from boxreel.dataset.clips import Clip
from boxreel.dataset.layouts import Layout
from boxreel.dataset.place import CARD
from boxreel.formats import Notes
from boxreel.model import SOURCES

FRAME_BASE = (
    "0-based index into the frames that the decoder yields, in presentation order"
)


def card_of(
    name: str,
    format: str,
    clips: Sequence[Clip],
    asked: Mapping[str, Any],
    notes: Notes,
    layout: Layout,
    ending: str,
) -> dict[str, Any]:
    """Return what ``datacard.json`` says.

    Parameters
    ----------
    name, format
        Of the data set.
    clips
        All that is written.
    asked
        How frames and parts were chosen.
    notes
        What the format cannot hold.
    layout, ending
        How images are named.
    """
    entries = [_entry(clip, layout, ending) for clip in clips]
    labels: Counter[str] = Counter()
    sources: Counter[str] = Counter()
    for clip in clips:
        boxes = clip.boxes
        ids, counts = np.unique(boxes.track, return_counts=True)
        for id, count in zip(ids.tolist(), counts.tolist(), strict=True):
            labels[boxes.labels[id]] += count
        made = np.bincount(boxes.source, minlength=len(SOURCES)).tolist()
        sources.update(dict(zip(SOURCES, made, strict=True)))
    parts = dict.fromkeys(clip.part for clip in clips)
    return {
        "name": name,
        "format": format,
        "made_by": f"boxreel {version('boxreel')}",
        "made_on": datetime.now(timezone.utc).isoformat(timespec="seconds"),
        "frame_base": FRAME_BASE,
        "chosen": dict(asked),
        "counts": _counts(entries),
        "parts": {
            part: _counts([one for one in entries if one["part"] == part])
            for part in parts
        },
        "labels": [
            {"number": number, "name": label.name, "boxes": labels[label.name]}
            for number, label in enumerate(clips[0].annotation.labels)
        ],
        "boxes_by_source": {name: n for name, n in sources.items() if n},
        "clips": entries,
        "not_held": [str(note) for note in notes.report(format, name).notes],
    }


def _entry(clip: Clip, layout: Layout, ending: str) -> dict[str, Any]:
    video, boxes = clip.annotation.video, clip.boxes
    first = int(clip.frames[0])
    return {
        "name": clip.name,
        "part": clip.part,
        "video": clip.video_name,
        "fingerprint": video.fingerprint,
        "size": [video.width, video.height],
        "frames_per_second": round(video.fps, 6),
        "frames_in_video": video.frame_count,
        "frames": [[int(run[0]), int(run[-1]) + 1] for run in runs(clip.frames)],
        "first_image": layout.picture(clip, first, ending),
        "images": len(clip.frames),
        "negatives": len(clip.frames) - len(np.unique(boxes.frame)),
        "tracks": len(np.unique(boxes.track)),
        "boxes": len(boxes),
    }


def _counts(entries: Sequence[Mapping[str, Any]]) -> dict[str, int]:
    names = ("images", "negatives", "tracks", "boxes")
    sums = {name: sum(one[name] for one in entries) for name in names}
    return {"clips": len(entries), **sums}


def texts_of(card: Mapping[str, Any]) -> dict[str, str]:
    """Return the files of a card: for programs, and for people."""
    return {
        CARD: json.dumps(card, indent=1, ensure_ascii=False) + "\n",
        "README.md": _readme(card),
    }


def _readme(card: Mapping[str, Any]) -> str:
    counted = ", ".join(f"{n:,} {what}" for what, n in card["counts"].items())
    chosen = card["chosen"]
    lines = [
        f"# {_plain(card['name'])}",
        "",
        f"{counted}. Format `{card['format']}`, made by {card['made_by']} on "
        f"{card['made_on']}. Everything here is also in `{CARD}`.",
        "",
        f"Frames: {chosen['frames']}; one in {chosen['every']} of neighbours, "
        f"{chosen['context']} around each. Negatives are images without a box. A "
        f"frame's number is the {card['frame_base']}.",
        "",
        *_table(
            ("part", "clips", "images", "negatives", "tracks", "boxes"),
            [(part, *counts.values()) for part, counts in card["parts"].items()],
        ),
        *_table(
            ("class", "label", "boxes"),
            [(one["number"], one["name"], one["boxes"]) for one in card["labels"]],
        ),
        *_table(
            ("clip", "part", "video", "fingerprint", "images", "boxes"),
            [
                [one[name] for name in ("name", "part", "video")]
                + [f"`{one['fingerprint'][:16]}`", one["images"], one["boxes"]]
                for one in card["clips"]
            ],
        ),
    ]
    if card["boxes_by_source"]:
        made = ", ".join(f"{n:,} {who}" for who, n in card["boxes_by_source"].items())
        lines += [f"Boxes by who set the keyframe before them: {made}.", ""]
    if card["not_held"]:
        lines += ["What the format does not hold:", ""]
        lines += [f"- {_plain(note)}" for note in card["not_held"]]
        lines.append("")
    return "\n".join(lines)


def _table(head: Sequence[str], rows: Sequence[Sequence[object]]) -> list[str]:
    cells = [head, ["---"] * len(head), *rows]
    return [f"| {' | '.join(map(_plain, row))} |" for row in cells] + [""]


def _plain(value: object) -> str:
    """Return a text that stays in its line and its cell."""
    text = f"{value:,}" if isinstance(value, int) else " ".join(str(value).split())
    return text.replace("|", "\\|").replace("<", "&lt;")
