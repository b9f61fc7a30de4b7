"""The best reading of each article of a project."""

from collections.abc import Iterator

from sqlalchemy import ColumnElement, and_, case, exists, func, or_, select
from sqlalchemy.orm import Session

from workbench.core.annotation import Document
from workbench.store.articles import document
from workbench.store.schema import Article, Batch, Item, Layer
from workbench.store.work import LAYER, LayerRow


def readings(session: Session, project_id: int, kinds: tuple[str, ...]) -> Iterator[tuple[Document, LayerRow]]:
    """Stream the articles of a project that have a layer of these kinds, by key, each with its best and newest one."""
    place = case({kind: number for number, kind in enumerate(kinds)}, value=Layer.kind, else_=len(kinds))
    ranked = (
        select(
            Layer.id,
            func.row_number().over(partition_by=Layer.article_id, order_by=(place, Layer.id.desc())).label("n"),
        )
        .join(Article, Article.id == Layer.article_id)
        .join(Batch, Batch.id == Article.batch_id)
        .where(Article.project_id == project_id, Layer.kind.in_(kinds), Batch.state == "done", _in())
        .subquery()
    )
    query = (
        select(Article, *LAYER)
        .join(Layer, Layer.article_id == Article.id)
        .join(ranked, and_(ranked.c.id == Layer.id, ranked.c.n == 1))
        .order_by(Article.key)
        .execution_options(yield_per=200)
    )
    for row in session.execute(query):
        yield document(row[0]), LayerRow(*row[1:])


def count_readings(session: Session, project_id: int, kinds: tuple[str, ...]) -> int:
    """Return how many articles of a project have a layer of these kinds."""
    query = select(func.count(func.distinct(Layer.article_id))).join(Article, Article.id == Layer.article_id)
    return session.scalar(query.where(Article.project_id == project_id, Layer.kind.in_(kinds), _in())) or 0


def _in() -> ColumnElement[bool]:
    """Leave out readings of an article that others still read: they stay blind to it."""
    awaited = exists().where(Item.article_id == Layer.article_id, Item.state.in_(["waiting", "open", "returned"]))
    return or_(Layer.kind != "reviewed", ~awaited)
