"""Lists, a page at a time."""

from typing import Any, Final, TypeVar

Row = TypeVar("Row", bound=Any)
SIZE: Final = 50
"""How many rows a page of the browser shows."""


FEW: Final = 8
"""How many rows are offered to choose from while somebody types."""


def cut(rows: list[Row], size: int = SIZE, *, by: str = "id") -> tuple[list[Row], int | None]:
    """Cut a page off rows that were asked for one more; return it with the number to go on after, if more follow."""
    return rows[:size], getattr(rows[size - 1], by) if len(rows) > size else None
