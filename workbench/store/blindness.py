"""Who may not see what is said of an article yet, as a condition of a query.

The same rule as ``services.overlap.hidden``: while an article of several readers is being read, its
answers are for those alone whose own is in.
"""

from sqlalchemy import ColumnElement, and_, exists
from sqlalchemy.orm import InstrumentedAttribute, aliased

from workbench.store.schema import Item

UNREAD = ("waiting", "open", "returned")


def hidden(article_id: InstrumentedAttribute[int], person_id: int) -> ColumnElement[bool]:
    """Say of an article whether others' answers on it are hidden from somebody."""
    several, awaited, own = aliased(Item), aliased(Item), aliased(Item)
    return and_(
        exists().where(several.article_id == article_id, several.slot > 1),
        exists().where(awaited.article_id == article_id, awaited.state.in_(UNREAD)),
        ~exists().where(own.article_id == article_id, own.person_id == person_id, own.state == "done"),
    )
