"""Adjudication: what waits, an article's conflicts, rulings, and the gold that they come to."""

from workbench.api import paging
from workbench.api.calls import Call, operation
from workbench.api.shapes.base import Done, Nothing, Paged
from workbench.api.shapes.settling import (
    Case,
    Conflict,
    Merge,
    Merges,
    MergeWish,
    ReturnWish,
    RulingWish,
    Seen,
    TakenBack,
    Waiting,
    WaitingList,
)
from workbench.core.record import object_json
from workbench.services import adjudication, edited_rulings, merging
from workbench.settings import resource_root

ENTITY = {"words", "label", "actor"}
CASE = "/projects/<slug>/adjudication/<key>"


@operation("GET", "/projects/<slug>/adjudication", tag="adjudication", act="adjudicate", query=Paged, told=WaitingList)
def cases(call: Call) -> WaitingList:
    """List the articles whose readings differ, those that wait longest first."""
    asked, after = call.query, paging.after(call.query.after)
    found = adjudication.waiting(call.session, call.project, by=call.by, after=after, limit=asked.limit + 1)
    rows, onward = paging.page(found, asked.limit, by="article_id")
    return WaitingList(items=[Waiting.model_validate(row) for row in rows], next=onward)


@operation(
    "POST", "/projects/<slug>/adjudication/merges", tag="adjudication", act="settle", body=MergeWish, told=Merges
)  # fmt: skip
def merge(call: Call) -> Merges:
    """Settle conflicts by a strategy, or only look what that would settle; articles with nothing left become gold."""
    wish = call.body
    rows = merging.merge(
        call.session, call.project, wish.strategy, wish.threshold, by=call.by, now=call.now, preview=wish.preview
    )  # fmt: skip
    last = merging.last(call.session, call.project) if rows and not wish.preview else None
    return Merges(items=[Merge.model_validate(row) for row in rows], txn=last[0] if last else None)


@operation(
    "POST", "/projects/<slug>/adjudication/merges/<txn>/undo", tag="adjudication", act="settle", body=Nothing,
    told=TakenBack,
)  # fmt: skip
def undo_merge(call: Call) -> TakenBack:
    """Take a merge back in one step; later rulings stand."""
    touched = merging.undo_merge(call.session, call.project, call.path["txn"], by=call.by, now=call.now)
    return TakenBack(articles=touched)


@operation("GET", CASE, tag="adjudication", act="adjudicate", told=Case)
def case(call: Call) -> Case:
    """Tell an article's conflicts, with what each reading has."""
    found = adjudication.opened(call.session, call.project, call.path["key"], by=call.by)
    text, conflicts = found.document.text, []
    for card in found.found.cards:
        ruling = found.ruled.get(card.id)
        conflicts.append(
            Conflict(
                id=card.id, kind=card.kind, sort=card.sort, start=card.span.start, end=card.span.end,
                quote=text[card.span.start : card.span.end], differs=list(card.differs),
                readings=[object_json(each, text) if each else None for each in card.readings],
                ruled=ruling.act if ruling else None, choice=ruling.choice if ruling else None,
            )
        )  # fmt: skip
    return Case(
        key=found.document.id, state=found.row.state, version=found.row.version, left=found.left,
        agreed=len(found.found.settled), names=list(found.names), reasons=list(found.rules.reasons),
        conflicts=conflicts,
    )  # fmt: skip


@operation("POST", f"{CASE}/rulings", tag="adjudication", act="adjudicate", body=RulingWish, told=Case)
def rule(call: Call) -> Case:
    """Rule on a conflict: one of its readings, perhaps edited, or none of them."""
    wish, key = call.body, call.path["key"]
    about = {"seen": wish.version, "reason": wish.reason, "by": call.by, "now": call.now}
    if wish.edited is None:
        adjudication.rule(call.session, call.project, key, wish.card, wish.choice, **about)
    else:
        given = {name if name in ENTITY else f"slot-{name}": value for name, value in wish.edited.items()}
        edited_rulings.rule(
            call.session, call.project, key, wish.card, wish.choice, given, root=resource_root(), **about
        )  # fmt: skip
    return case(call)


@operation("POST", f"{CASE}/undo", tag="adjudication", act="adjudicate", body=Seen, told=Case)
def undo_ruling(call: Call) -> Case:
    """Take the last ruling back; of an article that is gold, the gold first."""
    adjudication.undo(
        call.session, call.project, call.path["key"], seen=call.body.version, by=call.by, now=call.now
    )  # fmt: skip
    return case(call)


@operation("POST", f"{CASE}/finish", tag="adjudication", act="adjudicate", body=Seen, told=Case)
def finish_case(call: Call) -> Case:
    """Make gold of an article whose every conflict is ruled on."""
    adjudication.finish(
        call.session, call.project, call.path["key"], seen=call.body.version, by=call.by, now=call.now
    )  # fmt: skip
    return case(call)


@operation("POST", f"{CASE}/return", tag="adjudication", act="adjudicate", body=ReturnWish, told=Done)
def return_readings(call: Call) -> Done:
    """Return readings to who made them, with a comment; the article waits again once they are finished anew."""
    wish = call.body
    adjudication.send_back(
        call.session, call.project, call.path["key"], wish.readings, wish.comment,
        seen=wish.version, by=call.by, now=call.now,
    )  # fmt: skip
    return Done()
