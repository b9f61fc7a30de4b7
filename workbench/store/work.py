"""The work itself: layers, decisions and what they amount to."""

from collections import namedtuple
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import bindparam, insert, literal_column, select, update
from sqlalchemy.orm import Session

from workbench.core.annotation import Document
from workbench.store import prepared
from workbench.store.articles import document
from workbench.store.prepared import Asked
from workbench.store.schema import Article, Decision, Layer, Mark, Person


@dataclass(frozen=True, slots=True)
class LayerRow:
    """A stored reading of an article."""

    id: int
    article_id: int
    kind: str
    author: str
    person_id: int | None
    base_id: int | None
    body: dict[str, Any] | None
    review: dict[str, Any]
    rev: int


@dataclass(frozen=True, slots=True)
class MarkRow:
    """The state of one object that decisions have touched."""

    oid: str
    kind: str
    status: str
    version: int
    body: dict[str, Any]


@dataclass(frozen=True, slots=True)
class DecisionRow:
    """One act of the log; ``before`` and ``after`` hold status and body."""

    key: str
    txn: str
    act: str
    undoes: str | None
    kind: str
    oid: str
    version: int
    before: dict[str, Any] | None
    after: dict[str, Any]
    at: datetime
    person_id: int
    bulk: bool
    scheme: int
    guideline: int
    id: int


_DECISION: tuple[Any, ...] = (
    Decision.key, Decision.txn, Decision.act, Decision.undoes, Decision.kind, Decision.oid, Decision.version,
    Decision.before, Decision.after, Decision.at, Decision.person_id, Decision.bulk, Decision.scheme,
    Decision.guideline, Decision.id,
)  # fmt: skip
LAYER = (
    Layer.id, Layer.article_id, Layer.kind, Layer.author, Layer.person_id, Layer.base_id, Layer.body, Layer.review,
    Layer.rev,
)  # fmt: skip
_LAYER: Any = Layer.__table__
_Text = namedtuple(
    "_Text", "text key title language outlet url author published file meta cluster split regions"
)  # fmt: skip
_COLUMNS = tuple(_LAYER.c[column.key] for column in LAYER)


def keep_layers(session: Session, rows: Iterable[dict[str, Any]], *, now: datetime) -> list[int]:
    """Keep layers; return their ids in order."""
    usual: dict[str, Any] = {
        "person_id": None,
        "base_id": None,
        "review": {},
        "proposals": 0,
        "certainty": None,
        "spread": None,
        "fresh": None,
        "rev": 0,
        "at": now,
        "turn": None,
    }
    full = [usual | row for row in rows]
    if not full:
        return []
    return list(session.scalars(insert(Layer).returning(Layer.id, sort_by_parameter_order=True), full))


def change_layer(session: Session, layer_id: int, **values: Any) -> None:
    """Change columns of a layer."""
    session.execute(update(Layer).where(Layer.id == layer_id).values(**values))


def layer(asked: Asked, layer_id: int) -> LayerRow:
    """Return a layer by its number."""
    return LayerRow(*prepared.execute(asked, _layer(), {"this": layer_id})[0])


@cache
def _layer() -> Any:
    return select(*_COLUMNS).where(_LAYER.c.id == bindparam("this"))


def newest(session: Session, article_id: int, kind: str, author: str | None = None) -> LayerRow | None:
    """Return the newest layer of a kind over an article."""
    wanted = {"article": article_id, "of_kind": kind} | ({"by_author": author} if author is not None else {})
    found = prepared.execute(session, _newest(author is not None), wanted)
    return LayerRow(*found[0]) if found else None


@cache
def _newest(of_author: bool) -> Any:
    query = select(*_COLUMNS).where(_LAYER.c.article_id == bindparam("article"), _LAYER.c.kind == bindparam("of_kind"))
    if of_author:
        query = query.where(_LAYER.c.author == bindparam("by_author"))
    return query.order_by(_LAYER.c.id.desc()).limit(literal_column("1"))


def reading(session: Session, article_id: int, kinds: tuple[str, ...]) -> LayerRow | None:
    """Return the newest layer of the first of these kinds that an article has."""
    return next((row for kind in kinds if (row := newest(session, article_id, kind))), None)


def withdraw_gold(session: Session, article_id: int) -> None:
    """Take an article's gold back: the layer stays, as one that was replaced."""
    gold = (Layer.article_id == article_id, Layer.kind == "gold")
    session.execute(update(Layer).where(*gold).values(kind="withdrawn"))


def draft(session: Session, article_id: int, person_id: int) -> int | None:
    """Return the layer that somebody has begun over an article."""
    query = select(Layer.id).where(
        Layer.article_id == article_id, Layer.kind.in_(["draft", "reviewed"]), Layer.person_id == person_id
    )
    return session.scalar(query.order_by(Layer.id.desc()).limit(1))


def text(session: Session, article_id: int) -> Document:
    """Return an article without any reading of it."""
    return document(_Text(*prepared.execute(session, _text(), {"this": article_id})[0]))


@cache
def _text() -> Any:
    table: Any = Article.__table__
    return select(*(table.c[name] for name in _Text._fields)).where(table.c.id == bindparam("this"))


def marks(session: Session, layer_id: int) -> list[MarkRow]:
    """Return the state of what decisions have touched in a layer."""
    return [MarkRow(*row) for row in prepared.execute(session, _marks(), {"layer": layer_id})]


@cache
def _marks() -> Any:
    table: Any = Mark.__table__
    columns = (table.c.oid, table.c.kind, table.c.status, table.c.version, table.c.body)
    return select(*columns).where(table.c.layer_id == bindparam("layer")).order_by(table.c.oid)


def history(session: Session, layer_id: int, *, after: int = 0, limit: int | None = None) -> list[DecisionRow]:
    """Return the decisions of a layer, oldest first, those behind one."""
    query = select(*_DECISION).where(Decision.layer_id == layer_id, Decision.id > after).order_by(Decision.id)
    return [DecisionRow(*row) for row in session.execute(query.limit(limit))]


def newest_decisions(session: Session, layer_id: int, limit: int) -> list[DecisionRow]:
    """Return the newest decisions of a layer, oldest first."""
    query = select(*_DECISION).where(Decision.layer_id == layer_id).order_by(Decision.id.desc()).limit(limit)
    return [DecisionRow(*row) for row in reversed(session.execute(query).all())]


def decided_at(session: Session, layer_id: int) -> list[datetime]:
    """Return when the decisions of a layer were taken, oldest first."""
    query = select(Decision.received_at).where(Decision.layer_id == layer_id).order_by(Decision.id)
    return list(session.scalars(query))


def recent_keys(session: Session, layer_id: int, most: int) -> list[str]:
    """Return the keys of a layer's newest decisions."""
    return [key for (key,) in prepared.execute(session, _recent(most), {"layer": layer_id})]


@cache
def _recent(most: int) -> Any:
    table: Any = Decision.__table__
    return select(table.c.key).where(table.c.layer_id == bindparam("layer")).order_by(table.c.id.desc()).limit(most)


def deciders(session: Session, layer_id: int) -> dict[int, str]:
    """Return the names of those who decided in a layer, by number."""
    query = select(Person.id, Person.name).join(Decision, Decision.person_id == Person.id)
    return dict(session.execute(query.where(Decision.layer_id == layer_id).distinct()).all())


def of_txn(session: Session, txn: str, person_id: int) -> list[tuple[int, DecisionRow]]:
    """Return what somebody decided in one step, with the layers that it touched."""
    query = select(Decision.layer_id, *_DECISION).where(Decision.txn == txn, Decision.person_id == person_id)
    return [(row[0], DecisionRow(*row[1:])) for row in session.execute(query.order_by(Decision.id))]


def last_decider(asked: Asked, layer_id: int, oid: str) -> tuple[str, datetime] | None:
    """Return who last decided about an object, and when."""
    found = prepared.execute(asked, _last_decider(), {"layer": layer_id, "object": oid})
    return (found[0][0], found[0][1]) if found else None


@cache
def _last_decider() -> Any:
    person, decision = Person.__table__, Decision.__table__
    return (
        select(person.c.name, decision.c.received_at)
        .join(person, person.c.id == decision.c.person_id)
        .where(decision.c.layer_id == bindparam("layer"), decision.c.oid == bindparam("object"))
        .order_by(decision.c.id.desc())
        .limit(1)
    )


def labels_used(session: Session, project_id: int) -> Iterator[tuple[str, dict[str, Any]]]:
    """Stream what a project's people have decided: kind and body of each object that is accepted."""
    query = (
        select(Mark.kind, Mark.body)
        .join(Layer, Layer.id == Mark.layer_id)
        .join(Article, Article.id == Layer.article_id)
        .where(Article.project_id == project_id, Mark.status == "accepted")
        .where(Layer.kind.not_in(["attempt", "trial"]))
    )
    yield from session.execute(query.execution_options(yield_per=1000))
