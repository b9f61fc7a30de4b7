"""Articles that a suggester could not read."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, delete, distinct, func, insert, select
from sqlalchemy.orm import Session

from workbench.store.schema import Article, Layer, Parked


@dataclass(frozen=True, slots=True)
class ParkedRow:
    """An article that is parked, with what went wrong."""

    article_id: int
    key: str
    title: str | None
    author: str
    tries: int
    trouble: str
    at: datetime


def passed_over(author: str) -> ColumnElement[bool]:
    """Say of an article in a query whether it is parked for a suggester."""
    return select(Parked.article_id).where(Parked.article_id == Article.id, Parked.author == author).exists()


def _unread() -> ColumnElement[bool]:
    """Say of a parked article in a query that its suggester has no layer over it: none came from elsewhere since."""
    theirs = (Layer.article_id == Parked.article_id, Layer.kind == "suggested", Layer.author == Parked.author)
    return ~select(Layer.id).where(*theirs).exists()


def keep(session: Session, project_id: int, author: str, rows: dict[int, str], *, tries: int, now: datetime) -> None:
    """Park articles by what went wrong with each."""
    about = {"project_id": project_id, "author": author, "tries": tries, "at": now}
    known = select(Parked.article_id).where(Parked.author == author, Parked.article_id.in_(rows))
    there = set(session.scalars(known))
    fresh: list[dict[str, Any]] = [
        about | {"article_id": number, "trouble": trouble} for number, trouble in rows.items() if number not in there
    ]
    if fresh:
        session.execute(insert(Parked), fresh)


def articles(session: Session, project_id: int, *, before: int | None, limit: int) -> list[int]:
    """Return a project's parked articles, those that came last first, before one, whatever people made of them."""
    query = select(Parked.article_id).where(Parked.project_id == project_id, _unread()).distinct()
    if before:
        query = query.where(Parked.article_id < before)
    return list(session.scalars(query.order_by(Parked.article_id.desc()).limit(limit)))


def listing(session: Session, article_ids: Sequence[int]) -> list[ParkedRow]:
    """Return what went wrong with articles, those that came last first, for each suggester that breaks down at them."""
    query = (
        select(Parked.article_id, Article.key, Article.title, Parked.author, Parked.tries, Parked.trouble, Parked.at)
        .join(Article, Article.id == Parked.article_id)
        .where(Parked.article_id.in_(article_ids), _unread())
        .order_by(Parked.article_id.desc(), Parked.author)
    )
    return [ParkedRow(*row) for row in session.execute(query)]


def count(session: Session, project_id: int) -> int:
    """Return how many articles of a project are parked."""
    query = select(func.count(distinct(Parked.article_id))).where(Parked.project_id == project_id, _unread())
    return session.scalar(query) or 0


def release(session: Session, project_id: int, article_id: int | None = None) -> int:
    """Let the next run try parked articles again, all or one; return how many."""
    mine = [Parked.project_id == project_id]
    mine += [] if article_id is None else [Parked.article_id == article_id]
    found = set(session.scalars(select(Parked.article_id).where(*mine, _unread())))
    session.execute(delete(Parked).where(*mine))
    return len(found)
