"""What a deep look at the tables reads, a bounded piece at a time."""

from collections.abc import Iterator
from datetime import datetime
from itertools import groupby
from typing import Any, Final

import msgspec
from sqlalchemy import ForeignKeyConstraint, exists, or_, select
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session

from workbench.store import copying, dialects
from workbench.store.schema import Article, Decision, Item, Json, Layer, Mark, Moment, Table
from workbench.store.trouble import said

_PAGE: Final = 200
_TOUCHED: Final = {
    f"{table}_touched_{event}"
    for table in ("adjudication", "item", "layer")
    for event in ("insert", "update", "delete")
}
TRIGGERS: Final = {
    "sqlite": {"audit_not_changed", "audit_not_deleted", "article_words_come", "article_words_go"}
    | {"article_words_change", *_TOUCHED},
    "postgresql": {"audit_not_changed", "audit_not_emptied", *_TOUCHED},
}
"""What each engine itself sees to."""
_THERE: Final = {
    "sqlite": "SELECT name FROM sqlite_master",
    "postgresql": "SELECT relname FROM pg_class LEFT JOIN pg_index ON indexrelid = oid"
    " WHERE pg_table_is_visible(oid) AND coalesce(indisvalid, true)"
    " UNION SELECT tgname FROM pg_trigger WHERE NOT tgisinternal AND tgenabled IN ('O', 'A')",
}


def damage(session: Session) -> Iterator[str]:
    """Yield what SQLite finds wrong with its file; PostgreSQL checks its pages as it reads them."""
    if dialects.embedded(session):
        for said in session.connection().exec_driver_sql("PRAGMA integrity_check(20)").scalars():
            if said != "ok":
                yield str(said)


def missing(session: Session) -> Iterator[str]:
    """Yield the tables, indexes and triggers that are not there, or that the database does not use."""
    embedded, engine = dialects.embedded(session), session.get_bind().dialect.name
    wanted = set(TRIGGERS[engine])
    for table in Table.metadata.sorted_tables:
        kept = table.indexes if embedded else {*table.indexes, *table.constraints}
        unique = {str(getattr(each, "name", "")) for each in kept if not isinstance(each, ForeignKeyConstraint)}
        wanted |= {table.name, *unique} - ({"ix_article_words"} if embedded else set())
    there = set(session.connection().exec_driver_sql(_THERE[engine]).scalars())
    yield from (f"{name} is missing or off" for name in sorted(wanted - there))


def unreadable(session: Session) -> Iterator[str]:
    """Yield the values that are not of their column's kind; to find them, every row of every table is read."""
    for table in copying.plain():
        try:
            for some in copying.rows(session.connection(), table):
                for row in some:
                    yield from _odd(table, row)
        except (SQLAlchemyError, ValueError) as problem:
            yield f"{table.name} cannot be read to its end ({said(problem)})"


def _odd(table: Any, row: dict[str, Any]) -> Iterator[str]:
    for column in Table.metadata.tables[table.name].columns:
        value = row[column.name]
        if not (value is None and column.nullable) and not _fits(column.type, value):
            key = ", ".join(str(row[each.name]) for each in table.primary_key.columns)
            yield f"{table.name} {key}: {column.name} holds what it cannot hold"


def _fits(kind: Any, value: Any) -> bool:
    if isinstance(kind, Json):
        return isinstance(value, str) and _is_json(value)
    wanted = datetime if isinstance(kind, Moment) else kind.python_type
    return isinstance(value, (int, float) if wanted is float else wanted)


def _is_json(value: str) -> bool:
    try:
        msgspec.json.decode(value)
    except msgspec.DecodeError:
        return False
    return True


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


def logs(session: Session) -> Iterator[tuple[int, int, list[Any], dict[str, Any]]]:
    """Yield every layer with decisions or states: its revision, its decisions in order, and its states by object."""
    after = 0
    touched = [exists().where(each.layer_id == Layer.id) for each in (Decision, Mark)]
    wanted = select(Layer.id, Layer.rev).where(or_(Layer.rev > 0, *touched)).order_by(Layer.id).limit(_PAGE)
    while layers := session.execute(wanted.where(Layer.id > after)).all():
        numbers = [number for number, _ in layers]
        columns = (Decision.oid, Decision.version, Decision.kind, Decision.before, Decision.after)
        query = select(Decision.layer_id, *columns).where(Decision.layer_id.in_(numbers))
        rows = session.execute(query.order_by(Decision.layer_id, Decision.id))
        decided = {key: [tuple(each[1:]) for each in group] for key, group in groupby(rows, _first)}
        states = select(Mark.layer_id, Mark.oid, Mark.version, Mark.kind, Mark.status, Mark.body)
        marks: dict[int, dict[str, Any]] = {}
        for number, oid, *state in session.execute(states.where(Mark.layer_id.in_(numbers))):
            marks.setdefault(number, {})[oid] = tuple(state)
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
