"""What reviewers let stand although it looks odd, each with a reason."""

from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import bindparam, func, select
from sqlalchemy.orm import Session

from workbench.store import prepared
from workbench.store.schema import Waiver


def add(
    session: Session, *, key: str, article_id: int, person_id: int, finding: str, reason: str | None, at: datetime
) -> None:
    """Keep a waiver; one without a reason takes the earlier ones back."""
    session.add(Waiver(key=key, article_id=article_id, person_id=person_id, finding=finding, reason=reason, at=at))
    session.flush()


def known(session: Session, key: str) -> tuple[int, int] | None:
    """Return the article about which a key was used, and who used it."""
    found = session.execute(select(Waiver.article_id, Waiver.person_id).where(Waiver.key == key)).one_or_none()
    return (found[0], found[1]) if found else None


def standing(session: Session, article_id: int, person_id: int) -> dict[str, str]:
    """Return somebody's reasons by what they let stand; the newest word about each counts."""
    rows = prepared.execute(session, _standing(), {"article": article_id, "who": person_id})
    return {finding: reason for finding, reason in rows if reason}


@cache
def _standing() -> Any:
    table: Any = Waiver.__table__
    mine = (table.c.article_id == bindparam("article"), table.c.person_id == bindparam("who"))
    newest = select(func.max(table.c.id)).where(*mine).group_by(table.c.finding)
    query = select(table.c.finding, table.c.reason).where(table.c.id.in_(newest), table.c.reason.is_not(None))
    return query.order_by(table.c.id)
