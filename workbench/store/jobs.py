"""Work outside requests: a row a job, taken by one worker at a time."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, and_, or_, select, update
from sqlalchemy.orm import Session

from workbench.store.schema import Job


@dataclass(frozen=True, slots=True)
class JobRow:
    """A job, with how far it is; ``total`` is None until it is known."""

    id: int
    project_id: int | None
    kind: str
    payload: dict[str, Any]
    state: str
    done: int
    total: int | None
    note: str | None
    tries: int
    created_at: datetime
    finished_at: datetime | None


_COLUMNS = (
    Job.id, Job.project_id, Job.kind, Job.payload, Job.state, Job.done, Job.total, Job.note, Job.tries,
    Job.created_at, Job.finished_at,
)  # fmt: skip


def add(
    session: Session,
    kind: str,
    payload: dict[str, Any],
    *,
    project_id: int | None,
    by: int | None,
    now: datetime,
    due: datetime | None = None,
) -> int:
    """Queue a job, for now or for when it is due; return its id."""
    row = Job(
        project_id=project_id, person_id=by, kind=kind, payload=payload, state="queued", done=0, total=None,
        note=None, tries=0, owner=None, beat_at=None, created_at=now, due_at=due, finished_at=None,
    )  # fmt: skip
    session.add(row)
    session.flush()
    return row.id


def pending(session: Session, project_id: int, kind: str) -> int | None:
    """Return a job of that kind which waits or runs."""
    query = select(Job.id).where(Job.project_id == project_id, Job.kind == kind)
    return session.scalar(query.where(Job.state.in_(["queued", "running"])).limit(1))


def _to_do(now: datetime, silent_since: datetime) -> ColumnElement[bool]:
    due = or_(Job.due_at.is_(None), Job.due_at <= now)
    return or_(and_(Job.state == "queued", due), and_(Job.state == "running", Job.beat_at < silent_since))


def waiting(session: Session, *, now: datetime, silent_since: datetime) -> bool:
    """Say whether there is a job to take."""
    return session.scalar(select(Job.id).where(_to_do(now, silent_since)).limit(1)) is not None


def claim(session: Session, owner: str, *, now: datetime, silent_since: datetime) -> JobRow | None:
    """Take the next job: one that waits, or one whose worker has fallen silent."""
    best = (
        select(Job.id)
        .where(_to_do(now, silent_since))
        .order_by(Job.id)
        .limit(1)
        .with_for_update(skip_locked=True)
        .scalar_subquery()
    )
    changes = {"state": "running", "owner": owner, "beat_at": now, "tries": Job.tries + 1}
    found = session.execute(update(Job).where(Job.id == best).values(**changes).returning(*_COLUMNS)).one_or_none()
    return JobRow(*found) if found else None


def beat(session: Session, job_id: int, owner: str, *, now: datetime, **values: Any) -> bool:
    """Say that a job is alive, and how far it is; False if it was cancelled or is another worker's now."""
    mine = (Job.id == job_id, Job.owner == owner, Job.state == "running")
    found = session.scalar(update(Job).where(*mine).values(beat_at=now, **values).returning(Job.id))
    return found is not None


def end(session: Session, job_id: int, owner: str, state: str, note: str, *, now: datetime) -> None:
    """Close a job, unless another worker has taken it over."""
    mine = (Job.id == job_id, Job.owner == owner, Job.state == "running")
    session.execute(update(Job).where(*mine).values(state=state, note=note, finished_at=now))


def again(session: Session, job_id: int, owner: str) -> None:
    """Queue a job once more."""
    session.execute(update(Job).where(Job.id == job_id, Job.owner == owner).values(state="queued", owner=None))


def cancel(session: Session, project_id: int, job_id: int, *, now: datetime) -> None:
    """Ask a job to stop; what it has stored stays."""
    mine = (Job.id == job_id, Job.project_id == project_id, Job.state.in_(["queued", "running"]))
    session.execute(update(Job).where(*mine).values(state="cancelled", finished_at=now))


def listing(session: Session, project_id: int, limit: int = 8) -> list[JobRow]:
    """Return a project's newest jobs."""
    query = select(*_COLUMNS).where(Job.project_id == project_id).order_by(Job.id.desc()).limit(limit)
    return [JobRow(*row) for row in session.execute(query)]


def one(session: Session, project_id: int, job_id: int) -> JobRow | None:
    """Return a job of a project."""
    found = session.execute(select(*_COLUMNS).where(Job.id == job_id, Job.project_id == project_id)).one_or_none()
    return JobRow(*found) if found else None


def retry(session: Session, project_id: int, job_id: int, *, now: datetime) -> bool:
    """Queue a job once more that has failed or was stopped; say whether there was one."""
    ended = (Job.id == job_id, Job.project_id == project_id, Job.state.in_(["failed", "cancelled"]))
    fresh = {"state": "queued", "owner": None, "tries": 0, "note": None, "finished_at": None, "due_at": now}
    return session.scalar(update(Job).where(*ended).values(**fresh).returning(Job.id)) is not None
