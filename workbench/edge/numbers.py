"""Whole numbers as people type them into forms."""

from typing import Final

_LONGEST: Final = 18


def whole(said: str) -> int | None:
    """Return the number that plain digits say; None for anything else, and for more than a database holds."""
    said = said.strip()
    return int(said) if said.isascii() and said.isdigit() and len(said) <= _LONGEST else None
