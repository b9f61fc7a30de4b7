"""Actors: a project's registry, its own lines, and the names that review taught."""

from typing import Any, get_args

import msgspec
from flask import Blueprint, Response, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from workbench.core import pages
from workbench.core.actors import Kind, Registry
from workbench.core.errors import Invalid, WorkbenchError
from workbench.services import actors
from workbench.services.projects import Project
from workbench.settings import resource_root
from workbench.web import sent
from workbench.web.session import person, reading, utc_now, within, writing

bp = Blueprint("actors", __name__, url_prefix="/projects/<slug>/actors")

KINDS = [(kind, kind.capitalize()) for kind in ("person", *get_args(Kind)[1:-1])]


@bp.get("")
@within("read")
def listing(project: Project) -> ResponseReturnValue:
    """List the actors, the project's own or those whose names begin as typed."""
    return _page(project, {}, {})


@bp.get("/search")
@within("read")
def search(project: Project) -> ResponseReturnValue:
    """Answer with actors whose names begin as typed, for fields that name one."""
    with reading() as session:
        known = actors.registry(session, project, root=resource_root())
    found = known.search(request.args.get("q", "")[:80], limit=12)
    rows = [{"name": actor.name, "id": actor.id, "kind": actor.kind} for actor in found]
    return Response(msgspec.json.encode({"actors": rows}), mimetype="application/json")


@bp.post("")
@within("settle")
def add(project: Project) -> ResponseReturnValue:
    """Add an actor, or other names to one that is there."""
    form = {key: value.strip() for key, value in request.form.items()}
    name = form.get("name", "")
    aliases = [text for line in form.get("aliases", "").splitlines() if (text := " ".join(line.split()))]
    try:
        with writing() as session:
            known = actors.registry(session, project, root=resource_root())
            actor = known.by_name(name)
            if actor and aliases:
                actors.add(session, project, [{"id": actor.id, "aliases": aliases}], **_about())
            else:
                more = {"aliases": aliases, "principal": _id(known, form.get("principal", ""))}
                actors.invent(session, project, name, form.get("kind", ""), more, **_about())  # type: ignore[arg-type]
    except WorkbenchError as problem:
        return _page(project, form, {"name": problem.sentence}), 422
    flash(f"{name} is kept; articles that are read from now on are linked by it.", "ok")
    return redirect(url_for("actors.listing", slug=project.slug, find=name), 303)


@bp.post("/learn")
@within("settle")
def learn(project: Project) -> ResponseReturnValue:
    """Keep names that review taught."""
    with writing() as session:
        kept = actors.learn(session, project, request.form.getlist("surface"), **_about())
    flash(f"{len(kept)} names are kept." if len(kept) != 1 else f"{kept[0].surface} is kept.", "ok")
    return redirect(url_for("actors.listing", slug=project.slug), 303)


@bp.post("/lines")
@within("settle")
def change(project: Project) -> ResponseReturnValue:
    """Give the project other lines of its own."""
    seen, given = request.form.get("seen", 0, type=int), {}
    try:
        given = {"body": sent.text("body", actors.LONGEST)}
        with writing() as session:
            actors.change(session, project, given["body"], seen=seen, **_about())
    except WorkbenchError as problem:
        return _page(project, given, {"body": str(problem)}), 422
    flash("The project's own actors are changed.", "ok")
    return redirect(url_for("actors.listing", slug=project.slug), 303)


def _id(known: Registry, name: str) -> str | None:
    if not name:
        return None
    if chief := known.by_name(name):
        return chief.id
    raise Invalid(f"There is no actor “{name}” to speak for; give a name as the registry has it.")


def _about() -> dict[str, Any]:
    return {"by": person(), "now": utc_now(), "root": resource_root()}


def _page(project: Project, given: dict[str, str], errors: dict[str, str]) -> str:
    find, own = request.args.get("find", "").strip()[:80], request.args.get("own") == "on"
    root = resource_root()
    with reading() as session:
        rows = actors.listing(session, project, find, own=own, limit=pages.SIZE, root=root)
        total = len(actors.registry(session, project, root=root))
        version, body = actors.source(session, project)
        taught = actors.harvest(session, project, root=root, by=person()) if project.role == "lead" else []
    context = {"rows": rows, "total": total, "find": find, "own": own, "taught": taught, "kinds": KINDS}
    context |= {"version": version, "body": given.get("body", body), "given": given, "errors": errors}
    context |= {"links": actors.MOST_LINKS, "most": pages.SIZE}
    return render_template("actors/listing.html", **context)
