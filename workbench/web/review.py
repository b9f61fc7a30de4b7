"""The queue, and the desk with what its page asks for."""

from dataclasses import asdict
from typing import Any, Final

import msgspec
from flask import Blueprint, Response, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from workbench.core import pages, workflow
from workbench.core.propagation import Wish
from workbench.core.rules import ORDERS
from workbench.edge.fields import texts
from workbench.services import (
    board,
    decisions,
    desk,
    overlap,
    propagation,
    queues,
    quotas,
    readers,
    review,
    training,
    trials,
)  # fmt: skip
from workbench.services.projects import Project
from workbench.web import sent
from workbench.web.desk import urls
from workbench.web.session import Door, lease, person, reading, saving, utc_now, within, writing

bp = Blueprint("review", __name__, url_prefix="/projects/<slug>")
_PARCEL: Final = msgspec.json.Decoder(decisions.Parcel)  # made here: two threads must not make one at once
_ORDER: Final = msgspec.json.Decoder(propagation.Order)

VIEWS = {
    "todo": ("waiting", "open", "returned"),
    "waiting": ("waiting",),
    "open": ("open",),
    "returned": ("returned",),
    "done": ("done",),
    "skipped": ("skipped",),
    "to-adjudicate": ("to adjudicate",),
    "gold": ("gold",),
}


@bp.get("/queue")
@within("read")
def queue(project: Project) -> ResponseReturnValue:
    """List what waits, what is being reviewed and what is done."""
    chosen, mine = request.args.get("show", "todo"), "mine" in request.args
    chosen = chosen if chosen in VIEWS else "todo"
    after, order = max(0, request.args.get("after", 0, type=int)), request.args.get("order")
    leads = workflow.may(project.role, "settle")
    by_worth = order != "came" and queues.UNDONE.issuperset(VIEWS[chosen])
    with reading() as session:
        rows = queues.page(
            session, project, states=VIEWS[chosen], after=after, limit=pages.SIZE + 1, by=person(), mine=mine,
            by_worth=by_worth,
        )  # fmt: skip
        counts = queues.counts(session, project, by=person())
        back = queues.returned(session, project, by=person())
        pace = board.pace(session, project, by=person())
        names = readers.called(session, project, {-row.lane for row in rows if row.lane < 0}) if leads else {}
        practice = training.practice(session, project, by=person()) if workflow.may(project.role, "review") else None
        look = trials.wants_a_look(session, project, by=person())
        given = ORDERS[overlap.rules(session, project.id).rules.order]
    rows, more = pages.cut(rows)
    context = {"counts": counts, "chosen": chosen, "more": more, "returned": back, "names": names, "mine": mine}
    shown = {
        "rows": rows,
        "leads": leads,
        "pace": pace,
        "practice": practice,
        "look": look,
        "by_worth": by_worth,
        "given": given,
    }
    return render_template("review/queue.html", **shown, **context)


@bp.get("/next")
@within("review")
def next_item(project: Project) -> ResponseReturnValue:
    """Go to the next article, or back to the queue where nothing waits."""
    with writing() as session:
        if training.barred(session, project, by=person()):
            return redirect(url_for("training.practice", slug=project.slug), 303)
        but = request.args.get("but", type=int)
        item_id = review.next_item(session, project, by=person(), now=utc_now(), lease=lease(), but=but)
        full = None if item_id else quotas.full(session, project, by=person(), now=utc_now())
    if item_id is None:
        flash(full or "Nothing waits for you: everything is done, skipped or with others.", "ok")
        return redirect(url_for("review.queue", slug=project.slug), 303)
    return redirect(url_for("review.item", slug=project.slug, item_id=item_id), 303)


@bp.get("/items/<int:item_id>")
@within("read")
def item(project: Project, item_id: int) -> ResponseReturnValue:
    """Show the desk with an article on it; its text is there before any script runs."""
    with reading() as session:
        found = review.at_hand(session, project, item_id, by=person(), now=utc_now(), lease=lease())
    if found is None:
        with writing() as session:
            review.begin(session, project, item_id, by=person(), now=utc_now(), lease=lease())
            found = review.opened(session, project, item_id, by=person())
    return render_template("review/desk.html", desk=desk.page(found, urls(project, found)))


@bp.post("/items/<int:item_id>/decisions")
@saving("review")
def decide(door: Door, item_id: int) -> ResponseReturnValue:
    """Store decisions; what is acknowledged here is kept."""
    request.get_data()  # here, where nobody waits for it
    with door() as (line, project, who):
        parcel = sent.read(_PARCEL, "These are no decisions")
        answer = decisions.decide(line, project, item_id, parcel, by=who, now=utc_now(), lease=lease())
    return _json(answer)


@bp.post("/items/<int:item_id>/finish")
@within("review")
def finish(project: Project, item_id: int) -> ResponseReturnValue:
    """Close an article and lease the next one."""
    with writing() as session:
        done = review.finish(session, project, item_id, by=person(), now=utc_now())
        if done.outcome == "practice":
            card = url_for("competence.card", slug=project.slug, item_id=item_id)
            return _json({"next": card, "title": None, "gold": False, "summary": asdict(done)})
        onward = review.next_item(session, project, by=person(), now=utc_now(), lease=lease(), but=item_id)
        title = review.title(session, project, onward) if onward else None
    return _json({"next": _url(project, onward), "title": title, "gold": done.gold, "summary": asdict(done)})


@bp.post("/items/<int:item_id>/skip")
@within("review")
def skip(project: Project, item_id: int) -> ResponseReturnValue:
    """Lay an article aside with a reason."""
    [reason] = texts("reason")
    with writing() as session:
        if review.skip(session, project, item_id, reason, by=person(), now=utc_now()) == "practice":
            return _json({"next": url_for("training.practice", slug=project.slug)})
        onward = review.next_item(session, project, by=person(), now=utc_now(), lease=lease(), but=item_id)
    return _json({"next": _url(project, onward)})


@bp.post("/items/<int:item_id>/reopen")
@within("reopen")
def reopen(project: Project, item_id: int) -> ResponseReturnValue:
    """Take a finished article up again."""
    with writing() as session:
        review.reopen(session, project, item_id, by=person(), now=utc_now(), lease=lease())
    if request.is_json:
        return _json({"ok": True})
    return redirect(url_for("review.item", slug=project.slug, item_id=item_id), 303)


@bp.get("/items/<int:item_id>/mentions")
@within("review")
def mentions(project: Project, item_id: int) -> ResponseReturnValue:
    """Answer with the mentions elsewhere in one's queue that a decision would reach."""
    asked = request.args
    wish = Wish(
        asked.get("surface", ""), asked.get("status", ""), asked.get("label", ""),
        asked.get("actor") or None, asked.get("actor_id") or None,
    )  # fmt: skip
    with reading() as session:
        found = propagation.preview(session, project, wish, but=item_id, by=person())
    return _json({"mentions": propagation.shown(found)})


@bp.post("/mentions")
@within("review")
def carry(project: Project) -> ResponseReturnValue:
    """Carry a decision to the mentions that were left ticked."""
    order = sent.read(_ORDER, "This cannot be carried anywhere")
    with writing() as session:
        return _json(propagation.carry(session, project, order, by=person(), now=utc_now()))


@bp.post("/mentions/<txn>/undo")
@within("review")
def take_back(project: Project, txn: str) -> ResponseReturnValue:
    """Take a carried decision back."""
    with writing() as session:
        return _json(propagation.take_back(session, project, txn, by=person(), now=utc_now()))


def _url(project: Project, item_id: int | None) -> str | None:
    return url_for("review.item", slug=project.slug, item_id=item_id) if item_id else None


def _json(body: Any) -> Response:
    return Response(msgspec.json.encode(body), mimetype="application/json")
