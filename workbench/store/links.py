"""Links that work once: they sign somebody in, or let them choose a password."""

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from workbench.store.schema import Link


def keep(session: Session, token: str, person_id: int, purpose: str, expires_at: datetime) -> None:
    """Keep a one-time link."""
    session.add(Link(token=token, person_id=person_id, purpose=purpose, expires_at=expires_at, used_at=None))


def whose(session: Session, token: str, purpose: str, now: datetime) -> int | None:
    """Return whose link it is, while it can still be used."""
    table = Link
    return session.scalar(
        select(table.person_id).where(
            table.token == token, table.purpose == purpose, table.used_at.is_(None), table.expires_at > now
        )
    )


def void(session: Session, person_id: int, purposes: Iterable[str], *, now: datetime) -> None:
    """Make somebody's unused links of these purposes useless."""
    table = Link
    mine = (table.person_id == person_id, table.purpose.in_(list(purposes)), table.used_at.is_(None))
    session.execute(update(table).where(*mine).values(used_at=now))


def use(session: Session, token: str, purpose: str, now: datetime) -> int | None:
    """Use up a one-time link; return whose it was, or None if it cannot be used (again)."""
    table = Link
    return session.scalar(
        update(table)
        .where(table.token == token, table.purpose == purpose, table.used_at.is_(None), table.expires_at > now)
        .values(used_at=now)
        .returning(table.person_id)
    )
