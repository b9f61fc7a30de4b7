"""Runs the migrations on the engine that the caller hands over."""

from typing import Any, Literal

from alembic import context

from workbench.store.schema import Json, Moment, Table


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


def check(connection: Any) -> None:
    """Raise where a row points at none."""
    if lost := connection.exec_driver_sql("PRAGMA foreign_key_check").all():
        table, row, parent, _ = lost[0]
        raise RuntimeError(f"{len(lost)} rows would point at nothing, first row {row} of {table} at {parent}.")


engine = context.config.attributes["engine"]
embedded = engine.dialect.name == "sqlite"
with engine.connect() as connection:
    if embedded:
        unchecked(connection)
    try:
        context.configure(
            connection=connection,
            target_metadata=Table.metadata,
            render_as_batch=True,
            render_item=plain,
            compare_type=False,
        )
        with context.begin_transaction():
            context.run_migrations()
            if embedded:
                check(connection)
        connection.commit()
    finally:
        if embedded:
            connection.rollback()
            connection.connection.dbapi_connection.execute("PRAGMA foreign_keys=ON")
