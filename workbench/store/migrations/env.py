"""Runs the migrations on the engine that the caller hands over."""

import re
from typing import Any, Final, Literal

from alembic import context
from sqlalchemy import event

from workbench.store.schema import Json, Moment, Table

_LOCK: Final = 7_272_020
_PREFIX: Final = "_alembic_tmp_"
_GOES: Final = re.compile(r"\s*DROP TABLE \"?(\w+)")
_COMES: Final = re.compile(rf"\s*ALTER TABLE \"?{_PREFIX}\w+\"? RENAME TO")
_NEW: Final = "SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = ?"
_TRIGGERS: Final = "SELECT name, sql FROM sqlite_master WHERE type = 'trigger'"


def plain(kind: str, item: Any, _context: Any) -> str | Literal[False]:
    """Write our own column types as what they are in the database, so that old migrations stand alone."""
    if kind == "type" and isinstance(item, Moment):
        return "sa.DateTime(timezone=True)"
    if kind == "type" and isinstance(item, Json):
        return "sa.Text()"
    return False


def unchecked(connection: Any) -> None:
    """Let SQLite make tables anew that others point at; what points where is looked at before anything is kept."""
    connection.connection.dbapi_connection.execute("PRAGMA foreign_keys=OFF")


def kept(connection: Any) -> None:
    """Lay triggers aside while SQLite makes a table anew: its old self would take them along, and others name it."""
    aside: list[str] = []

    @event.listens_for(connection, "before_cursor_execute")
    def going(_conn: Any, cursor: Any, statement: str, *_: Any) -> None:
        if (found := _GOES.match(statement)) and cursor.connection.execute(_NEW, (_PREFIX + found[1],)).fetchone():
            for name, sql in cursor.connection.execute(_TRIGGERS).fetchall():
                cursor.connection.execute(f"DROP TRIGGER {name}")
                aside.append(sql)

    @event.listens_for(connection, "after_cursor_execute")
    def coming(_conn: Any, cursor: Any, statement: str, *_: Any) -> None:
        if _COMES.match(statement):
            while aside:
                cursor.connection.execute(aside.pop())


def alone(connection: Any) -> None:
    """Let servers that start at once take turns: who comes second waits, however long, and finds the tables made."""
    patience = connection.exec_driver_sql("SHOW lock_timeout").scalar()
    connection.exec_driver_sql("SET LOCAL lock_timeout = 0")
    connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({_LOCK})")
    connection.exec_driver_sql(f"SET LOCAL lock_timeout = '{patience}'")


def check(connection: Any) -> None:
    """Raise where a row points at none."""
    if lost := connection.exec_driver_sql("PRAGMA foreign_key_check").all():
        table, row, parent, _ = lost[0]
        raise RuntimeError(f"{len(lost)} rows would point at nothing, first row {row} of {table} at {parent}.")


engine = context.config.attributes["engine"]
embedded = engine.dialect.name == "sqlite"
with engine.connect().execution_options(write=True) as connection:
    if embedded:
        unchecked(connection)
        kept(connection)
    try:
        context.configure(
            connection=connection,
            target_metadata=Table.metadata,
            render_as_batch=True,
            render_item=plain,
            compare_type=False,
            transactional_ddl=True,  # SQLite can, though Alembic does not expect it to
        )
        with context.begin_transaction():
            if not embedded:
                alone(connection)
            context.run_migrations()
            if embedded:
                check(connection)
        connection.commit()
    finally:
        if embedded:
            connection.rollback()
            connection.connection.dbapi_connection.execute("PRAGMA foreign_keys=ON")
