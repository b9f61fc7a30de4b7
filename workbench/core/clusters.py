"""Near-duplicates: wire copy, reprints and later versions of one page.

Two articles are near when their runs of five words overlap by a quarter (Jaccard). Unrelated articles on
one subject share less than a hundredth, a rewritten reprint or an update with new facts about a third.
Signatures find the candidates, and the texts decide.
"""

from collections.abc import Callable, Iterable
from typing import Final, NamedTuple

from workbench.core.signatures import RUN, words

NEAR: Final = 0.25

_ENOUGH: Final = 8
"""How many near articles are told at most: of a text that came a thousand times, the likeliest are compared."""


class Near(NamedTuple):
    """An earlier article and how much of both it shares, 0 to 1."""

    key: str
    overlap: float


def shingles(text: str) -> frozenset[str]:
    """Return the runs of five words, whatever their case; a shorter text is one run."""
    said = words(text)
    return frozenset(" ".join(said[first : first + RUN]) for first in range(max(1, len(said) - RUN + 1)))


def overlap(one: str, other: str) -> float:
    """Return how much of their runs of words two texts share (Jaccard)."""
    return _shared(shingles(one), shingles(other))


def near(text: str, likely: Iterable[str], text_of: Callable[[str], str]) -> tuple[Near, ...]:
    """Return which of the likely articles, the likeliest first, are near a text: the nearest first.

    ``text_of`` returns the text of a key; no more are compared once enough are near.
    """
    found: list[Near] = []
    own: frozenset[str] = frozenset()
    for key in likely:
        own = own or shingles(text)
        shared = _shared(own, shingles(text_of(key)))
        if shared >= NEAR:
            found.append(Near(key, shared))
        if len(found) == _ENOUGH:
            break
    return tuple(sorted(found, key=lambda each: (-each.overlap, each.key)))


def _shared(first: frozenset[str], second: frozenset[str]) -> float:
    return len(first & second) / len(first | second)
