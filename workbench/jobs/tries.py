"""Trying again what another machine did not take: the same job, with growing pauses."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

from workbench.core.errors import Invalid

PAUSES: Final = tuple(timedelta(minutes=minutes) for minutes in (1, 5, 30, 120, 720))
"""How long to wait after each try that failed; after the last it is given up."""


@dataclass(frozen=True, slots=True)
class Later:
    """What a task may come to instead of a note: that it waits until it is due, with another payload and a note."""

    note: str
    payload: dict[str, Any]
    due: datetime


def again(payload: dict[str, Any], why: str, *, now: datetime) -> Later:
    """Return when to try after the try of ``payload``; raises Invalid where there is none left."""
    attempt = payload["attempt"]
    if attempt > len(PAUSES):
        raise Invalid(f"{why}; given up after {attempt} tries.")
    due = now + PAUSES[attempt - 1]
    return Later(f"{why}; the next try is at {due:%H:%M} UTC.", payload | {"attempt": attempt + 1}, due)
