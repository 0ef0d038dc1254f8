"""Draws long random sequences of edits, and writes what they lead to.

Both languages apply the edits one after the other, refuse the same ones, and must come
to the very same document. Run as a script, it draws new sequences and writes them to
`sequences.json`.
"""

from __future__ import annotations

import json
import random
from typing import Any

from boxreel.errors import EditError
from boxreel.model import Annotation
from boxreel.model.edits import edit_from_json
from tests.vectors.regenerate import FOLDER, document, plain, written

FRAMES = 60
LENGTH = 1000
EVERY = 200
"""After so many edits the whole document is written down."""

LABELS = ["car", "van", "person", "meeting", "scene"]
NAMES = ["pose", "name", "age", "mood"]
VALUES = ["walking", "running", "Ann", "", 3, 2.5, 0, 1, True, False, None]
ATTRIBUTES = [
    {"name": "pose", "type": "choice", "choices": ["walking", "running"]},
    {"name": "pose", "type": "choice", "choices": ["walking"], "per": "frame"},
    {"name": "name", "type": "text"},
    {"name": "age", "type": "number", "per": "frame", "default": 3},
    {"name": "mood", "type": "boolean"},
]
START = {
    "video": {
        "name": "small.mp4",
        "width": 640,
        "height": 480,
        "frames": FRAMES,
        "time_base": "1/25",
        "ticks": [[0], [1, FRAMES - 1]],
    },
    "labels": [{"name": "car"}, {"name": "person", "attributes": ATTRIBUTES[1:]}],
    "tracks": [],
}


class Draw(random.Random):
    """Draws edits that mostly suit a document, and some that do not."""

    def some(self, known: list[Any], other: Any) -> Any:
        """One of what there is, seldom another."""
        return self.choice(known) if known and self.random() < 0.97 else other

    def number(self) -> float:
        return self.choice([self.randrange(500), self.random() * 500])

    def box(self) -> list[float]:
        box = [self.number() for _ in range(4)]
        box[2:] = [size + 1 for size in box[2:]]
        return [*box, self.choice([30, -179.5, 180, 250.25])] if self.maybe() else box

    def maybe(self) -> bool:
        return self.random() < 0.3

    def frame(self) -> int:
        return self.randrange(FRAMES + self.maybe() * self.maybe())

    def span(self) -> dict[str, int]:
        start = self.frame()
        stop = start + self.randrange(0 if self.maybe() else 1, 30)
        return {"start": start} | ({} if self.maybe() else {"stop": stop})

    def flags(self, *names: str) -> dict[str, bool]:
        return {name: self.maybe() for name in names if self.maybe()}

    def values(self) -> dict[str, Any]:
        return {self.choice(NAMES): self.choice(VALUES[:-1]) for _ in range(2)}

    def attributes(self) -> list[Any]:
        return self.sample(ATTRIBUTES, self.choice([0, 0, 1, 1, 2]))

    def label(self, name: str) -> dict[str, Any]:
        label: dict[str, Any] = {"name": name}
        if self.maybe():
            label["color"] = f"#{self.randrange(16**6):06x}"
        if self.maybe():
            label["attributes"] = self.attributes()
        if self.maybe():
            label["parent"] = self.choice(LABELS)
        if self.maybe():
            label["key"] = self.choice("abc")
        if self.maybe():
            label["use"] = self.choice(["event", "both"])
        return label

    def event(self, id: int, labels: list[str], ids: list[int]) -> dict[str, Any]:
        start = self.randrange(FRAMES - 1)
        event: dict[str, Any] = {
            "id": id,
            "label": self.some(labels, "scene"),
            "start": start,
            "stop": self.randint(start + 1, FRAMES),
        }
        if ids and self.maybe():
            event["tracks"] = self.sample(ids, min(len(ids), 2))
        if self.maybe():
            event["attributes"] = self.values()
        return event

    def track(self, id: int, label: str) -> dict[str, Any]:
        frames = sorted(self.sample(range(FRAMES), self.randint(1, 5)))
        rows = [{"frame": frame, "box": self.box()} for frame in frames]
        for row in rows:
            row |= self.flags("outside", "occluded", "hold")
            if self.maybe():
                row |= {"source": self.choice(["model", "tracker"]), "score": 0.1}
        track: dict[str, Any] = {"id": id, "label": label, "keyframes": rows}
        if self.maybe():
            track["attributes"] = {"mood": [[0, "calm"], [9, None], [12, True]]}
        return track | ({"group": 2, "note": "a taxi"} if self.maybe() else {})

    def edit(self, now: Annotation, deep: bool = False) -> dict[str, Any]:
        ids, labels = [*now.tracks], [label.name for label in now.labels]
        events = [event.id for event in now.events]
        id, other = self.some(ids, 99), self.some(ids, 98)
        label = self.some(labels, "scene")
        declared = [
            {"label": known.name, "attribute": attribute.name}
            for known in now.labels
            for attribute in known.attributes
        ]
        rows = now.tracks[id].keyframes.frames.tolist() if id in now.tracks else []
        frame, at = self.frame(), self.some(rows, 5)
        makers: dict[str, Any] = {
            "add_track": lambda: {"track": self.track(now.next_id, label)},
            "remove_track": lambda: {"track": id},
            "set_keyframe": lambda: {
                **{"track": id, "frame": frame, "box": self.box()},
                **self.flags("outside", "occluded", "hold"),
            },
            "remove_keyframe": lambda: {"track": id, "frame": at},
            "move_keyframe": lambda: {
                **{"track": id, "frame": at},
                "to": max(0, at + self.randint(-4, 4)),
            },
            "propagate": lambda: (
                {"track": id, "frame": frame} | self.span()
                if self.maybe()
                else {"track": id, "frame": frame, "stop": frame + self.randint(1, 9)}
            ),
            "set_outside": lambda: {
                "track": id,
                **self.span(),
                **self.flags("outside"),
            },
            "set_occluded": lambda: {
                **{"track": id, **self.span()},
                **self.flags("occluded"),
            },
            "set_hold": lambda: {"track": id, **self.span(), **self.flags("hold")},
            "set_label": lambda: {"track": id, "label": label},
            "set_attribute": lambda: {
                **{"track": id, "name": self.choice(NAMES)},
                **{"value": self.choice(VALUES)},
                **({} if self.maybe() else self.span()),
            },
            "split_track": lambda: {"track": id, "frame": frame},
            "merge_tracks": lambda: {"track": id, "other": other},
            "swap_tracks": lambda: {"track": id, "other": other, "frame": frame},
            "shift_track": lambda: {"track": id, "by": self.randint(-5, 5)},
            "trim_track": lambda: {"track": id, **self.span()},
            "set_track_id": lambda: {"track": id, "id": self.randint(1, 30)},
            "set_group": lambda: {
                "tracks": self.sample(ids, min(2, len(ids))),
                **({"group": self.randint(1, 3)} if self.maybe() else {}),
            },
            "set_note": lambda: {
                "text": self.choice(["", "a taxi", "seen"]),
                **({"track": id} if self.maybe() else {"frame": frame}),
            },
            "add_label": lambda: {"label": self.label(self.choice(LABELS))},
            "edit_label": lambda: {"label": self.label(label)},
            "rename_label": lambda: {"label": label, "name": self.choice(LABELS)},
            "remove_label": lambda: {
                "label": label,
                **({"into": self.choice(LABELS)} if self.maybe() else {}),
            },
            "rename_attribute": lambda: {
                **self.some(declared, {"label": label, "attribute": "size"}),
                "name": self.choice([*NAMES, "size", "weight"]),
            },
            "add_event": lambda: {"event": self.event(now.next_event_id, labels, ids)},
            "set_event": lambda: {
                "event": self.event(self.some(events, 99), labels, ids)
            },
            "remove_event": lambda: {"event": self.some(events, 99)},
            "set_clip_attribute": lambda: {
                "name": self.choice(NAMES),
                "value": self.choice(VALUES),
            },
            "declare_clip_attributes": lambda: {"attributes": self.attributes()},
            "batch": lambda: {"edits": [self.edit(now, True) for _ in range(2)]},
        }
        few, many = len(ids) < 5, len(ids) > 8
        weights = {"add_track": 8 if few else 0.5, "remove_track": 3 if many else 0.3}
        weights |= {"remove_label": 0.3, "set_keyframe": 3, "rename_label": 0.5}
        kinds = [kind for kind in makers if not (deep and kind == "batch")]
        (kind,) = self.choices(kinds, [weights.get(kind, 1) for kind in kinds])
        return {"kind": kind, **makers[kind]()}


def drawn(seed: int) -> dict[str, Any]:
    """Draw one sequence of edits."""
    draw, now = Draw(seed), document(START)
    edits = []
    for _ in range(LENGTH):
        edits.append(draw.edit(now))
        now, _ = applied(now, edits[-1])
    return {"name": f"seed {seed}", "given": START, "when": edits, "then": None}


def applied(now: Annotation, edit: dict[str, Any]) -> tuple[Annotation, bool]:
    """Apply an edit, and say whether that could be done."""
    try:
        return edit_from_json(edit).apply(now), True
    except EditError:
        return now, False


def outcome(vector: dict[str, Any]) -> dict[str, Any]:
    """Compute which edits are refused and what the document is on the way."""
    now, refused, states = document(vector["given"]), [], []
    for index, edit in enumerate(vector["when"]):
        now, done = applied(now, edit)
        if not done:
            refused.append(index)
        if (index + 1) % EVERY == 0:
            states.append(written(now))
    return {"refused": refused, "every": EVERY, "states": states}


if __name__ == "__main__":
    vectors = [drawn(seed) for seed in (1, 2)]
    lines = []
    for vector in vectors:
        vector["then"] = outcome(vector)
        edits = ",\n".join(map(plain, vector.pop("when")))
        states = ",\n".join(map(plain, vector["then"].pop("states")))
        lines.append(
            f'{plain(vector)[:-1].removesuffix("}")}, "states": [\n{states}\n]}},\n'
            f'"when": [\n{edits}\n]}}'
        )
    text = "[\n" + ",\n".join(lines) + "\n]\n"
    json.loads(text)
    (FOLDER / "sequences.json").write_text(text, "utf-8")
