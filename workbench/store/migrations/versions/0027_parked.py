"""Parked: a page of a project's parked articles is found by their numbers"""

from alembic import op

revision = "0027"
down_revision = "0026"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.drop_index("ix_parked_project", table_name="parked")
    op.create_index("ix_parked_project", "parked", ["project_id", "article_id"])


def downgrade() -> None:
    op.drop_index("ix_parked_project", table_name="parked")
    op.create_index("ix_parked_project", "parked", ["project_id", "at", "article_id"])
