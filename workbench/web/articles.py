"""Articles: the list, bringing new ones in, reading one."""

from itertools import islice

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from workbench.core import pages, workflow
from workbench.core.words import many
from workbench.edge import uploads
from workbench.services import articles, jobs, movein, suggestions, tallying, training
from workbench.services.figures import figures_of
from workbench.services.projects import Project
from workbench.web.htmx import part
from workbench.web.session import bench, person, reading, settings, utc_now, within, writing

bp = Blueprint("articles", __name__)

_RECEIPT_LINES = 500
FEW = 2_000
"""Fewer articles than this are told with the page, more after it is there."""


@bp.get("/projects/<slug>/articles")
@within("read")
def listing(project: Project) -> ResponseReturnValue:
    """List a project's articles, with imports and suggestion runs under way."""
    find, after = request.args.get("find", "").strip(), request.args.get("after", 0, type=int)
    with reading() as session:
        rows = articles.listing(session, project, after=after, limit=pages.SIZE + 1, find=find, by=person())
        some = articles.count(session, project, most=FEW)
        counted = figures_of(session, project) if some < FEW else None
        running, looks = jobs.listing(session, project), movein.waiting(session, project)
    rows, more = pages.cut(rows)
    context = {"rows": rows, "any": some, "figures": counted, "jobs": running, "find": find, "more": more}
    return render_template("articles/listing.html", looks=looks, **context)


@bp.get("/projects/<slug>/figures")
@within("read")
def figures(project: Project) -> ResponseReturnValue:
    """Answer with how many articles there are, and what the suggesters made of them."""
    tallying.take_in(bench().database)
    with reading() as session:
        counted = figures_of(session, project)
    return part("articles/_figures.html", figures=counted)


@bp.get("/projects/<slug>/jobs")
@within("read")
def progress(project: Project) -> ResponseReturnValue:
    """Answer with the jobs of a project and how far they are."""
    with reading() as session:
        rows = jobs.listing(session, project)
    return part("articles/_jobs.html", jobs=rows)


@bp.post("/projects/<slug>/articles")
@within("import")
def add(project: Project) -> ResponseReturnValue:
    """Keep uploaded files and queue their import."""
    folder = uploads.kept(settings().home)
    payload = {
        "project": project.slug,
        "folder": str(folder),
        "skip_bad": request.form.get("skip_bad") == "on",
        "encoding": request.form.get("encoding") or None,
        "by": person().id,
    }
    with writing() as session:
        jobs.ask(session, project, "import", payload, by=person(), now=utc_now())
        jobs.ask(session, project, "suggest", {"project": project.slug}, by=person(), now=utc_now())
    flash("The files are here; the import is under way.", "ok")
    return redirect(url_for("articles.listing", slug=project.slug), 303)


@bp.post("/projects/<slug>/suggestions")
@within("suggest")
def suggest(project: Project) -> ResponseReturnValue:
    """Queue a suggestion run."""
    with writing() as session:
        jobs.ask(session, project, "suggest", {"project": project.slug}, by=person(), now=utc_now())
    return redirect(url_for("articles.listing", slug=project.slug), 303)


@bp.post("/projects/<slug>/jobs/<int:job_id>/cancel")
@within("suggest")
def cancel(project: Project, job_id: int) -> ResponseReturnValue:
    """Stop a job."""
    with writing() as session:
        jobs.cancel(session, project, job_id, now=utc_now())
    return redirect(url_for("articles.listing", slug=project.slug), 303)


@bp.post("/projects/<slug>/jobs/<int:job_id>/again")
@within("suggest")
def again(project: Project, job_id: int) -> ResponseReturnValue:
    """Try a job again that failed or was stopped."""
    with writing() as session:
        jobs.retry(session, project, job_id, now=utc_now())
    return redirect(url_for("articles.listing", slug=project.slug), 303)


@bp.get("/projects/<slug>/parked")
@within("suggest")
def parked(project: Project) -> ResponseReturnValue:
    """Show the articles that a suggester could not read, with what went wrong."""
    before = request.args.get("before", type=int)
    with reading() as session:
        rows, more = suggestions.listing(session, project, before=before, limit=pages.SIZE)
    return render_template("articles/parked.html", rows=rows, more=more)


@bp.post("/projects/<slug>/parked")
@within("suggest")
def release(project: Project) -> ResponseReturnValue:
    """Have parked articles tried again, all or one."""
    with writing() as session:
        freed = suggestions.release(session, project, request.args.get("article", type=int))
        jobs.ask(session, project, "suggest", {"project": project.slug}, by=person(), now=utc_now())
    flash(f"{many(freed, 'article is', 'articles are')} tried again.", "ok")
    return redirect(url_for("articles.listing", slug=project.slug), 303)


@bp.get("/projects/<slug>/imports")
@within("import")
def imports(project: Project) -> ResponseReturnValue:
    """Show the receipts of the newest imports."""
    with reading() as session:
        rows = articles.receipts(session, project)
        lines = {row.id: list(islice(articles.receipt_lines(session, row), _RECEIPT_LINES)) for row in rows}
    return render_template("articles/imports.html", rows=rows, lines=lines)


@bp.get("/projects/<slug>/articles/<key>")
@within("read")
def article(project: Project, key: str) -> ResponseReturnValue:
    """Show an article with the best reading of it that there is."""
    with reading() as session:
        view = articles.view(session, project, key, by=person())
        leads = workflow.may(project.role, "settle")
        exercise = training.exercise(session, project, key) if leads else None
    hues = {label.name: label.hue for label in view.scheme.labels}
    slots = (*view.scheme.stance, *view.scheme.commitment)
    titles = {choice.name: choice.title for slot in slots for choice in slot.choices}
    context = {"hues": hues, "titles": titles, "leads": leads, "exercise": exercise}
    return render_template("articles/article.html", view=view, **context)
