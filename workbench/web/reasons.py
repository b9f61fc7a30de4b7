"""The reasons for rulings as a list of what the guidelines lack."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from workbench.services import reasons
from workbench.services.projects import Project
from workbench.web.session import person, reading, utc_now, within, writing

bp = Blueprint("reasons", __name__, url_prefix="/projects/<slug>/adjudication/reasons")


@bp.get("")
@within("adjudicate")
def page(project: Project) -> ResponseReturnValue:
    """Show the reasons that wait, with their passages, and what came of earlier ones."""
    with reading() as session:
        todos, settled = reasons.todos(session, project), reasons.settled(session, project)
    return render_template("adjudication/reasons.html", todos=todos, settled=settled)


@bp.post("")
@within("settle")
def write_rule(project: Project) -> ResponseReturnValue:
    """Put a rule into the guidelines."""
    form = request.form
    with writing() as session:
        version = reasons.write_rule(
            session, project, form.get("reason", ""), form.get("upto", 0, type=int), form.get("words", ""),
            form.getlist("ruling", type=int), seen=form.get("seen", 0, type=int), by=person(), now=utc_now(),
        )  # fmt: skip
    flash(f"The rule stands in version {version} of the guidelines.", "ok")
    return redirect(url_for("reasons.page", slug=project.slug), 303)


@bp.post("/closed")
@within("settle")
def let_be(project: Project) -> ResponseReturnValue:
    """Close a reason without a rule."""
    form = request.form
    with writing() as session:
        reasons.let_be(
            session, project, form.get("reason", ""), form.get("upto", 0, type=int), form.get("note", ""),
            by=person(), now=utc_now(),
        )  # fmt: skip
    flash("Closed; it comes back with the next ruling that gives this reason.", "ok")
    return redirect(url_for("reasons.page", slug=project.slug), 303)
