"""Bridges: articles that are near articles of another cluster than their own."""

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from sqlalchemy import delete, insert, select
from sqlalchemy.orm import Session

from workbench.core.splits import Bridge
from workbench.store.schema import Article, Batch
from workbench.store.schema import Bridge as Row


class Marked(NamedTuple):
    """An article with its cluster and its signature."""

    id: int
    key: str
    cluster: str
    signature: bytes


def add(session: Session, found: Iterable[tuple[int, Iterable[str]]]) -> None:
    """Keep to which further clusters articles are near."""
    if rows := [{"article_id": article_id, "cluster": each} for article_id, others in found for each in others]:
        session.execute(insert(Row), rows)


def drop(session: Session, batch_id: int, after: int = 0) -> None:
    """Take back those of an import's articles that came after one."""
    mine = select(Article.id).where(Article.batch_id == batch_id, Article.id > after)
    session.execute(delete(Row).where(Row.article_id.in_(mine)))


def replace(session: Session, found: Mapping[int, Iterable[str]]) -> None:
    """Keep to which further clusters articles are near, in place of what was known of them."""
    session.execute(delete(Row).where(Row.article_id.in_(list(found))))
    add(session, found.items())


def marked(session: Session, project_id: int, after: int, limit: int) -> list[Marked]:
    """Return the next of a project's articles in the order in which they came."""
    query = select(Article.id, Article.key, Article.cluster, Article.signature)
    query = query.join(Batch, Batch.id == Article.batch_id).where(Article.project_id == project_id, Article.id > after)
    rows = session.execute(query.where(Batch.state == "done").order_by(Article.id).limit(limit))
    return [Marked(*row) for row in rows]


def of_project(session: Session, project_id: int) -> list[Bridge]:
    """Return a project's bridges in the order in which their articles came."""
    query = (
        select(Article.key, Article.cluster, Row.cluster)
        .join(Article, Article.id == Row.article_id)
        .join(Batch, Batch.id == Article.batch_id)
        .where(Article.project_id == project_id, Batch.state == "done")
        .order_by(Row.article_id, Row.cluster)
    )
    found: dict[str, list[str]] = {}
    for key, own, other in session.execute(query):
        found.setdefault(key, [own]).append(other)
    return [Bridge(key, tuple(clusters)) for key, clusters in found.items()]
