"""Telling other systems of a release: a notice for each webhook, queued with the release itself."""

from collections.abc import Iterable
from datetime import datetime
from hashlib import sha256
from typing import Any

from sqlalchemy.orm import Session

from workbench.store import jobs
from workbench.store.projects import ProjectRow
from workbench.store.releases import ReleaseRow


def announce(
    session: Session, project: ProjectRow, release: ReleaseRow, event: str, webhooks: Iterable[str], *, now: datetime
) -> int:
    """Queue a notice for every webhook, in the same transaction as what it tells of; return how many."""
    body: dict[str, Any] = {
        "event": event,
        "project": project.slug,
        "release": release.name,
        "created_at": _time(release.at),
        "articles": release.articles,
        "manifest_sha256": release.manifest_sha256,
        "withdrawn_at": _time(release.withdrawn_at) if release.withdrawn_at else None,
        "withdrawn_why": release.withdrawn_why,
    }
    count = 0
    for url in webhooks:
        payload = {"webhook": name_of(url), "body": body, "attempt": 1}
        jobs.add(session, "notice", payload, project_id=None, by=None, now=now)
        count += 1
    return count


def name_of(url: str) -> str:
    """Return what stands for a webhook's address in the database, since the address itself may be a secret."""
    return sha256(url.encode()).hexdigest()


def _time(moment: datetime) -> str:
    return moment.strftime("%Y-%m-%dT%H:%M:%SZ")
