"""Accounts as an admin looks through them, and what belongs to one: projects, identities."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import delete, func, insert, or_, select
from sqlalchemy.orm import Session

from workbench.store.onward import behind
from workbench.store.people import called
from workbench.store.schema import Identity, Link, Membership, Person, Project, SignIn


@dataclass(frozen=True, slots=True)
class AccountRow:
    """An account in the list of all; ``seen_at`` is when a browser of theirs was last seen."""

    id: int
    name: str
    admin: bool
    active: bool
    has_password: bool
    created_at: datetime
    email: str | None
    mail: bool
    projects: int
    seen_at: datetime | None


def _query() -> Any:
    teams = select(func.count()).where(Membership.person_id == Person.id).scalar_subquery()
    seen = select(func.max(SignIn.seen_at)).where(SignIn.person_id == Person.id).scalar_subquery()
    return select(
        Person.id, Person.name, Person.admin, Person.active, Person.password.is_not(None), Person.created_at,
        Person.email, Person.mail, teams, seen,
    )  # fmt: skip


def search(session: Session, find: str, *, after: int, limit: int) -> list[AccountRow]:
    """Return accounts by name, those behind one, whose name or e-mail has these words in it."""
    query = _query()
    if find:
        query = query.where(called(find) | Person.email.icontains(find, autoescape=True))
    rows = session.execute(behind(session, query, (Person.folded, Person.id), after, limit))
    return [AccountRow(*row) for row in rows]


def account(session: Session, person_id: int) -> AccountRow | None:
    """Return one account."""
    found = session.execute(_query().where(Person.id == person_id)).one_or_none()
    return AccountRow(*found) if found else None


def admins(session: Session) -> set[int]:
    """Return who may run the site, active admins, and let nobody change that until this is over."""
    query = select(Person.id).where(Person.admin, Person.active).order_by(Person.id)
    return set(session.scalars(query.with_for_update(key_share=True)))


def roles(session: Session, person_id: int, limit: int) -> list[tuple[str, str, str]]:
    """Return slug, title and role for the first projects that somebody is in, by title."""
    query = select(Project.slug, Project.title, Membership.role).join(Membership, Membership.project_id == Project.id)
    query = query.where(Membership.person_id == person_id).order_by(Project.title).limit(limit)
    return [(slug, title, role) for slug, title, role in session.execute(query)]


def identified(session: Session, issuer: str, subject: str) -> int | None:
    """Return whose account at a provider this is."""
    return session.scalar(select(Identity.person_id).where(Identity.issuer == issuer, Identity.subject == subject))


def identities(session: Session, person_id: int) -> list[tuple[str, datetime]]:
    """Return the providers that somebody signs in with, and since when."""
    query = select(Identity.issuer, Identity.at).where(Identity.person_id == person_id).order_by(Identity.at)
    return [(issuer, at) for issuer, at in session.execute(query)]


def identify(session: Session, issuer: str, subject: str, person_id: int, *, now: datetime) -> None:
    """Keep that an account at a provider is somebody's."""
    values = {"issuer": issuer, "subject": subject, "person_id": person_id, "at": now}
    session.execute(insert(Identity).values(**values))


def forget_identity(session: Session, issuer: str, person_id: int) -> None:
    """Let somebody no longer sign in by a provider."""
    session.execute(delete(Identity).where(Identity.issuer == issuer, Identity.person_id == person_id))


def admin_entered(session: Session) -> bool:
    """Say whether an admin ever got in, or can by a password or a provider."""
    admin, used = Person, Link
    ways = (
        admin.password.is_not(None),
        select(used.token).where(used.person_id == admin.id, used.used_at.is_not(None)).exists(),
        select(Identity.subject).where(Identity.person_id == admin.id).exists(),
    )
    return session.scalar(select(admin.id).where(admin.admin, or_(*ways)).limit(1)) is not None
