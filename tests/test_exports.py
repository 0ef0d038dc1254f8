"""The public names: what ``boxreel`` exports is what it documents."""

import inspect
from types import ModuleType

import pytest

import boxreel

EXPORTS = {name: getattr(boxreel, name) for name in boxreel.__all__}


def test_all_lists_every_public_name():
    public = {
        name
        for name, value in vars(boxreel).items()
        if not name.startswith("_") and not isinstance(value, ModuleType)
    }
    assert public <= set(boxreel.__all__) <= set(dir(boxreel))


@pytest.mark.parametrize("name", boxreel.__all__)
def test_every_export_is_documented(name):
    assert inspect.getdoc(EXPORTS[name])


@pytest.mark.parametrize(
    "name",
    [
        name
        for name, value in EXPORTS.items()
        if callable(value)
        and not (isinstance(value, type) and issubclass(value, (Exception, Warning)))
    ],
)
def test_every_class_and_function_shows_an_example(name):
    assert ">>> " in inspect.getdoc(EXPORTS[name])
