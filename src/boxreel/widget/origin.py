"""Who makes a change."""

from __future__ import annotations

from dataclasses import dataclass

from boxreel.model import history


@dataclass(frozen=True)
class Origin:
    """Who made a change: a browser page and the number it gave it, or Python."""

    client: str | None = None
    seq: int | None = None

    @property
    def author(self) -> str:
        """Whose step of undo it is: the page's, however often it was loaded."""
        return history.PYTHON if self.client is None else author_of(self.client)


def author_of(client: str) -> str:
    """Return who a page is: what stands before the dot in its name.

    Examples
    --------
    >>> author_of("anna.17"), author_of("anna")
    ('anna', 'anna')
    """
    return client.partition(".")[0]


PYTHON = Origin()
