"""The queue by rules: order, lanes, quotas, and what changed hands"""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

BIG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "handover",
        sa.Column("id", BIG, nullable=False),
        sa.Column("project_id", sa.Integer(), nullable=False),
        sa.Column("article_id", BIG, nullable=False),
        sa.Column("slot", sa.Integer(), nullable=False),
        sa.Column("act", sa.String(length=12), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=True),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.Column("comment", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["article_id"], ["article.id"], name=op.f("fk_handover_article_id_article")),
        sa.ForeignKeyConstraint(["by_id"], ["person.id"], name=op.f("fk_handover_by_id_person")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_handover_person_id_person")),
        sa.ForeignKeyConstraint(["project_id"], ["project.id"], name=op.f("fk_handover_project_id_project")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_handover")),
    )
    op.create_index("ix_handover_article", "handover", ["article_id", "id"])
    op.create_index("ix_handover_project", "handover", ["project_id", "act", "id"])
    op.create_table(
        "quota",
        sa.Column("project_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("a_day", sa.Integer(), nullable=True),
        sa.Column("in_all", sa.Integer(), nullable=True),
        sa.Column("at_once", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_quota_person_id_person")),
        sa.ForeignKeyConstraint(["project_id"], ["project.id"], name=op.f("fk_quota_project_id_project")),
        sa.PrimaryKeyConstraint("project_id", "person_id", name=op.f("pk_quota")),
    )
    op.drop_index("ix_item_queue", "item")
    op.drop_index("ix_item_person", "item")
    op.add_column("item", sa.Column("rank", BIG, server_default="0", nullable=False))
    op.add_column("item", sa.Column("lane", sa.Integer(), server_default="0", nullable=False))
    falling = [sa.text("ready DESC"), sa.text("priority DESC")]
    op.create_index("ix_item_queue", "item", ["project_id", "state", "lane", *falling, "rank", "article_id", "slot"])
    op.create_index("ix_item_person", "item", ["person_id", "state", "finished_at"])


def downgrade() -> None:
    op.execute("UPDATE item SET state = 'open' WHERE state = 'returned'")
    op.drop_index("ix_item_person", "item")
    op.drop_index("ix_item_queue", "item")
    with op.batch_alter_table("item", schema=None) as batch_op:
        batch_op.drop_column("lane")
        batch_op.drop_column("rank")
    order = sa.text("priority DESC")
    op.create_index("ix_item_queue", "item", ["project_id", "state", "ready", order, "article_id", "slot"])
    op.create_index("ix_item_person", "item", ["person_id", "state"])
    op.drop_table("quota")
    op.drop_table("handover")
