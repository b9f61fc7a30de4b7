"""Lists, a page at a time."""

from typing import Any, Final, TypeVar

Row = TypeVar("Row", bound=Any)
SIZE: Final = 50
"""How many rows a page of the browser shows."""


def cut(rows: list[Row], size: int = SIZE) -> tuple[list[Row], int | None]:
    """Cut a page off rows that were asked for one more; return it with the ``id`` to go on after, if more follow."""
    return rows[:size], rows[size - 1].id if len(rows) > size else None
