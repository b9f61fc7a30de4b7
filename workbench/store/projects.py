"""Projects, their schemes and their guidelines, each version kept."""

from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import ColumnElement, bindparam, insert, select, update
from sqlalchemy.orm import Session

from workbench.store import prepared, schema
from workbench.store.onward import behind
from workbench.store.prepared import Asked


@dataclass(frozen=True, slots=True)
class ProjectRow:
    """A project, with the role in it of whoever asked."""

    id: int
    slug: str
    title: str
    scheme_version: int
    guideline_version: int
    role: str | None = None


@dataclass(frozen=True, slots=True)
class VersionRow:
    """One version of a scheme or guideline."""

    version: int
    at: datetime
    person: str | None


def add(session: Session, slug: str, title: str, *, now: datetime) -> int:
    """Keep a new project; return the id."""
    row = schema.Project(slug=slug, title=title, scheme_version=0, guideline_version=0, created_at=now)
    session.add(row)
    session.flush()
    return row.id


def named(session: Session, slug: str) -> ProjectRow | None:
    """Return the project of that slug."""
    return _one(session, schema.Project.slug == slug)


def numbered(session: Session, project_id: int) -> ProjectRow:
    """Return the project of that number."""
    found = _one(session, schema.Project.id == project_id)
    assert found is not None
    return found


def _one(session: Session, condition: ColumnElement[bool]) -> ProjectRow | None:
    table = schema.Project
    columns = (table.id, table.slug, table.title, table.scheme_version, table.guideline_version)
    found = session.execute(select(*columns).where(condition)).one_or_none()
    return ProjectRow(*found) if found else None


def listing(
    session: Session, person_id: int | None, *, find: str = "", after: int = 0, limit: int | None = None
) -> list[ProjectRow]:
    """Return by title the projects that somebody is in, with the role there; those of everybody for None."""
    table, member = schema.Project, schema.Membership
    query: Any = select(table.id, table.slug, table.title, table.scheme_version, table.guideline_version)
    if person_id is not None:
        query = query.add_columns(member.role).join(member, member.project_id == table.id)
        query = query.where(member.person_id == person_id)
    if find:
        query = query.where(table.title.icontains(find, autoescape=True))
    return [ProjectRow(*row) for row in session.execute(behind(session, query, (table.title, table.id), after, limit))]


def scheme(asked: Asked, project_id: int, version: int) -> str | None:
    """Return the scheme of a version, as JSON."""
    body: str | None = prepared.scalar(asked, _scheme(), {"in_project": project_id, "of_version": version})
    return body


@cache
def _scheme() -> Any:
    table: Any = schema.SchemeVersion.__table__
    mine = (table.c.project_id == bindparam("in_project"), table.c.version == bindparam("of_version"))
    return select(table.c.body).where(*mine)


def guideline(session: Session, project_id: int, version: int) -> str | None:
    """Return the guidelines of a version, as Markdown."""
    table = schema.GuidelineVersion
    return session.scalar(select(table.body).where(table.project_id == project_id, table.version == version))


def keep_scheme(session: Session, project_id: int, version: int, body: str, *, by: int | None, now: datetime) -> None:
    """Keep a new version of the scheme and make it the project's."""
    values = {"project_id": project_id, "version": version, "body": body, "at": now, "person_id": by}
    session.execute(insert(schema.SchemeVersion).values(**values))
    session.execute(update(schema.Project).where(schema.Project.id == project_id).values(scheme_version=version))


def keep_guideline(
    session: Session, project_id: int, version: int, body: str, *, by: int | None, now: datetime
) -> None:
    """Keep a new version of the guidelines and make it the project's."""
    values = {"project_id": project_id, "version": version, "body": body, "at": now, "person_id": by}
    session.execute(insert(schema.GuidelineVersion).values(**values))
    session.execute(update(schema.Project).where(schema.Project.id == project_id).values(guideline_version=version))


def guideline_versions(
    session: Session, project_id: int, *, before: int | None = None, limit: int | None = None
) -> list[VersionRow]:
    """Return the versions of the guidelines, newest first, those before one."""
    table = schema.GuidelineVersion
    query = (
        select(table.version, table.at, schema.Person.name)
        .join(schema.Person, schema.Person.id == table.person_id, isouter=True)
        .where(table.project_id == project_id)
        .order_by(table.version.desc())
        .limit(limit)
    )
    return [VersionRow(*row) for row in session.execute(query.where(table.version < before) if before else query)]


def rules(session: Session, project_id: int) -> tuple[int, str | None]:
    """Return the newest rules for readers and adjudication, as JSON, with their version; 0 and None before any."""
    found = prepared.execute(session, _rules(), {"in_project": project_id})
    return (found[0][0], found[0][1]) if found else (0, None)


@cache
def _rules() -> Any:
    table: Any = schema.RulesVersion.__table__
    query = select(table.c.version, table.c.body).where(table.c.project_id == bindparam("in_project"))
    return query.order_by(table.c.version.desc()).limit(1)


def keep_rules(session: Session, project_id: int, version: int, body: str, *, by: int | None, now: datetime) -> None:
    """Keep a new version of the rules."""
    values = {"project_id": project_id, "version": version, "body": body, "at": now, "person_id": by}
    session.execute(insert(schema.RulesVersion).values(**values))
