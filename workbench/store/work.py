"""The work itself: layers, items of the queue, decisions and what they amount to."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import and_, case, func, insert, or_, select, update
from sqlalchemy.dialects.postgresql import insert as upsert_shared
from sqlalchemy.dialects.sqlite import insert as upsert_embedded
from sqlalchemy.orm import Session

from workbench.core.annotation import Document
from workbench.store.articles import document
from workbench.store.schema import Article, Batch, Decision, Item, Layer, Mark, Person


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


_LAYER = (
    Layer.id, Layer.article_id, Layer.kind, Layer.author, Layer.person_id, Layer.base_id, Layer.body, Layer.review,
    Layer.rev,
)  # fmt: skip
_ITEM = (
    Item.id, Item.article_id, Item.person_id, Item.layer_id, Item.state, Item.ready, Item.lease_no, Item.leased_until,
    Item.note,
)  # fmt: skip


def keep_layers(session: Session, rows: Iterable[dict[str, Any]], *, now: datetime) -> list[int]:
    """Keep layers; return their ids in order."""
    usual = {"person_id": None, "base_id": None, "review": {}, "proposals": 0, "certainty": None, "rev": 0, "at": now}
    full = [usual | row for row in rows]
    if not full:
        return []
    return list(session.scalars(insert(Layer).returning(Layer.id, sort_by_parameter_order=True), full))


def change_layer(session: Session, layer_id: int, **values: Any) -> None:
    """Change columns of a layer."""
    session.execute(update(Layer).where(Layer.id == layer_id).values(**values))


def layer(session: Session, layer_id: int) -> LayerRow:
    """Return a layer by its number."""
    return LayerRow(*session.execute(select(*_LAYER).where(Layer.id == layer_id)).one())


def newest(session: Session, article_id: int, kind: str, author: str | None = None) -> LayerRow | None:
    """Return the newest layer of a kind over an article."""
    query = select(*_LAYER).where(Layer.article_id == article_id, Layer.kind == kind)
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


def unread(session: Session, project_id: int, author: str, limit: int, after: int) -> list[tuple[int, Document]]:
    """Return articles that have no layer by this suggester yet, in the order they came."""
    done = select(Layer.id).where(Layer.article_id == Article.id, Layer.kind == "suggested", Layer.author == author)
    query = (
        select(Article)
        .join(Batch, Batch.id == Article.batch_id)
        .where(Article.project_id == project_id, Batch.state == "done", Article.id > after, ~done.exists())
        .order_by(Article.id)
        .limit(limit)
    )
    return [(row.id, document(row)) for row in session.scalars(query)]


def count_unread(session: Session, project_id: int, author: str) -> int:
    """Return how many articles have no layer by this suggester yet."""
    done = select(Layer.id).where(Layer.article_id == Article.id, Layer.kind == "suggested", Layer.author == author)
    query = select(func.count()).select_from(Article).join(Batch, Batch.id == Article.batch_id)
    query = query.where(Article.project_id == project_id, Batch.state == "done", ~done.exists())
    return session.scalar(query) or 0


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
    """Lease the next free item to somebody in one statement; return its id, or None where nothing waits."""
    best = (
        select(Item.id)
        .where(Item.project_id == project_id, _free(now))
        .order_by(case((Item.state == "waiting", 0), else_=1), Item.ready.desc(), Item.priority.desc(), Item.id)
        .limit(1)
        .with_for_update(skip_locked=True)
        .scalar_subquery()
    )
    return _claim(session, Item.id == best, person_id, now, until)


def claim_this(session: Session, item_id: int, person_id: int, *, now: datetime, until: datetime) -> bool:
    """Lease a certain item to somebody if it is free or theirs; say whether it worked."""
    mine = and_(Item.state == "open", Item.person_id == person_id)
    condition = and_(Item.id == item_id, or_(_free(now), mine))
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


def draft(session: Session, article_id: int, person_id: int) -> int | None:
    """Return the layer that somebody has begun over an article."""
    query = select(Layer.id).where(
        Layer.article_id == article_id, Layer.kind.in_(["draft", "reviewed"]), Layer.person_id == person_id
    )
    return session.scalar(query.order_by(Layer.id.desc()).limit(1))


def queue(session: Session, project_id: int, *, states: tuple[str, ...], after: int, limit: int) -> list[QueueRow]:
    """Return a page of the queue in its order."""
    base = select(func.max(Layer.id)).where(Layer.article_id == Item.article_id, Layer.kind == "suggested")
    suggested = Layer.__table__.alias("suggested")
    decided = select(func.count()).where(Mark.layer_id == Item.layer_id, Mark.status != "suggested").scalar_subquery()
    query = (
        select(
            Item.id, Article.key, Article.title, Article.outlet, Article.published, Article.words, Item.state,
            Item.ready, Person.name, Item.person_id, func.coalesce(suggested.c.proposals, 0), decided,
            suggested.c.certainty, Item.note,
        )
        .join(Article, Article.id == Item.article_id)
        .outerjoin(Person, Person.id == Item.person_id)
        .outerjoin(suggested, suggested.c.id == base.scalar_subquery())
        .where(Item.project_id == project_id, Item.state.in_(states), Item.id > after)
        .order_by(Item.id)
        .limit(limit)
    )  # fmt: skip
    return [QueueRow(*row) for row in session.execute(query).tuples()]


def counts(session: Session, project_id: int) -> dict[str, int]:
    """Return how many items of a project are in each state."""
    query = select(Item.state, func.count()).where(Item.project_id == project_id).group_by(Item.state)
    return dict(session.execute(query).tuples().all())


def text(session: Session, article_id: int) -> Document:
    """Return an article without any reading of it."""
    return document(session.get_one(Article, article_id))


def marks(session: Session, layer_id: int, oids: Iterable[str] | None = None) -> list[MarkRow]:
    """Return the state of what decisions have touched in a layer, or of some of it."""
    query = select(Mark.oid, Mark.kind, Mark.status, Mark.version, Mark.body).where(Mark.layer_id == layer_id)
    if oids is not None:
        query = query.where(Mark.oid.in_(list(oids)))
    return [MarkRow(*row) for row in session.execute(query.order_by(Mark.oid)).tuples()]


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
    return {key: (layer_id, version) for key, layer_id, version in session.execute(query).tuples()}


def log(session: Session, rows: list[dict[str, Any]]) -> None:
    """Append decisions."""
    if rows:
        session.execute(insert(Decision), rows)


def advance(session: Session, layer_id: int, by: int) -> int:
    """Count decisions of a layer; return the new revision."""
    query = update(Layer).where(Layer.id == layer_id).values(rev=Layer.rev + by).returning(Layer.rev)
    return session.scalars(query).one()


def history(session: Session, layer_id: int, limit: int = 500) -> list[Decision]:
    """Return the last decisions of a layer, oldest first."""
    query = select(Decision).where(Decision.layer_id == layer_id).order_by(Decision.id.desc()).limit(limit)
    return list(session.scalars(query))[::-1]


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
    )
    yield from session.execute(query.execution_options(yield_per=1000)).tuples()


def readings(session: Session, project_id: int, kinds: tuple[str, ...]) -> Iterator[tuple[Document, LayerRow]]:
    """Stream the articles of a project that have a layer of these kinds, by key, each with its best and newest one."""
    place = case({kind: number for number, kind in enumerate(kinds)}, value=Layer.kind, else_=len(kinds))
    ranked = (
        select(
            Layer.id,
            func.row_number().over(partition_by=Layer.article_id, order_by=(place, Layer.id.desc())).label("n"),
        )
        .join(Article, Article.id == Layer.article_id)
        .join(Batch, Batch.id == Article.batch_id)
        .where(Article.project_id == project_id, Layer.kind.in_(kinds), Batch.state == "done")
        .subquery()
    )
    query = (
        select(Article, *_LAYER)
        .join(Layer, Layer.article_id == Article.id)
        .join(ranked, and_(ranked.c.id == Layer.id, ranked.c.n == 1))
        .order_by(Article.key)
        .execution_options(yield_per=200)
    )
    for row in session.execute(query):
        yield document(row[0]), LayerRow(*row[1:])


def count_readings(session: Session, project_id: int, kinds: tuple[str, ...]) -> int:
    """Return how many articles of a project have a layer of these kinds."""
    query = select(func.count(func.distinct(Layer.article_id))).join(Article, Article.id == Layer.article_id)
    return session.scalar(query.where(Article.project_id == project_id, Layer.kind.in_(kinds))) or 0
