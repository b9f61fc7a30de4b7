"""Pages: the queue as it came, adjudication by age, and how much can be taken out are found by an index"""

import sqlalchemy as sa
from alembic import op

revision = "0022"
down_revision = "0021"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_index("ix_item_state", "item", ["project_id", "state", "id"])
    op.drop_index("ix_adjudication_state", table_name="adjudication")
    op.create_index("ix_adjudication_state", "adjudication", ["project_id", "state", "at", "article_id"])
    where = sa.text("kind = 'gold' OR kind = 'reviewed'")
    op.create_index("ix_layer_reading", "layer", ["kind", "article_id"], postgresql_where=where, sqlite_where=where)


def downgrade() -> None:
    op.drop_index("ix_layer_reading", table_name="layer")
    op.drop_index("ix_adjudication_state", table_name="adjudication")
    op.create_index("ix_adjudication_state", "adjudication", ["project_id", "state", "article_id"])
    op.drop_index("ix_item_state", table_name="item")
