"""Asking for work outside the request, and seeing how far it is."""

from datetime import datetime, timedelta
from typing import Any, Final

from sqlalchemy.orm import Session

from workbench.core import workflow
from workbench.core.errors import Invalid, NotFound
from workbench.core.workflow import Person
from workbench.store import jobs, watching
from workbench.store.jobs import JobRow
from workbench.store.projects import ProjectRow

KEPT: Final = timedelta(days=1)
"""How long uploaded files wait: to be confirmed, or for their import to be tried again."""
_UNHEARD: Final = timedelta(minutes=1)
NEEDS = {
    "import": "import",
    "look": "import",
    "forget": "import",
    "suggest": "suggest",
    "combine": "suggest",
    "release": "settle",
    "notice": "settle",
}
"""The act that each kind of job takes."""


def ask(session: Session, project: ProjectRow, kind: str, payload: dict[str, Any], *, by: Person, now: datetime) -> int:
    """Queue work for a worker, in the same transaction as what it is about; return the job's id."""
    workflow.check(project.role, NEEDS[kind])
    if kind == "suggest" and (running := jobs.pending(session, project.id, kind)):
        return running
    job_id = jobs.add(session, kind, payload, project_id=project.id, by=by.id, now=now)
    if kind == "import":
        _forget(session, job_id, due=now + KEPT, now=now)
    return job_id


def _forget(session: Session, job_id: int, *, due: datetime, now: datetime) -> None:
    """Have the files of an import removed once it is due, unless it is under way then."""
    jobs.add(session, "forget", {"import": job_id}, project_id=None, by=None, now=now, due=due)


def listing(session: Session, project: ProjectRow, *, before: int | None = None, limit: int = 8) -> list[JobRow]:
    """Return a project's newest jobs, those before one."""
    return jobs.listing(session, project.id, before=before, limit=limit)


def cancel(session: Session, project: ProjectRow, job_id: int, *, now: datetime) -> None:
    """Ask a job to stop; the files of an import go as soon as its worker has heard of it.

    Raises NotFound where there is none.
    """
    workflow.check(project.role, "suggest")
    row = find(session, project, job_id)
    jobs.cancel(session, project.id, row.id, now=now)
    if row.kind == "import":
        _forget(session, row.id, due=now + _UNHEARD, now=now)


def find(session: Session, project: ProjectRow, job_id: int) -> JobRow:
    """Return a job; raises NotFound for one of another project."""
    row = jobs.one(session, project.id, job_id)
    if row is None:
        raise NotFound("There is no such job in this project.")
    return row


def retry(session: Session, project: ProjectRow, job_id: int, *, now: datetime) -> None:
    """Queue a job once more that failed or was stopped."""
    workflow.check(project.role, "suggest")
    row = find(session, project, job_id)
    if (row.kind, row.state) == ("import", "cancelled"):
        raise Invalid("The files of this import are removed; bring them in again.")
    if not jobs.retry(session, project.id, job_id, now=now):
        raise Invalid(f"Only a job that failed or was stopped can be tried again; this one is {row.state}.")


def states(session: Session) -> dict[str, int]:
    """Return how many jobs of the whole bench are in each state."""
    return watching.states(session)


def late(session: Session, *, now: datetime) -> int:
    """Return how many jobs have waited longer than a worker that is there would let them."""
    return watching.late(session, before=now - timedelta(minutes=2))
