"""Projects: the list, a new one, scheme and guidelines."""

from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import login_required

from workbench.core import pages
from workbench.core.errors import WorkbenchError
from workbench.services import markdown, old_rules, projects
from workbench.services.projects import Project
from workbench.settings import resource_root
from workbench.web import sent
from workbench.web.accounts import admins_only
from workbench.web.htmx import part
from workbench.web.session import person, reading, utc_now, within, writing

bp = Blueprint("projects", __name__)


@bp.get("/projects")
@login_required  # type: ignore[untyped-decorator]
def listing() -> ResponseReturnValue:
    """List one's projects."""
    return _listing()


def _listing(title: str = "", problem: str | None = None) -> str:
    find, after = request.args.get("find", ""), request.args.get("after", 0, type=int)
    with reading() as session:
        found = projects.listing(session, by=person(), find=find, after=after, limit=pages.SIZE + 1)
    rows, more = pages.cut(found)
    return render_template("projects/listing.html", rows=rows, more=more, find=find, problem=problem, title=title)


@bp.post("/projects")
@admins_only
def create() -> ResponseReturnValue:
    """Make a project."""
    title = request.form.get("title", "")
    try:
        with writing() as session:
            made = projects.create(
                session, projects.slug_of(title), title, by=person(), now=utc_now(), root=resource_root()
            )
    except WorkbenchError as problem:
        return _listing(title, problem.sentence), 422
    return redirect(url_for("articles.listing", slug=made.slug), 303)


@bp.get("/projects/<slug>/scheme")
@within("read")
def scheme(project: Project) -> ResponseReturnValue:
    """Show the scheme: labels, slots and their lists, with the rule of each."""
    with reading() as session:
        found, source = projects.scheme(session, project), projects.scheme_source(session, project)
    context = {"scheme": found, "source": projects.readable(source), "conflicts": (), "problem": None}
    return render_template("projects/scheme.html", **context)


@bp.post("/projects/<slug>/scheme")
@within("settle")
def change_scheme(project: Project) -> ResponseReturnValue:
    """Give the project another scheme, after checking it against the work that is there."""
    source, problem = "", None
    conflicts: tuple[tuple[str, int], ...] = ()
    try:
        source = sent.text("source", projects.LONGEST_SCHEME)
        with writing() as session:
            conflicts = projects.change_scheme(
                session,
                project,
                source,
                seen=request.form.get("seen", 0, type=int),
                force=request.form.get("force") == "on",
                by=person(),
                now=utc_now(),
            ).counts
    except WorkbenchError as refused:
        problem = str(refused)
    if not problem and not conflicts:
        flash("The scheme is changed.", "ok")
        return redirect(url_for("projects.scheme", slug=project.slug), 303)
    with reading() as session:
        found = projects.scheme(session, project)
        source = source or projects.readable(projects.scheme_source(session, project))
    context = {"scheme": found, "source": source, "conflicts": conflicts, "problem": problem}
    return render_template("projects/scheme.html", **context), 422


@bp.get("/projects/<slug>/guidelines")
@within("read")
def guideline(project: Project) -> ResponseReturnValue:
    """Show the guidelines, the newest or an earlier version."""
    version = request.args.get("version", type=int)
    with reading() as session:
        body = projects.guideline(session, project, version)
        before = request.args.get("before", type=int)
        found = projects.guideline_versions(session, project, before=before, limit=pages.SIZE + 1)
        versions, more = pages.cut(found, by="version")
        touched = old_rules.touching(session, project, [row.version for row in versions])
        options = old_rules.options(projects.scheme(session, project))
    context: dict[str, Any] = {"body": body, "html": markdown.html(body), "version": version}
    context |= {"touched": touched, "options": options, "versions": versions, "more": more}
    return render_template("projects/guideline.html", **context)


@bp.get("/projects/<slug>/guidelines/part")
@within("read")
def guideline_part(project: Project) -> ResponseReturnValue:
    """Answer with the guidelines alone, for the panel beside the text."""
    with reading() as session:
        body = projects.guideline(session, project)
    return part("projects/_guideline.html", html=markdown.html(body))


@bp.post("/projects/<slug>/guidelines")
@within("settle")
def change_guideline(project: Project) -> ResponseReturnValue:
    """Give the project new guidelines."""
    with writing() as session:
        body = request.form.get("body", "").replace("\r\n", "\n")
        seen = request.form.get("seen", 0, type=int)
        projects.change_guideline(session, project, body, seen=seen, by=person(), now=utc_now())
        touches, note = request.form.getlist("touches"), request.form.get("note", "")
        old_rules.mark(session, project, seen + 1, touches, note, by=person(), now=utc_now())
    flash("The guidelines are changed; the earlier version is kept.", "ok")
    if touches:
        return redirect(url_for("old_rules.page", slug=project.slug, version=seen + 1), 303)
    return redirect(url_for("projects.guideline", slug=project.slug), 303)
