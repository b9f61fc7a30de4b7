"""Trials: what one person makes of a gold article in practice or as a hidden test.

A trial lies on the same desk as work and ends in a layer of its own kind: it settles nothing, is
handed to nobody, and is measured against the gold that there was when it was finished.
"""

from datetime import datetime, timedelta
from typing import Any, Final

from sqlalchemy.orm import Session

from workbench.core import scoring, training, workflow
from workbench.core.annotation import Layer
from workbench.core.errors import Invalid, NotFound, Stale
from workbench.core.measures import Tally
from workbench.core.record import layer_from, layer_json
from workbench.core.scores import Case
from workbench.core.training import Setup
from workbench.core.workflow import Person
from workbench.services import inbox, projects
from workbench.services.projects import Project
from workbench.store import claims, handovers, items, suggesters, work
from workbench.store import training as kept
from workbench.store.items import ItemRow
from workbench.store.projects import ProjectRow
from workbench.store.training import TrialRow
from workbench.store.work import LayerRow

WORK: Final = "work"
GONE: Final = "The gold of this article is being revised; it is open for practice again once that is done."


def tested(project: ProjectRow, by: Person | None) -> int | None:
    """Return the number of somebody who is given hidden tests, and from whom they stay hidden: reviewers."""
    reviews = workflow.may(project.role, "review") and not workflow.may(project.role, "adjudicate")
    return by.id if by and reviews else None


def due(
    session: Session, project: ProjectRow, setup: Setup, *, by: Person, now: datetime, lease: timedelta
) -> int | None:
    """Return a test in place of the next article where somebody's turn has come, leased to them."""
    if not setup.every or tested(project, by) is None:
        return None
    claims.in_turn(session, by.id)
    number = kept.taken(session, project.id, by.id)
    if not training.is_test(setup, by.id, number):
        return None
    me = f"r{by.id}"
    free = [article_id for article_id, review in kept.fresh_tests(session, project.id, by.id) if not _own(review, me)]
    if not free:
        return None
    chosen = min(free, key=lambda article_id: training.drawn(setup.salt, by.id, article_id))
    return kept.open_(session, project.id, chosen, by.id, "test", leased_until=now + lease, opened_at=now)


def _own(review: dict[str, Any], author: str) -> bool:
    return author in (review.get("reviewers") or ()) or review.get("adjudicator") == author


def draft(session: Session, article_id: int, *, by: Person, now: datetime) -> int:
    """Return the layer that somebody has begun in a trial, or a fresh one over the suggestions."""
    if begun := kept.attempt(session, article_id, by.id):
        return begun
    base = suggesters.base(session, article_id)
    row = {
        "article_id": article_id, "kind": "attempt", "author": f"r{by.id}", "person_id": by.id,
        "base_id": base.id if base else None, "body": None,
    }  # fmt: skip
    return work.keep_layers(session, [row], now=now)[0]


def close(
    session: Session,
    project: Project,
    row: ItemRow,
    layer: LayerRow,
    made: Layer,
    text: str,
    *,
    by: Person,
    now: datetime,
) -> str:
    """Keep a finished trial with what it came to; return what to call it: practice, or what its reader would expect."""
    gold = work.newest(session, row.article_id, "gold")
    review: dict[str, Any] = {"reviewers": [layer.author], "guideline": project.guideline_version}
    if gold:
        counts = compared(session, project, layer_from("gold", gold.body or {}, text), made, text)
        review |= {"gold": gold.id, "combined": list(counts)}
    elif row.purpose == "practice":
        raise Stale(f"{GONE} Your decisions are kept.")
    before = _tests(session, project, by.id)
    work.change_layer(session, layer.id, kind="trial", body=layer_json(made, text), review=review, at=now)
    if row.purpose == "test":
        _mind(session, project, row.article_id, before, by=by, now=now)
    return "practice" if row.purpose == "practice" else "gold"


def compared(session: Session, project: ProjectRow, gold: Layer, made: Layer, text: str) -> Tally:
    """Return a reading beside gold as one tally."""
    scheme = projects.scheme(session, project)
    figures = scoring.score([Case("", text, gold, made)], scheme, draws=0).figures
    return training.combined({name: figure.tally for name, figure in figures.items()})


def _tests(session: Session, project: ProjectRow, person_id: int) -> list[Tally]:
    rows = kept.tallies(session, project.id, "test", [person_id])
    return [Tally(*review["combined"]) for _, _, review in rows if review.get("combined")]


def _mind(
    session: Session, project: Project, article_id: int, before: list[Tally], *, by: Person, now: datetime
) -> None:
    """Tell the leads once somebody's tests have come to lie below the project's threshold."""
    setup = kept.setup(session, project.id)
    lately = _tests(session, project, by.id)
    if training.below(setup, lately) and not training.below(setup, before):
        reached = training.percent(lately[-training.LATELY :]) or 0
        said = f"{by.name}’s newest tests come to F1 {reached:.0f} %, below {setup.floor} %. "
        said += "A talk may help; nothing is blocked."
        inbox.tell_of_tests(session, project, article_id, said, by=by, now=now)


def wants_a_look(session: Session, project: ProjectRow, *, by: Person) -> bool:
    """Say whether somebody's newest tests fall below the threshold, so that they are told kindly."""
    setup = kept.setup(session, project.id)
    return setup.floor is not None and training.below(setup, _tests(session, project, by.id))


def skip(session: Session, row: ItemRow, reason: str, *, now: datetime) -> None:
    """Lay a trial aside; practice can be begun anew, a test is not given to the same person again."""
    note = reason.strip()[:1000]
    items.change_item(session, row.id, state="skipped", note=note, finished_at=now, leased_until=None)


def again(session: Session, row: ItemRow | TrialRow) -> None:
    """Make ready to take a finished trial up again: a test where it was left, practice from the start."""
    if row.layer_id is None or row.state != "done":
        return
    if row.purpose == "practice":
        items.change_item(session, row.id, layer_id=None)
    else:
        layer = work.layer(session, row.layer_id)
        work.change_layer(session, layer.id, kind="attempt", body=None if layer.base_id else layer.body)


def start(session: Session, project: ProjectRow, key: str, *, by: Person, now: datetime, lease: timedelta) -> int:
    """Give somebody a practice article, or let them go on with it or try it again; return the item."""
    workflow.check(project.role, "review")
    claims.in_turn(session, by.id)
    row = next(iter(kept.exercises(session, project.id, purpose="practice", key=key)), None)
    if row is None:
        raise NotFound("This article is not set aside for practice; the Practice page lists those that are.")
    if not row.gold:
        raise Stale(GONE)
    mine = kept.trial(session, row.article_id, by.id)
    if mine is None:
        _check_new(session, row.article_id, by)
        leased = {"leased_until": now + lease, "opened_at": now}
        return kept.open_(session, project.id, row.article_id, by.id, "practice", **leased)
    if mine.purpose != "practice":
        raise Invalid("You have had this article before; practise on another one.")
    if mine.state != "open":
        again(session, mine)
        items.change_item(session, mine.id, state="open", leased_until=now + lease, finished_at=None, note=None)
    return mine.id


def _check_new(session: Session, article_id: int, by: Person) -> None:
    if by.id in handovers.readers(session, [article_id]).get(article_id, set()):
        raise Invalid("You have read this article yourself; practise on another one.")
