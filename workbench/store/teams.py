"""Who is in a project, found by name, a page at a time."""

from collections.abc import Collection
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from workbench.core.words import folded
from workbench.store import schema
from workbench.store.onward import behind
from workbench.store.people import PersonRow, called, columns


def members(
    session: Session,
    project_id: int,
    *,
    find: str = "",
    begun: str = "",
    roles: Collection[str] = (),
    among: Collection[int] | None = None,
    after: int = 0,
    limit: int | None = None,
) -> list[PersonRow]:
    """Return the people of a project with their roles, by name; all of them, or those behind one.

    ``find`` stands anywhere in the name, ``begun`` where one of its words begins; of ``roles``, who may sign in;
    ``among`` some people only.
    """
    query = (
        columns()
        .add_columns(schema.Membership.role)
        .join(schema.Membership, schema.Membership.person_id == schema.Person.id)
        .where(schema.Membership.project_id == project_id)
    )
    if find:
        query = query.where(called(find))
    if begun:
        query = query.where(_begins(schema.Person.folded, folded(begun)))
    if roles:
        query = query.where(schema.Membership.role.in_(sorted(roles)), schema.Person.active.is_(True))
    if among is not None:
        query = query.where(schema.Person.id.in_(among))
    rows = session.execute(behind(session, query, (schema.Person.folded, schema.Person.id), after, limit))
    return [PersonRow(*row) for row in rows]


def able(project_id: int, roles: Collection[str], *columns: Any) -> Any:
    """Return a query for columns of the people of a project in these roles who may sign in."""
    member, who = schema.Membership, schema.Person
    query = select(*columns).join(member, member.person_id == who.id)
    return query.where(member.project_id == project_id, member.role.in_(sorted(roles)), who.active.is_(True))


def _begins(name: Any, start: str) -> Any:
    return name.startswith(start, autoescape=True) | name.contains(f" {start}", autoescape=True)
