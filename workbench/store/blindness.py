"""Who may not see what is said of an article yet, as a condition of a query.

The same rule as ``services.overlap.hidden``: while an article of several readers is being read, its
answers are for those alone whose own is in. Who is at an article in practice or as a hidden test does
not see its gold meanwhile either.
"""

from sqlalchemy import ColumnElement, and_, exists, or_
from sqlalchemy.orm import InstrumentedAttribute, aliased

from workbench.store.schema import Item

UNREAD = ("waiting", "open", "returned")


def hidden(article_id: InstrumentedAttribute[int], person_id: int) -> ColumnElement[bool]:
    """Say of an article whether others' answers on it are hidden from somebody."""
    several, awaited, own, trial = aliased(Item), aliased(Item), aliased(Item), aliased(Item)
    at_work = (awaited.purpose == "work", awaited.state.in_(UNREAD))
    done = (own.person_id == person_id, own.state == "done", own.purpose == "work")
    reading = and_(
        exists().where(several.article_id == article_id, several.slot > 1),
        exists().where(awaited.article_id == article_id, *at_work),
        ~exists().where(own.article_id == article_id, *done),
    )
    at_trial = (trial.person_id == person_id, trial.purpose != "work", trial.state != "done")
    return or_(reading, exists().where(trial.article_id == article_id, *at_trial))
