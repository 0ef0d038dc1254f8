"""The keys of the widget: which action has which, and what a person may change."""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import cache
from typing import Any

from traitlets import TraitError, TraitType

from boxreel.widget import assets


class KeymapTrait(TraitType["dict[str, str]", "Mapping[str, str]"]):
    """Keys that differ from the usual ones: chords by action, separated by spaces.

    An empty text takes all keys from an action. A chord is written as in the keyboard
    map: ``"Shift+Q"``, ``"Ctrl+ArrowLeft"``, ``"Space"``. The keys of a review come
    first while it is on, so that they may be those of other actions too.
    """

    info_text = "chords by action"

    def validate(self, obj: Any, value: object) -> dict[str, str]:
        """Return the changes as a dict.

        Raises
        ------
        TraitError
            If an action is unknown, a chord belongs to the browser or the notebook, or
            two actions would have the same; the text names them.
        """
        if not isinstance(value, Mapping):
            raise TraitError(f"keymap must be a dict of chords, not {value!r}")
        maps, never = _usual()
        known = {action for usual in maps for action in usual}
        for action, chords in value.items():
            if action not in known:
                near = ", ".join(sorted(known)[:8])
                raise TraitError(f"keymap: there is no action {action!r}; {near}, …")
            if not isinstance(chords, str):
                raise TraitError(f"keymap: keys of {action!r} must be text: {chords!r}")
        for usual in maps:
            own = {action: value.get(action, usual[action]) for action in usual}
            _check_chords(own, never)
        return dict(value)


def _check_chords(keys: Mapping[str, str], never: frozenset[str]) -> None:
    """Refuse chords that belong to others, or to two actions."""
    owner: dict[str, str] = {}
    for action, chords in keys.items():
        for chord in chords.split():
            if chord in never:
                raise TraitError(
                    f"keymap: {chord!r} of {action!r} belongs to the browser or "
                    "the notebook; choose another"
                )
            if chord in owner:
                raise TraitError(
                    f"keymap: {action!r} and {owner[chord]!r} would both have "
                    f"{chord!r}; give one of them another"
                )
            owner[chord] = action


@cache
def _usual() -> tuple[tuple[dict[str, str], dict[str, str]], frozenset[str]]:
    """Return the keys of labelling, those that come first in a review, and no keys."""
    keymap = json.loads(assets.keymap())
    return (keymap["keys"], keymap["review"]), frozenset(keymap["never"])
