"""Adjudication in the browser: what waits, an article's conflicts, and merging."""

from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from workbench.core import pages
from workbench.core.errors import Invalid
from workbench.core.reading import paragraphs
from workbench.core.words import many
from workbench.services import adjudication, adjudication_form, adjudication_page, edited_rulings, merging, projects
from workbench.services.adjudication_page import AGREED, Spot
from workbench.services.projects import Project
from workbench.settings import resource_root
from workbench.web.htmx import asked_by_htmx, page_or_part, part
from workbench.web.session import person, reading, utc_now, within, writing

bp = Blueprint("adjudication", __name__, url_prefix="/projects/<slug>/adjudication")


@bp.get("")
@within("adjudicate")
def listing(project: Project) -> ResponseReturnValue:
    """List the articles that wait for an adjudicator."""
    with reading() as session:
        after = request.args.get("after", 0, type=int)
        found = adjudication.waiting(session, project, by=person(), after=after, limit=pages.SIZE + 1)
        counts, last = adjudication.counts(session, project), merging.last(session, project)
        reasons = adjudication.reasons(session, project)
    rows, more = pages.cut(found, by="article_id")
    context = {"rows": rows, "more": more, "counts": counts, "last": last, "reasons": reasons}
    return render_template("adjudication/listing.html", **context)


@bp.get("/articles/<key>")
@within("adjudicate")
def article(project: Project, key: str) -> ResponseReturnValue:
    """Show an article's conflicts: those around one, or around the first that waits."""
    at = request.args.get("at")
    return _answer(project, key, Spot(at, onward=at is None))


@bp.post("/articles/<key>/rule")
@within("adjudicate")
def rule(project: Project, key: str) -> ResponseReturnValue:
    """Take a reading, or none of them."""
    choice = _whole(request.form.get("choice"))
    with writing() as session:
        adjudication.rule(
            session, project, key, request.form.get("card", ""), choice if choice >= 0 else None,
            seen=_whole(request.form.get("seen")), reason=request.form.get("reason"), by=person(), now=utc_now(),
        )  # fmt: skip
    return _onward(project, key, Spot(request.form.get("card")))


@bp.get("/articles/<key>/cards/<card>")
@within("adjudicate")
def edit(project: Project, key: str, card: str) -> ResponseReturnValue:
    """Show the form in which a reading is changed before it is taken."""
    return _form(project, key, card, request.args.get("choice"), None)


@bp.post("/articles/<key>/cards/<card>")
@within("adjudicate")
def save(project: Project, key: str, card: str) -> ResponseReturnValue:
    """Take a reading as it was changed."""
    given = request.form.to_dict()
    choice = _whole(given.get("choice"))
    try:
        with writing() as session:
            edited_rulings.rule(
                session, project, key, card, choice, given, seen=_whole(given.get("seen")),
                reason=given.get("reason"), by=person(), now=utc_now(), root=resource_root(),
            )  # fmt: skip
    except Invalid as problem:
        return _form(project, key, card, str(choice), problem.sentence, given)
    return _onward(project, key, Spot(card))


@bp.post("/articles/<key>/undo")
@within("adjudicate")
def undo(project: Project, key: str) -> ResponseReturnValue:
    """Take the last ruling back."""
    with writing() as session:
        seen = _whole(request.form.get("seen"))
        card = adjudication.undo(session, project, key, seen=seen, by=person(), now=utc_now())
    return _onward(project, key, Spot(card, onward=card is None))


@bp.post("/articles/<key>/return")
@within("adjudicate")
def send_back(project: Project, key: str) -> ResponseReturnValue:
    """Return readings to who made them, with a comment."""
    everybody = "everybody" in request.form
    chosen = request.form.getlist("reading", type=int)
    with writing() as session:
        adjudication.send_back(
            session, project, key, None if everybody else chosen, request.form.get("comment", ""),
            seen=_whole(request.form.get("seen")), by=person(), now=utc_now(),
        )  # fmt: skip
    flash("Returned with your comment; the article comes back here once it is read anew.", "ok")
    return redirect(url_for("adjudication.listing", slug=project.slug), 303)


@bp.post("/articles/<key>/finish")
@within("adjudicate")
def finish(project: Project, key: str) -> ResponseReturnValue:
    """Make the article gold."""
    with writing() as session:
        seen = _whole(request.form.get("seen"))
        adjudication.finish(session, project, key, seen=seen, by=person(), now=utc_now())
    return _onward(project, key, Spot())


@bp.get("/articles/<key>/text")
@within("adjudicate")
def text(project: Project, key: str) -> ResponseReturnValue:
    """Answer with the whole text, for whom the passages are not enough."""
    with reading() as session:
        case = adjudication.opened(session, project, key, by=person())
    laid = tuple(paragraphs(case.document.text, case.document.regions))
    return part("adjudication/_text.html", paragraphs=laid, language=case.document.language)


@bp.get("/articles/<key>/agreed")
@within("adjudicate")
def agreed(project: Project, key: str) -> ResponseReturnValue:
    """Answer with what the readings settled among themselves."""
    with reading() as session:
        case = adjudication.opened(session, project, key, by=person())
        rows = adjudication_page.agreed(case, projects.scheme(session, project))
    more = max(0, len(case.found.settled) - AGREED)
    return part("adjudication/_agreed.html", rows=rows, more=more)


@bp.route("/merge", methods=["GET", "POST"])
@within("settle")
def merge(project: Project) -> ResponseReturnValue:
    """Show what an automatic merge would settle, and do it when asked."""
    values = request.values
    strategy, percent = values.get("strategy", "majority"), values.get("percent", 90, type=int)
    doing = request.method == "POST"
    with writing() if doing else reading() as session:
        rows = merging.merge(
            session, project, strategy, percent / 100, by=person(), now=utc_now(), preview=not doing
        )  # fmt: skip
    if doing:
        flash(f"{many(sum(row.settles for row in rows), 'conflict')} in {many(len(rows), 'article')} settled.", "ok")
        return redirect(url_for("adjudication.listing", slug=project.slug), 303)
    context = {"rows": rows, "strategy": strategy, "strategies": list(merging.STRATEGIES.items())}
    return render_template("adjudication/merge.html", percent=percent, **context)


@bp.post("/merge/<txn>/undo")
@within("settle")
def undo_merge(project: Project, txn: str) -> ResponseReturnValue:
    """Take an automatic merge back."""
    with writing() as session:
        touched = merging.undo_merge(session, project, txn, by=person(), now=utc_now())
    flash(
        f"The merge is taken back; {many(touched, 'article is as it was', 'articles are as they were')} before.",
        "ok",
    )
    return redirect(url_for("adjudication.listing", slug=project.slug), 303)


def _whole(said: str | None) -> int:
    try:
        return int(said or "-1")
    except ValueError:
        raise Invalid(f"“{said}” is no number; reload the page.") from None


def _answer(project: Project, key: str, spot: Spot, **more: Any) -> ResponseReturnValue:
    with reading() as session:
        case = adjudication.opened(session, project, key, by=person())
        scheme = projects.scheme(session, project)
    context = {"case": adjudication_page.view(case, scheme, spot), "form": None, **more}
    return page_or_part("adjudication/article.html", "adjudication/_cards.html", **context)


def _onward(project: Project, key: str, spot: Spot) -> ResponseReturnValue:
    if asked_by_htmx():
        return _answer(project, key, spot)
    return redirect(url_for("adjudication.article", slug=project.slug, key=key), 303)


def _form(
    project: Project, key: str, card: str, choice: str | None, problem: str | None, given: dict[str, str] | None = None
) -> ResponseReturnValue:
    with reading() as session:
        case = adjudication.opened(session, project, key, by=person())
        scheme = projects.scheme(session, project)
    wanted = _whole(choice) if choice else case.order[0]
    base = edited_rulings.base(case, card, wanted)
    form = adjudication_form.form(case.document.text, card, wanted, base, scheme, given or {}, problem)
    return _answer(project, key, Spot(card, onward=False), form=form)
