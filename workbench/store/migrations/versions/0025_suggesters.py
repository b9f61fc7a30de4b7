"""Suggesters: how much each has proposed is counted as it changes, and its last layer is found by an index"""

import sqlalchemy as sa
from alembic import op

revision = "0025"
down_revision = "0024"
branch_labels = None
depends_on = None


def upgrade() -> None:
    where = sa.text("kind = 'suggested'")
    op.create_index("ix_layer_suggester", "layer", ["author", "id"], postgresql_where=where, sqlite_where=where)
    _anew()


def downgrade() -> None:
    op.drop_index("ix_layer_suggester", table_name="layer")
    _anew()


def _anew() -> None:
    """Let every article be counted anew, by what this version counts."""
    for table in ("tally", "standing", "touched"):
        op.execute(f"DELETE FROM {table}")
    op.execute("INSERT INTO touched (project_id, article_id) SELECT project_id, id FROM article ORDER BY id")
