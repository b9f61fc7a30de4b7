"""The queue as it is listed: a page of items with all that is told of each, and how many there are."""

from collections import Counter
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import and_, case, exists, func, or_, select, true, union_all
from sqlalchemy.orm import Session

from workbench.core import spread
from workbench.core.spread import Spread
from workbench.store import tallies
from workbench.store.schema import Adjudication, Article, Handover, Item, Layer, Mark, Person, Start


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
    spread: str | None
    new_actors: int | None
    note: str | None
    shown: str
    priority: int
    lane: int

    @property
    def left(self) -> int:
        """Return how many proposals still wait for a decision."""
        return max(0, self.proposals - self.decided)

    @property
    def sure(self) -> Spread | None:
        """Return how certain the proposals are."""
        return spread.read(self.spread)

    @property
    def scores(self) -> tuple[int, ...] | None:
        """Return how many proposals have a score in each tenth."""
        return self.sure.counts if self.sure else None


STATES: Final = ("waiting", "open", "returned", "done", "skipped")
UNDONE: Final = frozenset({"waiting", "open", "returned"})


def _shown() -> tuple[Any, dict[str, list[tuple[str, Any]]]]:
    """Return the column for the state to the eye, and for each that is no stored state which ones it is, and when."""
    begun = exists().where(Mark.layer_id == Item.layer_id)
    gold = exists().where(Layer.article_id == Item.article_id, Layer.kind == "gold")
    disputed = exists().where(Adjudication.article_id == Item.article_id, Adjudication.state == "waiting")
    skipped = exists().where(Handover.article_id == Item.article_id, Handover.slot == Item.slot, Handover.act == "skip")
    eye = {"in review": ("open", begun), "leased": ("open", ~begun), "to adjudicate": ("done", disputed)}
    eye |= {"gold": ("done", gold)}
    words = [(and_(Item.state == stored, when), name) for name, (stored, when) in eye.items()]
    found = {name: [each] for name, each in eye.items()}
    found["skipped"] = [("skipped", true()), *((stored, skipped) for stored in sorted(UNDONE))]
    return case(*words, else_=Item.state), found


def listing(
    session: Session,
    project_id: int,
    *,
    states: tuple[str, ...],
    after: int = 0,
    limit: int = 50,
    person_id: int | None = None,
    tested: int | None = None,
    by_worth: bool = False,
) -> list[QueueRow]:
    """Return a page of the queue, from the item ``after`` on; ``states`` are stored ones or those to the eye.

    It goes in the order that articles came; what is to do also with what most is to be learnt from first,
    and before that what a lead put first. ``tested`` is who looks, where tests are hidden from them: theirs
    stand among the work then, each for the whole of its article.
    """
    shown, eye = _shown()
    chosen = case((Layer.author == Start.author, 0), else_=1)
    base = select(Layer.id).where(Layer.article_id == Item.article_id, Layer.kind == "suggested")
    base = base.order_by(chosen, Layer.id.desc()).limit(1).correlate(Item, Start)
    suggested = Layer.__table__.alias("suggested")
    decided = select(func.count()).where(Mark.layer_id == Item.layer_id, Mark.status != "suggested").scalar_subquery()
    query: Any = (
        select(
            Item.id, Article.key, Article.title, Article.outlet, Article.published, Article.words, Item.state,
            Item.ready, Person.name, Item.person_id, func.coalesce(suggested.c.proposals, 0), decided,
            suggested.c.certainty, suggested.c.spread, suggested.c.fresh, Item.note, shown, Item.priority, Item.lane,
        )
        .join(Article, Article.id == Item.article_id)
        .outerjoin(Person, Person.id == Item.person_id)
        .outerjoin(Start, Start.project_id == Item.project_id)
        .outerjoin(suggested, suggested.c.id == base.scalar_subquery())
        .where(Item.project_id == project_id)
    )  # fmt: skip
    also = (_listed(tested), *(() if person_id is None else (Item.person_id == person_id,)))
    if by_worth and UNDONE.issuperset(states):
        first = _by_worth(session, project_id, states, also, after, limit)
    else:
        wanted = [each for name in states for each in eye.get(name, [(name, true())])]
        first = _as_they_came(session, project_id, wanted, also, after, limit)
    rows = {row[0]: QueueRow(*row) for row in session.execute(query.where(Item.id.in_(first)))}
    return [rows[number] for number in first]


def _as_they_came(
    session: Session, project_id: int, wanted: list[tuple[str, Any]], also: tuple[Any, ...], after: int, limit: int
) -> list[int]:
    """Return the next items in the order they came; of each stored state only the first few are looked for."""
    parts = [
        select(Item.id)
        .where(Item.project_id == project_id, Item.state == stored, when, Item.id > after, *also)
        .order_by(Item.id)
        .limit(limit)
        .subquery()
        for stored, when in wanted
    ]
    return sorted(set(session.scalars(union_all(*(select(part.c.id) for part in parts)))))[:limit]


def _by_worth(
    session: Session, project_id: int, states: tuple[str, ...], also: tuple[Any, ...], after: int, limit: int
) -> list[int]:
    """Return the next items by what is to be learnt; of each state only the first few are looked at, in its index."""
    columns = (Item.id, Item.priority, Item.worth)
    last = session.execute(select(*columns).where(Item.id == after)).one_or_none() if after else None
    onward: list[tuple[Any, ...]] = [()]
    if last:
        level = Item.priority == last.priority
        onward = [
            (level, Item.worth == last.worth, Item.id > last.id),
            (level, Item.worth < last.worth),
            (Item.priority < last.priority,),
        ]
    parts = [
        select(*columns)
        .where(Item.project_id == project_id, Item.state == state, *further, *also)
        .order_by(Item.priority.desc(), Item.worth.desc(), Item.id)
        .limit(limit)
        .subquery()
        for state in states
        for further in onward
    ]
    found = session.execute(union_all(*(select(*part.c) for part in parts)))
    return [row.id for row in sorted(found, key=lambda row: (-row.priority, -row.worth, row.id))[:limit]]


def _listed(tested: int | None) -> Any:
    """Return the condition for what a queue shows: work, and to whom tests are hidden theirs in its place."""
    work = Item.purpose == "work"
    if tested is None:
        return work
    other = Item.__table__.alias("other")
    hers = exists().where(other.c.article_id == Item.article_id, other.c.person_id == tested, other.c.purpose == "test")
    return or_(and_(work, ~hers), and_(Item.purpose == "test", Item.person_id == tested))


def counts(session: Session, project_id: int, tested: int | None = None) -> dict[str, int]:
    """Return how many items of a project's queue are in each state; for ``tested`` see ``listing``."""
    found = Counter(tallies.tallies(session, project_id).under("item"))
    if tested is not None:
        test = and_(Item.project_id == project_id, Item.person_id == tested, Item.purpose == "test")
        within = Item.article_id.in_(select(Item.article_id).where(test))
        found.subtract(session.scalars(select(Item.state).where(within, Item.purpose == "work")).all())
        found.update(session.scalars(select(Item.state).where(test)).all())
    return {state: found[state] for state in STATES if found[state] > 0}
