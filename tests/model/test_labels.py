import pytest

from boxreel.errors import AnnotationError
from boxreel.model import Attribute, Label

POSE = Attribute("pose", "choice", ("walking", "running"), per="frame")
PERSON = Label("person", attributes=(POSE, Attribute("name")))


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        ({"name": ""}, "the name of an attribute must be a text"),
        ({"type": "date"}, "has type 'date': choose one of text, number"),
        ({"per": "video"}, "per 'video': choose track or frame"),
        ({"type": "choice"}, "of type 'choice' has 0 choices"),
        ({"choices": ("a",)}, "of type 'text' has 1 choices"),
        ({"type": "choice", "choices": ("a", "a")}, "offers a choice twice"),
        ({"type": "choice", "choices": ("a", 1)}, "a choice of attribute 'n' must be"),
        ({"type": "choice", "choices": ("a",), "default": "b"}, "'b' is none of a"),
        ({"type": "number", "default": True}, "True is not a number"),
        ({"type": "boolean", "default": 0}, "0 is not a boolean"),
        ({"type": "text", "default": 3}, "3 is not a text"),
        ({"type": "number", "default": float("inf")}, "finite number"),
    ],
)
def test_bad_attribute(fields, message):
    with pytest.raises(AnnotationError, match=message):
        Attribute(**{"name": "n", **fields})


@pytest.mark.parametrize(
    ("attribute", "value"),
    [
        (Attribute("n"), "x"),
        (Attribute("n"), ""),
        (Attribute("n", "number"), 3),
        (Attribute("n", "number"), 3.5),
        (Attribute("n", "boolean"), False),
        (POSE, "running"),
    ],
)
def test_values_that_suit(attribute, value):
    attribute.check(value)


@pytest.mark.parametrize("color", ["red", "#fff", "#12345g", "123456", "#1234567", 3])
def test_bad_color(color):
    with pytest.raises(AnnotationError, match="write #rrggbb"):
        Label("car", color)


def test_bad_label():
    with pytest.raises(AnnotationError, match="the name of a label must be a text"):
        Label("")
    with pytest.raises(AnnotationError, match="declares attribute 'pose' twice"):
        Label("person", attributes=(POSE, POSE))


def test_a_label_without_attributes_takes_any():
    assert Label("car").declared("anything") is None
    Label("car").check_steps("anything", [(5, "x")])


def test_a_label_with_attributes_takes_only_those():
    assert PERSON.declared("pose") is POSE
    with pytest.raises(AnnotationError, match=r"no attribute 'age': it has 'pose', 'n"):
        PERSON.declared("age")


def test_steps_of_a_declared_attribute():
    PERSON.check_steps("pose", [(0, "walking"), (5, None), (9, "running")])
    with pytest.raises(AnnotationError, match="'flying' is none of walking, running"):
        PERSON.check_steps("pose", [(0, "walking"), (5, "flying")])
    with pytest.raises(AnnotationError, match=r"fixed for the track: .* frame 5"):
        PERSON.check_steps("name", [(5, "Ada")])
