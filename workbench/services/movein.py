"""Moving in: files are looked at, a choice is made, then they come in; what is not confirmed is forgotten."""

import shutil
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, Final, cast

from sqlalchemy.orm import Session

from workbench.core import workflow
from workbench.core.errors import Invalid, NotFound, Stale
from workbench.core.labels import Labels
from workbench.core.workflow import Person
from workbench.formats.filling import TextOf
from workbench.formats.units import UNITS
from workbench.services import jobs as asked
from workbench.services import projects, readers
from workbench.services.laying import AS_IT_COMES, Laying, Role
from workbench.store import jobs, movein
from workbench.store import people as accounts
from workbench.store.engine import Database
from workbench.store.movein import LookRow
from workbench.store.projects import ProjectRow

ROLES: Final = ("plain", "suggestions", "person", "gold")


@dataclass(frozen=True, slots=True)
class Choice:
    """As what files come in: the role, whose, what foreign labels become, and whether gold may be replaced."""

    role: str | None = None
    name: str = ""
    labels: Mapping[str, str | None] | None = None
    replace_gold: bool = False
    skip_bad: bool = False


def laying(session: Session, project: ProjectRow, choice: Choice) -> Laying:
    """Return as what annotations come in; raises Invalid or NotFound for labels and people that are not there."""
    if choice.role is None and not choice.labels:
        return AS_IT_COMES
    if choice.role is not None and choice.role not in ROLES:
        raise Invalid(f"Choose one of {', '.join(ROLES)}.")
    scheme = projects.scheme(session, project)
    decided = movein.mapping(session, project.id) | dict(choice.labels or {})
    for theirs, ours in (choice.labels or {}).items():
        if ours is not None:
            scheme.label(ours)
        if len(theirs) > 200:
            raise Invalid(f"A foreign label may have 200 characters at most: {theirs[:40]}…")
    names = {label.name for label in scheme.labels}
    labels = Labels(scheme, {theirs: ours for theirs, ours in decided.items() if ours is None or ours in names})
    role = cast("Role | None", choice.role)
    if role == "person":
        reader = _reader(session, project, choice.name)
        return Laying(role, f"r{reader.id}", reader.id, labels)
    name = choice.name.strip() if role == "suggestions" else "gold" if role == "gold" else ""
    if role == "suggestions" and not 0 < len(name) <= 120:
        raise Invalid("Name the suggester with 1 to 120 characters, such as mymodel@3.")
    return Laying(role, name, None, labels, choice.replace_gold)


def _reader(session: Session, project: ProjectRow, name: str) -> Person:
    """Return a reviewer of the team by name; whoever else the bench knows is not told."""
    found = readers.meant(session, project, name)
    return Person(found.id, found.name)


def keep_labels(
    session: Session, project: ProjectRow, found: Mapping[str, str | None], *, by: Person | None, now: datetime
) -> None:
    """Keep for next time what foreign labels become."""
    workflow.check(project.role, "import")
    accounts.note(session, "labels.map", by=by.id if by else None, now=now, project_id=project.id, labels=dict(found))
    movein.keep_mapping(session, project.id, found)


def begin(
    session: Session, project: ProjectRow, folder: Path, options: dict[str, Any], *, by: Person, now: datetime
) -> int:  # fmt: skip
    """Have uploaded files looked at; they are forgotten after a day unless they are confirmed."""
    workflow.check(project.role, "import")
    _check_unit(options.get("unit"))
    look_id = movein.add(session, project.id, str(folder), options, by=by.id, now=now)
    about = {"project": project.slug, "look": look_id}
    job_id = jobs.add(session, "look", about, project_id=project.id, by=by.id, now=now)
    movein.change(session, look_id, among=["looking"], job_id=job_id)
    jobs.add(session, "forget", about, project_id=None, by=by.id, now=now, due=now + asked.KEPT)
    return look_id


def begin_again(
    session: Session, project: ProjectRow, look_id: int, unit: str | None, *, by: Person, now: datetime
) -> None:  # fmt: skip
    """Have the files of a look read anew, their offsets counted in this unit; None lets each file tell."""
    workflow.check(project.role, "import")
    _check_unit(unit)
    row = find(session, project, look_id)
    about = {"project": project.slug, "look": look_id}
    job_id = jobs.add(session, "look", about, project_id=project.id, by=by.id, now=now)
    options = row.options | {"unit": unit}
    if not movein.change(session, look_id, among=["looked"], state="looking", options=options, job_id=job_id):
        raise Stale("This preview was confirmed or cancelled already, or its files are still being read.")


def unit(session: Session, project: ProjectRow, look: LookRow) -> str | None:
    """Return the unit in which offsets were counted by somebody's word: in this look, else in the last import."""
    said: str | None = (look.options if "unit" in look.options else movein.newest_options(session, project.id)).get(
        "unit"
    )
    return said


def _check_unit(unit: str | None) -> None:
    if unit is not None and unit not in UNITS:
        raise Invalid(f"“{unit}” is no unit of offsets; choose one of {', '.join(UNITS)}.")


def waiting(session: Session, project: ProjectRow) -> list[tuple[int, datetime, str]]:
    """Return the looks that wait to be confirmed: number, when, and whether their files are still being read."""
    return movein.open_looks(session, project.id) if workflow.may(project.role, "import") else []


def find(session: Session, project: ProjectRow, look_id: int) -> LookRow:
    """Return a look; raises NotFound for one of another project."""
    row = movein.one(session, project.id, look_id)
    if row is None:
        raise NotFound("There is no such preview in this project; upload the files again.")
    return row


def confirm(
    session: Session, project: ProjectRow, look_id: int, choice: Choice, *, remember: bool, by: Person, now: datetime
) -> int:  # fmt: skip
    """Import the files of a look as chosen; return the job."""
    workflow.check(project.role, "import")
    row = find(session, project, look_id)
    laying(session, project, choice)
    if remember and choice.labels:
        keep_labels(session, project, choice.labels, by=by, now=now)
    about = {
        "project": project.slug, "folder": row.folder, "look": look_id, "by": by.id, "skip_bad": choice.skip_bad,
        "role": choice.role, "name": choice.name, "labels": dict(choice.labels or {}),
        "replace_gold": choice.replace_gold, **row.options,
    }  # fmt: skip
    job_id = asked.ask(session, project, "import", about, by=by, now=now)
    if not movein.change(session, look_id, among=["looked"], state="taking", job_id=job_id):
        raise Stale("This preview was confirmed or cancelled already, or its files are still being read.")
    return job_id


def cancel(session: Session, project: ProjectRow, look_id: int, *, now: datetime) -> None:
    """Forget a look and remove its files, unless they are being imported."""
    workflow.check(project.role, "import")
    row = find(session, project, look_id)
    if movein.change(session, look_id, among=["looking", "looked"], state="gone", found=None):
        if row.job_id:
            jobs.cancel(session, project.id, row.job_id, now=now)
        shutil.rmtree(row.folder, ignore_errors=True)


def text_finder(database: Database, project_id: int) -> TextOf:
    """Return what finds the text of a project's article for a record that travels without it."""

    def text_of(sha256: Any, key: Any) -> str | None:
        with database.reading() as session:
            return movein.text_of(session, project_id, sha256=sha256, key=key)

    return text_of
