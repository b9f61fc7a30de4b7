"""Pages of lists: a cursor names the last row told, and means nothing to who receives it."""

from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Sequence
from typing import Any

from workbench.core.errors import Invalid


def after(cursor: str | None) -> int:
    """Return the row after which a page begins."""
    if not cursor:
        return 0
    try:
        kind, number = urlsafe_b64decode(cursor.encode() + b"=" * (-len(cursor) % 4)).decode("ascii").split(":")
        found = int(number)
    except ValueError:
        kind, found = "", -1
    if kind != "after" or not 0 <= found < 2**63:
        raise Invalid("This cursor is none: send the `next` of the page before, unchanged.")
    return found


def page(rows: Sequence[Any], limit: int) -> tuple[Sequence[Any], str | None]:
    """Cut a page off rows that were asked for one more; return it with the cursor of the next."""
    if len(rows) <= limit:
        return rows, None
    last = f"after:{rows[limit - 1].id}".encode()
    return rows[:limit], urlsafe_b64encode(last).decode().rstrip("=")
