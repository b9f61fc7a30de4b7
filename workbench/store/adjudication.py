"""Articles whose readings differ, and the log of rulings on them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import func, insert, select, update
from sqlalchemy.orm import Session

from workbench.store import dialects
from workbench.store.onward import behind
from workbench.store.schema import Adjudication, Article, Item, Layer, Person, Ruling


@dataclass(frozen=True, slots=True)
class AdjudicationRow:
    """How far an article's adjudication has come."""

    article_id: int
    state: str
    version: int
    cards: int
    ruled: int
    merge: str
    person_id: int | None


@dataclass(frozen=True, slots=True)
class WaitingRow:
    """An article in the adjudicators' list; ``allowed`` is told of who looks."""

    article_id: int
    key: str
    title: str | None
    outlet: str | None
    state: str
    cards: int
    ruled: int
    at: datetime
    person: str | None
    readers: tuple[int, ...] = ()
    allowed: bool = True


@dataclass(frozen=True, slots=True)
class RulingRow:
    """One act of the log."""

    id: int
    article_id: int
    number: int
    txn: str
    act: str
    card: str
    choice: int | None
    body: dict[str, Any] | None
    reason: str | None
    undoes: int | None
    person_id: int
    at: datetime


@dataclass(frozen=True, slots=True)
class ReadingRow:
    """A finished reading before an adjudicator; its content follows from its layer and ``rev``."""

    layer_id: int
    author: str
    person_id: int | None
    rev: int
    item_id: int


_RULING = (
    Ruling.id, Ruling.article_id, Ruling.number, Ruling.txn, Ruling.act, Ruling.card, Ruling.choice, Ruling.body,
    Ruling.reason, Ruling.undoes, Ruling.person_id, Ruling.at,
)  # fmt: skip
_ROW = (
    Adjudication.article_id, Adjudication.state, Adjudication.version, Adjudication.cards, Adjudication.ruled,
    Adjudication.merge, Adjudication.person_id,
)  # fmt: skip


def open_(session: Session, project_id: int, article_id: int, *, cards: int, merge: str, now: datetime) -> None:
    """Let an article wait for an adjudicator, for the first time or anew."""
    query = dialects.insert(session, Adjudication)
    fresh = {"state": "waiting", "cards": cards, "ruled": 0, "merge": merge, "at": now}
    fresh |= {"person_id": None, "finished_at": None}
    query = query.values(article_id=article_id, project_id=project_id, version=0, **fresh)
    session.execute(query.on_conflict_do_update(index_elements=["article_id"], set_=fresh))


def one(session: Session, project_id: int, article_id: int, *, lock: bool = False) -> AdjudicationRow | None:
    """Return an article's adjudication; ``lock`` keeps other writers out until the transaction ends."""
    query = select(*_ROW).where(Adjudication.article_id == article_id, Adjudication.project_id == project_id)
    found = session.execute(query.with_for_update() if lock else query).one_or_none()
    return AdjudicationRow(*found) if found else None


def readings(session: Session, article_id: int) -> list[ReadingRow]:
    """Return the finished readings of an article by their place."""
    query = select(Layer.id, Layer.author, Layer.person_id, Layer.rev, Item.id)
    query = query.join(Item, Item.layer_id == Layer.id)
    query = query.where(Item.article_id == article_id, Item.purpose == "work", Item.state == "done")
    return [ReadingRow(*row) for row in session.execute(query.order_by(Item.slot))]


def change(session: Session, article_id: int, **values: Any) -> None:
    """Change columns of an adjudication."""
    session.execute(update(Adjudication).where(Adjudication.article_id == article_id).values(**values))


def withdraw(session: Session, article_id: int) -> None:
    """Say that an article is being read again; its rulings stay in the log."""
    change(session, article_id, state="withdrawn", finished_at=None)


def listing(session: Session, project_id: int, state: str, *, after: int, limit: int) -> list[WaitingRow]:
    """Return the articles in a state, oldest first, those behind one, with who read them."""
    query = (
        select(
            Adjudication.article_id, Article.key, Article.title, Article.outlet, Adjudication.state,
            Adjudication.cards, Adjudication.ruled, Adjudication.at, Person.name,
        )
        .join(Article, Article.id == Adjudication.article_id)
        .outerjoin(Person, Person.id == Adjudication.person_id)
        .where(Adjudication.project_id == project_id, Adjudication.state == state)
    )  # fmt: skip
    rows = session.execute(
        behind(session, query, (Adjudication.at, Adjudication.article_id), after, limit)
    ).all()  # fmt: skip
    readers: dict[int, list[int]] = {}
    who = select(Item.article_id, Item.person_id).where(Item.article_id.in_([row[0] for row in rows]))
    who = who.where(Item.person_id.is_not(None), Item.purpose == "work")
    for article_id, person_id in session.execute(who.order_by(Item.slot)):
        readers.setdefault(article_id, []).append(person_id or 0)
    return [WaitingRow(*(*row, tuple(readers.get(row[0], ())))) for row in rows]


def log(session: Session, article_id: int) -> list[RulingRow]:
    """Return the rulings on an article in their order."""
    query = select(*_RULING).where(Ruling.article_id == article_id).order_by(Ruling.number)
    return [RulingRow(*row) for row in session.execute(query)]


def of_txn(session: Session, project_id: int, txn: str) -> list[RulingRow]:
    """Return what was ruled in one step."""
    query = select(*_RULING).join(Article, Article.id == Ruling.article_id)
    query = query.where(Ruling.txn == txn, Article.project_id == project_id)
    return [RulingRow(*row) for row in session.execute(query.order_by(Ruling.article_id, Ruling.number))]


def keep(session: Session, rows: Iterable[dict[str, Any]]) -> None:
    """Append rulings."""
    usual = {"choice": None, "body": None, "reason": None, "undoes": None}
    if values := [usual | row for row in rows]:
        session.execute(insert(Ruling), values)


def last_merge(session: Session, project_id: int) -> tuple[str, datetime] | None:
    """Return the newest automatic merge, and when it was."""
    query = select(Ruling.txn, Ruling.at).join(Article, Article.id == Ruling.article_id)
    query = query.where(Article.project_id == project_id, Ruling.act == "merge")
    found = session.execute(query.order_by(Ruling.id.desc()).limit(1)).one_or_none()
    return (found[0], found[1]) if found else None


def reasons(session: Session, project_id: int) -> list[tuple[str, int]]:
    """Return how often each reason was given for a ruling, the most frequent first."""
    times = func.count()
    query = select(Ruling.reason, times).join(Article, Article.id == Ruling.article_id)
    query = query.where(Article.project_id == project_id, Ruling.act.in_(["take", "edit", "none"]))
    query = query.where(Ruling.reason.is_not(None)).group_by(Ruling.reason).order_by(times.desc(), Ruling.reason)
    return [(reason or "", count) for reason, count in session.execute(query)]
