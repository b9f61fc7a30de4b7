"""In what order a queue is given out: every item keeps its rank, so that the next one is found by an index alone."""

from collections.abc import Sequence
from typing import Any, Final

from sqlalchemy import ColumnElement, Integer, case, cast, func, select, update
from sqlalchemy.orm import Session

from workbench.store.schema import Article, Item, Layer, Start

SCALE: Final = 1_000_000
UNKNOWN: Final = SCALE + 1
"""The rank of what nothing is known of: after everything that is known."""
_CHUNK: Final = 500


def level(session: Session, project_id: int, rank: int = 0) -> None:
    """Give all items one rank, so that they go out as they came."""
    session.execute(update(Item).where(Item.project_id == project_id, Item.rank != rank).values(rank=rank))


def by_certainty(session: Session, project_id: int, article_ids: Sequence[int] | None = None) -> None:
    """Rank items by how certain the suggester is that drafts start from, the least certain first."""
    chosen = case((Layer.author == Start.author, 0), else_=1)
    found = (
        select(cast(func.round(Layer.certainty * SCALE), Integer))
        .select_from(Layer)
        .outerjoin(Start, Start.project_id == project_id)
        .where(Layer.article_id == Item.article_id, Layer.kind == "suggested")
        .order_by(chosen, Layer.id.desc())
        .limit(1)
        .scalar_subquery()
    )
    change = update(Item).where(Item.project_id == project_id).values(rank=func.coalesce(found, UNKNOWN))
    if article_ids is None:
        session.execute(change)
        return
    for start in range(0, len(article_ids), _CHUNK):
        session.execute(change.where(Item.article_id.in_(article_ids[start : start + _CHUNK])))


def in_turn(session: Session, project_id: int, what: str) -> None:
    """Rank items so that one article of each outlet, day or cluster comes before a second one of any."""
    groups: dict[str, ColumnElement[Any]] = {
        "outlet": func.coalesce(Article.outlet, ""),
        "date": func.coalesce(func.substr(Article.published, 1, 10), ""),
        "cluster": Article.cluster.expression,
    }
    place = func.row_number().over(partition_by=groups[what], order_by=Article.id)
    turns = select(Article.id, place.label("rank")).where(Article.project_id == project_id).subquery()
    session.execute(update(Item).where(Item.article_id == turns.c.id).values(rank=turns.c.rank))


def put(session: Session, article_id: int, rank: int) -> None:
    """Give the items of one article a rank."""
    session.execute(update(Item).where(Item.article_id == article_id).values(rank=rank))


def as_before(session: Session, article_id: int) -> None:
    """Give fresh places of an article the rank of its first one."""
    first = select(Item.rank).where(Item.article_id == article_id, Item.slot == 1).scalar_subquery()
    session.execute(update(Item).where(Item.article_id == article_id, Item.slot > 1).values(rank=first))


def partly_read(session: Session, project_id: int) -> list[int]:
    """Return the articles that two or more have read and somebody has yet to read."""
    done = func.count().filter(Item.state == "done")
    work = (Item.project_id == project_id, Item.purpose == "work")
    query = select(Item.article_id).where(*work).group_by(Item.article_id)
    return list(session.scalars(query.having(done > 1, func.count() > done)))
