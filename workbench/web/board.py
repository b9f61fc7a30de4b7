"""The board of a project: how far, how fast, how well."""

from datetime import date
from itertools import combinations

from flask import Blueprint, Response, current_app, render_template, request
from flask.typing import ResponseReturnValue

from workbench.core.errors import Invalid
from workbench.services import board, board_drift, board_figures, projects, tallying
from workbench.services.projects import Project
from workbench.web.htmx import page_or_part, part
from workbench.web.session import bench, person, reading, utc_now, within
from workbench.web.wording import WORDS, title_of

bp = Blueprint("board", __name__, url_prefix="/projects/<slug>/board")


@bp.get("")
@within("read")
def page(project: Project) -> ResponseReturnValue:
    """Show how far the work is and how it goes on."""
    tallying.take_in(bench().database)
    with reading() as session:
        found = board.counted(session, project, by=person())
        shown = board.board_of(session, project, found=found, by=person(), now=utc_now())
        stamp = board.stamp(session, project, found=found, by=person(), now=utc_now())
    return render_template("board/board.html", board=shown, stamp=stamp)


@bp.get("/live")
@within("read")
def live(project: Project) -> ResponseReturnValue:
    """Show what moves while people work, or only say that nothing has moved."""
    tallying.take_in(bench().database)
    with reading() as session:
        found = board.counted(session, project, by=person())
        stamp = board.stamp(session, project, found=found, by=person(), now=utc_now())
        if request.if_none_match.contains(stamp):
            return Response(status=304)
        shown = board.board_of(session, project, found=found, by=person(), now=utc_now())
    response = current_app.make_response(part("board/_live.html", board=shown, stamp=stamp))
    response.set_etag(stamp)
    return response


@bp.get("/figures")
@within("read")
def figures(project: Project) -> ResponseReturnValue:
    """Show what takes longer to count: agreement, proposals, the anchoring guard."""
    with reading() as session:
        found = board_figures.figures_of(session, project)
    rest = [(name, title_of(name)) for name in found.agreement.alphas if name not in WORDS]
    return page_or_part("board/figures.html", "board/_figures.html", figures=found, words=WORDS, rest=rest)


@bp.get("/drift")
@within("read")
def drift(project: Project) -> ResponseReturnValue:
    """Show how agreement on a question moved over weeks or months."""
    question, pair = request.args.get("question", "entities"), request.args.get("pair", "")
    left, _, right = pair.partition(" ")
    with reading() as session:
        two = (left, right) if right else None
        found = board_drift.drift_of(session, project, question, request.args.get("by", "week"), two)
        labels = [label.name for label in projects.scheme(session, project).labels]
    names = [*WORDS, *(f"{kind}.{label}" for kind in ("units", "entities") for label in labels)]
    questions = [(name, title_of(name)) for name in names]
    both = combinations(sorted(found.names), 2) if found.paired else ()
    pairs = [("", "all"), *((" ".join(two), " and ".join(found.names[each] for each in two)) for two in both)]
    context = {"drift": found, "questions": questions, "pairs": pairs if found.paired else []}
    return page_or_part("board/drift.html", "board/_drift.html", **context)


@bp.get("/passages")
@within("read")
def passages(project: Project) -> ResponseReturnValue:
    """Show the passages behind a figure."""
    asked = request.args
    with reading() as session:
        if "question" in asked:
            title = f"Where readers differ: {title_of(asked['question'])}"
            two = (asked["left"], asked["right"]) if "left" in asked and "right" in asked else None
            rows = board_figures.passages(session, project, asked["question"], two, _when(), by=person())
        else:
            kind, proposed, decided = asked.get("kind", ""), asked.get("proposed", ""), asked.get("decided")
            title = f"Proposed as {proposed}, decided {'as ' + decided if decided else 'otherwise'}"
            rows = board_figures.proposals(session, project, kind, proposed, decided, by=person())
    return render_template("board/passages.html", title=title, rows=rows)


def _when() -> tuple[date, date] | None:
    """Return the days that an address names: from one until before another."""
    first, until = request.args.get("from"), request.args.get("until")
    if not first or not until:
        return None
    try:
        return date.fromisoformat(first), date.fromisoformat(until)
    except ValueError:
        raise Invalid("Days are written like 2026-03-02; go back to the board and choose again.") from None
