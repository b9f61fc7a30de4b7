"""Readings beside the gold of the same article, where that gold is more than the reader's own word."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session, aliased

from workbench.store.schema import Article, Item, Layer, Person


@dataclass(frozen=True, slots=True)
class BesideRow:
    """A finished reading and the gold of its article; ``review`` tells who the gold comes from."""

    item_id: int
    person_id: int
    person: str
    author: str
    key: str
    title: str | None
    text: str
    body: dict[str, Any]
    gold: dict[str, Any]
    review: dict[str, Any]
    at: datetime


def beside_gold(
    session: Session, project_id: int, *, person_id: int | None = None, item_id: int | None = None, limit: int
) -> list[BesideRow]:
    """Return the newest readings, oldest first, of everybody or of one person, or the reading of one item."""
    newest = (
        select(func.max(Layer.id)).where(Layer.article_id == Item.article_id, Layer.kind == "gold").correlate(Item)
    ).scalar_subquery()
    gold = aliased(Layer)
    query = (
        select(
            Item.id, Person.id, Person.name, Layer.author, Article.key, Article.title, Article.text, Layer.body,
            gold.body, gold.review, Item.finished_at,
        )
        .join(Layer, Layer.id == Item.layer_id)
        .join(Article, Article.id == Item.article_id)
        .join(Person, Person.id == Item.person_id)
        .join(gold, gold.id == newest)
        .where(Item.project_id == project_id, Item.state == "done", Layer.kind == "reviewed")
        .order_by(Item.finished_at.desc(), Item.id.desc())
    )  # fmt: skip
    if person_id is not None:
        query = query.where(Item.person_id == person_id)
    if item_id is not None:
        query = query.where(Item.id == item_id)
    rows = [BesideRow(*row) for row in session.execute(query.limit(limit))]
    return [row for row in reversed(rows) if not _own_word(row)]


def _own_word(row: BesideRow) -> bool:
    """Say whether the gold is nothing but this reading."""
    return row.review.get("reviewers") == [row.author] and not row.review.get("adjudicator")
