"""The reasons given for rulings that nobody has seen to yet, and what came of the others."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import exists, func, insert, select
from sqlalchemy.orm import Session, aliased

from workbench.store.schema import Article, Person, ReasonSettled, Ruling


@dataclass(frozen=True, slots=True)
class GivenRow:
    """A ruling that stands and the reason given for it; without a body nothing was taken."""

    id: int
    reason: str
    key: str
    title: str | None
    text: str
    body: dict[str, Any] | None
    at: datetime


@dataclass(frozen=True, slots=True)
class SettledRow:
    """A reason that a lead has seen to."""

    reason: str
    version: int | None
    note: str
    person: str
    at: datetime


def open_(session: Session, project_id: int, limit: int) -> list[GivenRow]:
    """Return the newest rulings with a reason that nobody has seen to; those that were undone do not count."""
    undone, settled = aliased(Ruling), aliased(ReasonSettled)
    query = (
        select(Ruling.id, Ruling.reason, Article.key, Article.title, Article.text, Ruling.body, Ruling.at)
        .join(Article, Article.id == Ruling.article_id)
        .where(Article.project_id == project_id, Ruling.act.in_(["take", "edit", "none"]), Ruling.reason.is_not(None))
        .where(~exists().where(undone.article_id == Ruling.article_id, undone.undoes == Ruling.number))
        .where(
            ~exists().where(
                settled.project_id == project_id, settled.reason == Ruling.reason, settled.upto >= Ruling.id
            )
        )
        .order_by(Ruling.id.desc())
        .limit(limit)
    )
    return [GivenRow(*row) for row in session.execute(query)]


def settle(session: Session, **values: Any) -> None:
    """Keep what came of a reason."""
    session.execute(insert(ReasonSettled).values(**values))


def settled(session: Session, project_id: int, limit: int) -> list[SettledRow]:
    """Return what came of reasons, the newest first."""
    table = ReasonSettled
    query = (
        select(table.reason, table.version, table.note, Person.name, table.at)
        .join(Person, Person.id == table.person_id)
        .where(table.project_id == project_id)
        .order_by(table.id.desc())
        .limit(limit)
    )
    return [SettledRow(*row) for row in session.execute(query)]


def newest(session: Session, project_id: int) -> int:
    """Return the number of a project's newest ruling."""
    query = select(func.max(Ruling.id)).join(Article, Article.id == Ruling.article_id)
    return session.scalar(query.where(Article.project_id == project_id)) or 0
