"""The videos of a widget, one of which is shown."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from threading import RLock

from boxreel.model import Annotation
from boxreel.widget.asked import Mark
from boxreel.widget.item import Item
from boxreel.widget.messages import ItemHead


@dataclass(frozen=True)
class ItemState:
    """How one video of a widget stands.

    Attributes
    ----------
    index
        Its place in the list, from 0.
    name
        What it is called.
    mark
        ``"done"``, ``"discarded"`` or None: what was said of it.
    shown
        Whether it is the one that is shown.
    """

    index: int
    name: str
    mark: Mark | None
    shown: bool


class Playlist:
    """The videos of a widget; each is opened when it is first needed.

    Parameters
    ----------
    names
        What each is called.
    make
        Opens the one at an index.
    """

    def __init__(self, names: Sequence[str], make: Callable[[int], Item]) -> None:
        self._names = list(names)
        self._make = make
        self._items: list[Item | None] = [None] * len(names)
        self._marks: list[Mark | None] = [None] * len(names)
        self._making = RLock()
        self.index = 0

    def __len__(self) -> int:
        return len(self._items)

    @property
    def current(self) -> Item:
        """The one that is shown."""
        return self[self.index]

    def __getitem__(self, index: int) -> Item:
        with self._making:  # a page may ask for it while a cell does
            item = self._items[index]
            if item is None:
                item = self._items[index] = self._make(index)
                self._names[index] = item.video.name
            return item

    def place(self, item: Item) -> int:
        """Return the index of one that was needed already."""
        return self._items.index(item)

    def opened(self) -> Iterator[Item]:
        """Go through those that have been needed so far."""
        return (item for item in self._items if item is not None)

    def frame_counts(self) -> list[int | None]:
        """Return the number of frames of each, None where it was not opened."""
        return [
            None if item is None else item.session.annotation.video.frame_count
            for item in self._items
        ]

    def heads(self) -> list[ItemHead]:
        """Return what a browser knows of each."""
        return [
            {"name": name, "mark": mark}
            for name, mark in zip(self._names, self._marks, strict=True)
        ]

    def annotations(self) -> tuple[Annotation, ...]:
        """Return the labels of each, opened for it where that was not needed yet."""
        found = []
        for index in range(len(self)):
            item = self[index]
            if index != self.index:
                item.rest()
            found.append(item.session.annotation)
        return tuple(found)

    def checked(self, index: int) -> int:
        """Return the index of an item that there is.

        Raises
        ------
        IndexError
            If there is none.
        """
        if not 0 <= index < len(self):
            raise IndexError(
                f"there is no item {index}: there are 0 to {len(self) - 1}"
            )
        return index

    def states(self) -> tuple[ItemState, ...]:
        """Say how each stands."""
        return tuple(map(self.state, range(len(self))))

    def state(self, index: int) -> ItemState:
        """Say how one stands."""
        shown = index == self.index
        return ItemState(index, self._names[index], self._marks[index], shown)

    def mark(self, index: int, mark: Mark | None) -> None:
        """Say of one that it is done, or discarded, or neither."""
        self._marks[index] = mark
