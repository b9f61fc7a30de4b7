"""Turns: in which order gold was given out, for programs that ask again and again for what is new"""

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("layer", sa.Column("turn", sa.Integer(), nullable=True))


def downgrade() -> None:
    with op.batch_alter_table("layer", schema=None) as batch_op:
        batch_op.drop_column("turn")
