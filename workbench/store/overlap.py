"""The items of an article taken together: one for each of its readers."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from sqlalchemy import delete, func, insert, select, update
from sqlalchemy.orm import Session

from workbench.store.parts import parts
from workbench.store.schema import Article, Item


@dataclass(frozen=True, slots=True)
class SlotRow:
    """A reader's place at an article."""

    id: int
    slot: int
    state: str
    person_id: int | None
    layer_id: int | None
    plain: bool
    begun: bool
    lane: int


@dataclass(frozen=True, slots=True)
class Places:
    """How many places an article has in the queue, and whether anybody has begun."""

    article_id: int
    key: str
    slots: int
    ready: bool
    plain: bool
    begun: bool
    language: str
    outlet: str | None
    lane: int


def of_article(session: Session, article_id: int, *, lock: bool = False) -> list[SlotRow]:
    """Return the items of an article by slot; ``lock`` keeps other writers out until the transaction ends."""
    begun = Item.opened_at.is_not(None)
    query = select(Item.id, Item.slot, Item.state, Item.person_id, Item.layer_id, Item.plain, begun, Item.lane)
    query = query.where(Item.article_id == article_id, Item.purpose == "work").order_by(Item.slot)
    if lock:
        session.execute(select(Article.id).where(Article.id == article_id).with_for_update())
    return [SlotRow(*row) for row in session.execute(query)]


def places(session: Session, project_id: int) -> Iterator[Places]:
    """Stream the articles of a project that are in the queue, in the order they came."""
    begun = func.count(Item.opened_at) > 0
    ready, plain = (func.count().filter(column) > 0 for column in (Item.ready, Item.plain))
    query = (
        select(
            Item.article_id, Article.key, func.max(Item.slot), ready, plain, begun, Article.language, Article.outlet,
            func.max(Item.lane),
        )
        .join(Article, Article.id == Item.article_id)
        .where(Item.project_id == project_id, Item.purpose == "work")
        .group_by(Item.article_id, Article.key, Article.language, Article.outlet)
        .order_by(Item.article_id)
    )  # fmt: skip
    for row in session.execute(query.execution_options(yield_per=2000)):
        yield Places(*row)


def add(session: Session, project_id: int, rows: Iterable[tuple[int, int, bool, bool, int]]) -> None:
    """Add items: article, slot, whether it has proposals, whether it is read without them, for whom it is."""
    values: list[dict[str, Any]] = [
        {
            "project_id": project_id, "article_id": article_id, "slot": slot, "ready": ready, "plain": plain,
            "state": "waiting", "priority": 0, "lease_no": 0, "lane": lane,
        }
        for article_id, slot, ready, plain, lane in rows
    ]  # fmt: skip
    if values:
        session.execute(insert(Item), values)


def take_back(session: Session, article_id: int, above: int) -> int:
    """Take back the places above a slot that nobody has begun; return how many there were."""
    unused = (Item.article_id == article_id, Item.slot > above, Item.state == "waiting", Item.opened_at.is_(None))
    return len(session.scalars(delete(Item).where(*unused).returning(Item.id)).all())


def set_plain(session: Session, article_ids: list[int], plain: bool) -> None:
    """Say of articles that nobody has begun whether they are read without suggestions."""
    for some in parts(article_ids):
        work = (Item.article_id.in_(some), Item.purpose == "work")
        session.execute(update(Item).where(*work).values(plain=plain))


def set_lane(session: Session, article_ids: list[int], lane: int) -> None:
    """Say who may take what is left of articles; what was given to one person stays theirs."""
    for some in parts(article_ids):
        session.execute(update(Item).where(Item.article_id.in_(some), Item.lane >= 0).values(lane=lane))


def about(session: Session, article_id: int) -> tuple[str, str | None]:
    """Return the language and the outlet of an article."""
    return tuple(session.execute(select(Article.language, Article.outlet).where(Article.id == article_id)).one())  # type: ignore[return-value]
