"""Functions that want to hear of something."""

from __future__ import annotations

from collections.abc import Callable
from typing import Generic, TypeVar

E = TypeVar("E")


class Listeners(Generic[E]):
    """The functions to call with every event of one kind, in the order they came.

    Examples
    --------
    >>> listeners, heard = Listeners[int](), []
    >>> forget = listeners.add(heard.append)
    >>> listeners.tell(1)
    >>> forget()
    >>> listeners.tell(2)
    >>> heard
    [1]
    """

    def __init__(self) -> None:
        self._listeners: list[Callable[[E], object]] = []

    def add(self, listener: Callable[[E], object]) -> Callable[[], None]:
        """Call `listener` from now on; calling what is returned ends it.

        Raises
        ------
        TypeError
            If `listener` cannot be called.
        """
        if not callable(listener):
            raise TypeError(f"a function that takes the event, not {listener!r}")
        # Its own entry even if the function is there already: each is ended alone.
        entry: Callable[[E], object] = lambda event: listener(event)  # noqa: E731
        self._listeners.append(entry)

        def forget() -> None:
            if entry in self._listeners:
                self._listeners.remove(entry)

        return forget

    def tell(self, event: E) -> None:
        """Call all of them; what the last one to fail has raised goes to the caller."""
        failures = [_failure_of(listener, event) for listener in tuple(self._listeners)]
        failed = [failure for failure in failures if failure is not None]
        if failed:
            raise failed[-1]


def _failure_of(listener: Callable[[E], object], event: E) -> Exception | None:
    try:
        listener(event)
    except Exception as error:  # noqa: BLE001 - raised when all have been told
        return error
    return None
