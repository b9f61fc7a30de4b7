"""The rules for readers and adjudication, as leads set them."""

from dataclasses import asdict
from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from workbench.core.errors import WorkbenchError
from workbench.core.rules import Rules
from workbench.edge.fields import whole
from workbench.services import overlap
from workbench.services.projects import Project
from workbench.web.session import person, reading, utc_now, within, writing

bp = Blueprint("rules", __name__, url_prefix="/projects/<slug>/rules")


@bp.get("")
@within("settle")
def page(project: Project) -> ResponseReturnValue:
    """Show the rules."""
    with reading() as session:
        found = overlap.rules(session, project.id)
    return render_template("adjudication/rules.html", version=found.version, rules=found.rules, problem=None)


@bp.post("")
@within("settle")
def change(project: Project) -> ResponseReturnValue:
    """Give the project other rules."""
    problem: str | None = None
    row = _row(request.form.to_dict())
    try:
        with writing() as session:
            row = _kept(overlap.rules(session, project.id).rules) | row
            seen = request.form.get("seen", 0, type=int)
            done = overlap.change_rules(session, project, row, seen=seen, by=person(), now=utc_now())
    except WorkbenchError as refused:
        problem = refused.sentence
    if problem is None:
        flash(_told(done), "ok")
        return redirect(url_for("rules.page", slug=project.slug), 303)
    with reading() as session:
        found = overlap.rules(session, project.id)
    return render_template("adjudication/rules.html", version=found.version, rules=row, problem=problem), 422


def _kept(rules: Rules) -> dict[str, Any]:
    """Return the rules that another page sets."""
    return {name: value for name, value in asdict(rules).items() if name in {"order", "lanes"}}


def _row(form: dict[str, str]) -> dict[str, Any]:
    """Return the rules that a form describes; what is no number is left for the core to refuse."""
    numbers = {name: _number(form.get(name, "")) for name in ("readers", "overlap", "plain")}
    adaptive = _number(form.get("adaptive", "")) if form.get("adaptive", "").strip() else None
    flags = {name: form.get(name) == "on" for name in ("own", "blind")}
    reasons = [line.strip() for line in form.get("reasons", "").splitlines() if line.strip()]
    return numbers | flags | {"adaptive": adaptive, "merge": form.get("merge", ""), "reasons": reasons}


def _number(said: str) -> int | str:
    found = whole(said)
    return said[:40] if found is None else found


def _told(done: overlap.Changed) -> str:
    parts = [f"{done.added} places for readers added" if done.added else "", f"{done.removed} taken back"]
    found = [part for part, count in zip(parts, (done.added, done.removed), strict=True) if count]
    return f"The rules are changed{': ' + ', '.join(found) if found else ''}."
