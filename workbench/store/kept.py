"""What is stored once and never changes, kept at hand by each process: what was asked for last, within a bound."""

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable
from typing import Any, Final, TypeVar

from workbench.store.prepared import Asked

ROOM: Final = 64_000_000
"""How much is kept of one database, in characters."""

Value = TypeVar("Value")


class Kept:
    """The values, by what they are of, those asked for last at the end."""

    def __init__(self, room: int = ROOM) -> None:
        self._room, self._taken = room, 0
        self._found: OrderedDict[Hashable, tuple[Any, int]] = OrderedDict()
        self._turn = threading.Lock()

    def get(self, key: Hashable) -> Any:
        """Return a value, or None."""
        with self._turn:
            if key not in self._found:
                return None
            self._found.move_to_end(key)
            return self._found[key][0]

    def keep(self, key: Hashable, value: Any, size: int) -> None:
        """Keep a value, and let go of those that were not asked for longest."""
        if size > self._room:
            return
        with self._turn:
            self._taken += size - self._found.pop(key, (None, 0))[1]
            self._found[key] = (value, size)
            while self._taken > self._room:
                self._taken -= self._found.popitem(last=False)[1][1]


def kept(asked: Asked, key: Hashable, find: Callable[[], Value], size: Callable[[Value], int]) -> Value:
    """Return what a database holds under a key, asking for it where it is not at hand."""
    shelf: Kept = asked.info["kept"]
    value = shelf.get(key)
    if value is None:
        value = find()
        shelf.keep(key, value, size(value))
    return value  # type: ignore[no-any-return]
