"""Lists, a page at a time."""

from collections.abc import Sequence
from typing import Any, Final

SIZE: Final = 50
"""How many rows a page of the browser shows."""


def cut(rows: Sequence[Any], size: int = SIZE) -> tuple[Sequence[Any], int | None]:
    """Cut a page off rows that were asked for one more; return it with the ``id`` to go on after, if more follow."""
    return rows[:size], rows[size - 1].id if len(rows) > size else None
