"""Accounts: making them, signing in and out, roles."""

import secrets
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Final

from sqlalchemy.orm import Session

from workbench.core import workflow
from workbench.core.errors import Invalid, NotAllowed, NotFound
from workbench.core.words import folded
from workbench.core.workflow import ROLES, Person
from workbench.services import accounts, handing, passwords, tries
from workbench.services.passwords import Known
from workbench.store import links, people, teams
from workbench.store.people import PersonRow, Visitor
from workbench.store.prepared import Line

STAY: Final = timedelta(days=14)
LINK_LIFE: Final = {"sign_in": timedelta(minutes=30), "invite": timedelta(days=7), "reset": timedelta(days=1)}
SEEN: Final = timedelta(minutes=5)
_TRIES: Final = 10
Present = Visitor


def digest(token: str) -> str:
    """Return what is stored of a secret token."""
    return sha256(token.encode()).hexdigest()


def add(session: Session, name: str, *, admin: bool = False, by: Person | None, now: datetime) -> Person:
    """Make an account without a password; a link lets its owner choose one."""
    name = accounts.free_name(session, name)
    person = Person(people.add(session, name, admin=admin, now=now), name, admin)
    people.note(session, "person.add", by=by.id if by else None, now=now, to=person.id, admin=admin or None)
    return person


def find(session: Session, name: str) -> Person:
    """Return the person of that name."""
    row = people.named(session, name)
    if row is None:
        known = ", ".join(each.name for each in people.everybody(session, limit=12)) or "nobody yet"
        raise NotFound(f"There is nobody called {name}; there is {known}.")
    return Person(row.id, row.name, row.admin)


def numbered(session: Session, person_id: int) -> PersonRow:
    """Return the person of that number."""
    row = people.person(session, person_id)
    if row is None:
        raise NotFound("There is nobody of that number.")
    return row


def everybody(session: Session) -> list[PersonRow]:
    """Return all accounts, by name."""
    return people.everybody(session)


def members(
    session: Session, project_id: int, *, find: str = "", after: int = 0, limit: int | None = None
) -> list[PersonRow]:
    """Return people of a project's team by name, those behind one, whose name has these words in it."""
    return teams.members(session, project_id, find=find.strip()[:80], after=after, limit=limit)


def set_role(
    session: Session, project_id: int, person_id: int, role: str | None, *, by: Person | None, now: datetime
) -> None:
    """Give somebody a role in a project or take it away; a project keeps at least one lead.

    Who had another role before is signed out everywhere, so that no browser goes on with the old one.
    """
    if role is not None and role not in ROLES:
        raise Invalid(f"There is no role “{role}”; there are {', '.join(ROLES)}.")
    leads, before = people.leads(session, project_id), people.role(session, project_id, person_id)
    if role != "lead" and not leads - {person_id}:
        raise Invalid("A project needs a lead; make somebody else lead first.")
    if before == role:
        return
    people.set_role(session, project_id, person_id, role)
    if before:
        people.end_sign_ins(session, person_id)
    if not workflow.may(role, "review"):
        handing.free_all(session, person_id, by=by, now=now, project_id=project_id)
    about = {"role": role, "before": before}
    people.note(session, "role.set", by=by.id if by else None, now=now, project_id=project_id, to=person_id, **about)


def change_role(
    session: Session, project_id: int, person_id: int, role: str | None, *, by: Person | None, now: datetime
) -> None:
    """Change the role of somebody of the team; raises NotFound for all others, who look absent."""
    if people.role(session, project_id, person_id) is None:
        raise NotFound("There is nobody of that number on the team.")
    set_role(session, project_id, person_id, role, by=by, now=now)


def set_active(session: Session, person_id: int, active: bool, *, by: Person | None, now: datetime) -> None:
    """Let somebody in or keep them out; their work stays, and what they had in hand goes back to the queue."""
    if not active:
        accounts.keep_an_admin(session, person_id)
    people.change(session, person_id, active=active)  # first: who signs in at this moment waits for it
    if not active:
        people.end_sign_ins(session, person_id)
        links.void(session, person_id, LINK_LIFE, now=now)
        handing.free_all(session, person_id, by=by, now=now)
    people.note(session, "person.active", by=by.id if by else None, now=now, to=person_id, active=active)


def make_link(session: Session, person_id: int, purpose: str, *, now: datetime) -> str:
    """Return the secret of a link that works once: ``sign_in`` for half an hour, ``reset`` a day, ``invite`` a week."""
    token = secrets.token_urlsafe(24)
    links.keep(session, digest(token), person_id, purpose, now + LINK_LIFE[purpose])
    return token


def sign_in_by_link(session: Session, token: str, *, agent: str, now: datetime) -> str | None:
    """Use up a sign-in link; return the browser's new secret, or None for a link that is used up or too old."""
    person_id = links.whose(session, digest(token), "sign_in", now)
    if person_id is None or not people.held(session, person_id)[0]:
        return None
    if links.use(session, digest(token), "sign_in", now) is None:
        return None
    return signed_in(session, person_id, agent=agent, now=now)


def invited(session: Session, token: str, purpose: str = "invite", *, now: datetime) -> PersonRow:
    """Return whom a link lets choose a password; raises NotFound for one that is used up or too old."""
    person_id = links.whose(session, digest(token), purpose, now)
    row = people.person(session, person_id) if person_id else None
    if row is None or not row.active:
        what, age = ("link", "day") if purpose == "reset" else ("invitation", "week")
        raise NotFound(f"This {what} was used already or is older than a {age}; ask for a new one.")
    return row


def accept_invitation(
    session: Session, token: str, password: str, purpose: str = "invite", *, agent: str, now: datetime
) -> str:
    """Choose a password by a link and be signed in, here only; return the browser's new secret."""
    row = invited(session, token, purpose, now=now)
    people.held(session, row.id)
    row = invited(session, token, purpose, now=now)  # nobody else used the link meanwhile
    passwords.keep(session, row.id, row.name, password, now=now)
    people.end_sign_ins(session, row.id)
    people.note(session, "password.set", by=row.id, now=now, to=row.id, by_link=purpose)
    return signed_in(session, row.id, agent=agent, now=now)


def invitation_link(session: Session, person_id: int, *, by: Person, now: datetime) -> str:
    """Return the secret of a link by which somebody who is new here chooses a password."""
    people.note(session, "person.invite", by=by.id, now=now, to=person_id)
    return make_link(session, person_id, "invite", now=now)


def reset_link(session: Session, person_id: int, *, by: Person | None, now: datetime) -> str:
    """Return the secret of a link by which somebody chooses a new password; earlier ones stop working."""
    links.void(session, person_id, ("reset",), now=now)
    people.note(session, "password.link", by=by.id if by else None, now=now, to=person_id)
    return make_link(session, person_id, "reset", now=now)


def count_try(session: Session, name: str, address: str, *, now: datetime) -> bool:
    """Count a try to sign in; say whether there were too many of this name from this address, or of either alone.

    Ten times as many are too many of a name alone, and what is refused by then does not count towards it: so nobody
    shuts others out by trying their names.
    """
    keys = ((_try_key(name, address), _TRIES), (f"from:{tries.place(address)}", 5 * _TRIES))
    here = [tries.too_many(session, key, most, now=now) for key, most in keys]
    return any(here) or tries.too_many(session, _name_key(name), 10 * _TRIES, now=now)


def note_failure(session: Session, name: str, *, now: datetime) -> None:
    """Keep that name and password did not go together; a name that is nobody's may be a password, and is not kept."""
    row = people.named(session, name)
    people.note(session, "sign_in.failed", by=None, now=now, to=row.id if row else None)


def _name_key(name: str) -> str:
    return f"name:{digest(folded(name))[:32]}"


def _try_key(name: str, address: str) -> str:
    return f"{_name_key(name)}:{digest(tries.place(address))[:32]}"


def sign_in(session: Session, known: Known, name: str, *, agent: str, now: datetime) -> str:
    """Sign a browser in after its password was right, unless that was changed meanwhile; return its new secret."""
    if people.held(session, known.person_id) != (True, known.stored):
        raise NotAllowed("This account was changed while you signed in; sign in again.")
    for key in (_name_key(name), _try_key(name, people.origin(session) or "")):
        tries.forget(session, key)
    return signed_in(session, known.person_id, agent=agent, now=now)


def signed_in(session: Session, person_id: int, *, agent: str, now: datetime) -> str:
    """Sign a browser in as somebody who has shown who they are; return its new secret."""
    active, _ = people.held(session, person_id)
    if not active:
        raise NotAllowed("This account is deactivated; ask an admin.")
    token = secrets.token_urlsafe(32)
    people.keep_sign_in(session, digest(token), person_id, agent=agent, now=now, until=now + STAY)
    people.note(session, "sign_in", by=person_id, now=now)
    return token


def whose(session: Session, token: str, *, now: datetime) -> Person | None:
    """Return who is signed in with a browser's secret."""
    found = present(session, token, now=now)
    return found.person if found else None


def present(asked: Session | Line, token: str, slug: str | None = None, *, now: datetime) -> Visitor | None:
    """Return who is signed in with a browser's secret, with their role in a project."""
    return people.visitor(asked, digest(token), slug, now)


def unseen(visitor: Visitor, now: datetime) -> bool:
    """Say whether it is time to keep that a browser was seen."""
    return visitor.seen_at is None or visitor.seen_at < now - SEEN


def see(session: Session, token: str, *, now: datetime) -> None:
    """Keep that a browser was seen."""
    people.see(session, digest(token), now=now)


def sign_out(session: Session, by: Person, *, token: str | None = None, but: str | None = None) -> None:
    """End one browser's sign-in (by its stored digest) or all but one."""
    people.end_sign_ins(session, by.id, token=token, but=but)
