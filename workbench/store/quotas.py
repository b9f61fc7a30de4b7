"""How much people take on in a project, and how much they have."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, Final

from sqlalchemy import ColumnElement, bindparam, delete, func, insert, select
from sqlalchemy.orm import Session

from workbench.core.quotas import Quota, Taken
from workbench.store import prepared, schema, tallies
from workbench.store.claims import IN_HAND
from workbench.store.schema import Item

_QUOTA: Any = schema.Quota.__table__
_OF: Final[Any] = select(_QUOTA.c.a_day, _QUOTA.c.in_all, _QUOTA.c.at_once).where(
    _QUOTA.c.project_id == bindparam("in_project"), _QUOTA.c.person_id == bindparam("who")
)
"""Built once, for it is asked with every claim."""


def of(session: Session, project_id: int, person_id: int) -> Quota:
    """Return somebody's quota."""
    found = prepared.execute(session, _OF, {"in_project": project_id, "who": person_id})
    return Quota(*found[0]) if found else Quota()


def listing(session: Session, project_id: int, people: Sequence[int]) -> dict[int, Quota]:
    """Return the quotas of some people in a project, by person."""
    table = schema.Quota
    query = select(table.person_id, table.a_day, table.in_all, table.at_once)
    query = query.where(table.project_id == project_id, table.person_id.in_(people))
    return {number: Quota(*bounds) for number, *bounds in session.execute(query)}


def keep(session: Session, project_id: int, person_id: int, quota: Quota) -> None:
    """Keep somebody's quota."""
    table = schema.Quota
    session.execute(delete(table).where(table.project_id == project_id, table.person_id == person_id))
    if quota.bounds:
        values = {"a_day": quota.a_day, "in_all": quota.in_all, "at_once": quota.at_once}
        session.execute(insert(table).values(project_id=project_id, person_id=person_id, **values))


def taken(session: Session, project_id: int, person_id: int, since: datetime) -> Taken:
    """Return how much somebody has finished since a moment, finished at all, and has in hand."""
    done, held = Item.state == "done", Item.state.in_(IN_HAND)
    query = select(
        func.count().filter(done, Item.finished_at >= since), func.count().filter(done), func.count().filter(held)
    ).where(*_counted(project_id), Item.person_id == person_id, Item.state.in_(["done", *IN_HAND]))
    return Taken(*session.execute(query).one())


def all_taken(session: Session, project_id: int, people: Sequence[int], since: datetime) -> dict[int, Taken]:
    """Return the same of some people: what they ever finished as it is counted, the rest by their own few items."""
    mine = (*_counted(project_id), Item.person_id.in_(people))
    today = _by_person(session, *mine, Item.state == "done", Item.finished_at >= since)
    held = _by_person(session, *mine, Item.state.in_(IN_HAND))
    done = tallies.tallies(session, project_id, people=people).under("done")
    in_index = Item.purpose != "work"  # says nothing new: the partial index asks for these words
    tests = _by_person(session, *mine, Item.state == "done", Item.purpose == "test", in_index)
    return {
        each: Taken(today.get(each, 0), done.get(str(each), 0) + tests.get(each, 0), held.get(each, 0))
        for each in people
    }


def _by_person(session: Session, *which: ColumnElement[bool]) -> dict[int | None, int]:
    query = select(Item.person_id, func.count()).where(*which).group_by(Item.person_id)
    return dict(session.execute(query).all())


def _counted(project_id: int) -> tuple[ColumnElement[bool], ...]:
    """Return the conditions for what a quota counts: work, and tests as the work that they look like."""
    return Item.project_id == project_id, Item.purpose != "practice"
