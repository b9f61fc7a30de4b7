"""Accounts: making them, signing in and out, roles."""

import secrets
from datetime import datetime, timedelta
from hashlib import sha256
from threading import BoundedSemaphore
from typing import Final

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerifyMismatchError
from sqlalchemy.orm import Session

from workbench.core import workflow
from workbench.core.errors import Invalid, NotAllowed, NotFound
from workbench.core.workflow import ROLES, Person
from workbench.services import handing
from workbench.store import people
from workbench.store.people import PersonRow, SignInRow

STAY: Final = timedelta(days=14)
LINK_LIFE: Final = {"sign_in": timedelta(minutes=30), "invite": timedelta(days=7)}
_HASHER: Final = PasswordHasher(time_cost=2, memory_cost=19_456, parallelism=1)
_HASHING: Final = BoundedSemaphore(2)
_SHORTEST: Final = 10
_TRIES: Final = 10
_WINDOW: Final = timedelta(minutes=15)


def digest(token: str) -> str:
    """Return what is stored of a secret token."""
    return sha256(token.encode()).hexdigest()


def add(session: Session, name: str, *, admin: bool = False, by: Person | None, now: datetime) -> Person:
    """Make an account without a password; a link lets its owner choose one."""
    name = " ".join(name.split())
    if not 1 <= len(name) <= 80 or not name.isprintable():
        raise Invalid("A name has 1 to 80 characters, all of them printable.")
    if people.named(session, name):
        raise Invalid(f"There is somebody called {name} already; choose another name.")
    person = Person(people.add(session, name, admin=admin, now=now), name, admin)
    people.note(session, "person.add", by=by.id if by else None, now=now, name=name, admin=admin)
    return person


def find(session: Session, name: str) -> Person:
    """Return the person of that name."""
    row = people.named(session, name)
    if row is None:
        known = ", ".join(each.name for each in people.everybody(session)[:12]) or "nobody yet"
        raise NotFound(f"There is nobody called {name}; there is {known}.")
    return Person(row.id, row.name, row.admin)


def everybody(session: Session) -> list[PersonRow]:
    """Return all accounts, by name."""
    return people.everybody(session)


def members(session: Session, project_id: int) -> list[PersonRow]:
    """Return a project's team."""
    return people.members(session, project_id)


def set_role(session: Session, project_id: int, person_id: int, role: str | None, *, by: Person, now: datetime) -> None:
    """Give somebody a role in a project or take it away; a project keeps at least one lead."""
    if role is not None and role not in ROLES:
        raise Invalid(f"There is no role “{role}”; there are {', '.join(ROLES)}.")
    team = {row.id: row.role for row in people.members(session, project_id)} | {person_id: role}
    if "lead" not in team.values():
        raise Invalid("A project needs a lead; make somebody else lead first.")
    people.set_role(session, project_id, person_id, role)
    if not workflow.may(role, "review"):
        handing.free_all(session, person_id, by=by, now=now, project_id=project_id)
    people.note(session, "role.set", by=by.id, now=now, project_id=project_id, person=person_id, role=role)


def set_active(session: Session, person_id: int, active: bool, *, by: Person | None, now: datetime) -> None:
    """Let somebody in or keep them out; their work stays, and what they had in hand goes back to the queue."""
    people.change(session, person_id, active=active)
    if not active:
        people.end_sign_ins(session, person_id)
        handing.free_all(session, person_id, by=by, now=now)
    people.note(session, "person.active", by=by.id if by else None, now=now, person=person_id, active=active)


def make_link(session: Session, person_id: int, purpose: str, *, now: datetime) -> str:
    """Return the secret of a link that works once: ``sign_in`` for half an hour, ``invite`` for a week."""
    token = secrets.token_urlsafe(24)
    people.keep_link(session, digest(token), person_id, purpose, now + LINK_LIFE[purpose])
    return token


def sign_in_by_link(session: Session, token: str, *, agent: str, now: datetime) -> str | None:
    """Use up a sign-in link; return the browser's new secret, or None for a link that is used up or too old."""
    person_id = people.use_link(session, digest(token), "sign_in", now)
    return _signed_in(session, person_id, agent=agent, now=now) if person_id else None


def invited(session: Session, token: str, *, now: datetime) -> PersonRow:
    """Return who is invited by a link; raises NotFound for one that is used up or too old."""
    person_id = people.link(session, digest(token), "invite", now)
    row = people.person(session, person_id) if person_id else None
    if row is None:
        raise NotFound("This invitation was used already or is older than a week; ask for a new one.")
    return row


def accept_invitation(session: Session, token: str, password: str, *, agent: str, now: datetime) -> str:
    """Choose a password by an invitation and be signed in; return the browser's new secret."""
    row = invited(session, token, now=now)
    _keep_password(session, row.id, password)
    people.use_link(session, digest(token), "invite", now)
    people.end_sign_ins(session, row.id)
    return _signed_in(session, row.id, agent=agent, now=now)


def count_try(session: Session, name: str, address: str, *, now: datetime) -> bool:
    """Count a try to sign in; say whether there were too many for this name or from this address."""
    counts = [
        people.tries(session, key, since=now - _WINDOW, now=now)
        for key in (f"name:{digest(name.lower())[:32]}", f"from:{address[:80]}")
    ]
    return counts[0] > _TRIES or counts[1] > 5 * _TRIES


def check_password(session: Session, name: str, password: str) -> int | None:
    """Return whose name and password these are, taking as long for a name that does not exist."""
    row = people.named(session, name)
    stored = people.password(session, row.id) if row and row.active else None
    try:
        with _HASHING:
            _HASHER.verify(stored or _NOBODY, password)
    except (VerifyMismatchError, InvalidHashError):
        return None
    return row.id if row and stored else None


def sign_in(session: Session, person_id: int, name: str, *, agent: str, now: datetime) -> str:
    """Sign a browser in after its password was right; return its new secret."""
    people.forget_tries(session, f"name:{digest(name.lower())[:32]}")
    return _signed_in(session, person_id, agent=agent, now=now)


def _signed_in(session: Session, person_id: int, *, agent: str, now: datetime) -> str:
    token = secrets.token_urlsafe(32)
    people.keep_sign_in(session, digest(token), person_id, agent=agent, now=now, until=now + STAY)
    return token


def whose(session: Session, token: str, *, now: datetime) -> Person | None:
    """Return who is signed in with a browser's secret."""
    return people.signed_in(session, digest(token), now)


def sign_ins(session: Session, by: Person, *, now: datetime) -> list[SignInRow]:
    """Return the browsers that somebody is signed in with."""
    return people.sign_ins(session, by.id, now)


def sign_out(session: Session, by: Person, *, token: str | None = None, but: str | None = None) -> None:
    """End one browser's sign-in (by its stored digest) or all but one."""
    people.end_sign_ins(session, by.id, token=token, but=but)


def change_password(session: Session, old: str, new: str, *, but: str, by: Person) -> None:
    """Replace somebody's password; their other browsers are signed out."""
    stored = people.password(session, by.id)
    if stored and check_password(session, by.name, old) != by.id:
        raise NotAllowed("The old password is not right.")
    _keep_password(session, by.id, new)
    people.end_sign_ins(session, by.id, but=but)


def set_password(session: Session, person_id: int, password: str) -> None:
    """Give somebody a password and sign them out everywhere."""
    _keep_password(session, person_id, password)
    people.end_sign_ins(session, person_id)


def _keep_password(session: Session, person_id: int, password: str) -> None:
    if not _SHORTEST <= len(password) <= 1000:
        raise Invalid(f"A password has at least {_SHORTEST} characters; four words make a good one.")
    with _HASHING:
        people.change(session, person_id, password=_HASHER.hash(password))


_NOBODY: Final = "$argon2id$v=19$m=19456,t=2,p=1$U1XLj7WjcEeXD/RXOv8Dtw$nwfwhA6bHOqs5zqlWx8NurMe/cku2vWaImIElB9pSqk"
"""A hash that no password matches, so that names cannot be told from the time an answer takes."""
