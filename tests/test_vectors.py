"""What the document does, by the vectors that the front end runs too."""

import json
import runpy
from pathlib import Path

import pytest

FOLDER = Path(__file__).parent / "vectors"
REGENERATE = runpy.run_path(str(FOLDER / "regenerate.py"))


def vectors_of(file):
    return json.loads((FOLDER / f"{file}.json").read_text("utf-8"))


@pytest.mark.parametrize(
    ("file", "vector"),
    [
        pytest.param(file, vector, id=f"{file}: {vector['name']}")
        for file in REGENERATE["OUTCOMES"]
        for vector in vectors_of(file)
    ],
)
def test_vector(file, vector):
    # compared as text: 0.0 is not -0.0, 1 is not true
    then = REGENERATE["outcome"](file, vector)
    assert REGENERATE["plain"](then) == REGENERATE["plain"](vector["then"])


@pytest.mark.parametrize("file", REGENERATE["OUTCOMES"])
def test_names_are_unique(file):
    names = [vector["name"] for vector in vectors_of(file)]
    assert len(set(names)) == len(names)


def test_every_edit_has_an_ordinary_and_a_refused_case():
    from boxreel.model.edits.base import KINDS

    vectors = vectors_of("edits")
    refused = {v["when"]["kind"] for v in vectors if "error" in v["then"]}
    ordinary = {v["when"]["kind"] for v in vectors if "error" not in v["then"]}
    assert refused == ordinary == set(KINDS)
