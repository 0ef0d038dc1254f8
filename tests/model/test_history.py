from collections import defaultdict

import pytest
from hypothesis import given
from hypothesis import strategies as st

from boxreel.errors import AnnotationError, EditError
from boxreel.model import Annotation, History, Label, edits
from boxreel.model.history import PYTHON
from tests.model.strategies import VIDEO

WAYS = ("undo", "redo")
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


CARS = Annotation.for_video(VIDEO, ["car"])


def drawn(labels, id, x=1):
    return labels.add_track("car", {0: (x, 2, 30, 40)}, id=id)


def moved(labels, id, x):
    return edits.SetKeyframe(id, 0, (x, 2, 30, 40)).apply(labels)


def turn(history, way, author):
    found = history.turn(way, author)
    if found is not None:
        found.do()
    return found and found.name


def push(history, annotation, name, author):
    history.push(annotation, name, author)
    return history.annotation


def test_an_author_takes_back_their_own_and_leaves_what_others_did():
    history = History(CARS)
    push(history, drawn(CARS, 1), "ann's", "ann")
    push(history, drawn(history.annotation, 2), "bob's", "bob")
    assert (history.name("undo", "ann"), history.name("redo", "ann")) == ("ann's", None)
    assert turn(history, "undo", "ann") == "ann's"
    assert list(history.annotation.tracks) == [2]
    assert history.past == ("ann's", "bob's", "undo: ann's")
    assert turn(history, "undo", "ann") is None
    assert (history.name("redo", "ann"), history.name("redo", "bob")) == ("ann's", None)
    assert turn(history, "redo", "ann") == "ann's"
    assert history.annotation == drawn(drawn(CARS, 1), 2)
    assert turn(history, "redo", "ann") is None
    assert turn(history, "undo", "bob") == "bob's"
    assert list(history.annotation.tracks) == [1]
    assert turn(history, "undo", "ann") == "ann's"
    assert history.annotation == CARS


def test_what_redo_would_do_is_called_what_it_is_called_when_done():
    history = History(CARS)
    push(history, drawn(CARS, 1), "ann's", "ann")
    push(history, drawn(history.annotation, 2), "bob's", "bob")
    turn(history, "undo", "ann")
    history.undo()
    assert list(history.annotation.tracks) == [1, 2]
    assert history.name("redo", "ann") == "undo: ann's"
    assert turn(history, "redo", "ann") == "undo: ann's"
    assert list(history.annotation.tracks) == [2]


def test_what_others_have_changed_since_is_not_taken_back():
    history = History(CARS)
    push(history, drawn(CARS, 1), "ann's", "ann")
    after = push(history, moved(history.annotation, 1, 9), "bob's", "bob")
    with pytest.raises(EditError, match="#1 was changed since by someone else"):
        history.turn("undo", "ann")
    assert history.annotation is after
    assert turn(history, "undo", "bob") == "bob's"
    assert turn(history, "undo", "ann") == "ann's"
    assert history.annotation == CARS


def test_labels_that_others_use_stay():
    history = History(Annotation.for_video(VIDEO))
    push(history, CARS, "label car", "ann")
    push(history, drawn(CARS, 1), "bob's", "bob")
    with pytest.raises(AnnotationError, match="unknown label 'car'"):
        history.turn("undo", "ann")


def test_an_edit_of_ones_own_ends_what_one_can_do_again():
    history = History(CARS)
    push(history, drawn(CARS, 1), "first", "ann")
    push(history, drawn(history.annotation, 2), "bob's", "bob")
    turn(history, "undo", "ann")
    push(history, drawn(history.annotation, 3), "bob's too", "bob")
    assert history.name("redo", "ann") == "first"
    push(history, drawn(history.annotation, 4), "second", "ann")
    assert history.name("redo", "ann") is None


def test_an_assignment_is_everybodys_and_pythons_edits_its_own():
    history = History(CARS)
    push(history, drawn(CARS, 1), "ann's", "ann")
    push(history, drawn(history.annotation, 2), "Python's", PYTHON)
    assert history.name("undo", "ann") == "ann's"
    assert history.name("undo", "bob") == "Python's"
    push(history, drawn(CARS, 3), "assignment from Python", None)
    for author in ("ann", "bob", PYTHON):
        assert history.name("undo", author) == "assignment from Python"


def test_all_steps_can_still_be_gone_through():
    history = History(CARS)
    states = [CARS]
    states.append(push(history, drawn(CARS, 1), "ann's", "ann"))
    states.append(push(history, drawn(history.annotation, 2), "bob's", "bob"))
    turn(history, "undo", "ann")
    states.append(history.annotation)
    for state in states[-2::-1]:
        assert history.undo() is state
    for state in states[1:]:
        assert history.redo() is state
    assert history.name("redo", "ann") == "ann's"


@given(st.lists(st.tuples(st.sampled_from("abc"), st.sampled_from(["draw", *WAYS]))))
def test_each_has_a_history_of_their_own(acts):
    """As each draws boxes of their own, what others do makes no difference."""
    history, shown, undone = History(CARS), defaultdict(list), defaultdict(list)
    for number, (author, act) in enumerate(acts, 1):
        if act == "draw":
            push(history, drawn(history.annotation, number), str(number), author)
            shown[author].append(number)
            undone[author].clear()
        elif act == "undo" and shown[author]:
            undone[author].append(shown[author].pop())
            assert turn(history, act, author) == str(undone[author][-1])
        elif act == "redo" and history.name(act, author) is not None:
            shown[author].append(undone[author].pop())
            assert turn(history, act, author) == str(shown[author][-1])
        assert {*history.annotation.tracks} == {
            id for ids in shown.values() for id in ids
        }
        for name in "abc":
            mine = str(shown[name][-1]) if shown[name] else None
            assert history.name("undo", name) == mine
