"""What a foreign file's offsets count, decided by its quotes or by the edges of words.

Tools count code points, UTF-16 units, UTF-8 bytes or graphemes, and few say which. Every span is
tried in every unit; the unit under which most spans read as their quotes wins. Without quotes the one
wins under which most spans begin and end with words.
"""

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from itertools import accumulate
from typing import Final, NamedTuple

from workbench.core.annotation import Span
from workbench.core.errors import Invalid

UNITS: Final = ("code points", "utf-16", "utf-8", "graphemes")
Index = Callable[[int], int | None]

_ENOUGH: Final = 500
_WIDTHS: Final = {"utf-16": "utf-16-le", "utf-8": "utf-8"}


class Mark(NamedTuple):
    """A span as a foreign file gives it, with its quote where it has one."""

    start: int
    end: int
    quote: str | None = None


class Placed(NamedTuple):
    """Where a mark stands in code points; None where no place was found; ``moved`` where only the quote told."""

    span: Span | None
    moved: bool = False


class Units:
    """What one file's offsets count, with the evidence of its documents so far."""

    def __init__(self, told: str | None = None, usual: str = "code points") -> None:
        if told is not None and told not in UNITS:
            raise Invalid(f"“{told}” is no unit of offsets; choose one of {', '.join(UNITS)}.")
        self._told = told
        self.expected: Final = told or usual
        self._order = (usual, *(unit for unit in UNITS if unit != usual))
        self._seen: Counter[str] = Counter()

    def unit(self, text: str, marks: Sequence[Mark]) -> str:
        """Decide what the offsets of one document count."""
        if self._told:
            return self._told
        if text.isascii() and "\r\n" not in text:
            return self._order[0]
        sample = marks[:: 1 + len(marks) // _ENOUGH]
        points = {unit: _points(text, sample, unit) for unit in self._order}
        self._seen.update({unit: int(10 * count) for unit, count in points.items()})
        return max(self._order, key=lambda unit: (points[unit], self._seen[unit], -self._order.index(unit)))

    def place(self, text: str, marks: Sequence[Mark]) -> tuple[str, list[Placed]]:
        """Return the unit and each mark's place in code points."""
        unit = self.unit(text, marks)
        index = _index(text, unit)
        return unit, [_placed(text, mark, index) for mark in marks]


def _index(text: str, unit: str) -> Index:
    """Return what finds the code point at which so many units have passed; None inside one and beyond the end."""
    if unit == "code points" or (text.isascii() and unit != "graphemes"):
        return lambda count: count if 0 <= count <= len(text) else None
    if unit == "graphemes":
        import regex

        starts = [*(match.start() for match in regex.finditer(r"\X", text)), len(text)]
        return lambda count: starts[count] if 0 <= count < len(starts) else None
    width = 1 if unit == "utf-8" else 2
    passed = [0, *accumulate(len(sign.encode(_WIDTHS[unit])) // width for sign in text)]

    def found(count: int) -> int | None:
        place = bisect_left(passed, count)
        return place if place < len(passed) and passed[place] == count else None

    return found


def _read(text: str, mark: Mark, index: Index) -> Span | None:
    start, end = index(mark.start), index(mark.end)
    return Span(start, end) if start is not None and end is not None and start < end <= len(text) else None


def _points(text: str, marks: Sequence[Mark], unit: str) -> float:
    """Count the marks that fit under one unit: by the quote, else by how many edges are edges of words."""
    index = _index(text, unit)
    points = 0.0
    for mark in marks:
        span = _read(text, mark, index)
        if span is not None and mark.quote is not None:
            points += same(text[span.start : span.end], mark.quote)
        elif span is not None:
            points += (_begins(text, span.start) + _ends(text, span.end)) / 2
    return points


def same(found: str, quote: str) -> bool:
    """Say whether a quote is the text found, not minding how tools show line ends."""
    if found == quote:
        return True
    shown = {re.sub(r"\s", " ", each) for each in (found, found.replace("\r\n", "\n"))}
    return re.sub(r"\s", " ", quote) in shown


def _begins(text: str, place: int) -> bool:
    return text[place].isalnum() and not text[place - 1 : place].isalnum()


def _ends(text: str, place: int) -> bool:
    return text[place - 1].isalnum() and not text[place : place + 1].isalnum()


def _placed(text: str, mark: Mark, index: Index) -> Placed:
    span = _read(text, mark, index)
    if mark.quote is None or (span and same(text[span.start : span.end], mark.quote)):
        return Placed(span)
    return Placed(nearest(text, mark.quote, span.start if span else mark.start), moved=True)


def nearest(text: str, quote: str, start: int) -> Span | None:
    """Return the occurrence of a quote that lies nearest to where it should be; None where there is none."""
    found: Iterable[int] = (match.start() for match in re.finditer(re.escape(quote), text)) if quote.strip() else ()
    best = min(found, key=lambda place: abs(place - start), default=None)
    return None if best is None else Span(best, best + len(quote))
