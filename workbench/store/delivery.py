"""Delivery of jobs on PostgreSQL, which is Procrastinate's; on the embedded engine workers look into the table.

A job is handed over by Procrastinate's own function in the transaction that stores it, so there is never one
without the other.
"""

from datetime import datetime
from typing import Final

from sqlalchemy import text
from sqlalchemy.orm import Session

from workbench.store import dialects

TASK: Final = "workbench.work"
QUEUE: Final = "workbench"

_ROW: Final = (
    "CAST(ROW(:queue, :task, 0, NULL, NULL, jsonb_build_object('job', {job}), {due}) AS procrastinate_job_to_defer_v1)"
)
_DEFER: Final = "procrastinate_defer_jobs_v1({})"
_ONE: Final = text("SELECT " + _DEFER.format(f"ARRAY[{_ROW.format(job='CAST(:job AS bigint)', due=':due')}]"))
_ALL: Final = _DEFER.format(f"array_agg({_ROW.format(job='j.id', due='j.due_at')})")
_LOST: Final = text(  # put together from constants above
    f"SELECT {_ALL} FROM job j"  # noqa: S608
    " WHERE (j.state = 'queued' OR (j.state = 'running' AND j.beat_at < :silent)) AND NOT EXISTS ("
    "SELECT 1 FROM procrastinate_jobs p WHERE p.task_name = :task AND p.status IN ('todo', 'doing')"
    " AND (p.args->>'job')::bigint = j.id) HAVING count(*) > 0"
)


def hand_over(session: Session, job_id: int, due: datetime | None = None) -> None:
    """Have a worker get a job, now or when it is due."""
    if not dialects.embedded(session):
        session.execute(_ONE, {"queue": QUEUE, "task": TASK, "job": job_id, "due": due})


def hand_over_lost(session: Session, silent_since: datetime) -> None:
    """Hand over jobs that wait or have fallen silent and are on nobody's way, as after a move from another engine."""
    session.execute(_LOST, {"queue": QUEUE, "task": TASK, "silent": silent_since})


def alone(session: Session) -> bool:
    """Say whether this session may look after the others' jobs; only one may at a time, until it ends."""
    return bool(session.scalar(text("SELECT pg_try_advisory_xact_lock(hashtext('workbench.delivery'))")))
