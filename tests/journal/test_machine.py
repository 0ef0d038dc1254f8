"""Two pages and Python edit at once, over lines that are cut and a kernel that dies."""

from __future__ import annotations

import shutil
import tempfile
import warnings
from collections import Counter, deque
from collections.abc import Sequence
from contextlib import ExitStack, suppress
from pathlib import Path
from typing import Any
from unittest import mock

import comm
import numpy as np
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, precondition, rule

from boxreel.errors import AnnotationError, BoxreelWarning
from boxreel.journal import journal_path, restore
from boxreel.model import Annotation
from boxreel.model.edits import edit_from_json
from boxreel.widget import Annotator, assets
from tests.journal.page import Page, Waiting
from tests.vectors.regenerate import plain, written
from tests.widget.fakes import WireComm

FRAMES = 50
PICTURES = np.zeros((FRAMES, 16, 16, 3), np.uint8)
PAGES = ("left", "right")
TRIED = {"edited", "changed", "rejected"}
OF_THE_DOCUMENT = TRIED | {"snapshot", "heard"}

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
        st.integers(0, FRAMES - 1),
        BOX,
    ),
    st.builds(lambda id: {"kind": "remove_track", "track": id}, st.integers(1, 4)),
    st.builds(
        lambda id, frame: {"kind": "split_track", "track": id, "frame": frame},
        st.integers(1, 4),
        st.integers(1, FRAMES - 1),
    ),
    st.sampled_from([{"kind": "undo"}, {"kind": "redo"}]),
)


class Lines:
    """The connections of one page, the newest last; each keeps its own order.

    What a page says on a connection that is cut may still arrive, whenever it likes;
    what the kernel says on it does not.
    """

    def __init__(self, page: Page) -> None:
        self.page = page
        self.up: list[deque[dict[str, Any]]] = [deque()]
        self.down: deque[tuple[dict[str, Any], Annotation]] = deque()
        self.open = True

    def flow(self) -> None:
        """Put what the page said onto the line; what is said without one is lost."""
        if self.open:
            self.up[-1] += self.page.said
        self.page.said.clear()


class Hands(RuleBasedStateMachine):
    """A kernel, two pages, and the lines between them."""

    def __init__(self) -> None:
        super().__init__()
        self.stack = ExitStack()
        self.folder = Path(self.stack.enter_context(tempfile.TemporaryDirectory()))
        make = mock.patch.object(comm, "create_comm", lambda **all: WireComm(**all))
        self.stack.enter_context(make)
        self.stack.enter_context(mock.patch.object(assets, "script", return_value=""))
        self.runs = self.pages = 0
        self.made: set[tuple[str, int]] = set()
        self.told: set[tuple[str, int]] = set()
        self.done: Counter[tuple[str, int]] = Counter()
        self.lines: dict[str, Lines] = {}
        self.start()
        for name in PAGES:
            self.load(name)
            self.arrive(name, 0)
        for name in PAGES:
            self.hear(name)

    def start(self) -> None:
        """Run the cell; in a run after the first the files are as they were left."""
        self.place = self.folder / f"{self.runs}.json"
        with warnings.catch_warnings():
            # It says what came from the journal.
            warnings.simplefilter("ignore", BoxreelWarning)
            self.w = Annotator(PICTURES, labels=["car"], save_to=self.place)
        self.w.comm.custom.sent.clear()

    def load(self, name: str, kept: Sequence[Waiting] = ()) -> None:
        """Open a page; `kept` is what the one before it has left behind."""
        self.pages += 1
        page = Page(f"{name}.{self.pages}", self.w.annotation, kept)
        self.lines[name] = Lines(page)
        page.hello()
        self.lines[name].flow()

    def deliver(self, name: str, connection: int) -> None:
        """Let one message arrive, and all pages be told of what it leads to."""
        lines = self.lines[name]
        line = lines.up[connection % len(lines.up)]
        if line:
            self.w.comm.browser_says(line.popleft())
            self.tell()

    def tell(self) -> None:
        for sent in self.w.comm.custom.sent:
            message = sent.content
            if message["kind"] in OF_THE_DOCUMENT:
                if message["kind"] in TRIED and message["client"]:
                    act = message["client"], message["seq"]
                    self.done[act] += (
                        message["kind"] != "rejected" or self.done[act] > 0
                    )
                for lines in self.lines.values():
                    if lines.open:
                        lines.down.append((message, self.w.annotation))
        self.w.comm.custom.sent.clear()

    @rule(name=st.sampled_from(PAGES), act=ACTS)
    def act(self, name: str, act: dict[str, Any]) -> None:
        page = self.lines[name].page
        page.act(act)
        self.made |= {(one.client, one.seq) for one in page.queue}
        self.lines[name].flow()

    @rule(act=ACTS)
    def python(self, act: dict[str, Any]) -> None:
        with suppress(AnnotationError):
            if act["kind"] in ("undo", "redo"):
                getattr(self.w, act["kind"])()
            else:
                self.w.apply(edit_from_json(act))
        self.tell()

    @rule(name=st.sampled_from(PAGES), connection=st.integers(0, 3))
    def arrive(self, name: str, connection: int) -> None:
        self.deliver(name, connection)

    @rule(name=st.sampled_from(PAGES))
    def hear(self, name: str) -> None:
        lines = self.lines[name]
        if lines.down:
            lines.page.hear(*lines.down.popleft())
            self.told |= lines.page.told
            lines.flow()

    @precondition(lambda self: any(lines.open for lines in self.lines.values()))
    @rule(name=st.sampled_from(PAGES), arrives=st.integers(0, 5))
    def cut(self, name: str, arrives: int) -> None:
        """The connection is lost, with all but the first so many messages on it."""
        lines = self.lines[name]
        lines.open = False
        lines.down.clear()
        lines.up[-1] = deque([*lines.up[-1]][:arrives])

    @rule(name=st.sampled_from(PAGES))
    def reconnect(self, name: str) -> None:
        lines = self.lines[name]
        if not lines.open:
            lines.open = True
            lines.up.append(deque())
            lines.page.hello()
            lines.flow()

    @rule(name=st.sampled_from(PAGES), act=ACTS)
    def flicker(self, name: str, act: dict[str, Any]) -> None:
        """What is said as the connection is lost arrives after what is said anew."""
        self.act(name, act)
        self.cut(name, len(self.lines[name].up[-1]))
        self.reconnect(name)
        newest = len(self.lines[name].up) - 1
        self.arrive(name, newest)
        self.hear(name)
        self.arrive(name, newest)

    @rule(name=st.sampled_from(PAGES), lost=ACTS, act=ACTS)
    def overtake(self, name: str, lost: dict[str, Any], act: dict[str, Any]) -> None:
        """What is lost with a connection is missing when the next act arrives."""
        self.act(name, lost)
        self.cut(name, 0)
        self.reconnect(name)
        self.act(name, act)
        for _ in self.lines[name].up[-1].copy():
            self.arrive(name, -1)

    @rule(name=st.sampled_from(PAGES))
    def reload(self, name: str) -> None:
        """The page is loaded anew, and finds what it could not say."""
        self.load(name, self.left(name))

    @rule(name=st.sampled_from(PAGES), act=ACTS)
    def kill(self, name: str, act: dict[str, Any]) -> None:
        """The kernel dies before it can say what it has done; the cell is run again."""
        self.act(name, act)
        for _ in self.lines[name].up[-1].copy():
            self.arrive(name, -1)
        self.runs += 1
        place = self.folder / f"{self.runs}.json"
        for path, copy in (
            (self.place, place),
            (journal_path(self.place), journal_path(place)),
        ):
            if path.exists():
                shutil.copy(path, copy)
        self.w.close()
        self.start()
        for name in PAGES:
            self.load(name, self.left(name))

    def left(self, name: str) -> list[Waiting]:
        """Return what a page leaves behind when it is closed."""
        page = self.lines[name].page
        return [*page.kept, *page.queue]

    def teardown(self) -> None:
        try:
            self.settle()
        finally:
            self.w.close()
            self.stack.close()

    def settle(self) -> None:
        """Let all arrive: everybody has the same labels, and every act its answer."""
        for name in PAGES:
            self.reconnect(name)
        while any(one.down or any(one.up) for one in self.lines.values()):
            for name in PAGES:
                for connection in reversed(range(len(self.lines[name].up))):
                    self.arrive(name, connection)
                self.hear(name)
        end = plain(written(self.w.annotation))
        for lines in self.lines.values():
            assert not lines.page.queue
            assert plain(written(lines.page.shown)) == end
        assert max(self.done.values(), default=0) <= 1, "an act was done twice"
        done = {act for act, count in self.done.items() if count}
        assert self.made <= done | self.told, "an act was lost in silence"
        if self.w._session.revision:
            assert plain(written(restore(self.place))) == end


TestHands = Hands.TestCase
TestHands.settings = settings(max_examples=25, stateful_step_count=40, deadline=None)
