"""Remarks: what people say of a comparison while they look at it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import TYPE_CHECKING

from boxreel.review.signals import Signal

if TYPE_CHECKING:
    from boxreel.review.reviewed import Reviewed


class Remarks:
    """Verdicts, verified frames and pins as they are now, and signals.

    Comparisons of one pair of documents share it, at whatever threshold.

    Parameters
    ----------
    reviewed
        Where it begins; nothing said by default.

    Examples
    --------
    >>> from boxreel.review import Pin
    >>> remarks = Remarks()
    >>> stop = remarks.observe(lambda: print(len(remarks.reviewed.pins)))
    >>> remarks.reviewed = remarks.reviewed.with_pin(Pin("lost here", 12))
    1
    """

    def __init__(self, reviewed: Reviewed | None = None) -> None:
        if reviewed is None:
            from boxreel.review.reviewed import Reviewed

            reviewed = Reviewed()
        self._reviewed = reviewed
        self._signals: dict[str, Signal] = {}
        self._listeners: list[Callable[[], object]] = []

    @property
    def reviewed(self) -> Reviewed:
        """Verdicts, verified frames and pins, as a value. Assigning tells listeners."""
        return self._reviewed

    @reviewed.setter
    def reviewed(self, reviewed: Reviewed) -> None:
        if reviewed != self._reviewed:
            self._reviewed = reviewed
            self._tell()

    @property
    def signals(self) -> Mapping[str, Signal]:
        """Signals by their names, in the order they were added."""
        return MappingProxyType(self._signals)

    def add(self, signal: Signal) -> None:
        """Add a signal, or put it in the place of the one of its name."""
        self._signals = {**self._signals, signal.name: signal}
        self._tell()

    def observe(self, listener: Callable[[], object]) -> Callable[[], None]:
        """Call a function after each change, on the thread that made it.

        Returns
        -------
        callable
            Ends it.
        """
        self._listeners.append(listener)
        return lambda: self._listeners.remove(listener)

    def _tell(self) -> None:
        for listener in [*self._listeners]:
            listener()
