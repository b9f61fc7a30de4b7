"""What an admin does with accounts, and what people settle for themselves: name, e-mail, browsers."""

import re
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from sqlalchemy.orm import Session

from workbench.core.errors import Invalid, NotAllowed, NotFound
from workbench.core.words import legible
from workbench.core.workflow import Person
from workbench.store import accounts, people
from workbench.store.accounts import AccountRow
from workbench.store.people import SignInRow

FEW: Final = 50
"""So many projects and browsers are told with an account."""
_EMAIL: Final = re.compile(r"[^\s@<>,;\"]{1,64}@[^\s@<>,;\"]+\.[^\s@<>,;\"]+")


@dataclass(frozen=True, slots=True)
class Account:
    """One account with what belongs to it, of many projects and browsers the first; ``roles`` are slug, title, role."""

    row: AccountRow
    roles: tuple[tuple[str, str, str], ...]
    sign_ins: tuple[SignInRow, ...]
    identities: tuple[tuple[str, datetime], ...]


def check_admin(by: Person) -> None:
    """Raise NotAllowed unless somebody runs the site."""
    if not by.admin:
        raise NotAllowed("Only an admin may do this; ask one.")


def search(session: Session, find: str, *, after: int = 0, limit: int) -> list[AccountRow]:
    """Return accounts by name, those behind one, whose name or e-mail has these words in it."""
    return accounts.search(session, find.strip()[:80], after=after, limit=limit)


def account(session: Session, person_id: int, *, now: datetime) -> Account:
    """Return an account with its projects, browsers and identities."""
    row = accounts.account(session, person_id)
    if row is None:
        raise NotFound("There is no such account; go back to the list of people.")
    return Account(
        row,
        tuple(accounts.roles(session, person_id, FEW)),
        tuple(people.sign_ins(session, person_id, now, FEW)),
        tuple(accounts.identities(session, person_id)),
    )


def keep_an_admin(session: Session, person_id: int) -> None:
    """Raise Invalid if this is the last one who can run the site."""
    if accounts.admins(session) == {person_id}:
        raise Invalid("This is the last admin; make somebody else admin first.")


def set_admin(session: Session, person_id: int, admin: bool, *, by: Person | None, now: datetime) -> None:
    """Let somebody run the site or no longer; they are signed out everywhere."""
    row = accounts.account(session, person_id)
    if row is None or row.admin == admin:
        return
    if not admin:
        keep_an_admin(session, person_id)
    people.change(session, person_id, admin=admin)
    people.end_sign_ins(session, person_id)
    people.note(session, "person.admin", by=by.id if by else None, now=now, to=person_id, admin=admin)


def free_name(session: Session, name: str, *, but: int | None = None) -> str:
    """Return a name tidied that nobody else has, in capitals or not, nor takes before this is over."""
    name = " ".join(name.split())
    if not 1 <= len(name) <= 80 or not legible(name):
        raise Invalid("A name has 1 to 80 characters, all of them printable.")
    people.hold_names(session)
    other = people.named(session, name)
    if other and other.id != but:
        raise Invalid(f"There is somebody called {name} already; choose another name.")
    return name


def rename(session: Session, person_id: int, name: str, *, by: Person, now: datetime) -> None:
    """Give an account another name; work keeps its author, who now has that name."""
    name, row = free_name(session, name, but=person_id), people.person(session, person_id)
    if row and row.name != name:
        people.rename(session, person_id, name)
        people.note(session, "person.rename", by=by.id, now=now, to=person_id, before=row.name, name=name)


def set_contact(session: Session, person_id: int, email: str, *, mail: bool) -> None:
    """Keep somebody's e-mail address, and whether notices go there."""
    email = email.strip()
    if email and (len(email) > 254 or not _EMAIL.fullmatch(email)):
        raise Invalid(f"“{email[:80]}” is no e-mail address; write it like mia@example.org, or leave it empty.")
    if mail and not email:
        raise Invalid("Notices by e-mail need an address; write one, or leave the box empty.")
    people.change(session, person_id, email=email or None, mail=mail)


def end_sign_in(session: Session, person_id: int, token: str, *, by: Person, now: datetime) -> None:
    """Sign one browser out, or with “all” every one; an admin's doing is noted."""
    people.end_sign_ins(session, person_id, token=None if token == "all" else token)  # noqa: S105
    if by.id != person_id:
        people.note(session, "sign_in.end", by=by.id, now=now, to=person_id)


def admin_entered(session: Session) -> bool:
    """Say whether an admin ever got in, or can without a link."""
    return accounts.admin_entered(session)
