"""Trying again what another machine did not take: with growing pauses, each try a job of its own."""

from datetime import datetime, timedelta
from typing import Any, Final

from workbench.core.errors import Invalid
from workbench.store import jobs
from workbench.store.engine import Database

PAUSES: Final = tuple(timedelta(minutes=minutes) for minutes in (1, 5, 30, 120, 720))
"""How long to wait after each try that failed; after the last it is given up."""


def again(database: Database, kind: str, payload: dict[str, Any], why: str, *, now: datetime) -> str:
    """Queue the try after the one of ``payload`` and say when; raises Invalid where there is none left."""
    attempt = payload["attempt"]
    if attempt > len(PAUSES):
        raise Invalid(f"{why}; given up after {attempt} tries.")
    due = now + PAUSES[attempt - 1]
    with database.writing() as session:
        jobs.add(session, kind, payload | {"attempt": attempt + 1}, project_id=None, by=None, now=now, due=due)
    return f"{why}; the next try is at {due:%H:%M} UTC."
