"""Signatures of texts, by which near ones are found among many: the 32 smallest hashes of runs of five words.

Each distinct word is hashed once, and a run is the polynomial of its words' hashes. Of two texts that share a quarter
of their runs the signatures have eight values in common on average, and fewer than two once in a thousand times; of
texts that share nothing they have none, since a value of 32 bits hardly comes twice. A shorter text has fewer values,
told over and over, so that a signature is always 128 bytes.
"""

import re
import sys
from array import array
from hashlib import blake2b
from typing import Any, Final

WIDTH: Final = 128
VALUES: Final = 32
RUN: Final = 5

_WORD: Final = re.compile(r"\w+")
_APART: Final = bytes(code if _WORD.match(chr(code)) else 32 for code in range(128)) + bytes(128)
_BASE: Final = 0x9E3779B97F4A7C15
_MIX: Final = 0xBF58476D1CE4E5B9
_SMALL: Final = 2 * VALUES
_MOST_WORDS: Final = 300_000


class _Hashes(dict[str, bytes]):
    """Words' hashes, each made once; emptied before it takes much memory."""

    def __missing__(self, word: str) -> bytes:
        if len(self) > _MOST_WORDS:
            self.clear()
        found = self[word] = blake2b(word.encode("utf-8", "surrogatepass"), digest_size=8).digest()
        return found


_HASHES: Final = _Hashes()


def words(text: str) -> list[str]:
    """Return the words of a text, whatever their case; lines of plain ASCII, which most are, need no pattern."""
    folded = text.casefold()
    found: list[str] = []
    for line in [folded] if folded.isascii() else folded.split("\n"):
        found += line.encode().translate(_APART).decode().split() if line.isascii() else _WORD.findall(line)
    return found


def signature(text: str) -> bytes:
    """Return 128 bytes by which near texts are found, the same on every machine."""
    import numpy as np

    runs = _runs(words(text) or [""])
    small = np.unique(np.partition(runs, _SMALL)[:_SMALL] if len(runs) > _SMALL else runs)
    if len(small) < VALUES < len(runs):
        small = np.unique(runs)
    return np.resize(small[:VALUES].astype("<u4"), VALUES).tobytes()


def _runs(said: list[str]) -> Any:
    """Return a hash of 64 bits for every run of five words; a shorter text is one run."""
    import numpy as np

    hashes = np.frombuffer(b"".join(map(_HASHES.__getitem__, said)), "<u8")
    count = max(1, len(said) - RUN + 1)
    runs = np.zeros(count, np.uint64)
    for place in range(min(RUN, len(said))):
        runs *= np.uint64(_BASE)
        runs += hashes[place : place + count]
    runs ^= runs >> np.uint64(31)
    runs *= np.uint64(_MIX)
    runs ^= runs >> np.uint64(32)
    return runs


def values(mark: bytes) -> list[int]:
    """Return the distinct values of a signature."""
    found = array("I", mark)
    if sys.byteorder == "big":
        found.byteswap()
    return list(dict.fromkeys(found))
