"""Receipts of imports lie in parts of their own, and articles' signatures are made anew from their texts

Going back puts the parts together again; signatures stay, since an older Workbench reads them and finds
near-duplicates among what it imports.
"""

import json
from collections import Counter
from typing import Any

import sqlalchemy as sa
from alembic import op

from workbench.core.signatures import signature

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None

CHUNK = 500
BATCH = sa.table("batch", sa.column("id", sa.Integer), sa.column("report", sa.Text))
PART = sa.table(
    "receipt_part", sa.column("batch_id", sa.Integer), sa.column("part", sa.Integer), sa.column("rows", sa.Text)
)
ARTICLE = sa.table(
    "article", sa.column("id", sa.Integer), sa.column("text", sa.Text), sa.column("signature", sa.LargeBinary)
)


def upgrade() -> None:
    op.create_table(
        "receipt_part",
        sa.Column("batch_id", sa.Integer(), nullable=False),
        sa.Column("part", sa.Integer(), nullable=False),
        sa.Column("rows", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["batch_id"], ["batch.id"], name=op.f("fk_receipt_part_batch_id_batch")),
        sa.PrimaryKeyConstraint("batch_id", "part", name=op.f("pk_receipt_part")),
    )
    for batch_id in op.get_bind().scalars(sa.select(BATCH.c.id)).all():
        lines = json.loads(op.get_bind().scalars(sa.select(BATCH.c.report).where(BATCH.c.id == batch_id)).one())
        for part, first in enumerate(range(0, len(lines), CHUNK)):
            rows = json.dumps(lines[first : first + CHUNK], ensure_ascii=False, separators=(",", ":"))
            op.get_bind().execute(sa.insert(PART).values(batch_id=batch_id, part=part, rows=rows))
        _report(batch_id, _summed(lines))
    sign()


def downgrade() -> None:
    for batch_id in op.get_bind().scalars(sa.select(BATCH.c.id)).all():
        parts = sa.select(PART.c.rows).where(PART.c.batch_id == batch_id).order_by(PART.c.part)
        _report(batch_id, [line for rows in op.get_bind().scalars(parts) for line in json.loads(rows)])
    op.drop_table("receipt_part")


def _report(batch_id: int, report: object) -> None:
    told = json.dumps(report, ensure_ascii=False, separators=(",", ":"))
    op.get_bind().execute(sa.update(BATCH).where(BATCH.c.id == batch_id).values(report=told))


def _summed(lines: list[dict[str, Any]]) -> dict[str, object]:
    spans: Counter[str] = Counter()
    for line in lines:
        spans.update(line.get("spans") or {})
    repairs = sum(line["what"] == "refused" or bool(line.get("left")) for line in lines)
    return {"counts": dict(Counter(line["what"] for line in lines)), "spans": dict(spans), "repairs": repairs}


def sign() -> None:
    """Make every article's signature anew."""
    place = sa.select(ARTICLE.c.id, ARTICLE.c.text).order_by(ARTICLE.c.id).limit(CHUNK)
    change = sa.update(ARTICLE).where(ARTICLE.c.id == sa.bindparam("number")).values(signature=sa.bindparam("mark"))
    last = 0
    while rows := op.get_bind().execute(place.where(ARTICLE.c.id > last)).all():
        op.get_bind().execute(change, [{"number": number, "mark": signature(text)} for number, text in rows])
        last = rows[-1][0]
