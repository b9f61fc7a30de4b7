"""Words in the pieces that the network knows (WordPiece, after BERT's uncased vocabulary)."""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from functools import cached_property
from typing import Final

START, END, UNKNOWN, PADDING = "[CLS]", "[SEP]", "[UNK]", "[PAD]"
_LONG: Final = 60
"""Characters of a stretch without white space or punctuation from which nobody has learned anything."""

_MANY: Final = 50_000
"""Words that are remembered at a time."""

_STRETCH: Final = re.compile(r"[^\W_]+|[^\w\s]|_")


class Pieces:
    """A vocabulary; what it made of a word is remembered."""

    def __init__(self, vocabulary: Sequence[str]) -> None:
        self.vocabulary = tuple(vocabulary)
        self._known: dict[str, list[int]] = {}

    @cached_property
    def numbers(self) -> dict[str, int]:
        """Return the number of each piece."""
        return {piece: number for number, piece in enumerate(self.vocabulary)}

    def of(self, word: str) -> list[int]:
        """Return the numbers of the pieces of a word, at least one."""
        if (found := self._known.get(word)) is None:
            found = [piece for part in _STRETCH.findall(plain(word)) for piece in self._split(part)]
            found = self._known[word] = found or [self.numbers[UNKNOWN]]
            if len(self._known) > _MANY:
                self._known.clear()
        return found

    def _split(self, part: str) -> Iterator[int]:
        """Yield the longest pieces from the left; what cannot be put together is unknown as a whole."""
        found: list[int] = []
        start = 0
        while start < len(part) <= _LONG:
            ends = (
                end for end in range(len(part), start, -1) if ("##" * (start > 0) + part[start:end]) in self.numbers
            )
            if (end := next(ends, None)) is None:
                break
            found.append(self.numbers["##" * (start > 0) + part[start:end]])
            start = end
        yield from found if start == len(part) else [self.numbers[UNKNOWN]]


def plain(word: str) -> str:
    """Return a word in small letters without accents."""
    apart = unicodedata.normalize("NFD", word.lower())
    return "".join(each for each in apart if unicodedata.category(each) != "Mn")
