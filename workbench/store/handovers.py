"""What changed hands: articles skipped, returned, given to somebody, given back."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import func, insert, select, update
from sqlalchemy.orm import Session, aliased

from workbench.store.claims import IN_HAND
from workbench.store.schema import Article, Handover, Item, Person
from workbench.store.teams import able


@dataclass(frozen=True, slots=True)
class HandoverRow:
    """One change of hands: who did it, whom it concerns, and what they said."""

    id: int
    key: str
    title: str | None
    slot: int
    act: str
    by: str | None
    person: str | None
    comment: str
    at: datetime


@dataclass(frozen=True, slots=True)
class PlaceRow:
    """A place that is to be given to somebody."""

    id: int
    article_id: int
    key: str
    slot: int
    state: str
    person_id: int | None
    lane: int


def keep(session: Session, rows: Iterable[dict[str, Any]]) -> None:
    """Append changes of hands."""
    if values := list(rows):
        session.execute(insert(Handover), values)


def listing(session: Session, project_id: int, act: str, *, before: int | None, limit: int) -> list[HandoverRow]:
    """Return a project's changes of hands of one kind, the newest first, those before one."""
    query = _rows().where(Handover.project_id == project_id, Handover.act == act)
    if before:
        query = query.where(Handover.id < before)
    return [HandoverRow(*row) for row in session.execute(query.order_by(Handover.id.desc()).limit(limit))]


def of_article(session: Session, article_id: int) -> list[HandoverRow]:
    """Return what changed hands of one article, the newest last."""
    query = _rows().where(Handover.article_id == article_id).order_by(Handover.id)
    return [HandoverRow(*row) for row in session.execute(query)]


def _rows() -> Any:
    by, person = aliased(Person), aliased(Person)
    return (
        select(
            *(Handover.id, Article.key, Article.title, Handover.slot, Handover.act),
            *(by.name, person.name, Handover.comment, Handover.at),
        )
        .join(Article, Article.id == Handover.article_id)
        .outerjoin(by, by.id == Handover.by_id)
        .outerjoin(person, person.id == Handover.person_id)
    )


def skipped_by(session: Session, article_id: int) -> set[int]:
    """Return who has laid an article aside."""
    query = select(Handover.person_id).where(Handover.article_id == article_id, Handover.act == "skip")
    return {number for number in session.scalars(query) if number}


def anybody(
    session: Session,
    project_id: int,
    roles: Sequence[str],
    among: Sequence[int] | None = None,
    but: Collection[int] = (),
) -> bool:
    """Say whether a project has somebody in these roles, of some people perhaps, whom nothing keeps out."""
    query = able(project_id, roles, Person.id).where(Person.id.not_in(but))
    if among is not None:
        query = query.where(Person.id.in_(among))
    return session.scalar(query.limit(1)) is not None


def places(session: Session, project_id: int, item_ids: Sequence[int]) -> list[PlaceRow]:
    """Return places by the ids of their items, locked until the transaction ends."""
    query = (
        select(Item.id, Item.article_id, Article.key, Item.slot, Item.state, Item.person_id, Item.lane)
        .join(Article, Article.id == Item.article_id)
        .where(Item.project_id == project_id, Item.id.in_(item_ids), Item.purpose == "work")
        .order_by(Item.id)
        .with_for_update(of=Item)
    )
    return [PlaceRow(*row) for row in session.execute(query)]


def readers(session: Session, article_ids: Sequence[int]) -> dict[int, set[int]]:
    """Return who has, or had, a place at articles."""
    found: dict[int, set[int]] = {}
    query = select(Item.article_id, Item.person_id).where(Item.article_id.in_(article_ids))
    for article_id, person_id in session.execute(query.where(Item.person_id.is_not(None))):
        found.setdefault(article_id, set()).add(person_id or 0)
    return found


def prioritise(session: Session, project_id: int, item_ids: Sequence[int], priority: int) -> int:
    """Set the priority of the articles of some items, for all their places; return how many articles there are."""
    chosen = select(Item.article_id).where(Item.project_id == project_id, Item.id.in_(item_ids), Item.purpose == "work")
    articles = set(session.scalars(chosen))
    session.execute(update(Item).where(Item.article_id.in_(articles)).values(priority=priority))
    return len(articles)


def held_by(session: Session, person_id: int, project_id: int | None = None) -> list[tuple[int, PlaceRow]]:
    """Return what somebody has in hand or was given, with its project."""
    mine = (Item.person_id == person_id) & Item.state.in_(IN_HAND)
    given = (Item.lane == -person_id) & Item.state.in_(["waiting", "skipped"])
    query = (
        select(Item.project_id, Item.id, Item.article_id, Article.key, Item.slot, Item.state, Item.person_id, Item.lane)
        .join(Article, Article.id == Item.article_id)
        .where(mine | given, Item.purpose == "work")
        .order_by(Item.id)
    )
    if project_id is not None:
        query = query.where(Item.project_id == project_id)
    return [(row[0], PlaceRow(*row[1:])) for row in session.execute(query)]


def given_in_vain(session: Session, project_id: int, roles: Sequence[str]) -> int:
    """Return how many items wait for one person alone who is not in these roles, or no longer."""
    fit = able(project_id, roles, Person.id).where(Person.id == -Item.lane).correlate(Item)
    query = select(func.count()).select_from(Item).where(Item.project_id == project_id, Item.state == "waiting")
    return session.scalar(query.where(Item.lane < 0, ~fit.exists())) or 0


def in_lanes(session: Session, project_id: int, lanes: Sequence[int]) -> int:
    """Return how many items wait in some lanes of a project's rules."""
    query = select(func.count()).select_from(Item).where(Item.project_id == project_id, Item.state == "waiting")
    return (session.scalar(query.where(Item.lane.in_(lanes))) or 0) if lanes else 0
