"""Several suggesters: the page that lists them, compares two, merges them, and says where drafts start."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from workbench.core.combining import RULES
from workbench.core.errors import Invalid
from workbench.services import jobs, projects, suggesters, tallying
from workbench.services.projects import Project
from workbench.web.session import bench, person, reading, utc_now, within, writing

bp = Blueprint("suggesters", __name__, url_prefix="/projects/<slug>/suggesters")

MOST = 200
"""So many articles are compared while a browser waits; the command line compares all."""


@bp.get("")
@within("suggest")
def page(project: Project) -> ResponseReturnValue:
    """List the suggesters, and compare the two that the address names."""
    first, second = request.args.get("first", ""), request.args.get("second", "")
    found, problem = None, None
    tallying.take_in(bench().database)
    with reading() as session:
        listing, start = suggesters.listing(session, project), suggesters.start(session, project)
        scheme = projects.scheme(session, project)
    if first and second:
        try:
            found = suggesters.compare(bench().database, project, first, second, scheme, most=MOST, limit=10)
        except Invalid as refused:
            problem = refused.sentence
    names = [row.author for row in listing.rows]
    asked = (first or (names[0] if names else ""), second or (names[1] if len(names) > 1 else ""))
    context = {"listing": listing, "start": start, "found": found, "problem": problem, "rules": RULES, "asked": asked}
    return render_template("suggesters/page.html", said=suggesters.difference, **context)


@bp.post("/start")
@within("suggest")
def start(project: Project) -> ResponseReturnValue:
    """Let new drafts start from a suggester's layer."""
    author = request.form.get("author") or None
    with writing() as session:
        suggesters.choose_start(session, project, author, by=person(), now=utc_now())
    flash(f"New drafts start from {author or 'the newest layer'}; those that were begun stay as they are.", "ok")
    return redirect(url_for("suggesters.page", slug=project.slug), 303)


@bp.post("/combine")
@within("suggest")
def combine(project: Project) -> ResponseReturnValue:
    """Have a worker make two suggesters one."""
    about = {name: request.form.get(name, "").strip() for name in ("first", "second", "rule", "name")}
    with writing() as session:
        suggesters.check(session, project, **about)
        payload = {"project": project.slug, **about}
        jobs.ask(session, project, "combine", payload, by=person(), now=utc_now())
    flash(f"{about['name']} is being made.", "ok")
    return redirect(url_for("articles.listing", slug=project.slug), 303)
