"""Moving in from the browser: files are looked at, the page asks what to do with them, then they come in."""

from typing import Any

from flask import Blueprint, Response, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from workbench.core.errors import Invalid, NotFound
from workbench.edge import uploads
from workbench.services import articles, jobs, looking, movein, projects, receipts
from workbench.services.movein import Choice
from workbench.services.projects import Project
from workbench.web.htmx import page_or_part
from workbench.web.session import person, reading, settings, utc_now, within, writing

bp = Blueprint("movein", __name__, url_prefix="/projects/<slug>")


@bp.post("/move-in")
@within("import")
def add(project: Project) -> ResponseReturnValue:
    """Keep uploaded files and have a worker look at them."""
    folder = uploads.kept(settings().home)
    options = {"encoding": request.form.get("encoding") or None}
    with writing() as session:
        number = movein.begin(session, project, folder, options, by=person(), now=utc_now())
    return redirect(url_for("movein.look", slug=project.slug, look_id=number), 303)


@bp.get("/move-in/<int:look_id>")
@within("import")
def look(project: Project, look_id: int) -> ResponseReturnValue:
    """Show what was found in uploaded files, and ask what they are to be."""
    return page_or_part("movein/look.html", "movein/_look.html", **_context(project, look_id))


def _context(project: Project, look_id: int) -> dict[str, Any]:
    with reading() as session:
        row = movein.find(session, project, look_id)
        scheme = projects.scheme(session, project)
        unit = movein.unit(session, project, row)
    found = row.found or {}
    files = found.get("files", ())
    usual = {"role": "suggestions" if found.get("objects") else "plain", "suggester": looking.suggester(files)}
    return {
        "look": row, "labels": scheme.labels, "form": usual | {"person": ""}, "problem": None,
        "unit": unit, "unsure": looking.unsure(files),
    }  # fmt: skip


@bp.post("/move-in/<int:look_id>")
@within("import")
def confirm(project: Project, look_id: int) -> ResponseReturnValue:
    """Import the files as chosen."""
    choice = _choice()
    try:
        with writing() as session:
            remember = request.form.get("remember") == "on"
            movein.confirm(session, project, look_id, choice, remember=remember, by=person(), now=utc_now())
            if request.form.get("suggest") == "on":
                jobs.ask(session, project, "suggest", {"project": project.slug}, by=person(), now=utc_now())
    except (Invalid, NotFound) as refused:
        context = _context(project, look_id) | {"problem": refused.sentence}
        context["form"] |= request.form.to_dict()
        return render_template("movein/look.html", **context), 422
    flash("The import is under way; its receipt tells what became of every record and every span.", "ok")
    return redirect(url_for("articles.listing", slug=project.slug), 303)


def _choice() -> Choice:
    form = request.form
    role = form.get("role", "")
    name = {"suggestions": form.get("suggester", ""), "person": form.get("person", "")}.get(role, "")
    theirs, ours = form.getlist("theirs"), form.getlist("ours")
    labels = {foreign: label or None for foreign, label in zip(theirs, ours, strict=False)}
    return Choice(role, name, labels, form.get("replace_gold") == "on", form.get("skip_bad") == "on")


@bp.post("/move-in/<int:look_id>/again")
@within("import")
def again(project: Project, look_id: int) -> ResponseReturnValue:
    """Have the files read anew, their offsets counted as somebody says."""
    with writing() as session:
        movein.begin_again(session, project, look_id, request.form.get("unit") or None, by=person(), now=utc_now())
    return redirect(url_for("movein.look", slug=project.slug, look_id=look_id), 303)


@bp.post("/move-in/<int:look_id>/cancel")
@within("import")
def cancel(project: Project, look_id: int) -> ResponseReturnValue:
    """Remove the files of a look."""
    with writing() as session:
        movein.cancel(session, project, look_id, now=utc_now())
    flash("The files are removed; nothing was stored.", "ok")
    return redirect(url_for("articles.listing", slug=project.slug), 303)


@bp.get("/imports/<int:batch_id>/repairs.jsonl")
@within("import")
def repairs(project: Project, batch_id: int) -> ResponseReturnValue:
    """Hand out what to put right of an import: records refused, spans left out or moved."""
    with reading() as session:
        row = articles.receipt(session, project, batch_id)
        lines = b"".join(receipts.repairs(articles.receipt_lines(session, row)))
    answer = Response(lines, mimetype="application/jsonl")
    answer.headers["Content-Disposition"] = f'attachment; filename="{project.slug}-import-{row.id}-repairs.jsonl"'
    return answer
