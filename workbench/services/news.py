"""What is new: the gold since a release, a time, or the last time that somebody asked."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Final

from sqlalchemy.orm import Session

from workbench.core.annotation import Document
from workbench.core.errors import Invalid
from workbench.core.workflow import Person
from workbench.services import projects
from workbench.services.releases import gold_record, listing
from workbench.store import releases as kept
from workbench.store import turns
from workbench.store.engine import Database
from workbench.store.projects import ProjectRow

_LONGEST: Final = 20
"""How many signs a turn has at most."""


@contextmanager
def seen(database: Database, slug: str, since: str | None, by: Person | None) -> Iterator[tuple[Session, int | None]]:
    """Open a session that sees one moment; where ``since`` is a turn such as ``@7``, with the newest, called before."""
    turn = None
    if since and since.startswith("@"):
        with database.writing() as session:
            projects.find(session, slug, by=by, act="export")
            turn = turns.call(session)
    with database.reading() as session:
        yield session, turn


def changed(
    session: Session,
    project: ProjectRow,
    since: str,
    *,
    names: dict[str, str] | None = None,
    by: Person | None = None,
    turn: int | None = None,
) -> tuple[Iterator[Document], list[str]]:
    """Stream the gold that is newer than a release, a time or a turn, and name articles that lost theirs since.

    Of a turn all gold up to ``turn`` is told; for times there is nothing to tell what was lost by.
    """
    blind = by.id if by else None
    if turn is not None:
        span = (_turn(since, turn), turn)
        rows, gone = kept.gold(session, project.id, turns=span, blind=blind), turns.gone(session, project.id, *span)
    elif release := kept.named(session, project.id, since):
        rows = kept.gold(session, project.id, beyond=release.id, blind=blind)
        gone = kept.no_longer_gold(session, project.id, release.id)
    else:
        moment = _moment(since, [row.name for row in listing(session, project)])
        rows, gone = kept.gold(session, project.id, since=moment, blind=blind), []
    return (gold_record(row, project.slug, names or {}) for row in rows), gone


def _turn(said: str, newest: int) -> int:
    if len(said) > _LONGEST or not said[1:].isdecimal() or int(said[1:]) > newest:
        raise Invalid(
            f"“{said[:_LONGEST]}” is no turn that was given out here; the newest is @{newest}, and @0 begins anew."
        )
    return int(said[1:])


def _moment(said: str, known: list[str]) -> datetime:
    try:
        moment = datetime.fromisoformat(said)
    except ValueError:
        there = f"; there is {', '.join(known)}" if known else ""
        raise Invalid(
            f"“{said}” is no release{there}, and neither a time such as 2026-11-22T10:00:00Z nor a turn such as @7."
        ) from None
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
