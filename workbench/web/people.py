"""Signing in and out, invitations, a project's team."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user, login_required

from workbench.core import pages
from workbench.core.errors import NotFound, WorkbenchError
from workbench.core.workflow import ROLES
from workbench.services import passwords, people
from workbench.services.projects import Project
from workbench.web.session import enter, leave, own_path, person, reading, utc_now, within, writing

bp = Blueprint("people", __name__)


def _agent() -> str:
    return request.headers.get("User-Agent", "")


def _onward() -> str:
    """Return where to go after signing in."""
    return own_path(request.values.get("next", ""))


@bp.route("/sign-in", methods=["GET", "POST"])
def sign_in() -> ResponseReturnValue:
    """Ask for name and password."""
    if current_user.is_authenticated:
        return redirect(_onward(), 303)
    if request.method == "GET":
        return render_template("people/sign_in.html", name="", problem=None, onward=request.args.get("next", ""))
    name, password = request.form.get("name", ""), request.form.get("password", "")
    with writing() as session:
        too_often = people.count_try(session, name, request.remote_addr or "", now=utc_now())
    problem, status = "Name and password do not go together.", 422
    if too_often:
        problem, status = "Too many tries. Wait a quarter of an hour, or ask an admin for a sign-in link.", 429
    else:
        with reading() as session:
            known = passwords.check(session, name, password)
        if known:
            with writing() as session:
                token = people.sign_in(session, known, name, agent=_agent(), now=utc_now())
            enter(token)
            return redirect(_onward(), 303)
        with writing() as session:
            people.note_failure(session, name, now=utc_now())
    return render_template(
        "people/sign_in.html", name=name, problem=problem, onward=request.form.get("next", "")
    ), status


@bp.get("/sign-in/<token>")
def sign_in_by_link(token: str) -> ResponseReturnValue:
    """Sign in by a link that works once; a browser that is signed in already just goes on.

    Who only looks ahead (a HEAD request, a browser that fetches what might be opened next) does not use it up.
    """
    if request.method == "HEAD" or "prefetch" in request.headers.get("Sec-Purpose", request.headers.get("Purpose", "")):
        return "", 204
    with writing() as session:
        secret = people.sign_in_by_link(session, token, agent=_agent(), now=utc_now())
    if secret:
        enter(secret)
    elif not current_user.is_authenticated:
        raise NotFound(
            "This sign-in link was used already or is too old; run “workbench people link NAME” for a new one."
        )
    return redirect(_onward(), 303)


@bp.route("/invitation/<token>", methods=["GET", "POST"])
def invitation(token: str) -> ResponseReturnValue:
    """Let an invited person choose a password."""
    return _choose(token, "invite")


@bp.route("/reset/<token>", methods=["GET", "POST"])
def reset(token: str) -> ResponseReturnValue:
    """Let somebody who forgot their password choose a new one."""
    return _choose(token, "reset")


def _choose(token: str, purpose: str) -> ResponseReturnValue:
    with reading() as session:
        row = people.invited(session, token, purpose, now=utc_now())
    problem = None
    if request.method == "POST":
        try:
            with writing() as session:
                secret = people.accept_invitation(
                    session, token, request.form.get("password", ""), purpose, agent=_agent(), now=utc_now()
                )
            enter(secret)
            return redirect(url_for("site.home"), 303)
        except WorkbenchError as refused:
            problem = refused.sentence
    context = {"row": row, "problem": problem, "token": token, "purpose": purpose}
    return render_template("people/invitation.html", **context), 422 if problem else 200


@bp.post("/sign-out")
@login_required  # type: ignore[untyped-decorator]
def sign_out() -> ResponseReturnValue:
    """End this browser's sign-in; what it kept of articles goes, whoever uses it next."""
    leave()
    gone = redirect(url_for("people.sign_in", left=1), 303)
    gone.headers["Clear-Site-Data"] = '"cache"'
    return gone


@bp.get("/projects/<slug>/team")
@within("settle")
def team(project: Project) -> ResponseReturnValue:
    """Show a project's team and the roles in it."""
    find, after = request.args.get("find", ""), request.args.get("after", 0, type=int)
    with reading() as session:
        rows, more = pages.cut(people.members(session, project.id, find=find, after=after, limit=pages.SIZE + 1))
    context = {"rows": rows, "more": more, "find": find, "roles": ROLES}
    return render_template("people/team.html", **context, link=None, name=None)


@bp.post("/projects/<slug>/team")
@within("settle")
def add_member(project: Project) -> ResponseReturnValue:
    """Add somebody to the team; who has no account yet gets an invitation link."""
    name, role = request.form.get("name", ""), request.form.get("role", "reviewer")
    link = None
    with writing() as session:
        try:
            found = people.find(session, name)
        except NotFound:
            found = people.add(session, name, by=person(), now=utc_now())
            token = people.invitation_link(session, found.id, by=person(), now=utc_now())
            link = url_for("people.invitation", token=token, _external=True)
        people.set_role(session, project.id, found.id, role, by=person(), now=utc_now())
        rows = people.members(session, project.id, find=found.name, limit=pages.SIZE)
    context = {"rows": rows, "more": None, "find": found.name, "roles": ROLES}
    return render_template("people/team.html", **context, link=link, name=found.name)


@bp.post("/projects/<slug>/team/<int:person_id>")
@within("settle")
def set_role(project: Project, person_id: int) -> ResponseReturnValue:
    """Change somebody's role in the project, or take them off the team."""
    with writing() as session:
        people.change_role(session, project.id, person_id, request.form.get("role") or None, by=person(), now=utc_now())
    flash("The team is changed.", "ok")
    return redirect(url_for("people.team", slug=project.slug), 303)
