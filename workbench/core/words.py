"""How numbers of things are said."""


def many(count: int, one: str, more: str | None = None) -> str:
    """Return a number with its noun, and verb where one is given: 1 article, 2 articles, 1,200 articles."""
    return f"{count:,} {one if count == 1 else more or one + 's'}"
