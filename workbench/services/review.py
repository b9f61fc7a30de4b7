"""Review: what one person does with one article."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from workbench.core import desk, progress, workflow
from workbench.core.annotation import Document
from workbench.core.errors import Invalid, NotAllowed, NotFound, Stale
from workbench.core.record import layer_json
from workbench.core.scheme import Scheme
from workbench.core.workflow import Person
from workbench.services import (
    finishing,
    handing,
    layers,
    ordering,
    overlap,
    projects,
    quotas,
    settling,
    training,
    trials,
)
from workbench.services.finishing import Finished
from workbench.store import claims, items, suggesters, work
from workbench.store import overlap as slots
from workbench.store.items import ItemRow
from workbench.store.projects import ProjectRow
from workbench.store.work import LayerRow


@dataclass(frozen=True, slots=True)
class Opened:
    """An article on somebody's desk."""

    item: ItemRow
    document: Document
    scheme: Scheme
    layer: LayerRow | None
    mine: bool


class Unfinished(Invalid):
    """Something still waits for a decision, or an accepted object lacks a compulsory slot."""

    code = "unfinished"

    def __init__(self, sentence: str, waiting: list[str], incomplete: list[tuple[str, str]]) -> None:
        super().__init__(sentence)
        self.waiting = waiting
        self.incomplete = incomplete


def next_item(
    session: Session, project: ProjectRow, *, by: Person, now: datetime, lease: timedelta, but: int | None = None
) -> int | None:
    """Return the item that somebody should do next: one they have open, else a fresh one, leased to them.

    Raises NotAllowed where the project asks for practice first.
    """
    workflow.check(project.role, "review")
    if begun := claims.own(session, project.id, by.id, but=but):
        return begun
    setup = training.check_passed(session, project, by=by)
    if quotas.full(session, project, by=by, now=now):
        return None
    if test := trials.due(session, project, setup, by=by, now=now, lease=lease):
        return test
    lanes = ordering.rules_of(session, project.id).lanes_of(by.id)
    return claims.claim(session, project.id, by.id, now=now, until=now + lease, lanes=lanes)


def item(session: Session, project: ProjectRow, item_id: int) -> ItemRow:
    """Return an item; raises NotFound for one of another project."""
    row = items.item(session, project.id, item_id)
    if row is None:
        raise NotFound("There is no such item in this project; go back to the queue.")
    return row


def title(session: Session, project: ProjectRow, item_id: int) -> str | None:
    """Return the title of an item's article."""
    return work.text(session, item(session, project, item_id).article_id).title


def begin(session: Session, project: ProjectRow, item_id: int, *, by: Person, now: datetime, lease: timedelta) -> None:
    """Take an item if it is free (or renew the lease if it is mine), and lay a draft for my decisions."""
    row = item(session, project, item_id)
    if row.state in {"done", "skipped"} or not workflow.may(project.role, "review"):
        return
    mine = row.person_id == by.id and row.state in claims.IN_HAND
    if not mine and (quotas.full(session, project, by=by, now=now) or training.barred(session, project, by=by)):
        return
    lanes = ordering.rules_of(session, project.id).lanes_of(by.id)
    if not claims.claim_this(session, item_id, by.id, now=now, until=now + lease, lanes=lanes):
        return
    row = item(session, project, item_id)
    if row.layer_id is None:
        begin_draft = draft if row.purpose == trials.WORK else trials.draft
        items.change_item(session, item_id, layer_id=begin_draft(session, row.article_id, by=by, now=now))


def at_hand(
    session: Session, project: ProjectRow, item_id: int, *, by: Person, now: datetime, lease: timedelta
) -> Opened | None:
    """Return an article that can be shown as it is; None for one that is to be taken, or held longer, first."""
    row = item(session, project, item_id)
    mine = row.person_id == by.id and row.state == "open" and row.layer_id is not None
    held = mine and not workflow.half_over(row.leased_until, lease, now)
    over = row.state in {"done", "skipped"} or not workflow.may(project.role, "review")
    return _opened(session, project, row, by=by) if held or over else None


def stay(session: Session, project: ProjectRow, item_id: int, *, by: Person, now: datetime, lease: timedelta) -> bool:
    """Renew somebody's lease while they work, once half of it is over; say whether the item is theirs."""
    row = item(session, project, item_id)
    mine = row.person_id == by.id and row.state == "open"
    if mine and workflow.half_over(row.leased_until, lease, now):
        items.change_item(session, item_id, leased_until=now + lease)
    return mine


def draft(session: Session, article_id: int, *, by: Person, now: datetime) -> int:
    """Return somebody's layer over an article; if there is none yet, one over the suggestions to start from."""
    kept = work.draft(session, article_id, by.id)
    if kept:
        return kept
    plain = any(each.plain for each in slots.of_article(session, article_id))
    base = None if plain else suggesters.base(session, article_id)
    row = {
        "article_id": article_id,
        "kind": "draft",
        "author": f"r{by.id}",
        "person_id": by.id,
        "base_id": base.id if base else None,
        "body": None,
    }
    return work.keep_layers(session, [row], now=now)[0]


def opened(session: Session, project: ProjectRow, item_id: int, *, by: Person) -> Opened:
    """Return an article as it lies on somebody's desk; what is not theirs, leads may read."""
    return _opened(session, project, item(session, project, item_id), by=by)


def _opened(session: Session, project: ProjectRow, row: ItemRow, *, by: Person) -> Opened:
    mine = row.person_id == by.id
    if not mine and row.state in claims.IN_HAND and not workflow.may(project.role, "settle"):
        raise NotAllowed("Somebody else is reviewing this article; take the next one from the queue.")
    if not mine and row.purpose != trials.WORK:
        workflow.check(project.role, "settle")
    if not mine and row.layer_id and overlap.hidden(slots.of_article(session, row.article_id), by.id):
        raise NotAllowed("This article is still being read; others' answers are shown once the readings are in.")
    document = work.text(session, row.article_id)
    layer = work.layer(session, row.layer_id) if row.layer_id else proposed(session, row)
    return Opened(row, document, projects.scheme(session, project), layer, mine)


def proposed(session: Session, row: ItemRow) -> LayerRow | None:
    """Return the suggestions that a draft of an item starts from; of one read without them, none."""
    return None if row.plain else suggesters.base(session, row.article_id)


def upcoming(session: Session, project: ProjectRow, *, by: Person, now: datetime, but: int) -> int | None:
    """Return the item that somebody will get after this one, as things are, without taking it."""
    workflow.check(project.role, "review")
    item(session, project, but)
    if begun := claims.own(session, project.id, by.id, but=but):
        return begun
    lanes = ordering.rules_of(session, project.id).lanes_of(by.id)
    return claims.upcoming(session, project.id, by.id, now=now, lanes=lanes)


def finish(session: Session, project: ProjectRow, item_id: int, *, by: Person, now: datetime) -> Finished:
    """Close an article on somebody's desk; once all its readings are in, it is settled.

    Where one reading is enough it becomes gold; several become gold where they agree as the
    project's rule asks, and otherwise wait for an adjudicator.

    Raises Unfinished while something waits for a decision or lacks a compulsory slot.
    """
    row, layer, document = _own(session, project, item_id, by)
    scheme = projects.scheme(session, project)
    placed = layers.placed(session, layer, document.text)
    waiting, lacking = desk.undecided(placed), desk.incomplete(scheme, placed)
    if waiting or lacking:
        raise Unfinished(finishing.what_is_left(waiting, lacking), waiting, lacking)
    outcome = desk.outcome(layer.author, placed)
    took = progress.minutes(work.decided_at(session, layer.id))
    items.change_item(session, row.id, state="done", finished_at=now, leased_until=None, note=None, minutes=took)
    if row.purpose != trials.WORK:
        came_to = trials.close(session, project, row, layer, outcome, document.text, by=by, now=now)
        return finishing.summary(placed, came_to)
    review = {"reviewers": [layer.author], "guideline": project.guideline_version}
    work.change_layer(session, layer.id, kind="reviewed", body=layer_json(outcome, document.text), review=review)
    return finishing.summary(placed, settling.settle(session, project, row.article_id, now=now))


def _own(session: Session, project: ProjectRow, item_id: int, by: Person) -> tuple[ItemRow, LayerRow, Document]:
    row = items.item(session, project.id, item_id, lock=True)
    if row is None or row.person_id != by.id or row.layer_id is None:
        raise finishing.not_yours(session, row, by)
    if row.state == "returned":
        raise Stale(f"It was returned to you meanwhile: “{row.note}” Reload the page to go on with it.")
    if row.state != "open":
        raise Stale(f"This article is {row.state} already; reopen it to change it.")
    return row, work.layer(session, row.layer_id), work.text(session, row.article_id)


def skip(session: Session, project: ProjectRow, item_id: int, reason: str, *, by: Person, now: datetime) -> str:
    """Lay an article aside with a reason that leads see; the draft is kept, and the place goes to somebody else.

    Returns what the item was for.
    """
    row, _layer, _document = _own(session, project, item_id, by)
    if not reason.strip():
        raise Invalid("Say in a few words why you skip it; the lead reads it.")
    if row.purpose != trials.WORK:
        trials.skip(session, row, reason, now=now)
    else:
        handing.skip(session, project, row, reason, by=by, now=now)
    return row.purpose


def reopen(session: Session, project: ProjectRow, item_id: int, *, by: Person, now: datetime, lease: timedelta) -> None:
    """Take a finished or skipped article up again; its gold is withdrawn until it is finished anew."""
    workflow.check(project.role, "reopen")
    row = item(session, project, item_id)
    if row.state not in {"done", "skipped"}:
        return
    if row.person_id != by.id and not workflow.may(project.role, "settle"):
        raise NotAllowed("Only who finished it, or a lead, may reopen it.")
    take_up = handing.take_up if row.purpose == trials.WORK else trials.again
    take_up(session, row)
    items.change_item(session, row.id, state="open", leased_until=now + lease, finished_at=None, note=None)
