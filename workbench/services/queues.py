"""The queue as it is shown: a page of it, what came back to somebody, and how much there is of what."""

from dataclasses import replace
from typing import Final

from sqlalchemy.orm import Session

from workbench.core import workflow
from workbench.core.workflow import Person
from workbench.services import trials
from workbench.store import queues
from workbench.store.projects import ProjectRow
from workbench.store.queues import QueueRow

UNDONE: Final = queues.UNDONE


def page(
    session: Session,
    project: ProjectRow,
    *,
    states: tuple[str, ...],
    by: Person | None = None,
    mine: bool = False,
    after: int = 0,
    limit: int = 50,
    by_worth: bool = False,
) -> list[QueueRow]:
    """Return a page of the queue, as the store pages it; notes are for leads, adjudicators and whom they concern."""
    own, tested = by.id if mine and by else None, trials.tested(project, by)
    rows = queues.listing(
        session, project.id, states=states, after=after, limit=limit, person_id=own, tested=tested, by_worth=by_worth
    )
    if workflow.may(project.role, "adjudicate"):
        return rows
    return [row if by and row.person_id == by.id else replace(row, note=None) for row in rows]


def returned(session: Session, project: ProjectRow, *, by: Person) -> list[QueueRow]:
    """Return what came back to somebody with a comment."""
    return page(session, project, states=("returned",), by=by, mine=True)


def counts(session: Session, project: ProjectRow, *, by: Person | None = None) -> dict[str, int]:
    """Return how many items are in each state."""
    return queues.counts(session, project.id, trials.tested(project, by))
