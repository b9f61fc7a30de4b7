"""Signatures of articles are made anew from their texts: by words' own hashes, found by an index

Going back leaves them as they are: an older Workbench reads them, and finds near-duplicates among what it imports.
"""

import sqlalchemy as sa
from alembic import op

from workbench.core.signatures import signature

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

CHUNK = 500
ARTICLE = sa.table(
    "article", sa.column("id", sa.Integer), sa.column("text", sa.Text), sa.column("signature", sa.LargeBinary)
)


def upgrade() -> None:
    place = sa.select(ARTICLE.c.id, ARTICLE.c.text).order_by(ARTICLE.c.id).limit(CHUNK)
    change = sa.update(ARTICLE).where(ARTICLE.c.id == sa.bindparam("number")).values(signature=sa.bindparam("mark"))
    last = 0
    while rows := op.get_bind().execute(place.where(ARTICLE.c.id > last)).all():
        op.get_bind().execute(change, [{"number": number, "mark": signature(text)} for number, text in rows])
        last = rows[-1][0]


def downgrade() -> None:
    """Leave the signatures: they have the shape that they had."""
