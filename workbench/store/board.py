"""What the board counts: items, finished readings, the times of decisions."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from sqlalchemy import ColumnElement, and_, exists, literal, or_, select
from sqlalchemy.orm import Session, aliased

from workbench.store.blindness import hidden
from workbench.store.parts import parts
from workbench.store.schema import Article, Decision, Item, Layer, Person

_READERS: Final = 6
"""As many readings of an article are reckoned with where the newest articles are looked for."""


@dataclass(frozen=True, slots=True)
class FinishedRow:
    """A reading that is in."""

    article_id: int
    layer_id: int
    person_id: int
    at: datetime
    plain: bool
    minutes: float | None


@dataclass(frozen=True, slots=True)
class ReadingRow:
    """A reading with its article and the proposals that it started from."""

    key: str
    title: str | None
    text: str
    author: str
    person: str
    body: dict[str, Any]
    proposed: dict[str, Any] | None
    plain: bool
    article_id: int
    at: datetime


def _counted(project_id: int, tested: int | None = None) -> ColumnElement[bool]:
    """Return the condition for what counts as work; to whom tests are hidden, theirs do."""
    real = Item.purpose == "work"
    if tested is not None:
        real = or_(real, and_(Item.purpose == "test", Item.person_id == tested))
    return and_(Item.project_id == project_id, real)


def newest(session: Session, project_id: int, limit: int, tested: int | None = None) -> list[FinishedRow]:
    """Return the newest readings that are in, oldest first; for ``tested`` see ``_counted``."""
    query = (
        select(Item.article_id, Item.layer_id, Item.person_id, Item.finished_at, Item.plain, Item.minutes)
        .where(_counted(project_id, tested), Item.state == "done", Item.layer_id.is_not(None))
        .where(Item.finished_at.is_not(None))
        .order_by(Item.finished_at.desc(), Item.id.desc())
        .limit(limit)
    )
    return [FinishedRow(*row) for row in reversed(session.execute(query).all())]  # type: ignore[arg-type]


def tests(session: Session, project_id: int, person_id: int) -> list[tuple[int, str, datetime | None]]:
    """Return the hidden tests of one person: article, state and when it was finished."""
    query = select(Item.article_id, Item.state, Item.finished_at)
    query = query.where(Item.project_id == project_id, Item.person_id == person_id, Item.purpose == "test")
    return [(row[0], row[1], row[2]) for row in session.execute(query)]


def names(session: Session, people: Iterable[int]) -> dict[int, str]:
    """Return what people are called."""
    query = select(Person.id, Person.name).where(Person.id.in_(list(people)))
    return dict(session.execute(query).all())


def newest_times(session: Session, project_id: int, person_id: int | None, limit: int) -> list[list[datetime]]:
    """Return when the decisions of the newest finished readings were taken: somebody's, or anybody's for None."""
    newest = select(Item.layer_id).where(_counted(project_id), Item.state == "done", Item.layer_id.is_not(None))
    newest = newest.where(Item.finished_at.is_not(None))  # what is not finished comes first in the index
    if person_id is not None:
        newest = newest.where(Item.person_id == person_id)
    layers = session.scalars(newest.order_by(Item.finished_at.desc(), Item.id.desc()).limit(limit)).all()
    query = select(Decision.layer_id, Decision.received_at).where(Decision.layer_id.in_(layers)).order_by(Decision.id)
    found: dict[int, list[datetime]] = {}
    for layer_id, at in session.execute(query):
        found.setdefault(layer_id, []).append(at)
    return list(found.values())


def _complete(session: Session, project_id: int, limit: int) -> list[int]:
    """Return the newest articles whose readings are all in; of what was finished last only so much is looked at."""
    other = Item.__table__.alias("other")
    awaited = exists().where(
        other.c.article_id == Item.article_id,
        other.c.purpose == "work",
        other.c.state.in_(["waiting", "open", "returned"]),
    )
    query = (
        select(Item.article_id)
        .where(_counted(project_id), Item.state == "done", Item.layer_id.is_not(None), ~awaited)
        .where(Item.finished_at.is_not(None))
        .order_by(Item.finished_at.desc(), Item.id.desc())
        .limit(limit * _READERS)
    )
    return list(dict.fromkeys(session.scalars(query)))[:limit]


def readings(session: Session, project_id: int, limit: int, looker: int | None = None) -> list[ReadingRow]:
    """Return the readings of the newest articles whose readings are all in, but for those hidden from ``looker``."""
    newest = _complete(session, project_id, limit)
    base = aliased(Layer)
    query = (
        select(
            Article.key, Article.title, Article.text, Layer.author, Person.name, Layer.body, base.body, Item.plain,
            Article.id, Item.finished_at,
        )
        .join(Item, Item.article_id == Article.id)
        .join(Layer, Layer.id == Item.layer_id)
        .join(Person, Person.id == Item.person_id)
        .outerjoin(base, base.id == Layer.base_id)
        .where(or_(literal(looker is None), ~hidden(Article.id, looker or 0)))
        .where(Article.id.in_(newest), Item.purpose == "work", Item.state == "done", Layer.kind == "reviewed")
        .order_by(Article.key, Item.slot)
    )  # fmt: skip
    return [ReadingRow(*row) for row in session.execute(query)]


def layers(session: Session, article_ids: list[int], kind: str) -> dict[int, dict[str, Any]]:
    """Return the newest layer of a kind over articles, by article."""
    found: dict[int, dict[str, Any]] = {}
    for some in parts(article_ids):
        query = select(Layer.article_id, Layer.body).where(Layer.article_id.in_(some), Layer.kind == kind)
        found |= {article_id: body or {} for article_id, body in session.execute(query.order_by(Layer.id))}
    return found
