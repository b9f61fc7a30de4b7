"""Several readers of an article, the rules for them, and rulings where they differ"""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

BIG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "rules_version",
        sa.Column("project_id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_rules_version_person_id_person")),
        sa.ForeignKeyConstraint(["project_id"], ["project.id"], name=op.f("fk_rules_version_project_id_project")),
        sa.PrimaryKeyConstraint("project_id", "version", name=op.f("pk_rules_version")),
    )
    op.create_table(
        "adjudication",
        sa.Column("article_id", BIG, nullable=False),
        sa.Column("project_id", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=12), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("cards", sa.Integer(), nullable=False),
        sa.Column("ruled", sa.Integer(), nullable=False),
        sa.Column("merge", sa.String(length=12), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("finished_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["article_id"], ["article.id"], name=op.f("fk_adjudication_article_id_article")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_adjudication_person_id_person")),
        sa.ForeignKeyConstraint(["project_id"], ["project.id"], name=op.f("fk_adjudication_project_id_project")),
        sa.PrimaryKeyConstraint("article_id", name=op.f("pk_adjudication")),
    )
    op.create_index("ix_adjudication_state", "adjudication", ["project_id", "state", "article_id"])
    op.create_table(
        "ruling",
        sa.Column("id", BIG, nullable=False),
        sa.Column("article_id", BIG, nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("txn", sa.String(length=36), nullable=False),
        sa.Column("act", sa.String(length=12), nullable=False),
        sa.Column("card", sa.String(length=16), nullable=False),
        sa.Column("choice", sa.Integer(), nullable=True),
        sa.Column("body", sa.Text(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("undoes", sa.Integer(), nullable=True),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("guideline", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["article_id"], ["article.id"], name=op.f("fk_ruling_article_id_article")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_ruling_person_id_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ruling")),
        sa.UniqueConstraint("article_id", "number", name=op.f("uq_ruling_article_id_number")),
    )
    op.create_index("ix_ruling_txn", "ruling", ["txn"])
    with op.batch_alter_table("item", schema=None) as batch_op:
        batch_op.drop_index("ix_item_queue")
        batch_op.drop_index("ix_item_article")
        batch_op.add_column(sa.Column("slot", sa.Integer(), server_default="1", nullable=False))
        batch_op.add_column(sa.Column("plain", sa.Boolean(), server_default=sa.false(), nullable=False))
        batch_op.create_unique_constraint(op.f("uq_item_article_id_slot"), ["article_id", "slot"])
        batch_op.create_unique_constraint(op.f("uq_item_article_id_person_id"), ["article_id", "person_id"])
    order = sa.text("priority DESC")
    op.create_index("ix_item_queue", "item", ["project_id", "state", "ready", order, "article_id", "slot"])


def downgrade() -> None:
    op.execute("DELETE FROM item WHERE slot > 1")
    op.drop_index("ix_item_queue", "item")
    with op.batch_alter_table("item", schema=None) as batch_op:
        batch_op.drop_constraint(op.f("uq_item_article_id_person_id"), type_="unique")
        batch_op.drop_constraint(op.f("uq_item_article_id_slot"), type_="unique")
        batch_op.drop_column("plain")
        batch_op.drop_column("slot")
        batch_op.create_index("ix_item_queue", ["project_id", "state", "ready", "priority", "id"])
        batch_op.create_index("ix_item_article", ["article_id"])
    op.drop_table("ruling")
    op.drop_table("adjudication")
    op.drop_table("rules_version")
