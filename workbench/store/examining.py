"""What a deep look at the tables reads, a bounded piece at a time."""

from collections.abc import Iterator
from datetime import datetime
from itertools import groupby
from typing import Any, Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from workbench.store.schema import Article, Decision, Item, Layer, Mark, Table

_PAGE: Final = 200


def _embedded(session: Session) -> bool:
    return session.get_bind().dialect.name == "sqlite"


def damage(session: Session) -> Iterator[str]:
    """Yield what SQLite finds wrong with its file; PostgreSQL checks its pages as it reads them."""
    if _embedded(session):
        for said in session.connection().exec_driver_sql("PRAGMA integrity_check(20)").scalars():
            if said != "ok":
                yield str(said)


def orphans(session: Session) -> Iterator[str]:
    """Yield the rows that name a row which is not there."""
    for table in Table.metadata.sorted_tables:
        for key in table.foreign_keys:
            other = key.column.table.alias()
            there = select(other.c[key.column.name]).where(other.c[key.column.name] == key.parent)
            lost = select(key.parent).where(key.parent.is_not(None), ~there.exists()).limit(3)
            for value in session.scalars(lost):
                yield f"{table.name}.{key.parent.name} names {value}, which {key.column.table.name} does not have"


def texts(session: Session) -> Iterator[tuple[int, str, str, str]]:
    """Yield every article's number, key, text and hash."""
    after = 0
    query = select(Article.id, Article.key, Article.text, Article.text_sha256).order_by(Article.id).limit(_PAGE)
    while rows := session.execute(query.where(Article.id > after)).all():
        yield from ((row[0], row[1], row[2], row[3]) for row in rows)
        after = rows[-1][0]


def bodies(session: Session, article_id: int) -> Iterator[tuple[str, Any]]:
    """Yield the stored layers and states over an article, with where they are."""
    layers = select(Layer.id, Layer.body).where(Layer.article_id == article_id, Layer.body.is_not(None))
    for number, body in session.execute(layers.order_by(Layer.id)):
        yield f"layer {number}", body
    marks = select(Mark.layer_id, Mark.oid, Mark.body).join(Layer, Layer.id == Mark.layer_id)
    for number, oid, body in session.execute(marks.where(Layer.article_id == article_id).order_by(Mark.oid)):
        yield f"layer {number}, {oid}", body


def logs(session: Session) -> Iterator[tuple[int, int, list[tuple[str, int, Any]], dict[str, tuple[int, str, Any]]]]:
    """Yield every layer that was decided on: its revision, its decisions in order, and its states."""
    after = 0
    wanted = select(Layer.id, Layer.rev).where(Layer.rev > 0).order_by(Layer.id).limit(_PAGE)
    while layers := session.execute(wanted.where(Layer.id > after)).all():
        numbers = [number for number, _ in layers]
        query = select(Decision.layer_id, Decision.oid, Decision.version, Decision.after)
        rows = session.execute(query.where(Decision.layer_id.in_(numbers)).order_by(Decision.layer_id, Decision.id))
        decided = {key: [(each[1], each[2], each[3]) for each in group] for key, group in groupby(rows, _first)}
        states = select(Mark.layer_id, Mark.oid, Mark.version, Mark.status, Mark.body)
        marks: dict[int, dict[str, tuple[int, str, Any]]] = {}
        for number, oid, *state in session.execute(states.where(Mark.layer_id.in_(numbers))):
            marks.setdefault(number, {})[oid] = (state[0], state[1], state[2])
        yield from ((number, rev, decided.get(number, []), marks.get(number, {})) for number, rev in layers)
        after = numbers[-1]


def timed(session: Session) -> Iterator[tuple[int, float, list[datetime]]]:
    """Yield every finished reading whose minutes are kept: its layer, the minutes, and the times of its decisions."""
    after = 0
    kept = (Item.state == "done", Item.minutes.is_not(None), Item.layer_id.is_not(None))
    columns: tuple[Any, ...] = (Item.id, Item.layer_id, Item.minutes)
    wanted = select(*columns).where(*kept).order_by(Item.id).limit(_PAGE)
    while items := session.execute(wanted.where(Item.id > after)).all():
        query = select(Decision.layer_id, Decision.received_at).where(Decision.layer_id.in_([row[1] for row in items]))
        rows = session.execute(query.order_by(Decision.layer_id, Decision.id))
        times = {key: [each[1] for each in group] for key, group in groupby(rows, _first)}
        yield from ((row[1], row[2], times.get(row[1], [])) for row in items)
        after = items[-1][0]


def _first(row: Any) -> int:
    number: int = row[0]
    return number
