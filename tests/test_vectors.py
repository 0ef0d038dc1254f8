"""What the document does, by the vectors that the front end runs too."""

import json

import pytest

from boxreel.model.edits import edit_from_json
from boxreel.model.edits.base import KINDS
from tests.vectors import sequences
from tests.vectors.regenerate import (
    FOLDER,
    OUTCOMES,
    document,
    outcome,
    plain,
    written,
)


def vectors_of(file):
    return json.loads((FOLDER / f"{file}.json").read_text("utf-8"))


@pytest.mark.parametrize(
    ("file", "vector"),
    [
        pytest.param(file, vector, id=f"{file}: {vector['name']}")
        for file in OUTCOMES
        for vector in vectors_of(file)
    ],
)
def test_vector(file, vector):
    # compared as text: 0.0 is not -0.0, 1 is not true
    then = outcome(file, vector)
    assert plain(then) == plain(vector["then"])


@pytest.mark.parametrize(
    "vector",
    [
        pytest.param(vector, id=vector["name"])
        for vector in vectors_of("edits")
        if "error" not in vector["then"]
    ],
)
def test_an_edit_that_changes_nothing_gives_the_same_object(vector):
    before = document(vector["given"])
    after = before.apply(edit_from_json(vector["when"]))
    assert plain(written(after)) != plain(written(before)) or after is before


@pytest.mark.parametrize("file", OUTCOMES)
def test_names_are_unique(file):
    names = [vector["name"] for vector in vectors_of(file)]
    assert len(set(names)) == len(names)


def test_every_edit_has_an_ordinary_and_a_refused_case():
    vectors = vectors_of("edits")
    refused = {v["when"]["kind"] for v in vectors if "error" in v["then"]}
    ordinary = {v["when"]["kind"] for v in vectors if "error" not in v["then"]}
    assert refused == ordinary == set(KINDS)


@pytest.mark.parametrize("vector", vectors_of("sequences"), ids=lambda v: v["name"])
def test_a_long_sequence_leads_to_the_same_document(vector):
    assert len(vector["when"]) == sequences.LENGTH
    assert plain(sequences.outcome(vector)) == plain(vector["then"])


def test_sequences_hold_every_kind_of_edit():
    done = set()
    for vector in vectors_of("sequences"):
        refused = set(vector["then"]["refused"])
        edits = enumerate(vector["when"])
        done |= {edit["kind"] for index, edit in edits if index not in refused}
    assert done == set(KINDS)
