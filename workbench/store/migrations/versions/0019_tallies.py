"""Tallies: how many of what a project has is counted as it changes; and the newest readings are found by an index"""

import sqlalchemy as sa
from alembic import op

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None

BIG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
COLUMNS = ("state", "person_id", "layer_id", "finished_at", "purpose")


def conditions(embedded: bool) -> dict[str, dict[str, str | None]]:
    """Return which changes of which tables count, by table and event."""
    differ = "IS NOT" if embedded else "IS DISTINCT FROM"
    return {
        "item": {
            "INSERT": None,
            "DELETE": None,
            "UPDATE": " OR ".join(f"OLD.{name} {differ} NEW.{name}" for name in COLUMNS),
        },
        "adjudication": {"INSERT": None, "DELETE": None, "UPDATE": f"OLD.state {differ} NEW.state"},
        "layer": {
            "INSERT": "NEW.kind = 'gold'",
            "DELETE": "OLD.kind = 'gold'",
            "UPDATE": f"OLD.kind {differ} NEW.kind AND 'gold' IN (OLD.kind, NEW.kind)",
        },
    }


def upgrade() -> None:
    op.create_table(
        "tally",
        sa.Column("project_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("name", sa.String(length=60), nullable=False),
        sa.Column("count", BIG, nullable=False),
        sa.PrimaryKeyConstraint("project_id", "name", name=op.f("pk_tally")),
    )
    op.create_table(
        "standing",
        sa.Column("article_id", BIG, autoincrement=False, nullable=False),
        sa.Column("project_id", sa.Integer(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("article_id", name=op.f("pk_standing")),
    )
    op.create_table(
        "touched",
        sa.Column("id", BIG, nullable=False),
        sa.Column("project_id", sa.Integer(), nullable=False),
        sa.Column("article_id", BIG, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_touched")),
    )
    op.create_index("ix_touched_project", "touched", ["project_id", "id"])
    op.create_index("ix_item_finished", "item", ["project_id", sa.text("finished_at DESC"), sa.text("id DESC")])
    _watch(embedded=op.get_bind().dialect.name == "sqlite")
    op.execute("INSERT INTO touched (project_id, article_id) SELECT project_id, id FROM article ORDER BY id")


def _watch(*, embedded: bool) -> None:
    note = "INSERT INTO touched (project_id, article_id) SELECT project_id, id FROM article WHERE id = {}.article_id"
    for table, events in conditions(embedded).items():
        for event, when in events.items():
            row, name = ("OLD" if event == "DELETE" else "NEW"), f"{table}_touched_{event.lower()}"
            asked = f" WHEN ({when})" if when else ""
            begin = f"CREATE TRIGGER {name} AFTER {event} ON {table} FOR EACH ROW{asked}"
            if embedded:
                op.execute(f"{begin} BEGIN {note.format(row)}; END")
            else:
                body = f"BEGIN {note.format(row)}; RETURN NULL; END"
                op.execute(f"CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$ {body} $$")
                op.execute(f"{begin} EXECUTE FUNCTION {name}()")


def downgrade() -> None:
    embedded = op.get_bind().dialect.name == "sqlite"
    for table, events in conditions(embedded).items():
        for event in events:
            name = f"{table}_touched_{event.lower()}"
            op.execute(f"DROP TRIGGER {name}" if embedded else f"DROP FUNCTION {name}() CASCADE")
    op.drop_index("ix_item_finished", table_name="item")
    op.drop_index("ix_touched_project", table_name="touched")
    for name in ("touched", "standing", "tally"):
        op.drop_table(name)
