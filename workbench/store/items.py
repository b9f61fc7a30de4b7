"""The queue: an item is an article waiting for one reviewer."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import and_, case, exists, func, or_, select, update
from sqlalchemy.orm import Session, aliased

from workbench.store.schema import Article, Item, Layer, Mark, Person, Start


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


@dataclass(frozen=True, slots=True)
class QueueRow:
    """An item as the queue page lists it; ``left`` counts what still waits for a decision."""

    id: int
    key: str
    title: str | None
    outlet: str | None
    published: str | None
    words: int
    state: str
    ready: bool
    person: str | None
    person_id: int | None
    proposals: int
    decided: int
    certainty: float | None
    note: str | None

    @property
    def left(self) -> int:
        """Return how many proposals still wait for a decision."""
        return max(0, self.proposals - self.decided)


_ITEM = (
    Item.id, Item.article_id, Item.person_id, Item.layer_id, Item.state, Item.ready, Item.lease_no, Item.leased_until,
    Item.note, Item.slot, Item.plain,
)  # fmt: skip


def make_ready(session: Session, article_ids: list[int]) -> None:
    """Say that articles have proposals to review."""
    session.execute(update(Item).where(Item.article_id.in_(article_ids)).values(ready=True))


def item(session: Session, project_id: int, item_id: int, *, lock: bool = False) -> ItemRow | None:
    """Return an item of a project; ``lock`` keeps other writers out until the transaction ends."""
    query = select(*_ITEM).where(Item.id == item_id, Item.project_id == project_id)
    found = session.execute(query.with_for_update() if lock else query).one_or_none()
    return ItemRow(*found) if found else None


def change_item(session: Session, item_id: int, **values: Any) -> None:
    """Change columns of an item."""
    session.execute(update(Item).where(Item.id == item_id).values(**values))


def _free(now: datetime) -> Any:
    return or_(Item.state == "waiting", and_(Item.state == "open", Item.leased_until < now))


def claim(session: Session, project_id: int, person_id: int, *, now: datetime, until: datetime) -> int | None:
    """Lease the next free item to somebody in one statement; return its id, or None where nothing waits.

    First what waits with proposals, then what waits without, then what somebody left; nobody gets
    an article twice.
    """
    _in_turn(session, person_id)
    for best in _best(project_id, person_id, now):
        chosen = best.with_for_update(skip_locked=True).scalar_subquery()
        if found := _claim(session, Item.id == chosen, person_id, now, until):
            return found
    return None


def upcoming(session: Session, project_id: int, person_id: int, *, now: datetime) -> int | None:
    """Return the item that a claim would lease to somebody at the moment, without leasing it."""
    found = (session.scalar(best) for best in _best(project_id, person_id, now))
    return next((item_id for item_id in found if item_id), None)


def _best(project_id: int, person_id: int, now: datetime) -> list[Any]:
    """Return a query for the best item of each kind, the kind that goes first first."""
    waiting = [and_(Item.state == "waiting", Item.ready.is_(ready)) for ready in (True, False)]
    place = (Item.priority.desc(), Item.article_id, Item.slot)
    return [
        select(Item.id).where(Item.project_id == project_id, free, _new_to(person_id)).order_by(*place).limit(1)
        for free in (*waiting, and_(Item.state == "open", Item.leased_until < now))
    ]


def _in_turn(session: Session, person_id: int) -> None:
    """Let one person's claims come one after the other, so that each sees what the last one took."""
    session.execute(select(Person.id).where(Person.id == person_id).with_for_update(key_share=True))


def _new_to(person_id: int) -> Any:
    """Say that no other item of the article is, or was, this person's."""
    other = aliased(Item)
    return ~exists().where(other.article_id == Item.article_id, other.id != Item.id, other.person_id == person_id)


def claim_this(session: Session, item_id: int, person_id: int, *, now: datetime, until: datetime) -> bool:
    """Lease a certain item to somebody if it is free or theirs; say whether it worked."""
    _in_turn(session, person_id)
    mine = and_(Item.state == "open", Item.person_id == person_id)
    condition = and_(Item.id == item_id, or_(_free(now), mine), _new_to(person_id))
    return _claim(session, condition, person_id, now, until) is not None


def _claim(session: Session, condition: Any, person_id: int, now: datetime, until: datetime) -> int | None:
    changes = {
        "layer_id": case((Item.person_id == person_id, Item.layer_id), else_=None),
        "lease_no": case(
            (and_(Item.person_id == person_id, Item.state == "open"), Item.lease_no), else_=Item.lease_no + 1
        ),
        "person_id": person_id,
        "state": "open",
        "leased_until": until,
        "opened_at": func.coalesce(Item.opened_at, now),
    }
    return session.scalar(update(Item).where(condition).values(**changes).returning(Item.id))


def own(session: Session, project_id: int, person_id: int, but: int | None = None) -> int | None:
    """Return an item that somebody has open, the oldest first."""
    query = select(Item.id).where(Item.person_id == person_id, Item.state == "open", Item.project_id == project_id)
    if but:
        query = query.where(Item.id != but)
    return session.scalar(query.order_by(Item.opened_at, Item.id).limit(1))


def queue(session: Session, project_id: int, *, states: tuple[str, ...], after: int, limit: int) -> list[QueueRow]:
    """Return a page of the queue in its order."""
    chosen = case((Layer.author == Start.author, 0), else_=1)
    base = select(Layer.id).where(Layer.article_id == Item.article_id, Layer.kind == "suggested")
    base = base.order_by(chosen, Layer.id.desc()).limit(1).correlate(Item, Start)
    suggested = Layer.__table__.alias("suggested")
    decided = select(func.count()).where(Mark.layer_id == Item.layer_id, Mark.status != "suggested").scalar_subquery()
    query: Any = (
        select(
            Item.id, Article.key, Article.title, Article.outlet, Article.published, Article.words, Item.state,
            Item.ready, Person.name, Item.person_id, func.coalesce(suggested.c.proposals, 0), decided,
            suggested.c.certainty, Item.note,
        )
        .join(Article, Article.id == Item.article_id)
        .outerjoin(Person, Person.id == Item.person_id)
        .outerjoin(Start, Start.project_id == Item.project_id)
        .outerjoin(suggested, suggested.c.id == base.scalar_subquery())
        .where(Item.project_id == project_id, Item.state.in_(states), Item.id > after)
        .order_by(Item.id)
        .limit(limit)
    )  # fmt: skip
    return [QueueRow(*row) for row in session.execute(query)]


def counts(session: Session, project_id: int) -> dict[str, int]:
    """Return how many items of a project are in each state."""
    query = select(Item.state, func.count()).where(Item.project_id == project_id).group_by(Item.state)
    return dict(session.execute(query).all())


def holding(
    session: Session, project_id: int, surface: str, person_id: int, *, but: int, most: int = 500
) -> list[ItemRow]:
    """Return what waits, or is open with somebody, and has these words in its text, in the queue's order."""
    mine = or_(Item.state == "waiting", and_(Item.state == "open", Item.person_id == person_id))
    query = (
        select(*_ITEM)
        .join(Article, Article.id == Item.article_id)
        .where(Item.project_id == project_id, mine, Item.id != but, Article.text.contains(surface, autoescape=True))
        .order_by(Item.id)
        .limit(most)
    )
    return [ItemRow(*row) for row in session.execute(query)]


def of_article(session: Session, project_id: int, article_id: int) -> int | None:
    """Return an item of an article."""
    query = select(func.min(Item.id)).where(Item.project_id == project_id, Item.article_id == article_id)
    return session.scalar(query)
