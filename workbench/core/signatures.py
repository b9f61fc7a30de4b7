"""Signatures of texts, by which near ones are found among many: MinHash of runs of five words, 128 bytes each.

Each distinct word is hashed once, a run is the polynomial of its words' hashes, and each of 128 affine permutations
keeps the last byte of its smallest value. Two texts agree in about as many bytes as the share of their runs that they
have in common. An index finds those that agree in two neighbouring bytes anywhere: of two texts that share a quarter
it misses one in a thousand, and one article costs it the same whether a hundred lie there or a million.
"""

import re
from collections.abc import Iterable
from hashlib import blake2b
from typing import Any, Final

WIDTH: Final = 128
RUN: Final = 5

_WORD: Final = re.compile(r"\w+")
_APART: Final = {code: " " for code in range(128) if not _WORD.match(chr(code))}
_BASE: Final = 0x9E3779B97F4A7C15
_MIX: Final = 0xBF58476D1CE4E5B9
_LONGEST_CHAIN: Final = 64
_MOST_WORDS: Final = 300_000


class _Hashes(dict[str, int]):
    """Words' hashes, each made once; emptied before it takes much memory."""

    def __missing__(self, word: str) -> int:
        if len(self) > _MOST_WORDS:
            self.clear()
        found = _hashed(word.encode("utf-8", "surrogatepass"))
        self[word] = found
        return found


def _hashed(said: bytes) -> int:
    return int.from_bytes(blake2b(said, digest_size=8).digest(), "little")


_HASHES: Final = _Hashes()


def words(text: str) -> list[str]:
    """Return the words of a text, whatever their case; lines of plain ASCII, which most are, need no pattern."""
    found: list[str] = []
    for line in text.casefold().split("\n"):
        found += line.translate(_APART).split() if line.isascii() else _WORD.findall(line)
    return found


def signature(text: str) -> bytes:
    """Return 128 bytes by which the overlap with other texts can be estimated, the same on every machine."""
    import numpy as np

    said = words(text) or [""]
    hashes = np.fromiter(map(_HASHES.__getitem__, said), np.uint64, len(said))
    count = max(1, len(said) - RUN + 1)
    runs = np.zeros(count, np.uint64)
    for place in range(min(RUN, len(said))):
        runs *= np.uint64(_BASE)
        runs += hashes[place : place + count]
    runs ^= runs >> np.uint64(31)
    runs *= np.uint64(_MIX)
    factors, offsets = _permutations()
    values = (runs >> np.uint64(32)).astype(np.uint32)[None, :] * factors
    values += offsets
    return bytes(values.min(axis=1).astype(np.uint8))


def _permutations() -> tuple[Any, Any]:
    """Return 128 odd factors and offsets, made of the places' own hashes and so the same everywhere."""
    if not _PERMUTATIONS:
        import numpy as np

        drawn = [_hashed(b"%d" % place) for place in range(2 * WIDTH)]
        column = (np.array(drawn, np.uint64) >> np.uint64(32)).astype(np.uint32).reshape(2, WIDTH, 1)
        _PERMUTATIONS.append((column[0] | np.uint32(1), column[1]))
    return _PERMUTATIONS[0]


_PERMUTATIONS: Final[list[tuple[Any, Any]]] = []


class Index:
    """Signatures by number: chains of those that have two neighbouring bytes in common, the newest first."""

    def __init__(self, marks: Iterable[bytes] = ()) -> None:
        import numpy as np

        packed = np.frombuffer(b"".join(marks), dtype=np.uint8).reshape(-1, WIDTH)
        self._count = len(packed)
        self._marks = np.zeros((max(1024, 2 * len(packed)), WIDTH), np.uint8)
        self._marks[: len(packed)] = packed
        self._before = np.zeros(self._marks.shape, np.int32)
        self._newest = np.zeros(WIDTH << 16, np.int32)
        self._bands = np.arange(WIDTH, dtype=np.int32)
        self._link(packed)

    def _link(self, packed: Any) -> None:
        """Chain all signatures that are there from the start, byte after byte."""
        import numpy as np

        for band in self._bands if len(packed) else ():
            keys = self._keys(packed, band)
            order = np.argsort(keys, kind="stable")
            ordered = keys[order]
            alike = ordered[1:] == ordered[:-1]
            self._before[order[1:][alike], band] = order[:-1][alike] + 1
            self._newest[(int(band) << 16) + ordered] = order + 1

    @staticmethod
    def _keys(packed: Any, band: Any) -> Any:
        return packed[:, band].astype("int32") << 8 | packed[:, (band + 1) % WIDTH]

    def add(self, mark: bytes) -> tuple[list[int], list[int]]:
        """Take a signature in; return the numbers of earlier ones that are alike, and in how many bytes they agree."""
        import numpy as np

        own = np.frombuffer(mark, np.uint8)
        slots = (self._bands << 16) + (own.astype(np.int32) << 8 | np.roll(own, -1))
        newest = self._newest[slots]
        found = self._alike(own, newest)
        if self._count == len(self._marks):
            self._marks = np.concatenate([self._marks, np.zeros_like(self._marks)])
            self._before = np.concatenate([self._before, np.zeros_like(self._before)])
        self._marks[self._count], self._before[self._count] = own, newest
        self._count += 1
        self._newest[slots] = self._count
        return found

    def _alike(self, own: Any, newest: Any) -> tuple[list[int], list[int]]:
        """Walk the chains; the numbers in them begin with 1, so that 0 can end a chain."""
        import numpy as np

        numbers, bands, met = newest, self._bands, []
        for _ in range(_LONGEST_CHAIN):
            there = numbers > 0
            numbers, bands = numbers[there], bands[there]
            if not len(numbers):
                break
            met.append(numbers - 1)
            numbers = self._before[numbers - 1, bands]
        if not met:
            return [], []
        once = np.unique(np.concatenate(met))
        return once.tolist(), (self._marks[once] == own).sum(axis=1).tolist()
