"""Layers that an import brings: unseen until it is closed, then each becomes what it was brought as."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from sqlalchemy import delete, insert, select
from sqlalchemy.orm import Session

from workbench.store.schema import Arriving, Article, Batch, Item, Layer

UNSEEN = "arriving"


@dataclass(frozen=True, slots=True)
class ArrivingRow:
    """A layer under way: where it lies, whose it is, and what it becomes."""

    layer_id: int
    article_id: int
    person_id: int | None
    kind: str


def keep(session: Session, batch_id: int, layers: Iterable[tuple[int, str]]) -> None:
    """Remember what layers of an import become."""
    if values := [{"layer_id": each, "batch_id": batch_id, "kind": kind} for each, kind in layers]:
        session.execute(insert(Arriving), values)


def some(session: Session, batch_id: int, limit: int) -> list[ArrivingRow]:
    """Return the next layers of an import that are still under way."""
    query = select(Layer.id, Layer.article_id, Layer.person_id, Arriving.kind)
    query = query.join(Arriving, Arriving.layer_id == Layer.id).where(Arriving.batch_id == batch_id)
    return [ArrivingRow(*row) for row in session.execute(query.order_by(Layer.id).limit(limit))]


def closed(session: Session, batch_id: int) -> dict[str, Any] | None:
    """Return the report of an import that came to its end; None for any other."""
    return session.scalar(select(Batch.report).where(Batch.id == batch_id, Batch.state == "done"))


def arrived(session: Session, layer_ids: list[int]) -> None:
    """Say that layers are what they were to become."""
    session.execute(delete(Arriving).where(Arriving.layer_id.in_(layer_ids)))


def drop(session: Session, batch_id: int, after: int) -> None:
    """Take back the layers of an import that is still loading which came after one."""
    brought = select(Article.id).where(Article.batch_id == batch_id)
    under_way = (Arriving.batch_id == batch_id, Arriving.layer_id > after)
    while some := list(session.scalars(select(Arriving.layer_id).where(*under_way).limit(500))):
        session.execute(delete(Arriving).where(Arriving.layer_id.in_(some)))
        session.execute(delete(Layer).where(Layer.id.in_(some)))
    session.execute(delete(Layer).where(Layer.id > after, Layer.article_id.in_(brought)))


def abandon(session: Session, batch_id: int) -> None:
    """Take back every layer of an import that is still loading."""
    if session.scalar(select(Batch.state).where(Batch.id == batch_id)) == "loading":
        drop(session, batch_id, 0)


def unfinished(session: Session, project_id: int) -> list[int]:
    """Return imports that are closed but for their layers, as a crash leaves them."""
    query = select(Arriving.batch_id).distinct().join(Batch, Batch.id == Arriving.batch_id)
    return list(session.scalars(query.where(Batch.project_id == project_id, Batch.state == "done")))


def numbers(session: Session, project_id: int, keys: Iterable[str]) -> dict[str, int]:
    """Return the numbers of articles by their keys."""
    query = select(Article.key, Article.id).where(Article.project_id == project_id, Article.key.in_(list(keys)))
    return dict(session.execute(query).all())


def same(session: Session, article_id: int, kinds: tuple[str, ...], author: str, body: dict[str, Any]) -> bool:
    """Say whether an article has this very layer already, or is about to."""
    query = select(Layer.id).where(Layer.article_id == article_id, Layer.kind.in_((*kinds, UNSEEN)))
    return session.scalar(query.where(Layer.author == author, Layer.body == body).limit(1)) is not None


def free_place(session: Session, article_id: int, person_id: int) -> int | None:
    """Return an item of an article that a person's finished layer may take: theirs unread, else one nobody has."""
    taken = select(Item.id).where(Item.article_id == article_id, Item.person_id == person_id)
    if session.scalar(taken.limit(1)) is not None:
        return None
    free = (Item.article_id == article_id, Item.purpose == "work", Item.state == "waiting", Item.person_id.is_(None))
    query = select(Item.id).where(*free)
    return session.scalar(query.order_by(Item.slot).limit(1))


def waiting(session: Session, article_id: int) -> list[int]:
    """Return the items of an article that nobody has begun."""
    query = select(Item.id).where(Item.article_id == article_id, Item.state == "waiting", Item.purpose == "work")
    return list(session.scalars(query))
