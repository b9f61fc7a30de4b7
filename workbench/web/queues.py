"""The queue as leads run it, and what changes hands: order, lanes, quotas, giving, returning, giving back."""

from dataclasses import asdict
from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.datastructures import MultiDict

from workbench.core.errors import Invalid, WorkbenchError
from workbench.core.quotas import Quota
from workbench.core.rules import ORDERS
from workbench.core.words import many
from workbench.edge.fields import whole
from workbench.services import handing, overlap, quotas
from workbench.services.projects import Project
from workbench.web.session import person, reading, utc_now, within, writing

bp = Blueprint("queues", __name__, url_prefix="/projects/<slug>")

BOUNDS = ("a_day", "in_all", "at_once")


@bp.get("/plan")
@within("settle")
def plan(project: Project) -> ResponseReturnValue:
    """Show in what order articles go out, who reads what, and how much."""
    return _plan(project)


def _plan(project: Project, problem: str | None = None, status: int = 200) -> ResponseReturnValue:
    with reading() as session:
        kept = overlap.rules(session, project.id)
        shares = quotas.listing(session, project, now=utc_now())
        skips, stuck = handing.skips(session, project), handing.stuck(session, project)
    context = {"rules": kept.rules, "version": kept.version, "shares": shares, "skips": skips, "stuck": stuck}
    return render_template("review/plan.html", orders=ORDERS, problem=problem, **context), status


@bp.post("/plan")
@within("settle")
def change_plan(project: Project) -> ResponseReturnValue:
    """Change the order and who reads what."""
    try:
        with writing() as session:
            kept = overlap.rules(session, project.id).rules
            row = asdict(kept) | {"order": request.form.get("order", ""), "lanes": _lanes(request.form)}
            seen = request.form.get("seen", 0, type=int)
            overlap.change_rules(session, project, row, seen=seen, by=person(), now=utc_now())
    except WorkbenchError as refused:
        return _plan(project, refused.sentence, 422)
    flash("The plan is changed; what somebody has begun stays with them.", "ok")
    return redirect(url_for("queues.plan", slug=project.slug), 303)


def _lanes(form: MultiDict[str, str]) -> list[dict[str, Any]]:
    """Return the rules for who reads what that a form describes, without those that were emptied."""
    lanes = []
    for number in _numbered(form, "lane-"):
        name = f"lane-{number}-"
        lane = {
            "people": [found for each in form.getlist(f"{name}people") if (found := whole(each)) is not None],
            "languages": _words(form.get(f"{name}languages", "")),
            "outlets": _words(form.get(f"{name}outlets", "")),
            "readers": _bound(form.get(f"{name}readers", "")),
            "overlap": _bound(form.get(f"{name}overlap", "")),
        }
        if lane["people"] or lane["languages"] or lane["outlets"]:
            lanes.append(lane)
    return lanes


def _numbered(form: MultiDict[str, str], start: str) -> list[int]:
    """Return the numbers in the names of fields that begin like this."""
    found = (whole(name.split("-")[1]) for name in form if name.startswith(start))
    return sorted({each for each in found if each is not None})


def _words(said: str) -> list[str]:
    return [word for each in said.split(",") if (word := each.strip())]


def _bound(said: str) -> int | None:
    found = whole(said)
    if found is None and said.strip():
        raise Invalid(f"“{said.strip()[:40]}” is no whole number; leave the field empty for none.")
    return found


@bp.post("/plan/quotas")
@within("settle")
def set_quotas(project: Project) -> ResponseReturnValue:
    """Change how much people take on."""
    try:
        with writing() as session:
            for number in sorted({each for name in BOUNDS for each in _numbered(request.form, f"{name}-")}):
                bounds = [_bound(request.form.get(f"{name}-{number}", "")) for name in BOUNDS]
                quotas.keep(session, project, number, Quota(*bounds), by=person(), now=utc_now())
    except WorkbenchError as refused:
        return _plan(project, refused.sentence, 422)
    flash("The quotas are changed; they count from the next article on.", "ok")
    return redirect(url_for("queues.plan", slug=project.slug), 303)


@bp.post("/queue/give")
@within("settle")
def give(project: Project) -> ResponseReturnValue:
    """Give the chosen articles to somebody, or set their priority."""
    chosen = request.form.getlist("item", type=int)
    if not chosen:
        raise Invalid("Tick the articles first.")
    with writing() as session:
        if "priority" in request.form:
            priority = request.form.get("priority", 0, type=int)
            count = handing.prioritise(session, project, chosen, priority)
            flash(f"{many(count, 'article now has', 'articles now have')} priority {priority}.", "ok")
        else:
            to = request.form.get("person", type=int)
            done = handing.give(session, project, chosen, to, by=person(), now=utc_now())
            flash("; ".join((f"{many(done.count, 'article')} given", *done.refused)) + ".", "ok")
    return _back(project)


@bp.post("/items/<int:item_id>/return")
@within("adjudicate")
def send_back(project: Project, item_id: int) -> ResponseReturnValue:
    """Return a finished article with a comment."""
    with writing() as session:
        handing.send_back(
            session, project, item_id, request.form.get("comment", ""), by=person(), now=utc_now()
        )  # fmt: skip
    flash("The article is returned with your comment; it comes first when its reviewer goes on.", "ok")
    return _back(project)


@bp.post("/items/<int:item_id>/let-go")
@within("review")
def let_go(project: Project, item_id: int) -> ResponseReturnValue:
    """Give an article back that one has opened."""
    with writing() as session:
        handing.let_go(session, project, item_id, by=person(), now=utc_now())
    flash("The article waits for others again; your draft is kept.", "ok")
    return _back(project)


def _back(project: Project) -> ResponseReturnValue:
    return redirect(url_for("review.queue", slug=project.slug, show=request.form.get("show") or None), 303)
