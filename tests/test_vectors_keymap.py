"""The key map is data: checked here for what TypeScript cannot know to be missing."""

import json
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parents[1]
KEYMAP: dict[str, Any] = json.loads(
    (ROOT / "js/src/actions/keymap.json").read_text("utf-8")
)
VECTORS: list[dict[str, Any]] = json.loads(
    (ROOT / "tests/vectors/keymap.json").read_text("utf-8")
)
KEYS: dict[str, list[str]] = {
    action: chords.split() for action, chords in KEYMAP["keys"].items()
}
CHORDS = [chord for chords in KEYS.values() for chord in chords]


def is_sign(chord: str) -> bool:
    """Whether a chord is a sign, which layouts put in different places."""
    return len(chord) == 1 and not chord.isalnum()


def test_no_chord_stands_for_two_actions() -> None:
    assert len(CHORDS) == len(set(CHORDS))


def test_what_is_never_bound_is_not_bound() -> None:
    assert not set(CHORDS) & set(KEYMAP["never"])


@pytest.mark.parametrize("action", [a for a, c in KEYS.items() if any(map(is_sign, c))])
def test_a_sign_has_a_twin_that_every_layout_has(action: str) -> None:
    assert any(not is_sign(chord) for chord in KEYS[action])


def test_vectors_speak_of_actions_that_exist() -> None:
    named = {vector["then"] for vector in VECTORS} - {None}
    assert named <= set(KEYS)
    assert len(named) > 10


def test_vectors_have_names_of_their_own() -> None:
    names = [vector["name"] for vector in VECTORS]
    assert len(names) == len(set(names))
