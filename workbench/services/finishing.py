"""What finishing an article comes to, and what keeps it from being finished, in words."""

from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy.orm import Session

from workbench.core.desk import Placed
from workbench.core.errors import NotFound, Stale, WorkbenchError
from workbench.core.workflow import Person
from workbench.store import work
from workbench.store.items import ItemRow


@dataclass(frozen=True, slots=True)
class Finished:
    """What finishing an article came to; ``outcome`` is gold, waiting (for other readers), adjudicate or practice."""

    gold: bool
    outcome: str
    accepted: int
    corrected: int
    added: int
    rejected: int
    bulk: int


def summary(placed: Iterable[Placed], came_to: str) -> Finished:
    """Count what became of the objects of an article."""
    found = list(placed)
    kept = [each.item.by for each in found if each.status == "accepted"]
    return Finished(
        gold=came_to == "gold",
        outcome=came_to,
        accepted=len(kept),
        corrected=sum(by.origin == "corrected" for by in kept),
        added=sum(by.origin == "added" for by in kept),
        rejected=sum(each.status == "rejected" for each in found),
        bulk=sum(by.decided == "bulk" for by in kept),
    )


def what_is_left(waiting: list[str], lacking: list[tuple[str, str]]) -> str:
    """Say what still waits for a decision and what lacks something."""
    parts = []
    if waiting:
        parts.append(f"{len(waiting)} proposal{'s wait' if len(waiting) > 1 else ' waits'} for a decision")
    if lacking:
        frames = len({oid for oid, _ in lacking})
        parts.append(f"{frames} frame{'s lack' if frames > 1 else ' lacks'} something ({lacking[0][1].rstrip('.')})")
    return " and ".join(parts) + "."


def not_yours(session: Session, row: ItemRow | None, by: Person) -> WorkbenchError:
    """Return why somebody cannot close an article: it went to somebody else, or never was theirs."""
    if row is None or work.draft(session, row.article_id, by.id) is None:
        return NotFound("This article is not on your desk; open it from the queue.")
    if row.state == "waiting":
        return Stale(
            "This article went back to the queue, and your decisions are kept; open it from the queue to go on."
        )
    return Stale(
        "Your time with this article ran out, and somebody else has it now. Your decisions are kept as your draft; "
        "take the next one from the queue."
    )
