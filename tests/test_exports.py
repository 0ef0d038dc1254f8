"""The public names exist, and each says what it is and shows how it is used."""

import inspect

import pytest

import boxreel


@pytest.mark.parametrize("name", boxreel.__all__)
def test_every_export_is_documented(name):
    assert inspect.getdoc(getattr(boxreel, name))


@pytest.mark.parametrize("name", boxreel.__all__)
def test_every_class_and_function_shows_an_example(name):
    value = getattr(boxreel, name)
    assert inspect.ismodule(value) or ">>> " in inspect.getdoc(value)


def test_an_unknown_name_is_an_attribute_error():
    with pytest.raises(AttributeError, match="'nonsense'"):
        boxreel.nonsense  # noqa: B018
