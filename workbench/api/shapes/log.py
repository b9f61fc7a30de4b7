"""The audit log: who did what to the bench, to whom, from where."""

from datetime import date, datetime
from typing import Any

from pydantic import Field

from workbench.api.shapes.base import Asked, Next, Told


class LogQuery(Asked):
    """What to look for, newest first; days are inclusive."""

    act: str = Field("", max_length=40, description="Such as `role.set`.")
    who: str = Field("", max_length=80, description="A part of a name: who did it, or to whom.")
    since: date | None = None
    until: date | None = None
    after: str | None = Field(None, max_length=40, description="The `next` of the page before.")


class Act(Told):
    """An act; without `person` it came from the command line, without `origin` from the server itself."""

    id: int
    at: datetime
    person: str | None
    act: str
    subject: str | None
    project: str | None
    about: dict[str, Any]
    origin: str | None


class Log(Next):
    """A page of acts."""

    items: list[Act]
