"""Quotas: how much each person takes on in a project, as its leads agree with them."""

from dataclasses import asdict, dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from workbench.core import pages, workflow
from workbench.core import quotas as core
from workbench.core.errors import NotFound
from workbench.core.quotas import Quota, Taken
from workbench.core.workflow import Person
from workbench.services import readers
from workbench.store import people, quotas
from workbench.store.projects import ProjectRow


@dataclass(frozen=True, slots=True)
class Share:
    """What one person takes on, and has taken."""

    id: int
    name: str
    quota: Quota
    taken: Taken


def listing(
    session: Session, project: ProjectRow, *, find: str = "", after: int = 0, limit: int = pages.SIZE, now: datetime
) -> list[Share]:
    """Return who reviews in a project by name, those behind one, with quota and what they have taken; for leads."""
    workflow.check(project.role, "settle")
    rows = readers.names(session, project, find=find, after=after, limit=limit)
    numbers = [row.id for row in rows]
    kept = quotas.listing(session, project.id, numbers)
    taken = quotas.all_taken(session, project.id, numbers, today(now))
    return [Share(row.id, row.name, kept.get(row.id, Quota()), taken[row.id]) for row in rows]


def keep(session: Session, project: ProjectRow, person_id: int, quota: Quota, *, by: Person, now: datetime) -> None:
    """Agree on a quota with somebody; it counts from their next article on."""
    workflow.check(project.role, "settle")
    core.check(quota)
    if not readers.reviews(session, project, person_id):
        raise NotFound("That person does not review in this project.")
    if quota != quotas.of(session, project.id, person_id):
        quotas.keep(session, project.id, person_id, quota)
        about = asdict(quota)
        people.note(session, "quota.set", by=by.id, now=now, project_id=project.id, to=person_id, **about)


def full(session: Session, project: ProjectRow, *, by: Person, now: datetime) -> str | None:
    """Say which quota keeps somebody from another article, or None."""
    quota = quotas.of(session, project.id, by.id)
    return core.reached(quota, quotas.taken(session, project.id, by.id, today(now))) if quota.bounds else None


def today(now: datetime) -> datetime:
    """Return when the day began, in UTC."""
    return now.replace(hour=0, minute=0, second=0, microsecond=0)
