"""Receipts of imports, in parts: what became of a chunk's records is kept with what they brought."""

from collections.abc import Iterator
from itertools import count
from typing import Any

from sqlalchemy import insert, select, update
from sqlalchemy.orm import Session

from workbench.store.schema import ReceiptPart

Rows = list[dict[str, Any]]


def keep(session: Session, batch_id: int, part: int, rows: Rows) -> None:
    """Keep a part."""
    session.execute(insert(ReceiptPart).values(batch_id=batch_id, part=part, rows=rows))


def part(session: Session, batch_id: int, number: int) -> Rows | None:
    """Return a part, or None where there is none of this number."""
    query = select(ReceiptPart.rows).where(ReceiptPart.batch_id == batch_id, ReceiptPart.part == number)
    return session.scalar(query)


def parts(session: Session, batch_id: int, first: int = 0) -> Iterator[tuple[int, Rows]]:
    """Yield parts with their numbers from one on, one in memory at a time."""
    for number in count(first):
        rows = part(session, batch_id, number)
        if rows is None:
            return
        yield number, rows


def change(session: Session, batch_id: int, number: int, rows: Rows) -> None:
    """Put other rows in the place of a part's."""
    here = (ReceiptPart.batch_id == batch_id, ReceiptPart.part == number)
    session.execute(update(ReceiptPart).where(*here).values(rows=rows))
