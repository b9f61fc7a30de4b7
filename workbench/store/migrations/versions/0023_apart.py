"""Apart: somebody's practice and tests, gold by its time, and what was finished last are found by an index"""

import sqlalchemy as sa
from alembic import op

revision = "0023"
down_revision = "0022"
branch_labels = None
depends_on = None

_NEWEST = [sa.text("finished_at DESC"), sa.text("id DESC")]


def upgrade() -> None:
    op.drop_index("ix_item_finished", table_name="item")
    op.create_index("ix_item_finished", "item", ["project_id", "state", *_NEWEST])
    where = sa.text("purpose <> 'work'")
    columns = ["person_id", "purpose", "id"]
    op.create_index("ix_item_apart", "item", columns, postgresql_where=where, sqlite_where=where)
    gold = sa.text("kind = 'gold'")
    op.create_index("ix_layer_gold", "layer", ["at"], postgresql_where=gold, sqlite_where=gold)


def downgrade() -> None:
    op.drop_index("ix_layer_gold", table_name="layer")
    op.drop_index("ix_item_apart", table_name="item")
    op.drop_index("ix_item_finished", table_name="item")
    op.create_index("ix_item_finished", "item", ["project_id", *_NEWEST])
