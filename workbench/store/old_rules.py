"""Decisions that were taken under earlier guidelines, and what later ones touch."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from workbench.store.blindness import hidden
from workbench.store.schema import Article, Decision, Item, Mark, Person, RuleChange


@dataclass(frozen=True, slots=True)
class ChangeRow:
    """What a version of the guidelines touches."""

    version: int
    touches: tuple[str, ...]
    note: str
    person: str
    at: datetime


@dataclass(frozen=True, slots=True)
class DecidedRow:
    """An object as its last decision left it, and the version of the guidelines that it was taken under."""

    id: int
    item_id: int
    state: str
    article: str
    title: str | None
    text: str
    kind: str
    status: str
    body: dict[str, Any]
    guideline: int
    person: str
    at: datetime


def keep(session: Session, project_id: int, row: ChangeRow, *, by: int) -> None:
    """Keep what a version touches."""
    values = {"version": row.version, "touches": list(row.touches), "note": row.note, "at": row.at}
    session.execute(insert(RuleChange).values(project_id=project_id, person_id=by, **values))


def changes(session: Session, project_id: int, *, before: int | None, limit: int) -> list[ChangeRow]:
    """Return what the versions touch, newest first, those before one."""
    columns = (RuleChange.version, RuleChange.touches, RuleChange.note, Person.name, RuleChange.at)
    query = select(*columns).join(Person, Person.id == RuleChange.person_id).where(RuleChange.project_id == project_id)
    if before:
        query = query.where(RuleChange.version < before)
    rows = session.execute(query.order_by(RuleChange.version.desc()).limit(limit))
    return [ChangeRow(version, tuple(touches), note, person, at) for version, touches, note, person, at in rows]


def touching(session: Session, project_id: int, versions: Sequence[int]) -> set[int]:
    """Return which of the versions touch something."""
    query = select(RuleChange.version).where(RuleChange.project_id == project_id, RuleChange.version.in_(versions))
    return set(session.scalars(query))


def decided(
    session: Session, project_id: int, kinds: set[str], version: int, *, after: int, blind: int
) -> Iterator[DecidedRow]:
    """Yield objects of these kinds whose last decision is older than a version, in the order of the decisions.

    What is hidden from the person ``blind`` is left out.
    """
    last = (Mark.layer_id == Decision.layer_id, Mark.oid == Decision.oid, Mark.version == Decision.version)
    query = (
        select(
            Decision.id, Item.id, Item.state, Article.key, Article.title, Article.text, Mark.kind, Mark.status,
            Mark.body, Decision.guideline, Person.name, Decision.at,
        )
        .join(Mark, last[0] & last[1] & last[2])
        .join(Item, Item.layer_id == Decision.layer_id)
        .join(Article, Article.id == Item.article_id)
        .join(Person, Person.id == Decision.person_id)
        .where(Item.project_id == project_id, Item.purpose == "work", Mark.kind.in_(kinds), Mark.status == "accepted")
        .where(Decision.guideline < version, Decision.id > after, ~hidden(Item.article_id, blind))
        .order_by(Decision.id)
    )  # fmt: skip
    for row in session.execute(query, execution_options={"yield_per": 200}):
        yield DecidedRow(*row)
