"""Bridges: articles that are near articles of another cluster than their own"""

import sqlalchemy as sa
from alembic import op

revision = "0021"
down_revision = "0020"
branch_labels = None
depends_on = None

BIG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "bridge",
        sa.Column("article_id", BIG, nullable=False),
        sa.Column("cluster", sa.String(length=120), nullable=False),
        sa.ForeignKeyConstraint(["article_id"], ["article.id"], name=op.f("fk_bridge_article_id_article")),
        sa.PrimaryKeyConstraint("article_id", "cluster", name=op.f("pk_bridge")),
    )


def downgrade() -> None:
    op.drop_table("bridge")
