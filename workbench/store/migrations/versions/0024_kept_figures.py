"""Kept figures: what a finished reading took, and how many articles there are, by suggester and by what can be taken out"""

import sqlalchemy as sa
from alembic import op

revision = "0024"
down_revision = "0023"
branch_labels = None
depends_on = None

TIMED = 300
IDLE = 120.0
BEFORE, SINCE = ("gold",), ("gold", "reviewed", "suggested")

ITEM = sa.table(
    "item", *map(sa.column, ("id", "project_id", "state", "layer_id")), sa.column("minutes", sa.Float()),
    sa.column("finished_at", sa.DateTime(timezone=True)),
)  # fmt: skip
DECISION = sa.table(
    "decision", sa.column("id"), sa.column("layer_id"), sa.column("received_at", sa.DateTime(timezone=True))
)


def upgrade() -> None:
    op.add_column("item", sa.Column("minutes", sa.Float(), nullable=True))
    for project_id in op.get_bind().scalars(sa.text("SELECT id FROM project ORDER BY id")).all():
        _timed(project_id)
    _watch(SINCE)
    _widened(200)


def downgrade() -> None:
    _watch(BEFORE)
    _widened(60)
    op.drop_column("item", "minutes")


def _timed(project_id: int) -> None:
    """Keep what the newest readings of a project took, which is as far back as the board looks."""
    bind = op.get_bind()
    newest = sa.select(ITEM.c.id, ITEM.c.layer_id).where(ITEM.c.project_id == project_id, ITEM.c.state == "done")
    newest = newest.where(ITEM.c.finished_at.is_not(None), ITEM.c.layer_id.is_not(None))
    newest = newest.order_by(ITEM.c.finished_at.desc(), ITEM.c.id.desc()).limit(TIMED)
    for number, layer_id in bind.execute(newest).all():
        decided = sa.select(DECISION.c.received_at).where(DECISION.c.layer_id == layer_id).order_by(DECISION.c.id)
        times = bind.scalars(decided).all()
        gaps = [min(max((after - at).total_seconds(), 0.0), IDLE) for at, after in zip(times, times[1:], strict=False)]
        if gaps:
            bind.execute(ITEM.update().where(ITEM.c.id == number).values(minutes=sum(gaps) / 60))


def _watch(kinds: tuple[str, ...]) -> None:
    """Note an article as touched when a layer of these kinds comes, goes or turns; and count all anew."""
    embedded = op.get_bind().dialect.name == "sqlite"
    for event, row in (("INSERT", "NEW"), ("UPDATE", "NEW"), ("DELETE", "OLD")):
        name = f"layer_touched_{event.lower()}"
        begin = f"CREATE TRIGGER {name} AFTER {event} ON layer FOR EACH ROW WHEN ({_when(event, kinds, embedded)})"
        note = f"INSERT INTO touched (project_id, article_id) SELECT project_id, id FROM article WHERE id = {row}.article_id"
        op.execute(f"DROP TRIGGER {name}" if embedded else f"DROP TRIGGER {name} ON layer")
        op.execute(f"{begin} BEGIN {note}; END" if embedded else f"{begin} EXECUTE FUNCTION {name}()")
    for table in ("tally", "standing", "touched"):
        op.execute(f"DELETE FROM {table}")
    op.execute("INSERT INTO touched (project_id, article_id) SELECT project_id, id FROM article ORDER BY id")


def _widened(length: int) -> None:
    """Give the names of tallies so much room, for those of suggesters; SQLite has no bound."""
    if op.get_bind().dialect.name == "postgresql":
        op.alter_column("tally", "name", type_=sa.String(length=length))


def _when(event: str, kinds: tuple[str, ...], embedded: bool) -> str:
    among = ", ".join(f"'{kind}'" for kind in kinds)
    if event != "UPDATE":
        return f"{'NEW' if event == 'INSERT' else 'OLD'}.kind IN ({among})"
    differ = "IS NOT" if embedded else "IS DISTINCT FROM"
    return f"OLD.kind {differ} NEW.kind AND (OLD.kind IN ({among}) OR NEW.kind IN ({among}))"
