"""The audit log: what was done to the bench, by whom, to whom, from where."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session, aliased

from workbench.store.people import called
from workbench.store.schema import Audit, Person, Project


@dataclass(frozen=True, slots=True)
class AuditRow:
    """An administrative act; no ``person`` means the command line, no ``origin`` this machine."""

    id: int
    at: datetime
    person: str | None
    act: str
    subject: str | None
    project: str | None
    about: dict[str, Any]
    origin: str | None


@dataclass(frozen=True, slots=True)
class Sieve:
    """Which acts somebody wants to see; what is None or empty lets everything through."""

    project_id: int | None = None
    act: str = ""
    who: str = ""
    since: datetime | None = None
    until: datetime | None = None


def _query(sieve: Sieve) -> Any:
    subject = aliased(Person)
    query: Any = (
        select(
            Audit.id, Audit.at, Person.name, Audit.act, subject.name, Project.slug, Audit.about, Audit.origin,
        )
        .outerjoin(Person, Person.id == Audit.person_id)
        .outerjoin(subject, subject.id == Audit.subject_id)
        .outerjoin(Project, Project.id == Audit.project_id)
        .order_by(Audit.id.desc())
    )  # fmt: skip
    if sieve.project_id is not None:
        query = query.where(Audit.project_id == sieve.project_id)
    if sieve.act:
        query = query.where(Audit.act == sieve.act)
    if sieve.who:
        query = query.where(called(sieve.who) | called(sieve.who, subject))
    if sieve.since:
        query = query.where(Audit.at >= sieve.since)
    if sieve.until:
        query = query.where(Audit.at < sieve.until)
    return query


def page(session: Session, sieve: Sieve, *, before: int | None, limit: int) -> list[AuditRow]:
    """Return acts, newest first, older than a number."""
    query = _query(sieve)
    if before:
        query = query.where(Audit.id < before)
    return [AuditRow(*row) for row in session.execute(query.limit(limit))]


def everything(session: Session, sieve: Sieve) -> Iterator[AuditRow]:
    """Yield all acts, newest first."""
    for row in session.execute(_query(sieve), execution_options={"yield_per": 500}):
        yield AuditRow(*row)


def acts(session: Session, project_id: int | None) -> list[str]:
    """Return the kinds of acts that there are, each found by an index behind the one before."""
    found, last = list[str](), select(func.min(Audit.act))
    if project_id is not None:
        last = last.where(Audit.project_id == project_id)
    while act := session.scalar(last.where(Audit.act > found[-1]) if found else last):
        found.append(act)
    return found
