"""Of several predictions: an error differs where one of them does not make it."""

from itertools import permutations

from boxreel.model import Annotation, VideoInfo
from boxreel.review import compare
from boxreel.review.differing import differing

VIDEO = VideoInfo.constant("street.mp4", 320, 240, 30, fps=30)
EMPTY = Annotation.for_video(VIDEO, labels=["car"])
PLACES = {"left": 10, "middle": 110, "right": 210}


def cars(**first: int) -> Annotation:
    """Cars at named places, each from a frame on."""
    made = EMPTY
    for name, frame in first.items():
        made = made.add_track("car", {frame: (PLACES[name], 20, 40, 30)})
    return made


TRUTH = cars(left=0, middle=0, right=0)
MODELS = {
    "v1": cars(left=8, middle=0),
    "v2": cars(left=9, middle=6),
    "v3": cars(left=10, middle=0, right=0),
}


def told(name: str) -> dict[tuple[str, int | None], bool]:
    """Kind and true track of the errors of a model: whether they differ."""
    found = {each: compare(TRUTH, model) for each, model in MODELS.items()}
    own = found.pop(name)
    answers = [
        differing(own, others) for others in permutations(found.values(), len(found))
    ]
    assert all(answer == answers[0] for answer in answers)
    keys = [(error.kind, error.truth) for error in own.errors]
    return dict(zip(keys, answers[0], strict=True))


def test_of_three_each_says_what_not_all_get_wrong():
    assert told("v1") == {("late_start", 1): False, ("miss", 3): True}
    assert told("v2") == {
        ("late_start", 1): False,
        ("late_start", 2): True,
        ("miss", 3): True,
    }
    assert told("v3") == {("late_start", 1): False}


def test_an_error_that_one_of_two_others_makes_too_still_differs():
    first, second, third = (compare(TRUTH, MODELS[name]) for name in MODELS)
    lost = [error.kind for error in first.errors].index("miss")
    assert not differing(first, [second])[lost]
    assert differing(first, [third])[lost]
    assert differing(first, [second, third])[lost]
