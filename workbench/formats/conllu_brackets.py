"""Entities as brackets in CoNLL-U: those that are open while a file is read, and those that are written."""

import re
from collections.abc import Iterable, Iterator

from workbench.core.annotation import Entity, Span

Bracket = tuple[list[str], int]
"""What a bracket says between its hyphens, and where it opens."""


class Opened:
    """The brackets that are open, each found by its name without a look at the others."""

    def __init__(self) -> None:
        self._count = 0
        self._open: dict[int, Bracket] = {}
        self._named: dict[str, list[int]] = {}

    def __len__(self) -> int:
        return len(self._open)

    def __iter__(self) -> Iterator[list[str]]:
        return (parts for parts, _ in self._open.values())

    def add(self, name: str, parts: list[str], start: int) -> None:
        """Open a bracket."""
        self._count += 1
        self._open[self._count] = parts, start
        self._named.setdefault(name, []).append(self._count)

    def closed(self, name: str) -> Bracket:
        """Close the last bracket of this name, or the last of any where there is none; there must be one."""
        numbers = self._named.get(name, [])
        while numbers:
            if (number := numbers.pop()) in self._open:
                return self._open.pop(number)
        return self._open.popitem()[1]


class Brackets:
    """The brackets of entities, by where they open and close."""

    def __init__(self, entities: Iterable[Entity]) -> None:
        self._opens: dict[int, list[tuple[int, str, int]]] = {}
        self._closes: dict[int, list[tuple[int, str]]] = {}
        for number, each in enumerate(entities, 1):
            label = re.sub(r"[-()|=\s]", "_", each.label)
            self._opens.setdefault(each.start, []).append((number, label, each.end))
            self._closes.setdefault(each.end, []).append((each.start, f"e{number})"))

    def at(self, token: Span) -> str:
        """Return the brackets of a token: what closes, then what opens."""
        closing = "".join(said for start, said in self._closes.get(token.end, ()) if start < token.start)
        return closing + "".join(
            f"(e{number}-{label}{')' * (end == token.end)}" for number, label, end in self._opens.get(token.start, ())
        )
