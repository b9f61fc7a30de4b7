"""Practice as reviewers meet it, and the page where leads set articles aside and see what came of it."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from workbench.core import pages
from workbench.core import training as core
from workbench.core.errors import Invalid, WorkbenchError
from workbench.core.words import many
from workbench.edge.fields import whole
from workbench.services import training, trials
from workbench.services.projects import Project
from workbench.web.session import lease, person, reading, utc_now, within, writing

bp = Blueprint("training", __name__, url_prefix="/projects/<slug>")


@bp.get("/practice")
@within("review")
def practice(project: Project) -> ResponseReturnValue:
    """List one's practice articles, and what is left to do."""
    with reading() as session:
        mine = training.practice(session, project, by=person())
    return render_template("training/practice.html", practice=mine, left=training.left(mine))


@bp.post("/practice/<key>")
@within("review")
def start(project: Project, key: str) -> ResponseReturnValue:
    """Begin a practice article, go on with it, or try it again."""
    with writing() as session:
        item_id = trials.start(session, project, key, by=person(), now=utc_now(), lease=lease())
    return redirect(url_for("review.item", slug=project.slug, item_id=item_id), 303)


@bp.get("/training")
@within("settle")
def page(project: Project) -> ResponseReturnValue:
    """Show what is set aside, how the project tests, and what came of it."""
    return _page(project)


def _page(project: Project, problem: str | None = None, status: int = 200) -> ResponseReturnValue:
    after, behind = (request.args.get(name, 0, type=int) for name in ("after", "behind"))
    find = request.args.get("find", "")
    with reading() as session:
        setup = training.setup(session, project)
        rows, more = pages.cut(training.exercises(session, project, after=after, limit=pages.SIZE + 1), by="article_id")
        results, others = pages.cut(
            training.results(session, project, find=find, after=behind, limit=pages.SIZE + 1)
        )  # fmt: skip
    context = {"setup": setup, "rows": rows, "more": more, "results": results, "others": others, "find": find}
    context |= {"behind": behind, "lately": core.LATELY, "fewest": core.FEWEST, "form": request.form}
    return render_template("training/page.html", problem=problem, **context), status


@bp.post("/training")
@within("settle")
def change(project: Project) -> ResponseReturnValue:
    """Change how the project trains and tests."""
    try:
        every, pass_mark, floor = (_number(name) for name in ("every", "pass_mark", "floor"))
        with writing() as session:
            training.change(
                session, project, every=every or 0, pass_mark=pass_mark, floor=floor, by=person(), now=utc_now()
            )
    except WorkbenchError as refused:
        return _page(project, refused.sentence, 422)
    flash("Kept; it counts from the next article that somebody takes.", "ok")
    return redirect(url_for("training.page", slug=project.slug), 303)


def _number(name: str) -> int | None:
    said = request.form.get(name, "").strip()
    found = whole(said)
    if said and found is None:
        raise Invalid(f"“{said[:40]}” is no whole number; leave the field empty for none.")
    return found


@bp.post("/training/articles")
@within("settle")
def set_aside(project: Project) -> ResponseReturnValue:
    """Set gold articles aside for practice or tests, or no longer."""
    keys = [key for line in request.form.getlist("keys") for key in line.replace(",", " ").split()]
    purpose = request.form.get("purpose") or None
    try:
        if not keys:
            raise Invalid("Name at least one article by its key; the Articles page shows them.")
        with writing() as session:
            note = request.form.get("note", "")
            count = training.set_aside(session, project, keys, purpose, note, by=person(), now=utc_now())
    except WorkbenchError as refused:
        return _page(project, refused.sentence, 422)
    said = {"practice": "set aside for practice", "test": "set aside as hidden tests"}.get(
        purpose or "", "not set aside any more"
    )
    flash(f"{many(count, 'article is', 'articles are')} {said}.", "ok")
    return redirect(url_for("training.page", slug=project.slug), 303)
