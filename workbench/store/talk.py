"""Questions and comments on passages."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import exists, func, or_, select, union_all, update
from sqlalchemy.orm import Session

from workbench.store import dialects
from workbench.store.schema import Article, Item, Notice, Person, Post, Thread


@dataclass(frozen=True, slots=True)
class PostRow:
    """Something said in a thread."""

    id: int
    thread_id: int
    person_id: int
    person: str
    body: str
    at: datetime


@dataclass(frozen=True, slots=True)
class ThreadRow:
    """A thread with the article that it is about, and the item of it that the asker has."""

    id: int
    kind: str
    state: str
    start: int | None
    end: int | None
    person_id: int
    person: str
    at: datetime
    article_id: int
    article: str
    title: str | None
    quote: str | None
    item_id: int | None
    example: int | None


def add(session: Session, **values: Any) -> int:
    """Keep a thread; return its number."""
    row = Thread(**values)
    session.add(row)
    session.flush()
    return row.id


def say(session: Session, **values: Any) -> None:
    """Append a post."""
    session.add(Post(**values))
    session.flush()


def keyed(session: Session, key: str) -> tuple[int, int] | None:
    """Return the thread that a key made, or in which it said something, and who used it."""
    made = session.execute(select(Thread.id, Thread.person_id).where(Thread.key == key)).one_or_none()
    said = made or session.execute(select(Post.thread_id, Post.person_id).where(Post.key == key)).one_or_none()
    return (said[0], said[1]) if said else None


def set_state(session: Session, thread_id: int, state: str) -> None:
    """Open, answer or close a thread."""
    session.execute(update(Thread).where(Thread.id == thread_id).values(state=state))


def set_example(session: Session, thread_id: int, version: int) -> None:
    """Keep which version of the guidelines took a thread up."""
    session.execute(update(Thread).where(Thread.id == thread_id).values(example=version))


def threads(
    session: Session,
    project_id: int,
    *,
    article_id: int | None = None,
    thread_id: int | None = None,
    states: Iterable[str] = (),
    person_id: int | None = None,
    after: int = 0,
    newest: bool = False,
    limit: int,
) -> list[ThreadRow]:
    """Return threads, the newest last; by article, number or state, or those that somebody began or was told of.

    Where there are more, they are the first ones behind ``after``, or the newest.
    """
    quote = func.substr(Article.text, Thread.start + 1, func.min(Thread.end - Thread.start, 300))
    if not dialects.embedded(session):
        quote = func.substr(Article.text, Thread.start + 1, func.least(Thread.end - Thread.start, 300))
    work = (Item.article_id == Thread.article_id, Item.purpose == "work")
    mine = select(func.min(Item.id)).where(*work).scalar_subquery()
    query: Any = (
        select(
            Thread.id, Thread.kind, Thread.state, Thread.start, Thread.end, Thread.person_id, Person.name, Thread.at,
            Thread.article_id, Article.key, Article.title, quote, mine,
            Thread.example,
        )
        .join(Person, Person.id == Thread.person_id)
        .join(Article, Article.id == Thread.article_id)
        .where(Thread.project_id == project_id, Thread.id > after)
    )  # fmt: skip
    for column, value in ((Thread.article_id, article_id), (Thread.id, thread_id)):
        query = query if value is None else query.where(column == value)
    if person_id is not None:
        told = exists().where(Notice.thread_id == Thread.id, Notice.person_id == person_id)
        query = query.where(or_(Thread.person_id == person_id, told))
    if states:
        query = query.where(Thread.state.in_(list(states)))
    query = query.order_by(Thread.id.desc() if newest else Thread.id).limit(limit)
    return sorted((ThreadRow(*row) for row in session.execute(query)), key=lambda row: row.id)


def posts(session: Session, thread_ids: Iterable[int], *, before: int | None = None, limit: int) -> list[PostRow]:
    """Return in order what was said in threads: of each the first word, and the newest ones, those before one."""
    asked = [each for number in thread_ids for each in _ends(number, before, limit)]
    if not asked:
        return []
    wanted = union_all(*(select(each.subquery().c.id) for each in asked))
    query = (
        select(Post.id, Post.thread_id, Post.person_id, Person.name, Post.body, Post.at)
        .join(Person, Person.id == Post.person_id)
        .where(Post.id.in_(wanted))
        .order_by(Post.id)
    )
    return [PostRow(*row) for row in session.execute(query)]


def _ends(thread_id: int, before: int | None, limit: int) -> Iterator[Any]:
    query = select(Post.id).where(Post.thread_id == thread_id)
    yield query.order_by(Post.id).limit(1)
    yield (query.where(Post.id < before) if before else query).order_by(Post.id.desc()).limit(limit)


def speakers(session: Session, thread_id: int) -> set[int]:
    """Return who has said something in a thread."""
    return set(session.scalars(select(Post.person_id).where(Post.thread_id == thread_id).distinct()))


def count_open(session: Session, project_id: int) -> int:
    """Return how many questions wait for an answer."""
    query = select(func.count()).select_from(Thread)
    return session.scalar(query.where(Thread.project_id == project_id, Thread.state == "open")) or 0
