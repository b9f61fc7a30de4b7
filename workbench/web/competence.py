"""How well people read: everybody for leads, one's own for each, and one article as a card."""

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from workbench.services import competence, feedback
from workbench.services.projects import Project
from workbench.web.session import person, reading, within

bp = Blueprint("competence", __name__, url_prefix="/projects/<slug>")


@bp.get("/readers")
@within("settle")
def listing(project: Project) -> ResponseReturnValue:
    """List everybody's figures against gold."""
    with reading() as session:
        lines = competence.everybody(session, project)
    return render_template("competence/listing.html", lines=lines, window=competence.WINDOW)


@bp.get("/readers/<int:person_id>")
@within("review")
def report(project: Project, person_id: int) -> ResponseReturnValue:
    """Show somebody's report."""
    with reading() as session:
        found = competence.report(session, project, person_id, by=person())
    return render_template("competence/report.html", report=found, mine=person_id == person().id)


@bp.get("/items/<int:item_id>/beside-gold")
@within("review")
def card(project: Project, item_id: int) -> ResponseReturnValue:
    """Compare one reading with gold."""
    with reading() as session:
        found = feedback.card(session, project, item_id, by=person())
    return render_template("competence/card.html", card=found)
