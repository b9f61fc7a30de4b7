"""The best reading of each article of a project."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import ColumnElement, Text, and_, case, exists, func, or_, select, type_coerce
from sqlalchemy.orm import Session

from workbench.core.annotation import Document
from workbench.store.articles import ARTICLE, document
from workbench.store.blindness import UNREAD, hidden
from workbench.store.schema import Article, Batch, Item, Layer

CHUNK: Final = 200


@dataclass(frozen=True, slots=True)
class Reading:
    """An article with its best reading: whose and of which kind it is, and its body as it is stored."""

    document: Document
    kind: str
    author: str
    review: dict[str, Any]
    body: str


def readings(
    session: Session, project_id: int, kinds: tuple[str, ...], *, blind: int | None = None
) -> Iterator[Reading]:
    """Stream the articles of a project that have a layer of these kinds, by key, each with its best and newest one.

    ``blind`` leaves out the answers that are hidden from that person.
    """
    place = case({kind: number for number, kind in enumerate(kinds)}, value=Layer.kind, else_=len(kinds))
    ranked = (
        select(
            Layer.id,
            func.row_number().over(partition_by=Layer.article_id, order_by=(place, Layer.id.desc())).label("n"),
        )
        .join(Article, Article.id == Layer.article_id)
        .join(Batch, Batch.id == Article.batch_id)
        .where(Article.project_id == project_id, Layer.kind.in_(kinds), Batch.state == "done", _in(blind))
        .subquery()
    )
    # only numbers are sorted: the SQLite that comes with its wheel sorts in memory, whatever a row weighs
    order = (
        select(ranked.c.id)
        .join(Layer, Layer.id == ranked.c.id)
        .join(Article, Article.id == Layer.article_id)
        .where(ranked.c.n == 1)
        .order_by(Article.key)
        .execution_options(yield_per=CHUNK)
    )
    for numbers in session.scalars(order).partitions(CHUNK):
        yield from _whole(session, numbers)


def _whole(session: Session, numbers: Sequence[int]) -> Iterator[Reading]:
    """Return the readings of these layers, by key."""
    query = select(Layer.kind, Layer.author.label("reader"), Layer.review, type_coerce(Layer.body, Text), *ARTICLE)
    query = query.join(Layer, Layer.article_id == Article.id).where(Layer.id.in_(numbers)).order_by(Article.key)
    for row in session.execute(query):
        kind, author, review, body = row[:4]
        yield Reading(document(row), kind, author, review, body or "{}")


def _in(blind: int | None) -> ColumnElement[bool]:
    """Leave out readings of an article that others still read, and gold that is hidden from somebody."""
    left = (Item.article_id == Layer.article_id, Item.purpose == "work", Item.state.in_(UNREAD))
    awaited = exists().where(*left)
    seen = or_(Layer.kind != "reviewed", ~awaited)
    return seen if blind is None else and_(seen, or_(Layer.kind == "suggested", ~hidden(Layer.article_id, blind)))
