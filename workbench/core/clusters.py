"""Near-duplicates: wire copy, reprints and later versions of one page.

Two articles are near when their runs of five words overlap by a quarter (Jaccard). Unrelated articles on
one subject share less than a hundredth, a rewritten reprint or an update with new facts about a third.

A MinHash signature of 128 bytes an article finds the candidates, and the texts decide. The signatures are
scanned whole: 100,000 take 13 MB and a few milliseconds, where hash tables for so low a threshold took
hundreds of megabytes and missed pairs.
"""

import re
from collections.abc import Callable, Iterable
from typing import Any, Final, NamedTuple

NEAR: Final = 0.25
WIDTH: Final = 128

_CANDIDATE: Final = 18
_WORD: Final = re.compile(r"\w+")


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
    words = _WORD.findall(text.casefold())
    return frozenset(" ".join(words[first : first + 5]) for first in range(max(1, len(words) - 4)))


def overlap(one: str, other: str) -> float:
    """Return how much of their runs of words two texts share (Jaccard)."""
    first, second = shingles(one), shingles(other)
    return len(first & second) / len(first | second)


def signature(text: str) -> bytes:
    """Return 128 bytes by which the overlap with other texts can be estimated, the same on every machine."""
    from datasketch import MinHash

    hashed = MinHash(num_perm=WIDTH, seed=1, scheme="affine32")
    hashed.update_batch([run.encode("utf-8", "surrogatepass") for run in shingles(text)])
    return bytes(hashed.hashvalues.astype("uint8"))


class Clusters:
    """The signatures of the articles so far; ``text_of`` returns the text of a key, for candidates only."""

    def __init__(self, text_of: Callable[[str], str], existing: Iterable[tuple[str, bytes]] = ()) -> None:
        import numpy as np

        self._text_of = text_of
        known = list(existing)
        self._keys = [key for key, _ in known]
        packed = np.frombuffer(b"".join(mark for _, mark in known), dtype=np.uint8)
        self._marks = np.empty((WIDTH, max(1024, 2 * len(known))), dtype=np.uint8)
        self._marks[:, : len(known)] = packed.reshape(-1, WIDTH).T

    def add(self, key: str, text: str) -> Placed:
        """Remember an article and say which earlier ones it is near."""
        mark = signature(text)
        near = [Near(earlier, overlap(text, self._text_of(earlier))) for earlier in self._candidates(mark)]
        self._keep(key, mark)
        kept = sorted((each for each in near if each.overlap >= NEAR), key=lambda each: (-each.overlap, each.key))
        return Placed(mark, tuple(kept))

    def _candidates(self, mark: bytes) -> list[str]:
        import numpy as np

        count = len(self._keys)
        alike: Any = np.zeros(count, dtype=np.uint8)
        for row, value in zip(self._marks, mark, strict=True):
            alike += row[:count] == value
        return [self._keys[place] for place in np.flatnonzero(alike >= _CANDIDATE)]

    def _keep(self, key: str, mark: bytes) -> None:
        import numpy as np

        count = len(self._keys)
        if count == self._marks.shape[1]:
            self._marks = np.concatenate([self._marks, np.empty_like(self._marks)], axis=1)
        self._marks[:, count] = np.frombuffer(mark, dtype=np.uint8)
        self._keys.append(key)
