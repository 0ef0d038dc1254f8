"""Messages that no page of ours sends: each is answered, or done; never half.

``PYTHONPATH=. python -m tests.widget.fuzz 10`` goes on for ten minutes.
"""

from __future__ import annotations

import json
import random
import sys
import time
import tracemalloc
from collections import Counter
from typing import Any
from unittest import mock

import comm
import numpy as np

from boxreel.model import Annotation
from boxreel.widget import Annotator, assets
from boxreel.widget.messages import PROTOCOL
from tests.vectors.regenerate import FOLDER, plain, written
from tests.widget.fakes import WireComm

FRAMES = 60
EDITS = [
    edit
    for vector in json.loads((FOLDER / "sequences.json").read_text("utf-8"))
    for edit in vector["when"]
]
ODD = (
    *(None, True, False, 0, -1, 1, 1.5, 1e300, -1e300, 10**30, 2**53, 2**63, -(2**63)),
    *("", "x", "1", "NaN", "../../etc/passwd", "\0", "\ud800", "<img src=x onerror=1>"),
    *("a" * 100_000, [], {}, [[]], [None], {"": None}, {"kind": "edit"}, [0] * 5000),
    *(float("nan"), float("inf"), {"a": {"b": {"c": [1, 2, {"d": None}]}}}),
)


class Fuzzer:
    """Draws messages: most of them nearly right.

    Parameters
    ----------
    seed
        Of what is drawn.
    """

    def __init__(self, seed: int) -> None:
        self._draw, self._acts = random.Random(seed), 0

    def message(self, revision: int) -> Any:
        """Draw one, for a document at a revision."""
        draw = self._draw
        if draw.random() < 0.02:
            return draw.choice(ODD)
        message = self._right(revision)
        while draw.random() < 0.6:
            self._spoil(message)
        return message

    def _right(self, revision: int) -> dict[str, Any]:
        draw = self._draw
        client, item = f"page {draw.randrange(3)}", {"item": 0}
        frame = draw.randrange(FRAMES)
        self._acts += draw.random() < 0.9
        act = {**item, "seq": self._acts + 1, "after": draw.choice([0, 0, 0, 9])}
        rect = [draw.randrange(64) for _ in range(4)]
        kinds: dict[str, dict[str, Any]] = {
            "hello": {"protocol": PROTOCOL},
            "edit": {**act, "revision": revision}
            | {"edit": json.loads(json.dumps(draw.choice(EDITS)))},
            "undo": act,
            "redo": act,
            "ping": {},
            "nudge": {},
            "steps": item,
            "travel": {**item, "revision": revision, "by": draw.randrange(-9, 9)},
            "save": item,
            "open": {**item, "frame": frame, "to": 0},
            "mark": {**item, "mark": draw.choice(["done", "discarded", None])},
            "frames": {**item, "width": draw.choice([16, 64]), "wanted": [frame]}
            | {"around": draw.random() < 0.5},
            "region": {**item, "frame": frame, "rect": rect},
            "error": {"text": "TypeError"},
        }
        names = [*kinds, *["edit"] * 12]
        kind = draw.choice(names)
        return {"kind": kind, "client": client} | kinds[kind]

    def _spoil(self, value: Any) -> None:
        """Change something, somewhere inside."""
        draw = self._draw
        inside = [*value.items()] if isinstance(value, dict) else [*enumerate(value)]
        if not inside:
            return
        key, part = draw.choice(inside)
        if isinstance(part, (dict, list)) and part and draw.random() < 0.8:
            self._spoil(part)
        elif draw.random() < 0.2 and isinstance(value, dict):
            del value[key]
        elif draw.random() < 0.1 and isinstance(value, dict):
            value[str(draw.random())] = draw.choice(ODD)
        else:
            value[key] = draw.choice(ODD)


def try_one(w: Annotator, content: Any) -> str:
    """Send a message; return the kind of the answer. Refused means untouched."""
    box = w.comm.custom
    before, revision = w.annotation, w._session.revision
    text = plain(written(before)) if revision % 50 == 0 else None
    box.sent.clear()
    w.comm.browser_says(content)
    kinds = [sent.kind for sent in list(box.sent)]
    refused = not {"rejected", "heard", "notice"}.isdisjoint(kinds)
    if refused:
        assert w.annotation is before, content
        assert w._session.revision == revision, content
        assert text is None or plain(written(before)) == text, content
    for one in list(box.sent):
        if one.kind == "notice":
            assert "Python code failed" not in one.content["text"], one.content
    return kinds[-1] if kinds else "nothing"


def sound(annotation: Annotation) -> bool:
    """Whether a document is one that can be built from its own parts."""
    again = Annotation(
        annotation.video,
        annotation.labels,
        annotation.tracks,
        annotation.events,
        annotation.attributes,
        annotation.declared,
        annotation.notes,
        annotation.next_id,
        annotation.label_version,
    )
    return bool(plain(written(again)) == plain(written(annotation)))


def fuzz(seed: int, count: int) -> Counter[str]:
    """Send so many messages to one widget; return what the answers were."""
    pictures = np.zeros((FRAMES, 48, 64, 3), np.uint8)
    answers: Counter[str] = Counter()
    with (
        mock.patch.object(comm, "create_comm", lambda **options: WireComm(**options)),
        mock.patch.object(assets, "script", return_value=""),
    ):
        w = Annotator(pictures, labels=["car", "person"], save_to=None)
        try:
            fuzzer = Fuzzer(seed)
            for _ in range(count):
                message = fuzzer.message(w._session.revision)
                answers[try_one(w, message)] += 1
            assert sound(w.annotation)
        finally:
            w.close()
    return answers


def main(minutes: float) -> None:
    """Go on until the time is over, and print what the answers were."""
    end, seed, answers = time.monotonic() + 60 * minutes, 0, Counter[str]()
    tracemalloc.start()
    while time.monotonic() < end:
        answers += fuzz(seed, 1000)
        seed += 1
        if seed == 3:
            tracemalloc.reset_peak()
    peak = tracemalloc.get_traced_memory()[1] / 1e6
    sys.stdout.write(f"{sum(answers.values())} messages, {peak:.0f} MB at most\n")
    for kind, number in answers.most_common():
        sys.stdout.write(f"{number:9} {kind}\n")


if __name__ == "__main__":
    main(float(sys.argv[1]) if len(sys.argv) > 1 else 1)
