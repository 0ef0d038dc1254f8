"""The rules of the queue of what is not confirmed, as the browser runs them."""

import json

import pytest

from tests.journal.page import Waiting, after_of, unheard, without
from tests.vectors.regenerate import FOLDER

VECTORS = json.loads((FOLDER / "queue.json").read_text("utf-8"))


@pytest.mark.parametrize("vector", VECTORS, ids=lambda vector: vector["name"])
def test_queue(vector):
    given, when = vector["given"], vector["when"]
    queue = [Waiting(c, item, seq, 0, {"kind": kind}) for c, item, seq, kind in given]
    if "heard" in when:
        queue = unheard(queue, when["item"], when["heard"])
    if "without" in when:
        queue = without(queue, *when["without"])
    then = [[one.client, one.item, one.seq, after_of(queue, one)] for one in queue]
    assert then == vector["then"]


def test_names_are_unique():
    names = [vector["name"] for vector in VECTORS]
    assert len(set(names)) == len(names)
