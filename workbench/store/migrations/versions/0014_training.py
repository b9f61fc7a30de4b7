"""Practice and hidden tests: what an item is for, what is set aside, and how a project uses it"""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("item", sa.Column("purpose", sa.String(length=8), server_default="work", nullable=False))
    op.create_table(
        "exercise",
        sa.Column("article_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("project_id", sa.Integer(), nullable=False),
        sa.Column("purpose", sa.String(length=8), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["article_id"], ["article.id"], name=op.f("fk_exercise_article_id_article")),
        sa.ForeignKeyConstraint(["project_id"], ["project.id"], name=op.f("fk_exercise_project_id_project")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_exercise_person_id_person")),
        sa.PrimaryKeyConstraint("article_id", name=op.f("pk_exercise")),
    )
    op.create_index(op.f("ix_exercise_project_id"), "exercise", ["project_id"])
    op.create_table(
        "training",
        sa.Column("project_id", sa.Integer(), nullable=False),
        sa.Column("every", sa.Integer(), nullable=False),
        sa.Column("pass_mark", sa.Integer(), nullable=True),
        sa.Column("floor", sa.Integer(), nullable=True),
        sa.Column("salt", sa.String(length=32), nullable=False),
        sa.ForeignKeyConstraint(["project_id"], ["project.id"], name=op.f("fk_training_project_id_project")),
        sa.PrimaryKeyConstraint("project_id", name=op.f("pk_training")),
    )


def downgrade() -> None:
    op.execute("DELETE FROM item WHERE purpose <> 'work'")
    op.drop_table("training")
    op.drop_table("exercise")
    with op.batch_alter_table("item", schema=None) as batch_op:
        batch_op.drop_column("purpose")
