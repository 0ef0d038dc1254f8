import pytest

from boxreel.errors import EditError
from boxreel.model import Annotation, History, Label
from tests.model.strategies import VIDEO

STEPS = [Annotation(VIDEO, [Label(f"label {i}")]) for i in range(5)]


def test_undo_and_redo_give_back_the_same_objects():
    history = History(STEPS[0])
    for i, step in enumerate(STEPS[1:], 1):
        history.push(step, f"step {i}")
    assert history.undo() is STEPS[3]
    assert history.undo() is STEPS[2]
    assert (history.undo_name, history.redo_name) == ("step 2", "step 3")
    assert history.redo() is STEPS[3]
    assert history.annotation is STEPS[3]


def test_a_new_step_forgets_what_was_undone():
    history = History(STEPS[0])
    history.push(STEPS[1], "one")
    history.undo()
    history.push(STEPS[2], "two")
    assert history.redo_name is None
    assert history.undo() is STEPS[0]
    assert history.redo() is STEPS[2]


def test_steps_are_looked_at_without_taking_them():
    history = History(STEPS[0])
    for i, step in enumerate(STEPS[1:], 1):
        history.push(step, f"step {i}")
    history.undo()
    history.undo()
    at = [history.at(by) for by in (-9, -2, -1, 0, 1, 2, 9)]
    assert at == [STEPS[i] for i in (0, 0, 1, 2, 3, 4, 4)]
    assert history.annotation is STEPS[2]


def test_nothing_to_undo_or_redo():
    history = History(STEPS[0])
    assert (history.undo_name, history.redo_name) == (None, None)
    with pytest.raises(EditError, match="nothing to undo"):
        history.undo()
    with pytest.raises(EditError, match="nothing to do again"):
        history.redo()
    assert history.annotation is STEPS[0]


def test_the_oldest_steps_are_forgotten():
    history = History(STEPS[0], limit=2)
    for i, step in enumerate(STEPS[1:], 1):
        history.push(step, f"step {i}")
    history.undo()
    assert history.undo() is STEPS[2]
    assert history.undo_name is None


def test_repr():
    history = History(STEPS[0])
    history.push(STEPS[1], "one")
    assert repr(history) == "History(1 to undo, 0 to redo)"
