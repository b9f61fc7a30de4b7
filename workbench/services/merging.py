"""Merging: what waits for adjudicators is settled by a strategy, looked at first and undone in one step."""

from collections import Counter
from dataclasses import dataclass
from datetime import datetime
from typing import Final
from uuid import uuid4

from sqlalchemy.orm import Session

from workbench.core import adjudication as core
from workbench.core import workflow
from workbench.core.adjudication import Ruled
from workbench.core.errors import Invalid
from workbench.core.record import object_json
from workbench.core.scheme import Scheme
from workbench.core.workflow import Person
from workbench.services import projects
from workbench.services.adjudication import Act, keep, make_gold, opened, waiting
from workbench.store import adjudication as kept
from workbench.store import work
from workbench.store.projects import ProjectRow

STRATEGIES: Final = {
    "unanimous": "what all who marked something say alike, where two or more did",
    "majority": "what more than half of the readers say",
    "confidence": "by the suggester’s confidence, where a reader kept its proposal unchanged",
}
MOST: Final = 100_000


@dataclass(frozen=True, slots=True)
class Merge:
    """What an automatic merge would do to one article: conflicts it settles, of how many that are open."""

    key: str
    title: str
    settles: int
    open: int


def merge(
    session: Session, project: ProjectRow, strategy: str, threshold: float, *, by: Person, now: datetime,
    preview: bool,
) -> list[Merge]:  # fmt: skip
    """Settle by a strategy what waits for adjudicators, or with ``preview`` only say what that would settle.

    Articles with nothing left become gold; ``undo_merge`` takes all of it back in one step.
    """
    workflow.check(project.role, "settle")
    if strategy not in STRATEGIES or not 0 <= threshold <= 1:
        raise Invalid("Merge what is unanimous, by majority, or by confidence with a threshold between 0 and 1.")
    txn, done, scheme = str(uuid4()), [], projects.scheme(session, project)
    for row in waiting(session, project, by=by, limit=MOST):
        if not row.allowed:
            continue
        case = opened(session, project, row.key, by=by, lock=not preview)
        free = [card for card in case.found.cards if card.id not in case.ruled]
        found = [each for card in free if (each := core.automatic(card, strategy, threshold)) and _holds(scheme, each)]
        if not found:
            continue
        done.append(Merge(row.key, row.title or row.key, len(found), len(free)))
        if not preview:
            acts = [_merged(each, strategy, case.document.text) for each in found]
            keep(session, project, case, acts, by, now, txn)
            if len(found) == len(free):
                make_gold(session, project, opened(session, project, row.key, by=by), by=by, now=now)
    return done


def _holds(scheme: Scheme, each: Ruled) -> bool:
    """Say whether the scheme can still hold what a strategy would take; people see to the rest."""
    return each.item is None or not any(scheme.problems(each.item))


def _merged(each: Ruled, strategy: str, text: str) -> Act:
    return ("merge", each.card, None, object_json(each.item, text) if each.item else None, strategy, None)


def undo_merge(session: Session, project: ProjectRow, txn: str, *, by: Person, now: datetime) -> int:
    """Take an automatic merge back; return how many articles it touched. Later rulings stand."""
    workflow.check(project.role, "settle")
    touched = Counter(row.article_id for row in kept.of_txn(session, project.id, txn) if row.act == "merge")
    for article_id in touched:
        case = opened(session, project, work.text(session, article_id).id, by=by, lock=True)
        mine = [row for row in case.ruled.values() if row.txn == txn]
        if mine and case.row.state == "done":
            work.withdraw_gold(session, article_id)
            kept.change(session, article_id, state="waiting", finished_at=None)
        keep(session, project, case, [("undo", row.card, None, None, None, row.number) for row in mine], by, now, txn)
    return len(touched)


def last(session: Session, project: ProjectRow) -> tuple[str, datetime] | None:
    """Return the newest merge that still stands, and when it was."""
    found = kept.last_merge(session, project.id)
    undone = {row.txn for row in kept.of_txn(session, project.id, found[0]) if row.act == "undo"} if found else set()
    return found if found and found[0] not in undone else None
