"""What the guidelines lack: the reasons for rulings, gathered until a lead writes a rule or lets them be."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from sqlalchemy.orm import Session

from workbench.core import workflow
from workbench.core.errors import Invalid, Stale
from workbench.core.text import around
from workbench.core.workflow import Person
from workbench.services import examples, projects
from workbench.services.projects import Project
from workbench.store import reasons
from workbench.store.reasons import GivenRow, SettledRow

HEADING: Final = "## Rules from rulings"
MOST: Final = 500
LONGEST: Final = 5000


@dataclass(frozen=True, slots=True)
class Passage:
    """A ruling for which a reason was given, with its passage; without words nothing there was right."""

    id: int
    key: str
    title: str
    before: str
    words: str
    after: str
    said: str


@dataclass(frozen=True, slots=True)
class Todo:
    """A reason that nobody has seen to yet; ``upto`` is the newest ruling of it that is shown."""

    reason: str
    count: int
    upto: int
    passages: tuple[Passage, ...]


def todos(session: Session, project: Project) -> list[Todo]:
    """Return the reasons that wait for a lead, the most frequent first."""
    workflow.check(project.role, "adjudicate")
    found: dict[str, list[GivenRow]] = {}
    for row in reasons.open_(session, project.id, MOST):
        found.setdefault(row.reason, []).append(row)
    rows = [
        Todo(reason, len(its), its[0].id, tuple(_passage(each) for each in its[:20])) for reason, its in found.items()
    ]
    return sorted(rows, key=lambda row: (-row.count, row.reason))


def settled(session: Session, project: Project) -> list[SettledRow]:
    """Return what came of earlier reasons, the newest first."""
    return reasons.settled(session, project.id, 50)


def _passage(row: GivenRow) -> Passage:
    title = row.title or row.key
    if row.body is None:
        return Passage(row.id, row.key, title, "", "", "", "nothing there")
    where = row.body.get("evidence") or row.body
    return Passage(row.id, row.key, title, *around(row.text, where["start"], where["end"]), _said(row.body))


def _said(body: dict[str, object]) -> str:
    names = ("label", "actor", "holder", "status", "polarity", "type", "target")
    return " · ".join(str(body[name]) for name in names if body.get(name))


def let_be(session: Session, project: Project, reason: str, upto: int, note: str, *, by: Person, now: datetime) -> None:
    """Close a reason, up to a ruling: what is ruled for it later comes back."""
    _settle(session, project, reason, upto, None, note, by, now)


def write_rule(
    session: Session,
    project: Project,
    reason: str,
    upto: int,
    words: str,
    picked: Sequence[int],
    *,
    seen: int,
    by: Person,
    now: datetime,
) -> int:
    """Put a rule with the picked passages into the guidelines; return the version that this makes."""
    workflow.check(project.role, "settle")
    if not words.strip():
        raise Invalid("Write the rule first: one or two sentences that settle it the next time.")
    if len(words) > LONGEST:
        raise Invalid(f"That is longer than {LONGEST:,} characters; shorten it.")
    waiting = next((row for row in todos(session, project) if row.reason == reason), None)
    passages = [each for each in waiting.passages if each.id in set(picked)] if waiting else []
    quoted = [f"{examples.quoted(each.words)}\n>\n> → {examples.plain(each.said)}" for each in passages if each.words]
    text = "\n\n".join([words.strip(), *quoted])
    _settle(session, project, reason, upto, seen + 1, "", by, now)
    body = examples.added(projects.guideline(session, project), text, HEADING)
    projects.change_guideline(session, project, body, seen=seen, by=by, now=now)
    return seen + 1


def _settle(
    session: Session,
    project: Project,
    reason: str,
    upto: int,
    version: int | None,
    note: str,
    by: Person,
    now: datetime,
) -> None:
    workflow.check(project.role, "settle")
    if not any(row.reason == reason for row in todos(session, project)):
        raise Stale("Nothing waits for that reason any more; somebody else saw to it, or its rulings were undone.")
    upto = min(upto, reasons.newest(session, project.id))
    values = {"reason": reason, "upto": upto, "version": version, "note": note.strip()[:500], "at": now}
    reasons.settle(session, project_id=project.id, person_id=by.id, **values)
