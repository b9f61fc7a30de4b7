"""Pages of lists: a cursor names the last row told, and means nothing to who receives it."""

from base64 import urlsafe_b64decode, urlsafe_b64encode
from typing import Final

from workbench.core import pages
from workbench.core.errors import Invalid
from workbench.core.pages import Row

_NONE: Final = "This cursor is none: send the `next` of the page before, unchanged."


def after(cursor: str | None) -> int:
    """Return the row after which a page begins."""
    if not cursor:
        return 0
    said = behind(cursor)
    if not said.isdecimal() or not said.isascii() or int(said[:20]) >= 2**63:
        raise Invalid(_NONE)
    return int(said)


def behind(cursor: str | None) -> str:
    """Return the name of what a page begins after."""
    if not cursor:
        return ""
    try:
        kind, _, name = urlsafe_b64decode(cursor.encode() + b"=" * (-len(cursor) % 4)).decode().partition(":")
    except ValueError:
        kind, name = "", ""
    if kind != "after" or not name:
        raise Invalid(_NONE)
    return name


def page(rows: list[Row], limit: int, *, by: str = "id") -> tuple[list[Row], str | None]:
    """Cut a page off rows that were asked for one more; return it with the cursor of the next."""
    found, last = pages.cut(rows, limit, by=by)
    return found, cursor(last) if last else None


def cursor(number: int | str) -> str:
    """Return what leads on from a row."""
    return urlsafe_b64encode(f"after:{number}".encode()).decode().rstrip("=")
