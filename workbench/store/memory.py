"""What a project remembers of decisions that were carried across a queue, for articles that come later."""

from datetime import datetime

from sqlalchemy import delete, insert, select
from sqlalchemy.orm import Session

from workbench.core.propagation import Wish
from workbench.store.schema import Remembered


def keep(session: Session, project_id: int, txn: str, wish: Wish, *, by: int, now: datetime) -> None:
    """Remember a decision about some words, in place of an earlier one about the same."""
    session.execute(delete(Remembered).where(Remembered.project_id == project_id, Remembered.surface == wish.surface))
    values = {name: getattr(wish, name) for name in ("surface", "status", "label", "actor", "actor_id")}
    session.execute(insert(Remembered).values(project_id=project_id, txn=txn, person_id=by, at=now, **values))


def forget(session: Session, project_id: int, txn: str) -> None:
    """Forget a decision that was taken back."""
    session.execute(delete(Remembered).where(Remembered.project_id == project_id, Remembered.txn == txn))


def wishes(session: Session, project_id: int) -> list[Wish]:
    """Return what is remembered, the longest words first."""
    table = Remembered
    query = select(table.surface, table.status, table.label, table.actor, table.actor_id)
    rows = [Wish(*row) for row in session.execute(query.where(table.project_id == project_id))]
    return sorted(rows, key=lambda wish: (-len(wish.surface), wish.surface))
