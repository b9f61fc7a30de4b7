"""What a changed rule touches: the decisions taken under the old one, and another look at them."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from workbench.core.words import many
from workbench.services import old_rules, projects
from workbench.services.projects import Project
from workbench.web.session import person, reading, utc_now, within, writing

bp = Blueprint("old_rules", __name__, url_prefix="/projects/<slug>")


@bp.get("/guidelines/<int:version>/decisions")
@within("settle")
def page(project: Project, version: int) -> ResponseReturnValue:
    """List the decisions that were taken before a version and that it touches."""
    with reading() as session:
        found = old_rules.change(session, project, version)
        rows, more = old_rules.decided(
            session, project, found, by=person(), after=request.args.get("after", 0, type=int)
        )
        titles = dict(old_rules.options(projects.scheme(session, project)))
    return render_template("projects/touched.html", change=found, rows=rows, more=more, titles=titles)


@bp.post("/guidelines/<int:version>/decisions")
@within("settle")
def look_again(project: Project, version: int) -> ResponseReturnValue:
    """Send the ticked ones for another look."""
    with writing() as session:
        found = old_rules.change(session, project, version)
        item_ids = request.form.getlist("item", type=int)
        sent, refused = old_rules.look_again(session, project, found, item_ids, by=person(), now=utc_now())
    flash(f"{many(sent, 'article goes', 'articles go')} back to their readers.", "ok" if sent else "warn")
    for sentence in refused:
        flash(sentence, "warn")
    return redirect(url_for("old_rules.page", slug=project.slug, version=version), 303)
