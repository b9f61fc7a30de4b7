"""Work outside requests: a row a job, taken by one worker at a time."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, and_, case, delete, func, or_, select, update
from sqlalchemy.orm import Session, aliased

from workbench.core.words import many
from workbench.store import delivery
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
    parent_id: int | None


_PART = aliased(Job)
_DONE = func.coalesce(select(func.sum(_PART.done)).where(_PART.parent_id == Job.id).scalar_subquery(), Job.done)
_OWN: tuple[Any, ...] = (
    Job.id, Job.project_id, Job.kind, Job.payload, Job.state, Job.done, Job.total, Job.note, Job.tries,
    Job.created_at, Job.finished_at, Job.parent_id,
)  # fmt: skip
_AGAIN = or_(Job.state == "failed", and_(Job.state == "cancelled", Job.kind != "import"))
"""Which jobs can be tried again: the files of an import that was stopped are gone."""
_COLUMNS = (*_OWN[:5], _DONE, *_OWN[6:])


def add(
    session: Session,
    kind: str,
    payload: dict[str, Any],
    *,
    project_id: int | None,
    by: int | None,
    now: datetime,
    due: datetime | None = None,
    parent: int | None = None,
) -> int:
    """Queue a job, for now or for when it is due; return its id."""
    row = Job(
        project_id=project_id, person_id=by, kind=kind, payload=payload, state="queued", done=0, total=None,
        note=None, tries=0, owner=None, beat_at=None, created_at=now, due_at=due, finished_at=None,
        parent_id=parent,
    )  # fmt: skip
    session.add(row)
    session.flush()
    delivery.hand_over(session, row.id, due)
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
    return _begun(session, Job.id == best, owner, now)


def take(session: Session, job_id: int, owner: str, *, now: datetime) -> JobRow | None:
    """Take a job that was delivered, from whoever had it; None where it is over."""
    return _begun(session, and_(Job.id == job_id, Job.state.in_(["queued", "running"])), owner, now)


def _begun(session: Session, which: ColumnElement[bool], owner: str, now: datetime) -> JobRow | None:
    changes = {"state": "running", "owner": owner, "beat_at": now, "tries": Job.tries + 1}
    found = session.execute(update(Job).where(which).values(**changes).returning(*_OWN)).one_or_none()
    return JobRow(*found) if found else None


def beat(session: Session, job_id: int, owner: str, *, now: datetime, **values: Any) -> bool:
    """Say that a job is alive, and how far it is; False if it was cancelled or is another worker's now."""
    mine = (Job.id == job_id, Job.owner == owner, Job.state == "running")
    found = session.scalar(update(Job).where(*mine).values(beat_at=now, **values).returning(Job.id))
    return found is not None


def remember(session: Session, job: JobRow, **more: Any) -> None:
    """Keep with a job what who tries it again has to know."""
    session.execute(update(Job).where(Job.id == job.id).values(payload=job.payload | more))


def end(session: Session, job_id: int, owner: str, state: str, note: str, *, now: datetime) -> None:
    """Close a job, unless another worker has taken it over; with the last of its parts a job is over too.

    What was done before its worker heard that it should stop is done; a failure no longer matters then.
    """
    among = ["running"] if state == "failed" else ["running", "cancelled"]
    mine = (Job.id == job_id, Job.owner == owner, Job.state.in_(among))
    closed = update(Job).where(*mine).values(state=state, note=note, finished_at=now).returning(Job.parent_id)
    if parent := session.scalar(closed):
        _end_whole(session, parent, now)


def _end_whole(session: Session, job_id: int, now: datetime) -> None:
    session.execute(select(Job.id).where(Job.id == job_id).with_for_update())  # parts that end at once take turns
    parts = session.execute(select(Job.state, Job.done, Job.note).where(Job.parent_id == job_id).order_by(Job.id)).all()
    if any(state in {"queued", "running"} for state, _, _ in parts):
        return
    failed = [note for state, _, note in parts if state == "failed"]
    note = f"{many(sum(done for _, done, _ in parts), 'article')} in {many(len(parts), 'part')}"
    note += ", some of which are parked" if any("parked" in (said or "") for _, _, said in parts) else ""
    note += f"; {many(len(failed), 'part')} failed, the first with: {failed[0]}" if failed else ""
    over = (Job.id == job_id, Job.state == "running")
    session.execute(
        update(Job).where(*over).values(state="failed" if failed else "done", note=note, finished_at=now)
    )  # fmt: skip


def split(session: Session, job: JobRow, owner: str, kind: str, payloads: list[dict[str, Any]], now: datetime) -> bool:
    """Leave a job to parts that workers share; False where it is another worker's now."""
    mine = (Job.id == job.id, Job.owner == owner, Job.state == "running")
    if session.scalar(update(Job).where(*mine).values(owner=None, beat_at=None).returning(Job.id)) is None:
        return False
    for payload in payloads:
        add(session, kind, payload, project_id=job.project_id, by=None, now=now, parent=job.id)
    return True


def again(
    session: Session, job_id: int, owner: str, *, counted: bool = True, due: datetime | None = None, **changed: Any
) -> None:
    """Queue a job once more, perhaps with something changed; with ``counted`` false the try does not count."""
    values = {"state": "queued", "owner": None, "due_at": due, "tries": Job.tries - (0 if counted else 1)} | changed
    mine = (Job.id == job_id, Job.owner == owner, Job.state == "running")
    if session.scalar(update(Job).where(*mine).values(**values).returning(Job.id)) is not None:
        delivery.hand_over(session, job_id, due)


def cancel(session: Session, project_id: int, job_id: int, *, now: datetime) -> None:
    """Ask a job to stop, with its parts."""
    either = or_(Job.id == job_id, Job.parent_id == job_id)
    mine = (either, Job.project_id == project_id, Job.state.in_(["queued", "running"]))
    session.execute(update(Job).where(*mine).values(state="cancelled", finished_at=now))


def listing(session: Session, project_id: int, *, before: int | None = None, limit: int = 8) -> list[JobRow]:
    """Return a project's newest jobs, those before one."""
    whole = (Job.project_id == project_id, Job.parent_id.is_(None))
    query = select(*_COLUMNS).where(*whole).order_by(Job.id.desc()).limit(limit)
    return [JobRow(*row) for row in session.execute(query.where(Job.id < before) if before else query)]


def one(session: Session, project_id: int, job_id: int) -> JobRow | None:
    """Return a job of a project; parts are told as their whole."""
    whole = (Job.id == job_id, Job.project_id == project_id, Job.parent_id.is_(None))
    found = session.execute(select(*_COLUMNS).where(*whole)).one_or_none()
    return JobRow(*found) if found else None


def give_up(session: Session, job_id: int, why: str) -> JobRow | None:
    """Let a job that failed or was stopped be stopped for good; None for one that is under way or done."""
    ended = (Job.id == job_id, Job.state.in_(["failed", "cancelled"]))
    note = case((Job.state == "failed", func.coalesce(Job.note, "") + f" {why}"), else_=Job.note)
    found = session.execute(update(Job).where(*ended).values(state="cancelled", note=note).returning(*_OWN))
    return JobRow(*row) if (row := found.one_or_none()) else None


def under_way(session: Session, job_id: int) -> bool:
    """Say whether a job waits or runs."""
    return session.scalar(select(Job.id).where(Job.id == job_id, Job.state.in_(["queued", "running"]))) is not None


def retry(session: Session, project_id: int, job_id: int, *, now: datetime) -> bool:
    """Queue a job once more that has failed or was stopped, without its parts; say whether there was one."""
    ended = (Job.id == job_id, Job.project_id == project_id, _AGAIN)
    fresh: dict[str, Any] = {"state": "queued", "owner": None, "tries": 0, "done": 0, "note": None}
    fresh |= {"total": None, "finished_at": None, "due_at": now}
    if session.scalar(update(Job).where(*ended).values(**fresh).returning(Job.id)) is None:
        return False
    session.execute(delete(Job).where(Job.parent_id == job_id))
    delivery.hand_over(session, job_id)
    return True
