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


engine = context.config.attributes["engine"]
with engine.connect() as connection:
    context.configure(
        connection=connection,
        target_metadata=Table.metadata,
        render_as_batch=True,
        render_item=plain,
        compare_type=False,
    )
    with context.begin_transaction():
        context.run_migrations()
    connection.commit()
