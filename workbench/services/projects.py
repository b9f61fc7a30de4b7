"""Projects: making them, their schemes, their guidelines."""

import re
from collections import Counter
from dataclasses import dataclass, replace
from datetime import datetime
from functools import lru_cache
from pathlib import Path
from typing import Final

import msgspec
from sqlalchemy.orm import Session

from workbench.core import scheme as schemes
from workbench.core import workflow
from workbench.core.errors import Invalid, NotFound, Stale
from workbench.core.record import object_from
from workbench.core.scheme import Scheme
from workbench.core.words import legible
from workbench.core.workflow import Person
from workbench.services.resources import DEFAULT_GUIDELINE, DEFAULT_SCHEME
from workbench.store import people, projects, work
from workbench.store.projects import ProjectRow, VersionRow

Project = ProjectRow
LONGEST: Final = 100_000
"""How many characters guidelines have at most: what is shown with every article is laid out in a web process."""
LONGEST_SCHEME: Final = 200_000
"""How many a scheme has at most: it is read there, too, and each of its labels is looked for among the others."""
_SLUG: Final = re.compile(r"[a-z0-9][a-z0-9-]{0,62}")


@dataclass(frozen=True, slots=True)
class Conflicts:
    """What a new scheme would leave without a home, a sentence and a count each."""

    counts: tuple[tuple[str, int], ...]


def slug_of(title: str) -> str:
    """Return the part of an address that a title makes."""
    return re.sub(r"[^a-z0-9]+", "-", title.lower()).strip("-")[:63]


def create(session: Session, slug: str, title: str, *, by: Person, now: datetime, root: Path) -> ProjectRow:
    """Make a project with the shipped scheme and guidelines; its maker leads it."""
    if not _SLUG.fullmatch(slug):
        raise Invalid(f"“{slug}” cannot name a project: use small letters, digits and hyphens, at most 63.")
    if projects.named(session, slug):
        raise Invalid(f"There is a project “{slug}” already; choose another name.")
    title = " ".join(title.split())[:200] or slug
    if not legible(title, joined=True):
        raise Invalid("A title has printable characters alone; write it anew rather than pasting it.")
    project_id = projects.add(session, slug, title, now=now)
    people.set_role(session, project_id, by.id, "lead")
    body = schemes.dump(schemes.parse((root / DEFAULT_SCHEME).read_text("utf-8")))
    projects.keep_scheme(session, project_id, 1, body, by=by.id, now=now)
    projects.keep_guideline(session, project_id, 1, (root / DEFAULT_GUIDELINE).read_text("utf-8"), by=by.id, now=now)
    people.note(session, "project.add", by=by.id, now=now, project_id=project_id, slug=slug)
    return find(session, slug, by=by, act="read")


def find(session: Session, slug: str, *, by: Person | None, act: str) -> ProjectRow:
    """Return a project if somebody may do this there; to others it looks absent. None may do everything."""
    row = projects.named(session, slug)
    role = None if row is None else "lead" if by is None or by.admin else people.role(session, row.id, by.id)
    if row is None or role is None:
        raise NotFound(f"There is no project “{slug}”{_known(session, by)}.")
    workflow.check(role, act)
    return replace(row, role=role)


def _known(session: Session, by: Person | None) -> str:
    known = [row.slug for row in listing(session, by=by, limit=12)]
    return f"; there is {', '.join(known)}" if known else ""


def listing(
    session: Session, *, by: Person | None, find: str = "", after: int = 0, limit: int | None = None
) -> list[ProjectRow]:
    """Return by title the projects that somebody may see, those behind one, with these words in their titles."""
    whose = None if by is None or by.admin else by.id
    return projects.listing(session, whose, find=find.strip()[:80], after=after, limit=limit)


@lru_cache(maxsize=32)
def parsed(body: str) -> Scheme:
    """Return a stored scheme; the same text is read once."""
    return schemes.parse(body)


def scheme(session: Session, project: ProjectRow) -> Scheme:
    """Return the project's scheme."""
    return parsed(scheme_source(session, project))


def scheme_source(session: Session, project: ProjectRow) -> str:
    """Return the project's scheme as JSON."""
    body = projects.scheme(session, project.id, project.scheme_version)
    if body is None:
        raise NotFound(f"The project {project.slug} has no scheme; run “workbench doctor”.")
    return body


def check_scheme(session: Session, project: ProjectRow, source: str) -> tuple[Scheme, Conflicts]:
    """Read a new scheme and count what it would leave without a home among accepted objects."""
    if len(source) > LONGEST_SCHEME:
        raise Invalid(f"A scheme may have {LONGEST_SCHEME:,} characters at most.")
    new = schemes.parse(source)
    found: Counter[str] = Counter()
    for kind, body in work.labels_used(session, project.id):
        quote = body if kind == "entity" else body["evidence"]
        item = object_from(kind, body, " " * quote["start"] + quote["text"]) if kind == "entity" else None
        if item is not None:
            found.update(new.problems(item))
            continue
        for slot in new.slots(kind):
            value = body.get(slot.name)
            if slot.kind == "choice" and value and not slot.admits(value):
                found[f"“{value}” is no {slot.title.lower()} of the scheme."] += 1
    return new, Conflicts(tuple(found.most_common()))


def change_scheme(
    session: Session, project: ProjectRow, source: str, *, seen: int, force: bool, by: Person, now: datetime
) -> Conflicts:
    """Give the project a new scheme, unless accepted objects would lose their place and ``force`` is off."""
    workflow.check(project.role, "settle")
    _unchanged(project.scheme_version, seen, "scheme")
    new, conflicts = check_scheme(session, project, source)
    if not conflicts.counts or force:
        version = project.scheme_version + 1
        projects.keep_scheme(session, project.id, version, schemes.dump(new), by=by.id, now=now)
        people.note(session, "scheme.change", by=by.id, now=now, project_id=project.id, version=version)
        return Conflicts(())
    return conflicts


def _unchanged(current: int, seen: int, what: str) -> None:
    if current != seen:
        raise Stale(f"Somebody else changed the {what} meanwhile (it is at version {current}); reload, then change it.")


def guideline(session: Session, project: ProjectRow, version: int | None = None) -> str:
    """Return the guidelines in Markdown, the newest or those of a version."""
    body = projects.guideline(session, project.id, version or project.guideline_version)
    if body is None:
        raise NotFound(f"The guidelines of {project.title} have no version {version}.")
    return body


def guideline_versions(
    session: Session, project: ProjectRow, *, before: int | None = None, limit: int | None = None
) -> list[VersionRow]:
    """Return the versions of the guidelines, newest first, those before one."""
    return projects.guideline_versions(session, project.id, before=before, limit=limit)


def change_guideline(session: Session, project: ProjectRow, body: str, *, seen: int, by: Person, now: datetime) -> None:
    """Give the project new guidelines; the old ones are kept."""
    workflow.check(project.role, "settle")
    _unchanged(project.guideline_version, seen, "guidelines")
    if len(body) > LONGEST:
        raise Invalid(f"Guidelines may have {LONGEST:,} characters at most; put what is longer beside them.")
    version = project.guideline_version + 1
    projects.keep_guideline(session, project.id, version, body, by=by.id, now=now)
    people.note(session, "guideline.change", by=by.id, now=now, project_id=project.id, version=version)


def readable(source: str) -> str:
    """Return a scheme's JSON with line breaks, for people who edit it."""
    return msgspec.json.format(source.encode(), indent=2).decode()
