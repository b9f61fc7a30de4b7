"""In what order a queue is given out: every item keeps its rank, so that the next one is found by an index alone."""

from collections.abc import Sequence
from typing import Any, Final

from sqlalchemy import BigInteger, ColumnElement, Integer, ScalarSelect, Update, case, cast, func, select, update
from sqlalchemy.orm import Session

from workbench.store.parts import parts
from workbench.store.schema import Article, Item, Layer, Start

SCALE: Final = 1_000_000
UNKNOWN: Final = SCALE + 1
"""The rank of what nothing is known of: after everything that is known."""


def level(session: Session, project_id: int, rank: int = 0) -> None:
    """Give all items one rank, so that they go out as they came."""
    session.execute(update(Item).where(Item.project_id == project_id, Item.rank != rank).values(rank=rank))


def by_certainty(session: Session, project_id: int, article_ids: Sequence[int] | None = None) -> None:
    """Rank items by how certain the suggester is that drafts start from, the least certain first."""
    found = _proposed(project_id, cast(func.round(Layer.certainty * SCALE), Integer))
    change = update(Item).where(Item.project_id == project_id).values(rank=func.coalesce(found, UNKNOWN))
    _each(session, change, article_ids)


def weigh(session: Session, project_id: int, article_ids: Sequence[int] | None = None) -> None:
    """Say how much is to be learnt from items with proposals."""
    _each(session, _weighing(project_id), article_ids)


def weigh_import(session: Session, project_id: int, batch_id: int) -> None:
    """Say how much is to be learnt from what an import brought with proposals."""
    came = select(Article.id).where(Article.batch_id == batch_id)
    session.execute(_weighing(project_id).where(Item.article_id.in_(came)))


def _weighing(project_id: int) -> Update:
    """Return the change that says it: how unsure the proposals are, as often as they name new actors and once more."""
    unsure = 1 - func.coalesce(Layer.certainty, 0.5)
    worth = cast(func.round(unsure * (1 + func.coalesce(Layer.fresh, 0)) * SCALE), BigInteger)
    found = _proposed(project_id, case((Layer.proposals == 0, 0), else_=worth))
    mine = (Item.project_id == project_id, Item.ready)
    return update(Item).where(*mine).values(worth=func.coalesce(found, 0))


def by_worth(session: Session, project_id: int, article_ids: Sequence[int] | None = None) -> None:
    """Rank items by how much is to be learnt from them, the most first."""
    _each(session, update(Item).where(Item.project_id == project_id).values(rank=-Item.worth), article_ids)


def _proposed(project_id: int, what: ColumnElement[Any]) -> ScalarSelect[Any]:
    """Return something of the proposals that drafts of an item start from."""
    chosen = case((Layer.author == Start.author, 0), else_=1)
    return (
        select(what)
        .select_from(Layer)
        .outerjoin(Start, Start.project_id == project_id)
        .where(Layer.article_id == Item.article_id, Layer.kind == "suggested")
        .order_by(chosen, Layer.id.desc())
        .limit(1)
        .scalar_subquery()
    )


def _each(session: Session, change: Update, article_ids: Sequence[int] | None) -> None:
    """Make a change to the items of some articles, or to all."""
    if article_ids is None:
        session.execute(change)
        return
    for some in parts(article_ids):
        session.execute(change.where(Item.article_id.in_(some)))


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
    """Give fresh places of an article the rank and the worth of its first one."""
    first = (Item.article_id == article_id, Item.slot == 1)
    rank, worth = (select(column).where(*first).scalar_subquery() for column in (Item.rank, Item.worth))
    session.execute(update(Item).where(Item.article_id == article_id, Item.slot > 1).values(rank=rank, worth=worth))


def partly_read(session: Session, project_id: int) -> list[int]:
    """Return the articles that two or more have read and somebody has yet to read."""
    done = func.count().filter(Item.state == "done")
    work = (Item.project_id == project_id, Item.purpose == "work")
    query = select(Item.article_id).where(*work).group_by(Item.article_id)
    return list(session.scalars(query.having(done > 1, func.count() > done)))
