"""The work itself: layers, decisions and what they amount to."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import insert, select, update
from sqlalchemy.dialects.postgresql import insert as upsert_shared
from sqlalchemy.dialects.sqlite import insert as upsert_embedded
from sqlalchemy.orm import Session

from workbench.core.annotation import Document
from workbench.store.articles import document
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


_DECISION: tuple[Any, ...] = (
    Decision.key, Decision.txn, Decision.act, Decision.undoes, Decision.kind, Decision.oid, Decision.version,
    Decision.before, Decision.after, Decision.at, Decision.person_id, Decision.bulk, Decision.scheme,
    Decision.guideline,
)  # fmt: skip
LAYER = (
    Layer.id, Layer.article_id, Layer.kind, Layer.author, Layer.person_id, Layer.base_id, Layer.body, Layer.review,
    Layer.rev,
)  # fmt: skip


def keep_layers(session: Session, rows: Iterable[dict[str, Any]], *, now: datetime) -> list[int]:
    """Keep layers; return their ids in order."""
    usual: dict[str, Any] = {
        "person_id": None,
        "base_id": None,
        "review": {},
        "proposals": 0,
        "certainty": None,
        "rev": 0,
        "at": now,
    }
    full = [usual | row for row in rows]
    if not full:
        return []
    return list(session.scalars(insert(Layer).returning(Layer.id, sort_by_parameter_order=True), full))


def change_layer(session: Session, layer_id: int, **values: Any) -> None:
    """Change columns of a layer."""
    session.execute(update(Layer).where(Layer.id == layer_id).values(**values))


def layer(session: Session, layer_id: int) -> LayerRow:
    """Return a layer by its number."""
    return LayerRow(*session.execute(select(*LAYER).where(Layer.id == layer_id)).one())


def newest(session: Session, article_id: int, kind: str, author: str | None = None) -> LayerRow | None:
    """Return the newest layer of a kind over an article."""
    query = select(*LAYER).where(Layer.article_id == article_id, Layer.kind == kind)
    if author:
        query = query.where(Layer.author == author)
    found = session.execute(query.order_by(Layer.id.desc()).limit(1)).one_or_none()
    return LayerRow(*found) if found else None


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
    return document(session.get_one(Article, article_id))


def marks(session: Session, layer_id: int, oids: Iterable[str] | None = None) -> list[MarkRow]:
    """Return the state of what decisions have touched in a layer, or of some of it."""
    query = select(Mark.oid, Mark.kind, Mark.status, Mark.version, Mark.body).where(Mark.layer_id == layer_id)
    if oids is not None:
        query = query.where(Mark.oid.in_(list(oids)))
    return [MarkRow(*row) for row in session.execute(query.order_by(Mark.oid))]


def keep_marks(session: Session, layer_id: int, rows: Iterable[MarkRow]) -> None:
    """Keep the newest state of objects."""
    embedded = session.get_bind().dialect.name == "sqlite"
    query: Any = (upsert_embedded if embedded else upsert_shared)(Mark)
    fields = ("kind", "status", "version", "body")
    query = query.on_conflict_do_update(
        index_elements=["layer_id", "oid"], set_={name: query.excluded[name] for name in fields}
    )
    values = [{"layer_id": layer_id, "oid": row.oid} | {name: getattr(row, name) for name in fields} for row in rows]
    if values:
        session.execute(query, values)


def logged(session: Session, keys: Iterable[str]) -> dict[str, tuple[int, int]]:
    """Return the layer and version of decisions that are in the log already, by key."""
    query = select(Decision.key, Decision.layer_id, Decision.version).where(Decision.key.in_(list(keys)))
    return {key: (layer_id, version) for key, layer_id, version in session.execute(query)}


def log(session: Session, rows: list[dict[str, Any]]) -> None:
    """Append decisions."""
    if rows:
        session.execute(insert(Decision), rows)


def advance(session: Session, layer_id: int, by: int) -> int:
    """Count decisions of a layer; return the new revision."""
    query = update(Layer).where(Layer.id == layer_id).values(rev=Layer.rev + by).returning(Layer.rev)
    return session.scalars(query).one()


def history(session: Session, layer_id: int) -> list[DecisionRow]:
    """Return the decisions of a layer, oldest first."""
    query = select(*_DECISION).where(Decision.layer_id == layer_id).order_by(Decision.id)
    return [DecisionRow(*row) for row in session.execute(query)]


def recent_keys(session: Session, layer_id: int, most: int) -> list[str]:
    """Return the keys of a layer's newest decisions."""
    query = select(Decision.key).where(Decision.layer_id == layer_id).order_by(Decision.id.desc()).limit(most)
    return list(session.scalars(query))


def deciders(session: Session, layer_id: int) -> dict[int, str]:
    """Return the names of those who decided in a layer, by number."""
    query = select(Person.id, Person.name).join(Decision, Decision.person_id == Person.id)
    return dict(session.execute(query.where(Decision.layer_id == layer_id).distinct()).all())


def of_txn(session: Session, txn: str, person_id: int) -> list[tuple[int, DecisionRow]]:
    """Return what somebody decided in one step, with the layers that it touched."""
    query = select(Decision.layer_id, *_DECISION).where(Decision.txn == txn, Decision.person_id == person_id)
    return [(row[0], DecisionRow(*row[1:])) for row in session.execute(query.order_by(Decision.id))]


def last_decider(session: Session, layer_id: int, oid: str) -> tuple[str, datetime] | None:
    """Return who last decided about an object, and when."""
    query = (
        select(Person.name, Decision.received_at)
        .join(Person, Person.id == Decision.person_id)
        .where(Decision.layer_id == layer_id, Decision.oid == oid)
    )
    found = session.execute(query.order_by(Decision.id.desc()).limit(1)).one_or_none()
    return (found[0], found[1]) if found else None


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
