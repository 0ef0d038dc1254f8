"""Two pages and Python edit at once; whatever the order of arrival, all end alike."""

from __future__ import annotations

import tempfile
from collections import deque
from contextlib import suppress
from pathlib import Path
from typing import Any

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from boxreel.errors import AnnotationError
from boxreel.journal import restore
from boxreel.model import Annotation
from boxreel.model.edits import Edit, edit_from_json
from boxreel.widget.session import Change, Origin, Session
from tests.journal.faults import START, Desk
from tests.vectors.regenerate import plain, written

PAGES = ("left", "right")


class Page:
    """What a browser does, as `js/src/store/document.ts`: shows at once, hears later.

    Both lines keep the order of what is in them, and may be as slow as they like.
    """

    def __init__(self, name: str, annotation: Annotation) -> None:
        self.name = name
        self.confirmed = self.shown = annotation
        self.pending: deque[tuple[int, Edit]] = deque()
        self.seq = 0
        self.up: deque[dict[str, Any]] = deque()
        self.down: deque[dict[str, Any]] = deque()

    def edit(self, edit: Edit) -> None:
        after = edit.apply(self.shown)
        if after is self.shown:
            return
        self.seq += 1
        self.shown = after
        self.pending.append((self.seq, edit))
        self.up.append({"kind": "edit", "seq": self.seq, "edit": edit.to_json()})

    def hear(self, message: dict[str, Any]) -> None:
        kind = message["kind"]
        if kind == "rejected":
            self.pending = deque(p for p in self.pending if p[0] != message["seq"])
            self.up.append({"kind": "hello"})
        elif kind == "edited" and message["client"] == self.name:
            if self.pending and self.pending[0][0] == message["seq"]:
                self.pending.popleft()
            self.confirmed = edit_from_json(message["edit"]).apply(self.confirmed)
        elif kind == "edited":
            self.confirmed = edit_from_json(message["edit"]).apply(self.confirmed)
        else:
            self.confirmed = message["after"]
        self.shown, kept = self.confirmed, deque[tuple[int, Edit]]()
        for seq, edit in self.pending:
            with suppress(AnnotationError):
                self.shown = edit.apply(self.shown)
                kept.append((seq, edit))
        self.pending = kept


BOX = st.tuples(st.integers(0, 99), st.just(2), st.integers(5, 50), st.just(9))
ACTS = st.one_of(
    st.builds(
        lambda id, box: {
            "kind": "add_track",
            "track": {
                "id": id,
                "label": "car",
                "keyframes": [{"frame": 0, "box": [*box]}],
            },
        },
        st.integers(1, 4),
        BOX,
    ),
    st.builds(
        lambda id, frame, box: {
            "kind": "set_keyframe",
            "track": id,
            "frame": frame,
            "box": [*box],
        },
        st.integers(1, 4),
        st.integers(0, 49),
        BOX,
    ),
    st.builds(lambda id: {"kind": "remove_track", "track": id}, st.integers(1, 4)),
    st.builds(
        lambda id, frame: {"kind": "split_track", "track": id, "frame": frame},
        st.integers(1, 4),
        st.integers(1, 49),
    ),
)


class Hands(RuleBasedStateMachine):
    """A kernel, two pages, and lines between them that take their time."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = tempfile.TemporaryDirectory()
        self.place = Path(self.folder.name) / "labels.json"
        self.desk = Desk(self.place)
        keep = self.desk.session._publish

        def publish(change: Change) -> None:
            keep(change)
            self.tell(change)

        self.desk.session._publish = publish
        self.pages = {name: Page(name, START) for name in PAGES}

    @property
    def session(self) -> Session:
        return self.desk.session

    def tell(self, change: Change) -> None:
        message: dict[str, Any] = {"kind": "changed", "after": change.after}
        if change.edit_json is not None:
            message = {"kind": "edited", "edit": change.edit_json}
            message |= {"client": change.client, "seq": change.origin.seq}
        for page in self.pages.values():
            page.down.append(message)

    @rule(name=st.sampled_from(PAGES), act=ACTS)
    def draw(self, name: str, act: dict[str, Any]) -> None:
        with suppress(AnnotationError):
            self.pages[name].edit(edit_from_json(act))

    @rule(name=st.sampled_from(PAGES), kind=st.sampled_from(["undo", "redo"]))
    def step(self, name: str, kind: str) -> None:
        self.pages[name].up.append({"kind": kind})

    @rule(act=ACTS)
    def python(self, act: dict[str, Any]) -> None:
        with suppress(AnnotationError):
            self.session.apply(edit_from_json(act))

    @rule(name=st.sampled_from(PAGES))
    def reload(self, name: str) -> None:
        """The page is loaded anew; what it had sent arrives first."""
        old = self.pages[name]
        while old.up:
            self.arrive(name)
        self.pages[name] = Page(name, self.session.annotation)
        self.pages[name].seq = old.seq

    @precondition(lambda self: any(page.up for page in self.pages.values()))
    @rule(name=st.sampled_from(PAGES))
    def arrive(self, name: str) -> None:
        page = self.pages[name]
        if not page.up:
            return
        message = page.up.popleft()
        if message["kind"] == "edit":
            origin = Origin(name, message["seq"])
            try:
                self.session.apply(edit_from_json(message["edit"]), origin)
            except AnnotationError:
                page.down.append({"kind": "rejected", "seq": message["seq"]})
        elif message["kind"] == "hello":
            snapshot = {"kind": "snapshot", "after": self.session.annotation}
            for one in self.pages.values():
                one.down.append(snapshot)
        else:
            self.session.travel(-1 if message["kind"] == "undo" else 1, Origin(name))

    @precondition(lambda self: any(page.down for page in self.pages.values()))
    @rule(name=st.sampled_from(PAGES))
    def hear(self, name: str) -> None:
        if self.pages[name].down:
            self.pages[name].hear(self.pages[name].down.popleft())

    @invariant()
    def nothing_pending_is_unsent(self) -> None:
        for page in self.pages.values():
            sent = {one["seq"] for one in page.up if one["kind"] == "edit"}
            told = {one.get("seq") for one in page.down}
            assert {seq for seq, _ in page.pending} <= sent | told

    def teardown(self) -> None:
        while any(page.up or page.down for page in self.pages.values()):
            for name in PAGES:
                self.arrive(name)
                self.hear(name)
        end = plain(written(self.session.annotation))
        for page in self.pages.values():
            assert not page.pending
            assert plain(written(page.shown)) == end
        if self.session.revision:
            assert plain(written(restore(self.place))) == end
            past = restore(self.place, revision=self.session.revision)
            assert plain(written(past)) == end
        self.desk.saving.close()
        self.folder.cleanup()


TestHands = Hands.TestCase
TestHands.settings = settings(max_examples=25, stateful_step_count=30, deadline=None)
