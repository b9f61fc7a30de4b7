"""People, the browsers they are signed in with, and their roles."""

from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import ColumnElement, and_, bindparam, delete, func, insert, select, update
from sqlalchemy.orm import Session

from workbench.core.words import folded
from workbench.core.workflow import Person
from workbench.store import dialects, prepared, schema
from workbench.store.prepared import Line
from workbench.store.projects import ProjectRow


@dataclass(frozen=True, slots=True)
class PersonRow:
    """A person in a list; ``role`` is the role in the project that was asked about."""

    id: int
    name: str
    admin: bool
    active: bool
    has_password: bool
    role: str | None = None


@dataclass(frozen=True, slots=True)
class SignInRow:
    """A browser that somebody is signed in with."""

    token: str
    created_at: datetime
    expires_at: datetime
    agent: str
    seen_at: datetime | None
    address: str | None


def add(session: Session, name: str, *, admin: bool, now: datetime) -> int:
    """Keep a new person; return the id."""
    row = schema.Person(
        name=name, folded=folded(name), password=None, admin=admin, active=True, created_at=now
    )  # fmt: skip
    session.add(row)
    session.flush()
    return row.id


def named(session: Session, name: str) -> PersonRow | None:
    """Return the person of that name, capital and small letters alike; the very name goes before those like it."""
    query = columns().where(schema.Person.folded == folded(name))
    found = session.execute(query.order_by(schema.Person.name != name, schema.Person.id)).first()
    return PersonRow(*found) if found else None


def hold_names(session: Session) -> None:
    """Let nobody else take a name until this is over."""
    dialects.alone(session, dialects.NAMES)


def person(session: Session, person_id: int) -> PersonRow | None:
    """Return a person by id."""
    found = session.execute(columns().where(schema.Person.id == person_id)).one_or_none()
    return PersonRow(*found) if found else None


def called(find: str, person: Any = schema.Person) -> ColumnElement[bool]:
    """Return the condition that words stand in a person's name, however they are typed."""
    return person.folded.contains(folded(find), autoescape=True)  # type: ignore[no-any-return]


def columns() -> Any:
    """Return a query for people as rows."""
    table = schema.Person
    return select(table.id, table.name, table.admin, table.active, table.password.is_not(None))


def everybody(session: Session, *, limit: int | None = None) -> list[PersonRow]:
    """Return all people, or the first few, by name."""
    query = columns().order_by(schema.Person.folded, schema.Person.id).limit(limit)
    return [PersonRow(*row) for row in session.execute(query)]


def leads(session: Session, project_id: int) -> set[int]:
    """Return who leads a project, and let nobody change its team until this is over."""
    table, project = schema.Membership, schema.Project
    session.execute(select(project.id).where(project.id == project_id).with_for_update(key_share=True))
    return set(session.scalars(select(table.person_id).where(table.project_id == project_id, table.role == "lead")))


def password(session: Session, person_id: int) -> str | None:
    """Return the password's hash."""
    return session.scalar(select(schema.Person.password).where(schema.Person.id == person_id))


def held(session: Session, person_id: int) -> tuple[bool, str | None]:
    """Say whether somebody is active, return their password's hash, and let nobody change either until this is over."""
    columns = (schema.Person.active, schema.Person.password)
    active, stored = session.execute(select(*columns).where(schema.Person.id == person_id).with_for_update()).one()
    return active, stored


def change(session: Session, person_id: int, **values: Any) -> None:
    """Change columns of a person."""
    session.execute(update(schema.Person).where(schema.Person.id == person_id).values(**values))


def rename(session: Session, person_id: int, name: str) -> None:
    """Give somebody another name."""
    change(session, person_id, name=name, folded=folded(name))


def role(session: Session, project_id: int, person_id: int) -> str | None:
    """Return somebody's role in a project."""
    table = schema.Membership
    return session.scalar(select(table.role).where(table.project_id == project_id, table.person_id == person_id))


def set_role(session: Session, project_id: int, person_id: int, role: str | None) -> None:
    """Give somebody a role in a project, or none."""
    table = schema.Membership
    session.execute(delete(table).where(table.project_id == project_id, table.person_id == person_id))
    if role:
        session.execute(insert(table).values(project_id=project_id, person_id=person_id, role=role))


def keep_sign_in(session: Session, token: str, person_id: int, *, agent: str, now: datetime, until: datetime) -> None:
    """Keep a browser that signed in."""
    session.add(
        schema.SignIn(
            token=token, person_id=person_id, created_at=now, expires_at=until, agent=agent[:200], seen_at=now,
            address=origin(session),
        )
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Visitor:
    """Who is signed in with a browser, when it was last seen, and the project of the address if they are in it."""

    person: Person
    seen_at: datetime | None
    project: ProjectRow | None


def visitor(asked: Session | Line, token: str, slug: str | None, now: datetime) -> Visitor | None:
    """Return who is signed in with that browser, if still active, with a project and their role there."""
    found = prepared.execute(asked, _visitor(), {"token": token, "slug": slug, "now": now})
    if not found:
        return None
    number, name, admin, seen_at, key, named, title, scheme, guideline, member = found[0]
    role = "lead" if admin else member
    inside = ProjectRow(key, named, title, scheme, guideline, role) if key is not None and role else None
    return Visitor(Person(number, name, admin), seen_at, inside)


@cache
def _visitor() -> Any:
    person, sign_in, project, member = (
        table.__table__ for table in (schema.Person, schema.SignIn, schema.Project, schema.Membership)
    )
    return (
        select(
            person.c.id, person.c.name, person.c.admin, sign_in.c.seen_at, project.c.id, project.c.slug,
            project.c.title, project.c.scheme_version, project.c.guideline_version, member.c.role,
        )
        .select_from(sign_in)
        .join(person, person.c.id == sign_in.c.person_id)
        .outerjoin(project, project.c.slug == bindparam("slug"))
        .outerjoin(member, and_(member.c.project_id == project.c.id, member.c.person_id == person.c.id))
        .where(sign_in.c.token == bindparam("token"), sign_in.c.expires_at > bindparam("now", type_=schema.Moment))
        .where(person.c.active)
    )  # fmt: skip


def see(session: Session, token: str, *, now: datetime) -> None:
    """Keep when a browser was last seen, and where."""
    query = update(schema.SignIn).where(schema.SignIn.token == token)
    session.execute(query.values(seen_at=now, address=origin(session)))


def sign_ins(session: Session, person_id: int, now: datetime, limit: int) -> list[SignInRow]:
    """Return the browsers that somebody is signed in with, those last seen first."""
    table = schema.SignIn
    columns = (table.token, table.created_at, table.expires_at, table.agent, table.seen_at, table.address)
    query = select(*columns).where(table.person_id == person_id, table.expires_at > now)
    newest = func.coalesce(table.seen_at, table.created_at).desc()
    return [SignInRow(*row) for row in session.execute(query.order_by(newest, table.token).limit(limit))]


def end_sign_ins(session: Session, person_id: int, *, token: str | None = None, but: str | None = None) -> None:
    """End one browser's sign-in, or all of somebody's but one."""
    query = delete(schema.SignIn).where(schema.SignIn.person_id == person_id)
    if token:
        query = query.where(schema.SignIn.token == token)
    if but:
        query = query.where(schema.SignIn.token != but)
    session.execute(query)


def origin(session: Session) -> str | None:
    """Return the address that this transaction was asked for from; None for this machine."""
    found = session.info.get("origin")
    return str(found)[:64] if found else None


def note(
    session: Session,
    act: str,
    *,
    by: int | None,
    now: datetime,
    project_id: int | None = None,
    to: int | None = None,
    **about: Any,
) -> None:
    """Append an administrative act, ``to`` a person perhaps, to the audit log."""
    row = {"at": now, "person_id": by, "project_id": project_id, "act": act, "about": about}
    session.add(schema.Audit(**row, origin=origin(session), subject_id=to))
