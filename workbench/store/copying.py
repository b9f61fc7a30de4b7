"""A bench from one database to another, of either engine, and what says that both hold the same."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from typing import Any, Final

import msgspec
from sqlalchemy import Column, Connection, Integer, MetaData, Text, func, insert, select
from sqlalchemy import Table as Plain

from workbench.core.errors import Invalid
from workbench.store.engine import Database
from workbench.store.schema import Json, Table

CHUNK: Final = 500
COUNTED: Final = frozenset({"tally", "standing", "touched"})
"""Tables that follow from the others: what arrives is noted there as touched, and counted anew."""
_WRAP: Final = 2**256


@dataclass(frozen=True, slots=True)
class Sums:
    """How many rows a table has, and a sum of their hashes that no order changes."""

    rows: int
    sha256: str


def plain() -> list[Plain]:
    """Return the tables as they lie in the database, JSON as its text, each after those that it points to."""
    bare = MetaData()
    return [
        Plain(table.name, bare, *[_column(column) for column in table.columns])
        for table in Table.metadata.sorted_tables
        if table.name not in COUNTED
    ]


def _column(column: Column[Any]) -> Column[Any]:
    kind = Text() if isinstance(column.type, Json) else column.type
    return Column(column.name, kind, primary_key=column.primary_key)


def copy(source: Database, target: Database, told: Callable[[str, int], None] = lambda table, rows: None) -> None:
    """Copy every row in one transaction and compare; raises Invalid where the target holds something already."""
    with moment(source) as read, target.engine.connect().execution_options(write=True) as write, write.begin():
        if full := [table.name for table in plain() if write.scalar(select(func.count()).select_from(table))]:
            raise Invalid(
                f"The target is not empty: it has rows in {', '.join(full[:3])}. Nothing was copied; name an empty one."
            )
        for table in plain():
            count = 0
            for some in rows(read, table):
                write.execute(insert(table), some)
                count += len(some)
                told(table.name, count)
            if not target.embedded:
                _set_sequence(write, table)
        if differ := _different(sums(read), sums(write)):
            raise Invalid(f"What arrived differs in {', '.join(differ)}; nothing was kept in the target.")


class moment:
    """A connection that sees one moment of a database for as long as it is open."""

    def __init__(self, database: Database) -> None:
        self.connection = database.engine.connect()
        if not database.embedded:
            self.connection = self.connection.execution_options(isolation_level="REPEATABLE READ")

    def __enter__(self) -> Connection:
        self.connection.begin()
        return self.connection

    def __exit__(self, *_: object) -> None:
        self.connection.close()


def _different(one: dict[str, Sums], other: dict[str, Sums]) -> list[str]:
    return [name for name in one if one[name] != other.get(name)]


def sums(connection: Connection) -> dict[str, Sums]:
    """Return the sums of every table."""
    return {table.name: _sums(connection, table) for table in plain()}


def _sums(connection: Connection, table: Plain) -> Sums:
    count, total = 0, 0
    for some in rows(connection, table):
        for row in some:
            line = msgspec.json.encode([_shown(row[column.name]) for column in table.columns])
            total = (total + int.from_bytes(sha256(line).digest())) % _WRAP
        count += len(some)
    return Sums(count, f"{total:064x}")


def _shown(value: Any) -> Any:
    return value.isoformat() if isinstance(value, datetime) else value


def rows(connection: Connection, table: Plain) -> Iterator[list[dict[str, Any]]]:
    """Yield the rows of a table in the order of their keys, some at a time."""
    query = select(table).order_by(*table.primary_key.columns).execution_options(yield_per=CHUNK)
    for part in connection.execute(query).mappings().partitions(CHUNK):
        yield [dict(row) for row in part]


def _set_sequence(connection: Connection, table: Plain) -> None:
    [*keys] = table.primary_key.columns
    if len(keys) != 1 or not isinstance(keys[0].type, Integer):
        return
    name = func.pg_get_serial_sequence(table.name, keys[0].name)
    if connection.scalar(select(name)):
        connection.execute(select(func.setval(name, func.coalesce(func.max(keys[0]), 1), func.count() > 0)))
