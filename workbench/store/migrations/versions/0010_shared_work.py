"""Jobs in parts, parked articles, and on PostgreSQL the tables of Procrastinate"""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None

BIG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    with op.batch_alter_table("job") as job:
        job.add_column(sa.Column("parent_id", BIG, nullable=True))
        job.create_foreign_key("fk_job_parent_id_job", "job", ["parent_id"], ["id"])
        job.create_index("ix_job_parent_id", ["parent_id"])
    op.create_table(
        "parked",
        sa.Column("article_id", BIG, nullable=False),
        sa.Column("author", sa.String(length=120), nullable=False),
        sa.Column("project_id", sa.Integer(), nullable=False),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("trouble", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["article_id"], ["article.id"], name=op.f("fk_parked_article_id_article")),
        sa.ForeignKeyConstraint(["project_id"], ["project.id"], name=op.f("fk_parked_project_id_project")),
        sa.PrimaryKeyConstraint("article_id", "author", name=op.f("pk_parked")),
    )
    op.create_index("ix_parked_project_id", "parked", ["project_id"])
    if op.get_bind().dialect.name == "postgresql":
        from procrastinate.schema import SchemaManager

        op.get_bind().connection.cursor().execute(SchemaManager.get_schema())


def downgrade() -> None:
    if op.get_bind().dialect.name == "postgresql":
        op.execute("""
            DO $$ DECLARE each record; BEGIN
              DROP TABLE IF EXISTS procrastinate_events, procrastinate_periodic_defers, procrastinate_jobs,
                procrastinate_workers CASCADE;
              FOR each IN SELECT oid::regprocedure AS name FROM pg_proc WHERE proname LIKE 'procrastinate\\_%' LOOP
                EXECUTE 'DROP FUNCTION ' || each.name || ' CASCADE';
              END LOOP;
              DROP TYPE IF EXISTS procrastinate_job_to_defer_v1, procrastinate_job_status,
                procrastinate_job_event_type CASCADE;
            END $$""")
    op.drop_table("parked")
    with op.batch_alter_table("job") as job:
        job.drop_index("ix_job_parent_id")
        job.drop_constraint("fk_job_parent_id_job", type_="foreignkey")
        job.drop_column("parent_id")
