"""Moving in from other tools: looks at files, foreign labels, layers under way, where drafts start"""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

BIG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "move_in",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("project_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("job_id", BIG, nullable=True),
        sa.Column("state", sa.String(length=12), nullable=False),
        sa.Column("folder", sa.Text(), nullable=False),
        sa.Column("options", sa.Text(), nullable=False),
        sa.Column("found", sa.Text(), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["job_id"], ["job.id"], name=op.f("fk_move_in_job_id_job")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_move_in_person_id_person")),
        sa.ForeignKeyConstraint(["project_id"], ["project.id"], name=op.f("fk_move_in_project_id_project")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_move_in")),
    )
    op.create_index(op.f("ix_move_in_project_id"), "move_in", ["project_id"])
    op.create_table(
        "label_mapping",
        sa.Column("project_id", sa.Integer(), nullable=False),
        sa.Column("theirs", sa.String(length=200), nullable=False),
        sa.Column("ours", sa.String(length=64), nullable=True),
        sa.ForeignKeyConstraint(["project_id"], ["project.id"], name=op.f("fk_label_mapping_project_id_project")),
        sa.PrimaryKeyConstraint("project_id", "theirs", name=op.f("pk_label_mapping")),
    )
    op.create_table(
        "arriving",
        sa.Column("layer_id", BIG, nullable=False),
        sa.Column("batch_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=12), nullable=False),
        sa.ForeignKeyConstraint(["batch_id"], ["batch.id"], name=op.f("fk_arriving_batch_id_batch")),
        sa.ForeignKeyConstraint(["layer_id"], ["layer.id"], name=op.f("fk_arriving_layer_id_layer")),
        sa.PrimaryKeyConstraint("layer_id", name=op.f("pk_arriving")),
    )
    op.create_index("ix_arriving_batch", "arriving", ["batch_id", "layer_id"])
    op.create_table(
        "start",
        sa.Column("project_id", sa.Integer(), nullable=False),
        sa.Column("author", sa.String(length=120), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_start_person_id_person")),
        sa.ForeignKeyConstraint(["project_id"], ["project.id"], name=op.f("fk_start_project_id_project")),
        sa.PrimaryKeyConstraint("project_id", name=op.f("pk_start")),
    )


def downgrade() -> None:
    for table in ("start", "arriving", "label_mapping", "move_in"):
        op.drop_table(table)
