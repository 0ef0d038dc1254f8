"""What a browser does: the twin of `js/src/store/queue.ts` and `document.ts`.

`tests/vectors/queue.json` holds the rules of the queue for both.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from boxreel.errors import AnnotationError
from boxreel.model import Annotation
from boxreel.model.edits import edit_from_json
from boxreel.widget.messages import PROTOCOL

STEPS = ("undo", "redo")


class Waiting(NamedTuple):
    """An act that the kernel has not confirmed."""

    client: str
    item: int
    seq: int
    revision: int
    act: Mapping[str, Any]


def after_of(queue: Sequence[Waiting], one: Waiting) -> int:
    """Return the number of the act before this one, of its page and item."""
    before = queue[: queue.index(one)] if one in queue else queue
    own = [w.seq for w in before if (w.client, w.item) == (one.client, one.item)]
    return own[-1] if own else 0


def unheard(
    queue: Sequence[Waiting], item: int, heard: Mapping[str, int]
) -> list[Waiting]:
    """Return what is still to be confirmed."""
    return [w for w in queue if w.item != item or w.seq > heard.get(w.client, 0)]


def without(queue: Sequence[Waiting], client: str, seq: int) -> list[Waiting]:
    """Return the queue without an act and without the steps that reach for it."""
    dropped = next((w for w in queue if (w.client, w.seq) == (client, seq)), None)
    past: list[bool] = []
    undone: list[bool] = []
    kept = []
    for one in queue:
        is_it = one is dropped
        if dropped is None or (one.client, one.item) != (client, dropped.item):
            gone = False
        elif one.act["kind"] in STEPS:
            stacks = (past, undone) if one.act["kind"] == "undo" else (undone, past)
            gone = is_it or (stacks[0].pop() if stacks[0] else False)
            stacks[1].append(gone)
        else:
            gone = is_it
            past.append(gone)
            undone.clear()
        if not gone:
            kept.append(one)
    return kept


class Page:
    """Shows at once what its person does, hears later what became of it.

    What it says is taken from `said`; `told` are its acts that were not done. What a
    page before it has left behind, `kept`, it takes over when it knows the document.
    """

    def __init__(
        self, client: str, annotation: Annotation, kept: Sequence[Waiting] = ()
    ) -> None:
        self.client, self.kept = client, kept
        self.confirmed = self.shown = annotation
        self.revision, self.seq = -1, 0
        self.queue: list[Waiting] = []
        self.said: list[dict[str, Any]] = []
        self.told: set[tuple[str, int]] = set()
        self.asked = False

    def hello(self) -> None:
        """Ask for the whole document."""
        self.asked = True
        hello = {"kind": "hello", "protocol": PROTOCOL, "client": self.client}
        self.said.append(hello)

    def act(self, act: Mapping[str, Any]) -> None:
        """Do something; nothing happens where it cannot be done."""
        if self.revision < 0:
            return
        if act["kind"] not in STEPS:
            try:
                if edit_from_json(dict(act)).apply(self.shown) is self.shown:
                    return
            except AnnotationError:
                return
        self.seq += 1
        one = Waiting(self.client, 0, self.seq, self.revision, act)
        self.queue.append(one)
        self.say(one)
        self.settle()

    def say(self, one: Waiting) -> None:
        """Send an act."""
        head = {"client": one.client, "item": one.item, "seq": one.seq}
        head["after"] = after_of(self.queue, one)
        if one.act["kind"] in STEPS:
            self.said.append({"kind": one.act["kind"], **head})
        else:
            edit = {"revision": one.revision, "edit": dict(one.act)}
            self.said.append({"kind": "edit", **head, **edit})

    def hear(self, message: Mapping[str, Any], after: Annotation) -> None:
        """Take a message of the kernel; `after` is its document when it said so."""
        if message["kind"] == "snapshot":
            self.queue = unheard(self.queue, 0, message["heard"])
            self.confirmed, self.revision = after, message["revision"]
            kept = unheard(self.kept, 0, message["heard"])
            self.queue += [one._replace(revision=self.revision) for one in kept]
            self.kept = ()
            self.settle()
            if self.asked:
                self.asked = False
                for one in self.queue:
                    self.say(one)
        elif message["kind"] in ("edited", "changed"):
            self._changed(message, after)
        elif any(self._is_of(one, message) for one in self.queue):
            if message["kind"] == "rejected":
                self._drop(message["client"], message["seq"])
                self.settle()
            self._catch_up()

    def _changed(self, message: Mapping[str, Any], after: Annotation) -> None:
        if self.revision < 0:
            return
        if message["revision"] > self.revision + 1:
            self._catch_up()
        if message["revision"] != self.revision + 1:
            return
        if message["kind"] == "edited":
            after = edit_from_json(message["edit"]).apply(self.confirmed)
        self.confirmed, self.revision = after, message["revision"]
        self.queue = [one for one in self.queue if not self._is_of(one, message)]
        self.settle()

    def _catch_up(self) -> None:
        if not self.asked:
            self.hello()

    def _is_of(self, one: Waiting, message: Mapping[str, Any]) -> bool:
        return (one.client, one.seq) == (message["client"], message["seq"])

    def _drop(self, client: str, seq: int) -> None:
        rest = without(self.queue, client, seq)
        self.told |= {(one.client, one.seq) for one in self.queue if one not in rest}
        self.queue = rest

    def settle(self) -> None:
        """Show what is confirmed with what is pending on top of it."""
        while (failed := self._show()) is not None:
            self._drop(failed.client, failed.seq)

    def _show(self) -> Waiting | None:
        past, undone = [self.confirmed], []
        for one in self.queue:
            if one.act["kind"] == "undo":
                undone += [past.pop()] if len(past) > 1 else []
            elif one.act["kind"] == "redo":
                past += [undone.pop()] if undone else []
            else:
                try:
                    past.append(edit_from_json(dict(one.act)).apply(past[-1]))
                except AnnotationError:
                    return one
                undone.clear()
        self.shown = past[-1]
        return None
