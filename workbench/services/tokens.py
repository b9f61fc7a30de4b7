"""Tokens that programs sign in with: made by a person, never able to do more than that person may."""

import secrets
from collections.abc import Iterable
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Final

from sqlalchemy.orm import Session

from workbench.core.errors import Invalid, KeyReused, NotFound, NotSignedIn, TooOften
from workbench.core.words import legible
from workbench.core.workflow import SCOPES, Person
from workbench.services import tries
from workbench.services.people import digest
from workbench.store import people, tokens
from workbench.store.tokens import AnswerRow, HolderRow, TokenRow

Holder = HolderRow
LONGEST: Final = 366
MOST: Final = 50
WINDOW: Final = timedelta(minutes=1)
_ANSWERS: Final = timedelta(days=1)
_WRONG: Final = 60


def make(
    session: Session, name: str, scopes: Iterable[str], days: int, *, by: Person, now: datetime
) -> tuple[int, str]:
    """Make a token; return its number and its secret, which is told this once and kept only as a hash."""
    name, wanted = " ".join(name.split()), frozenset(scopes)
    if not 1 <= len(name) <= 80 or not legible(name):
        raise Invalid("Name the token after what will use it, with 1 to 80 printable characters.")
    if not wanted or not wanted <= SCOPES.keys():
        raise Invalid(f"Choose at least one of the scopes {', '.join(SCOPES)}.")
    if not 1 <= days <= LONGEST:
        raise Invalid(f"A token lasts 1 to {LONGEST} days, not {days}.")
    if sum(is_good(row, now) for row in listing(session, by, now=now)) >= MOST:
        raise Invalid(f"You have {MOST} tokens that are good; revoke one first.")
    secret = f"wb_{secrets.token_urlsafe(32)}"
    until = now + timedelta(days=days)
    token_id = tokens.add(session, by.id, name, digest(secret), wanted, now=now, until=until)
    people.note(session, "token.add", by=by.id, now=now, token=token_id, name=name, scopes=sorted(wanted))
    return token_id, secret


def is_good(row: TokenRow, now: datetime) -> bool:
    """Say whether a token still lets its program in."""
    return row.revoked_at is None and row.expires_at > now


def listing(session: Session, by: Person, *, now: datetime) -> list[TokenRow]:
    """Return somebody's tokens, newest first: all that are good, and the newest that have ended."""
    return tokens.listing(session, by.id, now=now, ended=MOST)


def revoke(session: Session, token_id: int, *, by: Person, now: datetime) -> None:
    """End one of somebody's tokens, at once and for good."""
    if not tokens.revoke(session, by.id, token_id, now=now):
        raise NotFound("You have no such token, or it is revoked already.")
    people.note(session, "token.revoke", by=by.id, now=now, token=token_id)


def enter(session: Session, secret: str, *, now: datetime, most: int) -> Holder:
    """Count a use of a token and return its holder.

    Raises NotSignedIn for one that is unknown, revoked, too old or of somebody who is kept out, and
    TooOften for one that was used more than ``most`` times within the minute.
    """
    holder = tokens.use(session, digest(secret), now=now, since=now - WINDOW)
    if holder is None:
        raise NotSignedIn("This token is unknown, revoked or expired; make another one on your account page.")
    if holder.calls > most:
        left = max(1, int((holder.since + WINDOW - now).total_seconds()) + 1)
        raise TooOften(f"This token was used more than {most} times within a minute; wait {left} seconds.", left)
    return holder


def check(session: Session, holder: Holder) -> None:
    """Raise NotSignedIn where a token ended while its call was on its way, or its owner became an admin or none."""
    owner = tokens.owner(session, holder.token_id)
    if owner is None or owner.admin != holder.person.admin:
        raise NotSignedIn("What this token may changed while this was on its way; nothing was stored.")


def count_wrong(session: Session, address: str, *, now: datetime) -> None:
    """Count a token that let nobody in; raises TooOften where an address guesses."""
    tries.count(
        session, f"token:{tries.place(address)}", _WRONG, "Too many wrong tokens came from this address", now=now
    )


def fingerprint(method: str, path: str, body: bytes) -> str:
    """Return what two equal requests share."""
    return sha256(b"\n".join([method.encode(), path.encode(), body])).hexdigest()


def begin(session: Session, person: Person, key: str, print_: str, *, now: datetime) -> AnswerRow | None:
    """Reserve the answer to a request by its Idempotency-Key, or return what was answered before.

    Raises KeyReused where the key was sent with another request.
    """
    if not 1 <= len(key) <= 80 or not key.isprintable() or not key.isascii():
        raise Invalid("An Idempotency-Key has 1 to 80 printable ASCII characters, such as a UUID.")
    tokens.forget_answers(session, now - _ANSWERS)
    if tokens.claim_answer(session, person.id, key, print_, now=now):
        return None
    kept = tokens.answer(session, person.id, key)
    if kept is None or kept.fingerprint != print_:
        raise KeyReused("This Idempotency-Key was sent with another request; make a fresh one for each act.")
    return kept


def keep(session: Session, person: Person, key: str, status: int, body: str) -> None:
    """Keep an answer beside what it is about."""
    tokens.keep_answer(session, person.id, key, status, body)
