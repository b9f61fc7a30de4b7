"""Near-duplicates: wire copy, reprints and later versions of one page.

Two articles are near when their runs of five words overlap by a quarter (Jaccard). Unrelated articles on
one subject share less than a hundredth, a rewritten reprint or an update with new facts about a third.
Signatures find the candidates, and the texts decide.
"""

from collections.abc import Callable, Iterable
from typing import Final, NamedTuple

from workbench.core.signatures import RUN, Index, signature, words

NEAR: Final = 0.25

_CANDIDATE: Final = 18
_ENOUGH: Final = 8
"""How many near articles are told at most: of a text that came a thousand times, the likeliest are compared."""


class Near(NamedTuple):
    """An earlier article and how much of both it shares, 0 to 1."""

    key: str
    overlap: float


class Placed(NamedTuple):
    """The signature to keep of an article and its earlier neighbours, the nearest first."""

    signature: bytes
    near: tuple[Near, ...]


def shingles(text: str) -> frozenset[str]:
    """Return the runs of five words, whatever their case; a shorter text is one run."""
    said = words(text)
    return frozenset(" ".join(said[first : first + RUN]) for first in range(max(1, len(said) - RUN + 1)))


def overlap(one: str, other: str) -> float:
    """Return how much of their runs of words two texts share (Jaccard)."""
    return _shared(shingles(one), shingles(other))


def _shared(first: frozenset[str], second: frozenset[str]) -> float:
    return len(first & second) / len(first | second)


class Clusters:
    """The signatures of the articles so far; ``text_of`` returns the text of a key, for candidates only."""

    def __init__(self, text_of: Callable[[str], str], existing: Iterable[tuple[str, bytes]] = ()) -> None:
        self._text_of = text_of
        known = list(existing)
        self._keys = [key for key, _ in known]
        self._index = Index(mark for _, mark in known)

    def add(self, key: str, text: str, mark: bytes | None = None) -> Placed:
        """Remember an article, with its signature where that is known, and say which earlier ones it is near."""
        mark = mark or signature(text)
        near = self._near(text, *self._index.add(mark))
        self._keys.append(key)
        return Placed(mark, tuple(sorted(near, key=lambda each: (-each.overlap, each.key))))

    def _near(self, text: str, numbers: list[int], agreed: list[int]) -> list[Near]:
        """Compare the texts of candidates, the likeliest first, until enough are near."""
        likely = sorted((-count, number) for number, count in zip(numbers, agreed, strict=True) if count >= _CANDIDATE)
        found: list[Near] = []
        own = shingles(text) if likely else frozenset()
        for _, number in likely:
            shared = _shared(own, shingles(self._text_of(self._keys[number])))
            if shared >= NEAR:
                found.append(Near(self._keys[number], shared))
            if len(found) == _ENOUGH:
                break
        return found
