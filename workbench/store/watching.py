"""What the database says of itself."""

from datetime import datetime

from sqlalchemy import Engine, func, select, text
from sqlalchemy.orm import Session

from workbench.store.schema import Job

_SAFE = {"on", "remote_apply", "remote_write", "local"}


def durability(engine: Engine) -> tuple[bool, str]:
    """Say whether what is acknowledged survives a power cut, and by which settings."""
    with engine.connect() as connection:
        if engine.dialect.name == "sqlite":
            level = connection.execute(text("PRAGMA synchronous")).scalar()
            journal = connection.execute(text("PRAGMA journal_mode")).scalar()
            safe = level in {2, 3} and journal in {"wal", "delete"}
            return safe, f"journal {journal}, synchronous {'FULL' if level == 2 else level}"
        commit = str(connection.execute(text("SHOW synchronous_commit")).scalar())
        fsync = str(connection.execute(text("SHOW fsync")).scalar())
        return commit in _SAFE and fsync == "on", f"synchronous_commit {commit}, fsync {fsync}"


def states(session: Session) -> dict[str, int]:
    """Return how many jobs are in each state."""
    return dict(session.execute(select(Job.state, func.count()).group_by(Job.state)).all())


def late(session: Session, *, before: datetime) -> int:
    """Return how many jobs were due before a time and still wait."""
    due = func.coalesce(Job.due_at, Job.created_at) < before
    return session.scalar(select(func.count()).select_from(Job).where(Job.state == "queued", due)) or 0
