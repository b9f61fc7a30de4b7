"""The board of a project: how far, how fast, how well."""

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue

from workbench.services import board, board_figures
from workbench.services.projects import Project
from workbench.web.htmx import page_or_part
from workbench.web.session import person, reading, utc_now, within
from workbench.web.wording import WORDS, title_of

bp = Blueprint("board", __name__, url_prefix="/projects/<slug>/board")


@bp.get("")
@within("read")
def page(project: Project) -> ResponseReturnValue:
    """Show how far the work is and how it goes on."""
    with reading() as session:
        found = board.board_of(session, project, by=person(), now=utc_now())
    return render_template("board/board.html", board=found)


@bp.get("/figures")
@within("read")
def figures(project: Project) -> ResponseReturnValue:
    """Show what takes longer to count: agreement, proposals, the anchoring guard."""
    with reading() as session:
        found = board_figures.figures_of(session, project)
    rest = [(name, title_of(name)) for name in found.agreement.alphas if name not in WORDS]
    return page_or_part("board/figures.html", "board/_figures.html", figures=found, words=WORDS, rest=rest)


@bp.get("/passages")
@within("read")
def passages(project: Project) -> ResponseReturnValue:
    """Show the passages behind a figure."""
    asked = request.args
    with reading() as session:
        if "question" in asked:
            title = f"Where readers differ: {title_of(asked['question'])}"
            two = (asked["left"], asked["right"]) if "left" in asked and "right" in asked else None
            rows = board_figures.passages(session, project, asked["question"], two)
        else:
            kind, proposed, decided = asked.get("kind", ""), asked.get("proposed", ""), asked.get("decided")
            title = f"Proposed as {proposed}, decided {'as ' + decided if decided else 'otherwise'}"
            rows = board_figures.proposals(session, project, kind, proposed, decided)
    return render_template("board/passages.html", title=title, rows=rows)
