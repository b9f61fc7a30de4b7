"""The signatures of many articles by their values, in files that last as long as they are in use.

Memory holds where the newest article with a value of some kind lies, in as many places however many articles come;
each names the one before it. The newest that share two values with an article, or all that it has, are likely near it.
"""

import json
import tempfile
from array import array
from collections import Counter
from collections.abc import Iterable, Iterator
from struct import Struct
from typing import BinaryIO, Final

from workbench.core.signatures import VALUES, values

_PLACES: Final = 1 << 23
_LONGEST_CHAIN: Final = 64
_MOST_LIKELY: Final = 64
_ENTRY: Final = Struct("<II")
"""A value, and the entry before it of those that begin in the same place; 0 ends them."""
_NAME: Final = Struct("<Q")
_ROW: Final = Struct(f"<Q{2 * VALUES}I")
_WIDTH: Final = _ROW.size
_GONE: Final = 2**64 - 1
_LONGEST_NAME: Final = 2048
_SLOTS: Final = _WIDTH // _ENTRY.size


class Neighbours:
    """Articles by key and cluster; ``with`` removes their files."""

    def __init__(self, existing: Iterable[tuple[str, str, bytes]] = ()) -> None:
        self._newest = array("I", bytes(4 * _PLACES))
        self._entries: BinaryIO = tempfile.TemporaryFile(buffering=0)  # noqa: SIM115 - closed by whoever made us
        self._names: BinaryIO = tempfile.TemporaryFile(buffering=0)  # noqa: SIM115
        self._count = self._end = 0
        for key, cluster, mark in existing:
            self.add(key, cluster, mark)

    def close(self) -> None:
        """Remove the files."""
        self._entries.close()
        self._names.close()

    @property
    def count(self) -> int:
        """Return how many articles there are."""
        return self._count

    def add(self, key: str, cluster: str, mark: bytes) -> None:
        """Take an article in."""
        name = json.dumps([key, cluster]).encode() + b"\n"
        newest = self._newest
        entries: list[int] = []
        for entry, value in enumerate(values(mark), self._count * _SLOTS + 1):
            place = value % _PLACES
            entries += value, newest[place]
            newest[place] = entry
        entries += [0] * (2 * VALUES - len(entries))
        self._put(self._names, self._end, name)
        self._put(self._entries, self._count * _WIDTH, _ROW.pack(self._end, *entries))
        self._end += len(name)
        self._count += 1

    def forget(self, first: int) -> None:
        """Let all articles from a number on be near none that come later."""
        for number in range(first, self._count):
            self._put(self._entries, number * _WIDTH, _NAME.pack(_GONE))

    def likely(self, mark: bytes) -> dict[str, str]:
        """Return the clusters of earlier articles that may be near, by their keys, the likeliest first."""
        own = values(mark)
        enough = 2 if len(own) > 4 else 1
        shared = Counter(number for value in own for number in self._with(value))
        ranked = sorted((-count, number) for number, count in shared.items() if count >= enough)
        return dict(filter(None, (self._named(number) for _, number in ranked[:_MOST_LIKELY])))

    def _with(self, value: int) -> Iterator[int]:
        """Yield the newest articles that have a value."""
        entry = self._newest[value % _PLACES]
        for _ in range(_LONGEST_CHAIN):
            if not entry:
                return
            found, before = _ENTRY.unpack(self._got(entry * _ENTRY.size, _ENTRY.size))
            if found == value:
                yield entry // _SLOTS
            entry = before

    def _named(self, number: int) -> tuple[str, str] | None:
        [at] = _NAME.unpack(self._got(number * _WIDTH, _NAME.size))
        if at == _GONE:
            return None
        self._names.seek(at)
        key, cluster = json.loads(self._names.read(_LONGEST_NAME).split(b"\n", 1)[0])
        return key, cluster

    def _got(self, at: int, count: int) -> bytes:
        self._entries.seek(at)
        return self._entries.read(count)

    @staticmethod
    def _put(file: BinaryIO, at: int, body: bytes) -> None:
        file.seek(at)
        file.write(body)
