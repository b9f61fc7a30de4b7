"""Notices: what somebody is told, and whether they have read it."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import func, literal, select, update
from sqlalchemy.orm import Session, aliased

from workbench.core.words import folded
from workbench.core.workflow import ROLES
from workbench.store.schema import Article, Notice, Person, Project
from workbench.store.teams import able


@dataclass(frozen=True, slots=True)
class NoticeRow:
    """A notice as its reader sees it; ``email`` is where it goes as well, if they want that."""

    id: int
    kind: str
    words: str
    at: datetime
    read_at: datetime | None
    by: str | None
    slug: str
    project: str
    thread_id: int | None
    article_id: int
    article: str
    title: str | None
    person: str
    email: str | None


def _query() -> Any:
    writer = aliased(Person)
    return (
        select(
            Notice.id, Notice.kind, Notice.words, Notice.at, Notice.read_at, writer.name, Project.slug, Project.title,
            Notice.thread_id, Notice.article_id, Article.key, Article.title, Person.name, Person.email,
        )
        .join(Person, Person.id == Notice.person_id)
        .join(Project, Project.id == Notice.project_id)
        .join(Article, Article.id == Notice.article_id)
        .outerjoin(writer, writer.id == Notice.by_id)
    )  # fmt: skip


def add(session: Session, **values: Any) -> int:
    """Keep a notice; return its number."""
    row = Notice(**values, read_at=None)
    session.add(row)
    session.flush()
    return row.id


def notice(session: Session, notice_id: int, person_id: int | None = None) -> NoticeRow | None:
    """Return a notice, of that person if one is named."""
    query = _query().where(Notice.id == notice_id)
    found = session.execute(query if person_id is None else query.where(Notice.person_id == person_id)).one_or_none()
    return NoticeRow(*found) if found else None


def page(session: Session, person_id: int, *, unread: bool, before: int | None, limit: int) -> list[NoticeRow]:
    """Return somebody's notices, newest first."""
    query = _query().where(Notice.person_id == person_id)
    if unread:
        query = query.where(Notice.read_at.is_(None))
    if before:
        query = query.where(Notice.id < before)
    return [NoticeRow(*row) for row in session.execute(query.order_by(Notice.id.desc()).limit(limit))]


def unread(session: Session, person_id: int, *, most: int | None = None) -> int:
    """Return how many notices somebody has not read, counting no further than ``most``."""
    some = select(Notice.id).where(Notice.person_id == person_id, Notice.read_at.is_(None)).limit(most).subquery()
    return session.scalar(select(func.count()).select_from(some)) or 0


def mark(session: Session, person_id: int, notice_id: int | None, *, now: datetime) -> None:
    """Mark one notice read, or all."""
    query = update(Notice).where(Notice.person_id == person_id, Notice.read_at.is_(None))
    session.execute((query if notice_id is None else query.where(Notice.id == notice_id)).values(read_at=now))


def read_thread(session: Session, person_id: int, thread_id: int, *, now: datetime) -> None:
    """Mark what somebody was told of a thread as read."""
    mine = (Notice.person_id == person_id, Notice.thread_id == thread_id, Notice.read_at.is_(None))
    session.execute(update(Notice).where(*mine).values(read_at=now))


def named_in(session: Session, project_id: int, body: str, roles: Collection[str]) -> list[tuple[int, str]]:
    """Return number and name of the active people in these roles whose name stands behind an @ in what was said."""
    said = folded(body)
    if "@" not in said:
        return []
    there = func.replace(literal(said), literal("@") + Person.folded, "") != said
    query = able(project_id, roles, Person.id, Person.name)
    rows = session.execute(query.where(there).order_by(Person.folded))
    return [(number, name) for number, name in rows]


def wishes(session: Session, project_id: int, among: Sequence[int]) -> dict[int, bool]:
    """Return which of some people are active in a project, with their wish for e-mail."""
    query = able(project_id, ROLES, Person.id, Person.mail).where(Person.id.in_(among))
    return dict(session.execute(query).all())
