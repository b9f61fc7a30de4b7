"""Lists: people are found by their names folded, whatever letters these have, and each page of a list by an index"""

import unicodedata

import sqlalchemy as sa
from alembic import op

revision = "0026"
down_revision = "0025"
branch_labels = None
depends_on = None

_NEW = {
    "ix_person_folded": ("person", ["folded", "id"]),
    "ix_project_title": ("project", ["title", "id"]),
    "ix_release_project": ("release", ["project_id", "id"]),
    "ix_batch_project": ("batch", ["project_id", "state", "id"]),
    "ix_job_project": ("job", ["project_id", "parent_id", "id"]),
    "ix_notice_told": ("notice", ["person_id", "id"]),
    "ix_parked_project": ("parked", ["project_id", "at", "article_id"]),
    "ix_audit_act": ("audit", ["act", "id"]),
    "ix_audit_project_act": ("audit", ["project_id", "act", "id"]),
    "ix_api_token_person": ("api_token", ["person_id", "revoked_at", "id"]),
}
_OLD = {
    "ix_batch_project_id": ("batch", ["project_id"]),
    "ix_job_project_id": ("job", ["project_id"]),
    "ix_parked_project_id": ("parked", ["project_id"]),
    "ix_api_token_person_id": ("api_token", ["person_id"]),
}
"""What the new ones begin with."""


def upgrade() -> None:
    op.add_column("person", sa.Column("folded", sa.Text, nullable=False, server_default=""))
    person = sa.table("person", sa.column("id"), sa.column("name"), sa.column("folded"))
    bind = op.get_bind()
    for number, name in bind.execute(sa.select(person.c.id, person.c.name)).all():
        folded = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", name).casefold())
        bind.execute(sa.update(person).where(person.c.id == number).values(folded=folded))
    _swap(_OLD, _NEW)


def downgrade() -> None:
    _swap(_NEW, _OLD)
    op.drop_column("person", "folded")


def _swap(old: dict[str, tuple[str, list[str]]], new: dict[str, tuple[str, list[str]]]) -> None:
    for name, (table, _) in old.items():
        op.drop_index(name, table_name=table)
    for name, (table, columns) in new.items():
        op.create_index(name, table, columns)
