"""People: browsers with a last visit, identities at a provider, an audit log that nobody edits"""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("sign_in", sa.Column("seen_at", sa.DateTime(timezone=True), nullable=True))
    op.add_column("sign_in", sa.Column("address", sa.String(length=64), nullable=True))
    op.add_column("audit", sa.Column("origin", sa.String(length=64), nullable=True))
    op.add_column("audit", sa.Column("subject_id", sa.Integer(), nullable=True))
    op.create_index("ix_audit_project", "audit", ["project_id", "id"])
    op.add_column("person", sa.Column("email", sa.String(length=254), nullable=True))
    op.add_column("person", sa.Column("mail", sa.Boolean(), nullable=False, server_default=sa.false()))
    op.create_table(
        "identity",
        sa.Column("issuer", sa.String(length=300), nullable=False),
        sa.Column("subject", sa.String(length=255), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_identity_person_id_person")),
        sa.PrimaryKeyConstraint("issuer", "subject", name=op.f("pk_identity")),
    )
    op.create_index(op.f("ix_identity_person_id"), "identity", ["person_id"])
    for statement in _LOCK[op.get_bind().dialect.name]:
        op.execute(statement)


def downgrade() -> None:
    for statement in _UNLOCK[op.get_bind().dialect.name]:
        op.execute(statement)
    op.drop_table("identity")
    op.drop_index("ix_audit_project", "audit")
    for table, columns in (("person", ("mail", "email")), ("audit", ("subject_id", "origin")), ("sign_in", ("address", "seen_at"))):
        with op.batch_alter_table(table) as batch:
            for column in columns:
                batch.drop_column(column)


_LOCK = {
    "sqlite": (
        "CREATE TRIGGER audit_not_changed BEFORE UPDATE ON audit "
        "BEGIN SELECT RAISE(ABORT, 'the audit log is only appended to'); END",
        "CREATE TRIGGER audit_not_deleted BEFORE DELETE ON audit "
        "BEGIN SELECT RAISE(ABORT, 'the audit log is only appended to'); END",
    ),
    "postgresql": (
        "CREATE FUNCTION audit_stays() RETURNS trigger LANGUAGE plpgsql AS "
        "$$ BEGIN RAISE EXCEPTION 'the audit log is only appended to'; END $$",
        "CREATE TRIGGER audit_not_changed BEFORE UPDATE OR DELETE ON audit "
        "FOR EACH ROW EXECUTE FUNCTION audit_stays()",
        "CREATE TRIGGER audit_not_emptied BEFORE TRUNCATE ON audit "
        "FOR EACH STATEMENT EXECUTE FUNCTION audit_stays()",
    ),
}
_UNLOCK = {
    "sqlite": ("DROP TRIGGER audit_not_changed", "DROP TRIGGER audit_not_deleted"),
    "postgresql": (
        "DROP TRIGGER audit_not_changed ON audit",
        "DROP TRIGGER audit_not_emptied ON audit",
        "DROP FUNCTION audit_stays()",
    ),
}
