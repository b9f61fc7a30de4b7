"""Links that work once: they sign somebody in, or let them choose a password."""

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import ColumnElement, select, update
from sqlalchemy.orm import Session

from workbench.store.schema import Link


def keep(session: Session, token: str, person_id: int, purpose: str, expires_at: datetime) -> None:
    """Keep a one-time link."""
    session.add(Link(token=token, person_id=person_id, purpose=purpose, expires_at=expires_at, used_at=None))


def whose(session: Session, token: str, purpose: str, now: datetime) -> int | None:
    """Return whose link it is, while it can still be used."""
    return session.scalar(select(Link.person_id).where(*_good(token, purpose, now)))


def void(session: Session, person_id: int, purposes: Iterable[str], *, now: datetime) -> None:
    """Make somebody's unused links of these purposes useless."""
    mine = (Link.person_id == person_id, Link.purpose.in_(list(purposes)), Link.used_at.is_(None))
    session.execute(update(Link).where(*mine).values(used_at=now))


def use(session: Session, token: str, purpose: str, now: datetime) -> int | None:
    """Use up a one-time link; return whose it was, or None if it cannot be used (again)."""
    used = update(Link).where(*_good(token, purpose, now)).values(used_at=now)
    return session.scalar(used.returning(Link.person_id))


def _good(token: str, purpose: str, now: datetime) -> tuple[ColumnElement[bool], ...]:
    return Link.token == token, Link.purpose == purpose, Link.used_at.is_(None), Link.expires_at > now
