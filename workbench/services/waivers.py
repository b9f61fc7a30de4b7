"""Letting stand what looks odd: the desk asks about it no more, and why is kept."""

from datetime import datetime
from typing import Final

import msgspec
from sqlalchemy.orm import Session

from workbench.core import workflow
from workbench.core.errors import Invalid
from workbench.core.workflow import Person
from workbench.services import review
from workbench.services.projects import Project
from workbench.store import waivers

LONGEST: Final = 1_000


class Wanted(msgspec.Struct, forbid_unknown_fields=True):
    """A waiver as the desk sends it; ``reason`` is null where the desk shall ask again."""

    key: str
    finding: str
    reason: str | None


def waive(session: Session, project: Project, item_id: int, wanted: Wanted, *, by: Person, now: datetime) -> None:
    """Keep that somebody lets something stand, or no longer; the same key does it once."""
    workflow.check(project.role, "review")
    if not (8 <= len(wanted.key) <= 36 and wanted.finding):
        raise Invalid("A waiver needs a key of 8 to 36 characters and what it is about.")
    if len(wanted.finding) > LONGEST or len(wanted.reason or "") > LONGEST:
        raise Invalid(f"That is longer than {LONGEST:,} characters; shorten it.")
    item = review.opened(session, project, item_id, by=by).item
    if used := waivers.known(session, wanted.key):
        if used != (item.article_id, by.id):
            raise Invalid("This key names what is let stand elsewhere; make a fresh one for each.")
        return
    reason = None if wanted.reason is None else wanted.reason.strip() or "checked"
    waivers.add(
        session, key=wanted.key, article_id=item.article_id, person_id=by.id, finding=wanted.finding, reason=reason,
        at=now,
    )  # fmt: skip


def standing(session: Session, article_id: int, *, by: Person) -> dict[str, str]:
    """Return what somebody lets stand in an article, with the reasons."""
    return waivers.standing(session, article_id, by.id)
