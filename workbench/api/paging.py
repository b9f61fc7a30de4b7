"""Pages of lists: a cursor names the last row told, and means nothing to who receives it."""

from base64 import urlsafe_b64decode, urlsafe_b64encode

from workbench.core import pages
from workbench.core.errors import Invalid
from workbench.core.pages import Row


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


def page(rows: list[Row], limit: int) -> tuple[list[Row], str | None]:
    """Cut a page off rows that were asked for one more; return it with the cursor of the next."""
    found, last = pages.cut(rows, limit)
    return found, cursor(last) if last else None


def cursor(number: int) -> str:
    """Return what leads on from a row."""
    return urlsafe_b64encode(f"after:{number}".encode()).decode().rstrip("=")
