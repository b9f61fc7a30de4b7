"""Articles that a suggester has not read yet; those that are parked for it are passed over."""

from sqlalchemy import Subquery, func, select
from sqlalchemy.orm import Session

from workbench.core.annotation import Document
from workbench.store import parked
from workbench.store.articles import document
from workbench.store.schema import Article, Batch, Item, Layer


def articles(
    session: Session, project_id: int, author: str, limit: int, after: int, last: int | None = None
) -> list[tuple[int, Document]]:
    """Return articles that have no layer by this suggester yet, in the order they came; parked ones are passed over."""
    done = select(Layer.id).where(Layer.article_id == Article.id, Layer.kind == "suggested", Layer.author == author)
    query = (
        select(Article)
        .join(Batch, Batch.id == Article.batch_id)
        .where(Article.project_id == project_id, Batch.state == "done", Article.id > after, ~done.exists())
        .where(~parked.passed_over(author))
        .order_by(Article.id)
        .limit(limit)
    )
    query = query if last is None else query.where(Article.id <= last)
    return [(row.id, document(row)) for row in session.scalars(query)]


def count(session: Session, project_id: int, author: str) -> int:
    """Return how many articles have no layer by this suggester yet and are not parked."""
    return session.scalar(select(func.count()).select_from(_unread(project_id, author))) or 0


def ids(session: Session, project_id: int, author: str) -> list[int]:
    """Return the numbers of those articles, in order."""
    query = _unread(project_id, author)
    return list(session.scalars(select(query.c.id).order_by(query.c.id)))


def _unread(project_id: int, author: str) -> Subquery:
    done = select(Layer.id).where(Layer.article_id == Article.id, Layer.kind == "suggested", Layer.author == author)
    query = select(Article.id).join(Batch, Batch.id == Article.batch_id)
    query = query.where(Article.project_id == project_id, Batch.state == "done", ~done.exists())
    return query.where(~parked.passed_over(author)).subquery()


def still(session: Session, author: str, article_ids: list[int]) -> set[int]:
    """Return which of these articles have no layer by this suggester, and keep others from adding one meanwhile."""
    session.execute(select(Article.id).where(Article.id.in_(article_ids)).order_by(Article.id).with_for_update())
    mine = (Layer.article_id.in_(article_ids), Layer.kind == "suggested", Layer.author == author)
    return set(article_ids) - set(session.scalars(select(Layer.article_id).where(*mine)))


def begun(session: Session, article_ids: list[int]) -> set[int]:
    """Return which of these articles somebody has opened in the queue."""
    query = select(Item.article_id).where(Item.article_id.in_(article_ids), Item.opened_at.is_not(None))
    return set(session.scalars(query.distinct()))
