"""Changing hands: articles skipped, returned with a comment, given to somebody, given back. Nothing is lost by it."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from sqlalchemy.orm import Session

from workbench.core import pages, workflow
from workbench.core.errors import Invalid, NotFound, Stale
from workbench.core.workflow import Person
from workbench.services import inbox, ordering, readers
from workbench.store import adjudication, handovers, items, training, work
from workbench.store.handovers import HandoverRow, PlaceRow
from workbench.store.items import ItemRow
from workbench.store.projects import ProjectRow

LONGEST: Final = 1000
HIGHEST: Final = 9
FREE: Final = {"state": "waiting", "person_id": None, "layer_id": None, "leased_until": None, "finished_at": None}


@dataclass(frozen=True, slots=True)
class Given:
    """How many articles were given to somebody, and why others were not."""

    count: int
    refused: tuple[str, ...]


def skip(session: Session, project: ProjectRow, row: ItemRow, reason: str, *, by: Person, now: datetime) -> bool:
    """Lay an article aside; say whether somebody else may take the place. The draft is kept.

    It waits for others, who read it in its turn; where nobody is left to read it, it stays skipped
    for a lead to see to.
    """
    reason = reason.strip()[:LONGEST]
    lane = ordering.lane_of(session, project.id, row.article_id) if row.lane < 0 else row.lane
    others = _others(session, project, row, lane, by)
    keep(session, project, [row], "skip", by, by.id, reason, now)
    if others:
        items.change_item(session, row.id, **FREE, lane=lane, note=reason)
    else:
        items.change_item(session, row.id, state="skipped", note=reason, finished_at=now, leased_until=None, lane=lane)
    return others


def _others(session: Session, project: ProjectRow, row: ItemRow, lane: int, by: Person) -> bool:
    """Say whether a place could go to somebody else: of its lane, not at the article, and has not skipped it."""
    lanes = ordering.rules_of(session, project.id).lanes
    among = lanes[lane - 1].people if 0 < lane <= len(lanes) else None
    at_it = handovers.readers(session, [row.article_id]).get(row.article_id, set())
    return handovers.anybody(
        session, project.id, readers.ROLES, among, {by.id} | at_it | handovers.skipped_by(session, row.article_id)
    )


def send_back(session: Session, project: ProjectRow, item_id: int, comment: str, *, by: Person, now: datetime) -> None:
    """Return a finished article to who read it, with a comment; its gold is withdrawn until it is finished anew."""
    workflow.check(project.role, "adjudicate")
    row = items.item(session, project.id, item_id, lock=True)
    if row is None:
        raise NotFound("There is no such item in this project; go back to the queue.")
    if row.purpose != "work" or row.state != "done" or row.person_id is None or row.layer_id is None:
        raise Stale("Only a finished reading can be returned; this one is not, or no longer.")
    comment = comment.strip()
    if not comment:
        raise Invalid("Say what should be looked at again; the reviewer reads it with the article.")
    if not readers.reviews(session, project, row.person_id):
        raise Invalid("Who read this can no longer take it up; give the article to somebody else instead.")
    take_up(session, row)
    note = comment[:LONGEST]
    items.change_item(session, row.id, state="returned", leased_until=None, finished_at=None, note=note)
    keep(session, project, [row], "return", by, row.person_id, note, now)
    inbox.tell_of_return(session, project, row.article_id, row.person_id, note, by=by, now=now)


def take_up(session: Session, row: ItemRow) -> None:
    """Make a finished reading a draft again; what it was settled as is withdrawn."""
    if row.layer_id:
        layer = work.layer(session, row.layer_id)
        body = None if layer.base_id else layer.body
        work.change_layer(session, layer.id, kind="draft", body=body)
    work.withdraw_gold(session, row.article_id)
    adjudication.withdraw(session, row.article_id)


def let_go(session: Session, project: ProjectRow, item_id: int, *, by: Person, now: datetime) -> None:
    """Give an article back that somebody opened; the draft is kept, and found again if they take it up later."""
    row = items.item(session, project.id, item_id, lock=True)
    if row is None or row.person_id != by.id or row.state != "open":
        raise Stale("This article is not in your hands any more; nothing had to be given back.")
    if row.purpose == "work":
        items.change_item(session, row.id, **FREE)
        keep(session, project, [row], "free", by, by.id, "", now)
    else:
        training.close(session, row.id)


def give(
    session: Session, project: ProjectRow, item_ids: Sequence[int], person_id: int | None, *, by: Person, now: datetime
) -> Given:
    """Give articles to one person, or with None to whoever the rules name; what others began is kept as their draft."""
    workflow.check(project.role, "settle")
    rows = handovers.places(session, project.id, item_ids)
    if person_id is not None and not readers.reviews(session, project, person_id):
        raise Invalid("That person does not review in this project; choose somebody of its team.")
    at_it = handovers.readers(session, [row.article_id for row in rows])
    taken: set[int] = set()
    refused: Counter[str] = Counter()
    for row in rows:
        why = _against(row, person_id, at_it.get(row.article_id, set()), taken)
        if why:
            refused[why] += 1
            continue
        taken.add(row.article_id)
        lane = -person_id if person_id else ordering.lane_of(session, project.id, row.article_id)
        hers = {} if row.person_id == person_id and person_id and row.state != "skipped" else FREE
        items.change_item(session, row.id, **hers, lane=lane, note=None)
    given = [row for row in rows if row.article_id in taken]
    keep(session, project, given, "give", by, person_id, "", now)
    return Given(len(taken), tuple(f"{count} {why}" for why, count in refused.items()))


def _against(row: PlaceRow, person_id: int | None, at_it: set[int], taken: set[int]) -> str | None:
    if row.state == "done":
        return "finished already: return them, or have them reopened"
    if person_id and row.person_id != person_id and (person_id in at_it or row.article_id in taken):
        return "of which this person has another place already"
    return "chosen twice" if row.article_id in taken else None


def prioritise(session: Session, project: ProjectRow, item_ids: Sequence[int], priority: int) -> int:
    """Put articles before (or with less than 0 behind) all others; return how many there are."""
    workflow.check(project.role, "settle")
    if not -HIGHEST <= priority <= HIGHEST:
        raise Invalid(f"A priority lies between -{HIGHEST} and {HIGHEST}.")
    return handovers.prioritise(session, project.id, item_ids, priority)


def free_all(
    session: Session, person_id: int, *, by: Person | None, now: datetime, project_id: int | None = None
) -> int:
    """Give back all that somebody who left has in hand or was given; their drafts and readings stay theirs."""
    found = handovers.held_by(session, person_id, project_id)
    for number, row in found:
        lane = ordering.lane_of(session, number, row.article_id) if row.lane < 0 else row.lane
        items.change_item(session, row.id, **FREE, lane=lane)
    handovers.keep(session, [_row(number, row, "free", by, person_id, "", now) for number, row in found])
    return len(found)


def keep(
    session: Session,
    project: ProjectRow,
    rows: Sequence[ItemRow | PlaceRow],
    act: str,
    by: Person,
    person_id: int | None,
    comment: str,
    now: datetime,
) -> None:
    """Note what changed hands."""
    handovers.keep(session, [_row(project.id, row, act, by, person_id, comment, now) for row in rows])


def _row(
    project_id: int,
    row: ItemRow | PlaceRow,
    act: str,
    by: Person | None,
    person_id: int | None,
    comment: str,
    now: datetime,
) -> dict[str, Any]:
    return {
        "project_id": project_id, "article_id": row.article_id, "slot": row.slot, "act": act,
        "by_id": by.id if by else None, "person_id": person_id, "comment": comment, "at": now,
    }  # fmt: skip


def skips(
    session: Session, project: ProjectRow, *, before: int | None = None, limit: int = pages.SIZE
) -> list[HandoverRow]:
    """Return what was laid aside, with the reasons, the newest first, those before one; for leads."""
    workflow.check(project.role, "settle")
    return handovers.listing(session, project.id, "skip", before=before, limit=limit)


def stuck(session: Session, project: ProjectRow) -> int:
    """Return how many articles wait for people who can no longer take them."""
    lanes = ordering.rules_of(session, project.id).lanes
    empty = [
        n for n, lane in enumerate(lanes, 1) if not handovers.anybody(session, project.id, readers.ROLES, lane.people)
    ]
    given = handovers.given_in_vain(session, project.id, readers.ROLES)
    return given + handovers.in_lanes(session, project.id, empty)
