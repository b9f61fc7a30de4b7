"""Passwords: kept as argon2id hashes with the parameters that OWASP asks for, and checked for what is guessed first."""

from datetime import datetime
from threading import BoundedSemaphore
from typing import Final, NamedTuple

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerifyMismatchError
from sqlalchemy.orm import Session

from workbench.core.errors import Invalid, NotAllowed
from workbench.core.passwords import weakness
from workbench.core.workflow import Person
from workbench.services import tries
from workbench.store import links, people

_HASHER: Final = PasswordHasher(time_cost=2, memory_cost=19_456, parallelism=1)
_GUESSES: Final = 10
_HASHING: Final = BoundedSemaphore(2)
_NOBODY: Final = "$argon2id$v=19$m=19456,t=2,p=1$U1XLj7WjcEeXD/RXOv8Dtw$nwfwhA6bHOqs5zqlWx8NurMe/cku2vWaImIElB9pSqk"
"""A hash that no password matches, so that names cannot be told from the time an answer takes."""


class Known(NamedTuple):
    """Whose password was right, and its hash as it was then."""

    person_id: int
    stored: str


def check(session: Session, name: str, password: str) -> Known | None:
    """Return whose name and password these are, taking as long for a name that does not exist."""
    row = people.named(session, name)
    stored = people.password(session, row.id) if row and row.active else None
    try:
        with _HASHING:
            _HASHER.verify(stored or _NOBODY, password)
    except (VerifyMismatchError, InvalidHashError):
        return None
    return Known(row.id, stored) if row and stored else None


def count_guess(session: Session, by: Person, *, now: datetime) -> None:
    """Count a try to change one's password; raises TooOften where somebody guesses at the old one."""
    tries.count(session, f"old:{by.id}", _GUESSES, "The old password was not right too often", now=now)


def change(session: Session, old: str, new: str, *, but: str, by: Person, now: datetime) -> None:
    """Replace somebody's password; their other browsers are signed out."""
    stored = people.password(session, by.id)
    if stored and check(session, by.name, old) is None:
        raise NotAllowed("The old password is not right.")
    keep(session, by.id, by.name, new, now=now)
    tries.forget(session, f"old:{by.id}")
    people.end_sign_ins(session, by.id, but=but)
    people.note(session, "password.set", by=by.id, now=now, to=by.id)


def give(session: Session, person_id: int, password: str, *, by: Person | None, now: datetime) -> None:
    """Give somebody a password and sign them out everywhere."""
    row = people.person(session, person_id)
    keep(session, person_id, row.name if row else "", password, now=now)
    people.end_sign_ins(session, person_id)
    people.note(session, "password.set", by=by.id if by else None, now=now, to=person_id)


def keep(session: Session, person_id: int, name: str, password: str, *, now: datetime) -> None:
    """Keep the hash of a password; links made before let nobody in. Raises Invalid for one that is easily guessed."""
    if problem := weakness(password, name):
        raise Invalid(problem)
    with _HASHING:
        people.change(session, person_id, password=_HASHER.hash(password))
    links.void(session, person_id, ("sign_in", "invite", "reset"), now=now)
