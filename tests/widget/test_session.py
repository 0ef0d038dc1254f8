from __future__ import annotations

from threading import Barrier, Thread

import pytest
from hypothesis import given
from hypothesis import strategies as st

from boxreel.errors import EditError
from boxreel.model import Annotation, Label, VideoInfo
from boxreel.model.edits import AddLabel, RemoveTrack
from boxreel.widget.origin import Origin
from boxreel.widget.session import Change, Session, Steps
from tests.widget.fakes import PATIENCE

VIDEO = VideoInfo.constant("clip", 640, 480, frame_count=50, fps=25)
EMPTY = Annotation.for_video(VIDEO)


def label(name: object) -> AddLabel:
    return AddLabel(Label(str(name)))


def names(annotation: Annotation) -> list[str]:
    return [one.name for one in annotation.labels]


class Log(list[Change]):
    """Collects changes; checks that each follows from the one before."""

    def __call__(self, change: Change) -> None:
        last = self[-1].state if self else None
        assert change.state.revision == (last.revision if last else 0) + 1
        assert change.before is (last.annotation if last else EMPTY)
        self.append(change)


def test_an_edit_is_one_revision_and_one_step_back() -> None:
    log = Log()
    session = Session(EMPTY, log)
    origin = Origin("page", 7)
    session.apply(label("car"), origin)
    assert names(session.annotation) == ["car"]
    assert session.undo() == label("car").describe()
    assert session.annotation is EMPTY
    assert session.redo() == label("car").describe()
    assert [change.state.revision for change in log] == [1, 2, 3]
    assert [change.edit for change in log] == [label("car"), None, None]
    assert log[0].origin is origin
    assert (session.state.undo_name, session.state.redo_name) == (
        label("car").describe(),
        None,
    )


def test_a_refused_edit_leaves_no_trace() -> None:
    log = Log()
    session = Session(EMPTY, log)
    with pytest.raises(EditError):
        session.apply(RemoveTrack(5))
    assert (session.annotation, session.revision, log) == (EMPTY, 0, [])
    assert session.undo() is None
    assert session.redo() is None


def test_replacing_by_the_same_labels_is_no_change() -> None:
    session = Session(EMPTY, Log())
    session.replace(Annotation.for_video(VIDEO))
    assert (session.revision, session.annotation) == (0, EMPTY)
    session.replace(Annotation.for_video(VIDEO, ["car"]))
    assert session.revision == 1
    assert session.undo() == "assignment from Python"


def test_travelling_is_one_revision_and_ends_where_the_history_does() -> None:
    session = Session(EMPTY, log := Log())
    for number in range(4):
        session.apply(label(number))
    names = [label(number).describe() for number in range(4)]
    assert session.steps == Steps(4, tuple(names), ())
    assert session.travel(-3) == names[1]
    assert [each.name for each in session.annotation.labels] == ["0"]
    assert session.steps == Steps(5, tuple(names[:1]), tuple(names[1:]))
    assert session.travel(99) == names[3]
    assert session.travel(1) is None
    assert session.travel(-1, revision=5) is None
    assert session.travel(-1, revision=6) == names[3]
    assert [change.state.revision for change in log] == [1, 2, 3, 4, 5, 6, 7]


@given(st.lists(st.sampled_from(["edit", "replace", "undo", "redo"])))
def test_history_is_that_of_a_list(steps: list[str]) -> None:
    session, told = Session(EMPTY, log := Log()), Log()
    session.observe(told)
    past, future, now = [], [], EMPTY
    for number, step in enumerate(steps):
        if step == "undo" and past:
            future.append(now)
            now = past.pop()
        elif step == "redo" and future:
            past.append(now)
            now = future.pop()
        elif step in ("edit", "replace"):
            past.append(now)
            future = []
            now = label(number).apply(now)
        if step == "edit":
            session.apply(label(number))
        elif step == "replace":
            session.replace(now)
        else:
            getattr(session, step)()
        assert session.annotation == now
    assert list(told) == list(log)


def test_threads_do_not_break_the_chain() -> None:
    """`Log` checks every link: no revision lost, doubled or told out of order."""
    published, told = Log(), Log()
    session = Session(EMPTY, published)
    session.observe(told)
    start = Barrier(4)

    def hammer(who: str) -> None:
        start.wait(PATIENCE)
        for number in range(60):
            session.apply(label(f"{who}{number}"))
            if number % 3 == 0:
                session.undo()
            if number % 5 == 0:
                session.redo()

    threads = [Thread(target=hammer, args=(who,)) for who in "abcd"]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(PATIENCE)
        assert not thread.is_alive()
    assert len(published) == session.revision >= 4 * 60
    assert list(told) == list(published)
    assert published[-1].state == session.state


def test_an_observer_may_edit_and_all_hear_in_order() -> None:
    session = Session(EMPTY, Log())

    def answers(change: Change) -> None:
        if change.state.revision < 3:
            session.apply(label(change.state.revision))

    before, after = Log(), Log()
    for observer in (before, answers, after):
        session.observe(observer)
    session.apply(label("first"))
    assert names(session.annotation) == ["first", "1", "2"]
    assert list(before) == list(after)
    assert len(after) == 3


def test_an_observer_may_wait_for_a_thread_that_edits() -> None:
    session, told = Session(EMPTY, Log()), Log()

    def waits(change: Change) -> None:
        if change.state.revision == 1:
            other = Thread(target=session.apply, args=(label("other"),))
            other.start()
            other.join(PATIENCE)
            assert not other.is_alive()

    session.observe(waits)
    session.observe(told)
    session.apply(label("first"))
    assert [names(change.state.annotation) for change in told] == [
        ["first"],
        ["first", "other"],
    ]


def test_a_failing_observer_keeps_nobody_from_hearing() -> None:
    session, told = Session(EMPTY, Log()), Log()

    def fails(change: Change) -> None:
        raise RuntimeError(f"at {change.state.revision}")

    session.observe(fails)
    session.observe(told)
    for number in (1, 2):
        with pytest.raises(RuntimeError, match=f"at {number}"):
            session.apply(label(number))
    assert len(told) == 2


def test_nothing_changes_while_the_session_is_held_still() -> None:
    session = Session(EMPTY, Log())
    other = Thread(target=session.apply, args=(label("car"),))
    with session.still() as state:
        other.start()
        assert session.annotation is state.annotation is EMPTY
    other.join(PATIENCE)
    assert names(session.annotation) == ["car"]
