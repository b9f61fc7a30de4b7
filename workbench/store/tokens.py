"""Tokens of programs, and answers kept for who asks twice."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import and_, case, delete, select, update
from sqlalchemy.orm import Session

from workbench.core.workflow import Person
from workbench.store import dialects, schema
from workbench.store.schema import ApiToken, KeptAnswer


@dataclass(frozen=True, slots=True)
class TokenRow:
    """A token as its owner sees it."""

    id: int
    name: str
    scopes: tuple[str, ...]
    created_at: datetime
    expires_at: datetime
    used_at: datetime | None
    revoked_at: datetime | None


@dataclass(frozen=True, slots=True)
class HolderRow:
    """Whose token it is, what it may, and how often it was used in the minute that runs."""

    token_id: int
    person: Person
    scopes: frozenset[str]
    calls: int
    since: datetime


@dataclass(frozen=True, slots=True)
class AnswerRow:
    """What was answered to the first of several equal requests."""

    fingerprint: str
    status: int
    body: str


def add(
    session: Session, person_id: int, name: str, token: str, scopes: Iterable[str], *, now: datetime, until: datetime
) -> int:
    """Keep a token; return its number."""
    row = ApiToken(
        person_id=person_id, name=name, token=token, scopes=sorted(scopes), created_at=now, expires_at=until,
        used_at=None, revoked_at=None, window_at=None, calls=0,
    )  # fmt: skip
    session.add(row)
    session.flush()
    return row.id


def listing(session: Session, person_id: int, *, now: datetime, ended: int) -> list[TokenRow]:
    """Return somebody's tokens, newest first: all that are good, and a few of those that have ended."""
    columns = (
        ApiToken.id, ApiToken.name, ApiToken.scopes, ApiToken.created_at, ApiToken.expires_at, ApiToken.used_at,
        ApiToken.revoked_at,
    )  # fmt: skip
    query = select(*columns).where(ApiToken.person_id == person_id).order_by(ApiToken.id.desc())
    good = and_(ApiToken.revoked_at.is_(None), ApiToken.expires_at > now)
    rows = [*session.execute(query.where(good)), *session.execute(query.where(~good).limit(ended))]
    return [TokenRow(row[0], row[1], tuple(row[2]), *row[3:]) for row in sorted(rows, key=lambda row: -row[0])]


def revoke(session: Session, person_id: int, token_id: int, *, now: datetime) -> bool:
    """End a token for good; say whether there was one to end."""
    mine = (ApiToken.id == token_id, ApiToken.person_id == person_id, ApiToken.revoked_at.is_(None))
    return session.scalar(update(ApiToken).where(*mine).values(revoked_at=now).returning(ApiToken.id)) is not None


def use(session: Session, token: str, *, now: datetime, since: datetime) -> HolderRow | None:
    """Count a use of a token that is still good; return its holder, or None."""
    goes_on = and_(ApiToken.window_at > since, ApiToken.window_at <= now)
    counted = session.execute(
        update(ApiToken)
        .where(ApiToken.token == token, ApiToken.revoked_at.is_(None), ApiToken.expires_at > now)
        .values(
            used_at=now,
            calls=case((goes_on, ApiToken.calls + 1), else_=1),
            window_at=case((goes_on, ApiToken.window_at), else_=now),
        )
        .returning(ApiToken.id, ApiToken.person_id, ApiToken.scopes, ApiToken.calls, ApiToken.window_at)
    ).one_or_none()
    if counted is None:
        return None
    table = schema.Person
    query = select(table.id, table.name, table.admin).where(table.id == counted[1], table.active)
    found = session.execute(query).one_or_none()
    return HolderRow(counted[0], Person(*found), frozenset(counted[2]), counted[3], counted[4]) if found else None


def owner(session: Session, token_id: int) -> Person | None:
    """Return whose token it is, while it is not revoked and they are let in."""
    table = schema.Person
    query = select(table.id, table.name, table.admin).join(ApiToken, ApiToken.person_id == table.id)
    found = session.execute(query.where(ApiToken.id == token_id, ApiToken.revoked_at.is_(None), table.active))
    return Person(*row) if (row := found.one_or_none()) else None


def claim_answer(session: Session, person_id: int, key: str, fingerprint: str, *, now: datetime) -> bool:
    """Reserve the answer to a request by its key; False where the key was used before.

    A second request with the same key waits here until the first is stored or given up.
    """
    row = {"person_id": person_id, "key": key, "fingerprint": fingerprint, "status": 0, "body": "", "at": now}
    query = dialects.insert(session, KeptAnswer).values(**row).on_conflict_do_nothing()
    return session.execute(query.returning(KeptAnswer.key)).one_or_none() is not None


def answer(session: Session, person_id: int, key: str) -> AnswerRow | None:
    """Return what was answered to a request with that key."""
    columns = (KeptAnswer.fingerprint, KeptAnswer.status, KeptAnswer.body)
    query = select(*columns).where(KeptAnswer.person_id == person_id, KeptAnswer.key == key)
    found = session.execute(query).one_or_none()
    return AnswerRow(*found) if found else None


def keep_answer(session: Session, person_id: int, key: str, status: int, body: str) -> None:
    """Keep what was answered, beside what it is about."""
    mine = (KeptAnswer.person_id == person_id, KeptAnswer.key == key)
    session.execute(update(KeptAnswer).where(*mine).values(status=status, body=body))


def forget_answers(session: Session, before: datetime) -> None:
    """Remove answers that nobody will ask for again."""
    session.execute(delete(KeptAnswer).where(KeptAnswer.at < before))
