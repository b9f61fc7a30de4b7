"""What reviewers let stand although it looks odd, each with a reason."""

from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from workbench.store.schema import Waiver


def add(
    session: Session, *, key: str, article_id: int, person_id: int, finding: str, reason: str | None, at: datetime
) -> None:
    """Keep a waiver; one without a reason takes the earlier ones back."""
    session.add(Waiver(key=key, article_id=article_id, person_id=person_id, finding=finding, reason=reason, at=at))
    session.flush()


def known(session: Session, key: str) -> bool:
    """Say whether a key was used."""
    return session.scalar(select(Waiver.id).where(Waiver.key == key)) is not None


def standing(session: Session, article_id: int, person_id: int) -> dict[str, str]:
    """Return somebody's reasons by what they let stand; the newest word about each counts."""
    mine = (Waiver.article_id == article_id, Waiver.person_id == person_id)
    newest = select(func.max(Waiver.id)).where(*mine).group_by(Waiver.finding)
    query = select(Waiver.finding, Waiver.reason).where(Waiver.id.in_(newest), Waiver.reason.is_not(None))
    return {finding: reason for finding, reason in session.execute(query.order_by(Waiver.id)) if reason}
