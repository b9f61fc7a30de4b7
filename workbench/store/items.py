"""The queue: an item is an article waiting for one reviewer."""

from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any, Final

from sqlalchemy import and_, bindparam, case, exists, func, literal, or_, select, union_all, update
from sqlalchemy.orm import Session

from workbench.store import prepared
from workbench.store.schema import Adjudication, Article, Handover, Item, Layer, Mark, Person, Start


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


@dataclass(frozen=True, slots=True)
class QueueRow:
    """An item as the queue page lists it; ``left`` counts what still waits for a decision.

    ``shown`` is its state to the eye: of what is open, leased before the first decision and in
    review after it; of what is done, to adjudicate or gold once the article is.
    """

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
    shown: str
    priority: int
    lane: int

    @property
    def left(self) -> int:
        """Return how many proposals still wait for a decision."""
        return max(0, self.proposals - self.decided)


STATES: Final = ("waiting", "open", "returned", "done", "skipped")
MOST: Final = 200_000
"""How far a state's items are counted: beyond that, a page would wait for a figure that nobody reads to the digit."""
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


def _shown() -> tuple[Any, dict[str, Any]]:
    """Return the column for the state to the eye, and the condition for each that is no stored state."""
    begun = exists().where(Mark.layer_id == Item.layer_id)
    gold = exists().where(Layer.article_id == Item.article_id, Layer.kind == "gold")
    disputed = exists().where(Adjudication.article_id == Item.article_id, Adjudication.state == "waiting")
    open_, done = Item.state == "open", Item.state == "done"
    skipped = exists().where(Handover.article_id == Item.article_id, Handover.slot == Item.slot, Handover.act == "skip")
    conditions = {
        "leased": and_(open_, ~begun),
        "in review": and_(open_, begun),
        "to adjudicate": and_(done, disputed),
        "gold": and_(done, gold),
        "skipped": or_(Item.state == "skipped", and_(Item.state != "done", skipped)),
    }
    words = [(conditions[name], name) for name in ("in review", "leased", "to adjudicate", "gold")]
    return case(*words, else_=Item.state), conditions


def queue(
    session: Session,
    project_id: int,
    *,
    states: tuple[str, ...],
    after: int = 0,
    limit: int = 50,
    person_id: int | None = None,
    tested: int | None = None,
    least: bool = False,
) -> list[QueueRow]:
    """Return a page of the queue; ``states`` are stored ones or those to the eye.

    It goes in the order that articles came, from the item ``after`` on; with ``least`` the articles that
    suggesters were least sure of come first, and ``after`` counts how many to leave out. ``tested`` is who
    looks, where tests are hidden from them: theirs stand among the work then, each for the whole of its article.
    """
    shown, conditions = _shown()
    wanted = or_(*(conditions.get(name, Item.state == name) for name in states))
    chosen = case((Layer.author == Start.author, 0), else_=1)
    base = select(Layer.id).where(Layer.article_id == Item.article_id, Layer.kind == "suggested")
    base = base.order_by(chosen, Layer.id.desc()).limit(1).correlate(Item, Start)
    suggested = Layer.__table__.alias("suggested")
    decided = select(func.count()).where(Mark.layer_id == Item.layer_id, Mark.status != "suggested").scalar_subquery()
    query: Any = (
        select(
            Item.id, Article.key, Article.title, Article.outlet, Article.published, Article.words, Item.state,
            Item.ready, Person.name, Item.person_id, func.coalesce(suggested.c.proposals, 0), decided,
            suggested.c.certainty, Item.note, shown, Item.priority, Item.lane,
        )
        .join(Article, Article.id == Item.article_id)
        .outerjoin(Person, Person.id == Item.person_id)
        .outerjoin(Start, Start.project_id == Item.project_id)
        .outerjoin(suggested, suggested.c.id == base.scalar_subquery())
        .where(Item.project_id == project_id, _listed(tested), wanted)
        .limit(limit)
    )  # fmt: skip
    if least:
        query = query.order_by(suggested.c.certainty.is_(None), suggested.c.certainty, Item.id).offset(after)
    else:
        query = query.where(Item.id > after).order_by(Item.id)
    if person_id is not None:
        query = query.where(Item.person_id == person_id)
    return [QueueRow(*row) for row in session.execute(query)]


def _listed(tested: int | None) -> Any:
    """Return the condition for what a queue shows: work, and to whom tests are hidden theirs in its place."""
    work = Item.purpose == "work"
    if tested is None:
        return work
    other = Item.__table__.alias("other")
    hers = exists().where(other.c.article_id == Item.article_id, other.c.person_id == tested, other.c.purpose == "test")
    return or_(and_(work, ~hers), and_(Item.purpose == "test", Item.person_id == tested))


def counts(session: Session, project_id: int, tested: int | None = None) -> dict[str, int]:
    """Return how many items of a project's queue are in each state, counting none further than MOST.

    For ``tested`` see ``queue``.
    """
    some = [
        select(Item.state)
        .where(Item.project_id == project_id, Item.state == state, _listed(tested))
        .limit(MOST)
        .subquery()
        for state in STATES
    ]
    each: list[Any] = [
        select(literal(name), func.count()).select_from(rows) for name, rows in zip(STATES, some, strict=True)
    ]
    return {state: count for state, count in session.execute(union_all(*each)) if count}


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
