"""The queue: an item is an article waiting for one reviewer."""

from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import and_, bindparam, func, or_, select, update
from sqlalchemy.orm import Session

from workbench.store import prepared
from workbench.store.schema import Article, Item


@dataclass(frozen=True, slots=True)
class ItemRow:
    """An item of the queue."""

    id: int
    article_id: int
    person_id: int | None
    layer_id: int | None
    state: str
    ready: bool
    lease_no: int
    leased_until: datetime | None
    note: str | None
    slot: int
    plain: bool
    lane: int
    purpose: str


_ITEM: tuple[Any, ...] = (
    Item.id, Item.article_id, Item.person_id, Item.layer_id, Item.state, Item.ready, Item.lease_no, Item.leased_until,
    Item.note, Item.slot, Item.plain, Item.lane, Item.purpose,
)  # fmt: skip


def make_ready(session: Session, article_ids: list[int]) -> None:
    """Say that articles have proposals to review."""
    session.execute(update(Item).where(Item.article_id.in_(article_ids)).values(ready=True))


def item(session: Session, project_id: int, item_id: int, *, lock: bool = False) -> ItemRow | None:
    """Return an item of a project; ``lock`` keeps other writers out until the transaction ends."""
    found = prepared.execute(session, _one(lock), {"this": item_id, "in_project": project_id})
    return ItemRow(*found[0]) if found else None


@cache
def _one(lock: bool) -> Any:
    table: Any = Item.__table__
    query = select(*(table.c[column.key] for column in _ITEM))
    query = query.where(table.c.id == bindparam("this"), table.c.project_id == bindparam("in_project"))
    return query.with_for_update() if lock else query


def change_item(session: Session, item_id: int, **values: Any) -> None:
    """Change columns of an item."""
    session.execute(update(Item).where(Item.id == item_id).values(**values))


def holding(
    session: Session, project_id: int, surface: str, person_id: int, *, but: int, most: int = 500
) -> list[ItemRow]:
    """Return what waits, or is open with somebody, and has these words in its text, in the queue's order."""
    held = and_(Item.state.in_(["open", "returned"]), Item.person_id == person_id)
    mine = or_(and_(Item.state == "waiting", Item.lane.in_([0, -person_id])), held)
    query = (
        select(*_ITEM)
        .join(Article, Article.id == Item.article_id)
        .where(Item.project_id == project_id, Item.purpose == "work", mine, Item.id != but)
        .where(Article.text.contains(surface, autoescape=True))
        .order_by(Item.id)
        .limit(most)
    )
    return [ItemRow(*row) for row in session.execute(query)]


def of_article(session: Session, project_id: int, article_id: int) -> int | None:
    """Return an item of an article."""
    mine = (Item.project_id == project_id, Item.article_id == article_id, Item.purpose == "work")
    return session.scalar(select(func.min(Item.id)).where(*mine))
