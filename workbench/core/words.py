"""How numbers of things are said, and how names are looked for."""

import unicodedata
from typing import Final

_BLANK: Final = frozenset("\u115f\u1160\u2800\u3164\uffa0")
"""Letters and signs that look like nothing, though Unicode calls them printable."""
_JOINERS: Final = {0x200C: None, 0x200D: None}


def many(count: int, one: str, more: str | None = None) -> str:
    """Return a number with its noun, and verb where one is given: 1 article, 2 articles, 1,200 articles."""
    return f"{count:,} {one if count == 1 else more or one + 's'}"


def legible(name: str, *, joined: bool = False) -> bool:
    """Say whether a name shows what it is: nothing in it is unseen, breaks the line or turns how the rest is read.

    With ``joined`` it may hold the joiners that some scripts are written with.
    """
    seen = name.translate(_JOINERS) if joined else name
    return seen.isprintable() and _BLANK.isdisjoint(seen)


def folded(name: str) -> str:
    """Return a name as it is looked for: capital and small letters alike in every alphabet, however they are typed."""
    return unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", name).casefold())
