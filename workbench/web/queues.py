"""The queue as leads run it, and what changes hands: order, lanes, quotas, giving, returning, giving back."""

from dataclasses import asdict
from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.datastructures import MultiDict

from workbench.core import pages
from workbench.core.errors import Invalid, WorkbenchError
from workbench.core.quotas import Quota
from workbench.core.rules import ORDERS
from workbench.core.words import many
from workbench.edge.fields import whole
from workbench.services import handing, overlap, quotas, readers
from workbench.services.projects import Project
from workbench.web.htmx import part
from workbench.web.session import person, reading, utc_now, within, writing

bp = Blueprint("queues", __name__, url_prefix="/projects/<slug>")

BOUNDS = ("a_day", "in_all", "at_once")


@bp.get("/plan")
@within("settle")
def plan(project: Project) -> ResponseReturnValue:
    """Show in what order articles go out, who reads what, and how much."""
    return _plan(project)


def _plan(project: Project, problem: str | None = None, said: dict[str, Any] | None = None) -> ResponseReturnValue:
    """Show the plan as it is kept, or as it was ``said`` where that was refused."""
    find, after = request.args.get("find", ""), request.args.get("after", 0, type=int)
    before = request.args.get("before", type=int)
    with reading() as session:
        kept = overlap.rules(session, project.id)
        rules = said or {"order": kept.rules.order, "lanes": [asdict(lane) for lane in kept.rules.lanes]}
        choices = [*readers.chosen(session, project, rules["lanes"]), readers.Choice(())]
        shares, more = pages.cut(
            quotas.listing(session, project, find=find, after=after, limit=pages.SIZE + 1, now=utc_now())
        )
        skips, older = pages.cut(handing.skips(session, project, before=before, limit=pages.SIZE + 1))
        stuck = handing.stuck(session, project)
    context = {"rules": rules, "version": kept.version, "choices": choices, "shares": shares, "more": more}
    context |= {"find": find, "after": after, "skips": skips, "older": older, "stuck": stuck, "orders": ORDERS}
    status = 422 if problem else 200
    return render_template("review/plan.html", problem=problem, **context), status


@bp.post("/plan/people")
@within("settle")
def lane_people(project: Project) -> ResponseReturnValue:
    """Answer with who is ticked in a rule for who reads what, and whom the words typed there may mean."""
    number = request.args.get("lane", 1, type=int)
    begun = request.form.get(f"lane-{number}-find", "")
    with reading() as session:
        choice = readers.choice(session, project, _ticked(request.form, number), begun)
    return part("review/_people.html", number=number, choice=choice)


@bp.get("/reviewers")
@within("settle")
def reviewers(project: Project) -> ResponseReturnValue:
    """Answer with names of those who can be given articles, to choose from while one is typed."""
    begun = next(iter(request.args.values()), "")
    with reading() as session:
        rows = readers.names(session, project, begun, limit=pages.FEW)
    return part("people/_reviewers.html", names=[row.name for row in rows])


@bp.post("/plan")
@within("settle")
def change_plan(project: Project) -> ResponseReturnValue:
    """Change the order and who reads what."""
    order, lanes = request.form.get("order", ""), _said(request.form)
    try:
        with writing() as session:
            kept = overlap.rules(session, project.id).rules
            people = [readers.added(session, project, each["people"], each["find"]) for each in lanes]
            row = asdict(kept) | {"order": order, "lanes": [_lane(*each) for each in zip(lanes, people, strict=True)]}
            seen = request.form.get("seen", 0, type=int)
            overlap.change_rules(session, project, row, seen=seen, by=person(), now=utc_now())
    except WorkbenchError as refused:
        return _plan(project, refused.sentence, {"order": order, "lanes": lanes})
    flash("The plan is changed; what somebody has begun stays with them.", "ok")
    return redirect(url_for("queues.plan", slug=project.slug), 303)


def _said(form: MultiDict[str, str]) -> list[dict[str, Any]]:
    """Return the rules for who reads what as a form has them, without those that were emptied."""
    lanes = []
    for number in _numbered(form, "lane-"):
        name = f"lane-{number}-"
        lane = {"people": _ticked(form, number)} | {
            each: _words(form.get(f"{name}{each}", "")) for each in ("find", "languages", "outlets")
        }
        if any(lane.values()):
            lanes.append(lane | {each: form.get(f"{name}{each}", "") for each in ("readers", "overlap")})
    return lanes


def _ticked(form: MultiDict[str, str], number: int) -> list[int]:
    return [found for each in form.getlist(f"lane-{number}-people") if (found := whole(each)) is not None]


def _lane(said: dict[str, Any], people: list[int]) -> dict[str, Any]:
    """Return a rule as it is kept, with these people."""
    words = {name: said[name] for name in ("languages", "outlets")}
    return {"people": people, **words, **{name: _bound(said[name]) for name in ("readers", "overlap")}}


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
        return _plan(project, refused.sentence)
    flash("The quotas are changed; they count from the next article on.", "ok")
    find, after = request.args.get("find"), request.args.get("after")
    return redirect(url_for("queues.plan", slug=project.slug, find=find, after=after, _anchor="quotas"), 303)


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
            said = request.form.get("to", "").strip()
            to = readers.meant(session, project, said) if said else None
            done = handing.give(session, project, chosen, to.id if to else None, by=person(), now=utc_now())
            given = f"{many(done.count, 'article')} given{f' to {to.name}' if to else ''}"
            flash("; ".join((given, *done.refused)) + ".", "ok")
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
