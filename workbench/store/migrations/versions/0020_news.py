"""News: what is new since a turn is found by an index"""

import sqlalchemy as sa
from alembic import op

revision = "0020"
down_revision = "0019"
branch_labels = None
depends_on = None


def upgrade() -> None:
    where = sa.text("kind = 'gold' OR kind = 'withdrawn'")
    op.create_index("ix_layer_turn", "layer", ["kind", "turn"], postgresql_where=where, sqlite_where=where)


def downgrade() -> None:
    op.drop_index("ix_layer_turn", table_name="layer")
