"""What a foreign file's offsets count, decided by its quotes or by the edges of words.

Tools count code points, UTF-16 units, UTF-8 bytes or graphemes, and few say which. Every span is
tried in every unit; the unit under which most spans read as their quotes wins. Without quotes the one
wins under which most spans of the file so far begin and end with words. What reads as well in another unit, at other
places, is told.
"""

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Callable, Sequence
from functools import lru_cache
from itertools import accumulate
from typing import Final, NamedTuple
from unicodedata import category

from workbench.core.annotation import Span
from workbench.core.errors import Invalid

UNITS: Final = ("code points", "utf-16", "utf-8", "graphemes")
Index = Callable[[int], int | None]

_ENOUGH: Final = 500
_SOME: Final = 100
_TENTHS: Final = 10
_LEAD: Final = 5 * _TENTHS
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


class Decided(NamedTuple):
    """What the offsets of a document count, and what they may count as well, at other places."""

    unit: str
    rivals: tuple[str, ...] = ()


class Units:
    """What one file's offsets count, with the evidence of its documents so far.

    ``usual`` is what the format's files count for want of evidence; with ``standard`` its definition says so, and
    only much evidence speaks against it, without a doubt.
    """

    def __init__(self, told: str | None = None, usual: str = "code points", *, standard: bool = False) -> None:
        if told is not None and told not in UNITS:
            raise Invalid(f"“{told}” is no unit of offsets; choose one of {', '.join(UNITS)}.")
        self.told: Final = told
        self.usual: Final = usual
        self._order = (usual, *(unit for unit in UNITS if unit != usual))
        self._lead = _LEAD if standard else 0
        self._seen: Counter[str] = Counter()

    def learn(self, text: str, marks: Sequence[Mark]) -> None:
        """Take what else the file says of places, such as those of tokens, as evidence."""
        if not self.told and not _alike(text):
            self._heeded(text, marks[:: 1 + len(marks) // _SOME])

    def decide(self, text: str, marks: Sequence[Mark]) -> Decided:
        """Decide what the offsets of one document count: by its quotes, else by all that the file says so far."""
        if self.told or _alike(text):
            return Decided(self.told or self.usual)
        fits = self._heeded(text, marks[:: 1 + len(marks) // _ENOUGH])
        points = {unit: sum(fit.points for fit in fits[unit]) for unit in self._order}
        quoted = any(mark.quote is not None for mark in marks)

        def weight(unit: str) -> tuple[float, float]:
            return (points[unit], self._seen[unit]) if quoted else (self._seen[unit], points[unit])

        best = max(self._order, key=weight)
        if self._lead and self._seen[best] - self._seen[self.usual] < self._lead:
            return Decided(self.usual)
        places = {unit: [fit.span for fit in fits[unit]] for unit in self._order}
        rivals = (unit for unit in self._order if weight(unit) >= weight(best) or points[unit] > points[best])
        return Decided(best, tuple(unit for unit in rivals if places[unit] != places[best]))

    def place(self, text: str, marks: Sequence[Mark]) -> tuple[Decided, list[Placed]]:
        """Return the unit and each mark's place in code points."""
        decided = self.decide(text, marks)
        index = _index(text, decided.unit)
        return decided, [_placed(text, mark, index) for mark in marks]

    def _heeded(self, text: str, marks: Sequence[Mark]) -> dict[str, list["_Fit"]]:
        fits = {unit: _fits(text, marks, unit) for unit in self._order}
        self._seen.update({unit: int(_TENTHS * sum(fit.points for fit in fits[unit])) for unit in self._order})
        return fits


class _Fit(NamedTuple):
    """How well a mark fits under a unit, and where it then stands if it has no quote to say so."""

    points: float
    span: Span | None


def _alike(text: str) -> bool:
    """Say whether all units read alike."""
    return text.isascii() and "\r\n" not in text


@lru_cache(maxsize=4)
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


def size(text: str, unit: str) -> int:
    """Return how many units a text has."""
    if unit == "graphemes":
        import regex

        return len(regex.findall(r"\X", text))
    return len(text) if unit == "code points" else len(text.encode(_WIDTHS[unit])) // (1 if unit == "utf-8" else 2)


def _read(text: str, mark: Mark, index: Index) -> Span | None:
    start, end = index(mark.start), index(mark.end)
    return Span(start, end) if start is not None and end is not None and start < end <= len(text) else None


def _fits(text: str, marks: Sequence[Mark], unit: str) -> list[_Fit]:
    """Say how each mark fits under one unit: by its quote, else by how many of its edges are edges of words."""
    index = _index(text, unit)
    found = []
    for mark in marks:
        span = _read(text, mark, index)
        if span is None:
            found.append(_Fit(0, None))
        elif mark.quote is not None:
            found.append(_Fit(same(text[span.start : span.end], mark.quote), None))
        else:
            found.append(_Fit((_begins(text, span.start) + _ends(text, span.end)) / 2, span))
    return found


def same(found: str, quote: str) -> bool:
    """Say whether a quote is the text found, not minding how tools show line ends."""
    if found == quote:
        return True
    shown = {re.sub(r"\s", " ", each) for each in (found, found.replace("\r\n", "\n"))}
    return re.sub(r"\s", " ", quote) in shown


def _begins(text: str, place: int) -> bool:
    return text[place].isalnum() and not _in_word(text[place - 1 : place])


def _ends(text: str, place: int) -> bool:
    return _in_word(text[place - 1]) and not _in_word(text[place : place + 1])


def _in_word(sign: str) -> bool:
    """Say whether a sign is part of a word: a letter, a digit, or a mark over one."""
    return sign.isalnum() or (sign > "\x7f" and category(sign)[0] == "M")


def _placed(text: str, mark: Mark, index: Index) -> Placed:
    span = _read(text, mark, index)
    if mark.quote is None or (span and same(text[span.start : span.end], mark.quote)):
        return Placed(span)
    return Placed(nearest(text, mark.quote, span.start if span else mark.start), moved=True)


def nearest(text: str, quote: str, start: int) -> Span | None:
    """Return the occurrence of a quote that lies nearest to where it should be; None where there is none."""
    if not quote.strip():
        return None
    start = max(0, min(start, len(text)))
    after, mirrored = text.find(quote, start), _mirrored(text)
    before = mirrored.find(quote[::-1], max(0, len(text) - start - len(quote)))  # backwards, in one pass too
    found = [each for each in (len(text) - before - len(quote) if before >= 0 else -1, after) if each >= 0]
    best = min(found, key=lambda place: abs(place - start), default=None)
    return None if best is None else Span(best, best + len(quote))


@lru_cache(maxsize=1)
def _mirrored(text: str) -> str:
    return text[::-1]
