"""How sure suggesters are of what, and how much is to be learnt from each article, so that a queue can begin with that

What was proposed before counts no new actors until it is proposed again.
"""

import json
from typing import Any

import sqlalchemy as sa
from alembic import op

from workbench.core import spread

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None

BIG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
CHUNK = 500
LAYER = sa.table(
    "layer",
    sa.column("id", BIG), sa.column("article_id", BIG), sa.column("kind", sa.String), sa.column("body", sa.Text),
    sa.column("certainty", sa.Float), sa.column("proposals", sa.Integer), sa.column("spread", sa.String),
)  # fmt: skip
ITEM = sa.table(
    "item",
    sa.column("article_id", BIG), sa.column("state", sa.String), sa.column("ready", sa.Boolean), sa.column("worth", BIG),
)  # fmt: skip


def upgrade() -> None:
    op.add_column("layer", sa.Column("spread", sa.String(length=120), nullable=True))
    op.add_column("layer", sa.Column("fresh", sa.Integer(), nullable=True))
    op.add_column("item", sa.Column("worth", BIG, server_default="0", nullable=False))
    falling = [sa.text("priority DESC"), sa.text("worth DESC")]
    op.create_index("ix_item_worth", "item", ["project_id", "state", *falling, "id"])
    _count()
    newest = sa.select(
        sa.case(
            (LAYER.c.proposals == 0, 0),
            else_=sa.cast(sa.func.round((1 - sa.func.coalesce(LAYER.c.certainty, 0.5)) * 1_000_000), sa.BigInteger),
        )
    ).where(LAYER.c.article_id == ITEM.c.article_id, LAYER.c.kind == "suggested")
    found = newest.order_by(LAYER.c.id.desc()).limit(1).scalar_subquery()
    op.execute(sa.update(ITEM).where(ITEM.c.ready, _waits()).values(worth=sa.func.coalesce(found, 0)))


def _waits() -> sa.ColumnElement[bool]:
    return ITEM.c.state.in_(["waiting", "open", "returned"])


def _count() -> None:
    """Count what was proposed for articles that still wait; for the others nobody looks at it any more."""
    waits = sa.exists().where(ITEM.c.article_id == LAYER.c.article_id, _waits())
    place = sa.select(LAYER.c.id, sa.cast(LAYER.c.body, sa.Text)).where(LAYER.c.kind == "suggested", waits)
    change = sa.update(LAYER).where(LAYER.c.id == sa.bindparam("number")).values(spread=sa.bindparam("counts"))
    last, bind = 0, op.get_bind()
    while rows := bind.execute(place.where(LAYER.c.id > last).order_by(LAYER.c.id).limit(CHUNK)).all():
        bind.execute(change, [{"number": number, "counts": _spread(body)} for number, body in rows])
        last = rows[-1][0]


def _spread(body: str | None) -> str | None:
    lists: dict[str, list[dict[str, Any]]] = json.loads(body) if body else {}
    return spread.stored((each.get("by") or {}).get("score") for listed in lists.values() for each in listed)


def downgrade() -> None:
    op.drop_index("ix_item_worth", "item")
    with op.batch_alter_table("item", schema=None) as batch_op:
        batch_op.drop_column("worth")
    with op.batch_alter_table("layer", schema=None) as batch_op:
        batch_op.drop_column("fresh")
        batch_op.drop_column("spread")
