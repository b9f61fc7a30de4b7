"""How numbers of things are said, and how names are looked for."""

import unicodedata


def many(count: int, one: str, more: str | None = None) -> str:
    """Return a number with its noun, and verb where one is given: 1 article, 2 articles, 1,200 articles."""
    return f"{count:,} {one if count == 1 else more or one + 's'}"


def folded(name: str) -> str:
    """Return a name as it is looked for: capital and small letters alike in every alphabet, however they are typed."""
    return unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", name).casefold())
