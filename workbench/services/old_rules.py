"""A changed rule: what it touches, which decisions were taken under the old one, and sending them for another look."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from workbench.core import pages, workflow
from workbench.core.annotation import KINDS
from workbench.core.errors import Invalid, NotFound, WorkbenchError
from workbench.core.scheme import Scheme
from workbench.core.text import around
from workbench.core.workflow import Person
from workbench.services import handing, projects
from workbench.services.projects import Project
from workbench.store import old_rules
from workbench.store.old_rules import ChangeRow, DecidedRow


@dataclass(frozen=True, slots=True)
class Decided:
    """A decision under the old rule with its passage: what stands before the quote, the quote, what stands behind."""

    row: DecidedRow
    before: str
    quote: str
    behind: str
    says: str


def options(scheme: Scheme) -> list[tuple[str, str]]:
    """Return what a rule may be about: entity labels, and frames with their slots; each with its title."""
    labels = [(f"entity:{label.name}", f"Entity {label.name}") for label in scheme.labels]
    frames = [
        (f"{kind}:{slot.name}", f"{kind.capitalize()}: {slot.title}")
        for kind in KINDS
        if kind != "entity"
        for slot in scheme.slots(kind)
    ]
    return labels + frames


def mark(
    session: Session, project: Project, version: int, touches: Sequence[str], note: str, *, by: Person, now: datetime
) -> None:
    """Say what a new version of the guidelines touches."""
    workflow.check(project.role, "settle")
    known = {key for key, _ in options(projects.scheme(session, project))}
    if unknown := [each for each in touches if each not in known]:
        raise Invalid(f"The scheme has no {unknown[0]}; choose from the list.")
    if touches:
        row = ChangeRow(version, tuple(sorted(set(touches))), note.strip()[:500], by.name, now)
        old_rules.keep(session, project.id, row, by=by.id)


def changes(session: Session, project: Project, *, before: int | None = None, limit: int) -> list[ChangeRow]:
    """Return what the versions of the guidelines touch, newest first, those before one."""
    return old_rules.changes(session, project.id, before=before, limit=limit)


def touching(session: Session, project: Project, versions: Sequence[int]) -> set[int]:
    """Return of which versions somebody has said what they touch."""
    return old_rules.touching(session, project.id, versions)


def change(session: Session, project: Project, version: int) -> ChangeRow:
    """Return what a version touches."""
    found = next(iter(changes(session, project, before=version + 1, limit=1)), None)
    if found is None or found.version != version:
        raise NotFound(f"For version {version} of the guidelines nobody has said what it touches.")
    return found


def decided(
    session: Session, project: Project, found: ChangeRow, *, by: Person, after: int = 0
) -> tuple[list[Decided], int | None]:
    """Return a page of the accepted objects that a change touches, and where the next one goes on."""
    workflow.check(project.role, "settle")
    kinds = {each.split(":", 1)[0] for each in found.touches}
    shown: list[Decided] = []
    for row in old_rules.decided(session, project.id, kinds, found.version, after=after, blind=by.id):
        if not _touched(row.kind, row.body, found.touches):
            continue
        if len(shown) == pages.SIZE:
            return shown, shown[-1].row.id
        shown.append(_passage(row))
    return shown, None


def _touched(kind: str, body: dict[str, Any], touches: tuple[str, ...]) -> bool:
    if kind == "entity":
        return f"entity:{body['label']}" in touches
    return any(body.get(each.split(":", 1)[1]) for each in touches if each.startswith(f"{kind}:"))


def _passage(row: DecidedRow) -> Decided:
    where = row.body if row.kind == "entity" else row.body["evidence"]
    says = row.body["label"] if row.kind == "entity" else " ".join(filter(None, _main_slots(row.kind, row.body)))
    return Decided(row, *around(row.text, where["start"], where["end"]), says)


def _main_slots(kind: str, body: dict[str, Any]) -> tuple[Any, ...]:
    if kind == "stance":
        return body.get("holder"), body.get("polarity"), body.get("target")
    return body.get("actor"), body.get("status"), body.get("type")


def look_again(
    session: Session, project: Project, found: ChangeRow, item_ids: Sequence[int], *, by: Person, now: datetime
) -> tuple[int, list[str]]:
    """Return finished readings to their reviewers with the rule that changed; say how many, and why not the others."""
    workflow.check(project.role, "settle")
    comment = f"The guidelines changed (version {found.version}): {found.note or ', '.join(found.touches)}"
    sent, refused = 0, []
    for item_id in dict.fromkeys(item_ids):
        try:
            handing.send_back(session, project, item_id, comment, by=by, now=now)
            sent += 1
        except WorkbenchError as problem:
            refused.append(problem.sentence)
    return sent, sorted(set(refused))
