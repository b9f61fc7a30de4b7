"""Item: PostgreSQL sweeps the queue after every few thousand claims, not after a fifth of all articles"""

from alembic import op

revision = "0028"
down_revision = "0027"
branch_labels = None
depends_on = None

OFTEN = "autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 5000"


def upgrade() -> None:
    if op.get_bind().dialect.name == "postgresql":
        op.execute(f"ALTER TABLE item SET ({OFTEN})")


def downgrade() -> None:
    if op.get_bind().dialect.name == "postgresql":
        op.execute("ALTER TABLE item RESET (autovacuum_vacuum_scale_factor, autovacuum_vacuum_threshold)")
