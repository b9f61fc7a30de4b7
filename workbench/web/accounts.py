"""One's own account, and for admins everybody's: names, links, browsers, keeping out and letting in again."""

from functools import wraps

from flask import Blueprint, flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import login_required

from workbench.core import pages
from workbench.core.devices import device
from workbench.core.workflow import Person
from workbench.services import accounts, passwords, people
from workbench.web.session import View, browser, person, reading, utc_now, writing

bp = Blueprint("accounts", __name__)


def admins_only(view: View) -> View:
    """Let a view run for admins alone."""

    @login_required  # type: ignore[untyped-decorator]
    @wraps(view)
    def guarded(**arguments: object) -> ResponseReturnValue:
        accounts.check_admin(person())
        g.admin = True
        return view(**arguments)

    return guarded  # type: ignore[no-any-return]


@bp.get("/account")
@login_required  # type: ignore[untyped-decorator]
def account() -> ResponseReturnValue:
    """Show one's own account: name, e-mail, password, browsers."""
    with reading() as session:
        found = accounts.account(session, person().id, now=utc_now())
    return render_template("people/account.html", found=found, here=browser(), device=device)


@bp.post("/account/password")
@login_required  # type: ignore[untyped-decorator]
def change_password() -> ResponseReturnValue:
    """Replace one's password."""
    old, new = request.form.get("old", ""), request.form.get("new", "")
    with writing() as session:
        passwords.count_guess(session, person(), now=utc_now())
    with writing() as session:
        passwords.change(session, old, new, but=browser(), by=person(), now=utc_now())
    flash("Your password is changed; other browsers were signed out. Tokens of programs go on.", "ok")
    return redirect(url_for("accounts.account"), 303)


@bp.post("/account/about")
@login_required  # type: ignore[untyped-decorator]
def change_about() -> ResponseReturnValue:
    """Change one's name, e-mail address, and whether notices go there."""
    form = request.form
    with writing() as session:
        accounts.rename(session, person().id, form.get("name", ""), by=person(), now=utc_now())
        accounts.set_contact(session, person().id, form.get("email", ""), mail=form.get("mail") == "on")
    flash("That is kept.", "ok")
    return redirect(url_for("accounts.account"), 303)


@bp.post("/account/sign-ins")
@login_required  # type: ignore[untyped-decorator]
def end_sign_ins() -> ResponseReturnValue:
    """End the sign-in of one of one's browsers, or of all others."""
    token = request.form.get("token")
    with writing() as session:
        if token:
            accounts.end_sign_in(session, person().id, token, by=person(), now=utc_now())
        else:
            people.sign_out(session, person(), but=browser())
    flash("That browser is signed out." if token else "All other browsers are signed out.", "ok")
    return redirect(url_for("accounts.account"), 303)


@bp.get("/people")
@admins_only
def listing() -> ResponseReturnValue:
    """List all accounts."""
    find, after = request.args.get("find", ""), request.args.get("after", 0, type=int)
    with reading() as session:
        rows, more = pages.cut(accounts.search(session, find, after=after, limit=pages.SIZE + 1))
    return render_template("people/listing.html", rows=rows, more=more, find=find)


@bp.post("/people")
@admins_only
def add() -> ResponseReturnValue:
    """Make an account and an invitation link."""
    with writing() as session:
        made = people.add(session, request.form.get("name", ""), by=person(), now=utc_now())
        if request.form.get("admin") == "on":
            accounts.set_admin(session, made.id, True, by=person(), now=utc_now())
        token = people.invitation_link(session, made.id, by=person(), now=utc_now())
    return _shown(made.id, ("invitation", url_for("people.invitation", token=token, _external=True)))


@bp.get("/people/<int:person_id>")
@admins_only
def one(person_id: int) -> ResponseReturnValue:
    """Show somebody's account."""
    return _shown(person_id)


@bp.post("/people/<int:person_id>")
@admins_only
def change(person_id: int) -> ResponseReturnValue:
    """Do what a button of somebody's page says."""
    act, by, now = request.form.get("act", ""), person(), utc_now()
    link = None
    with writing() as session:
        row = accounts.account(session, person_id, now=now).row
        who = Person(row.id, row.name, row.admin)
        if act == "reset":
            token = people.reset_link(session, who.id, by=by, now=now)
            link = ("password link", url_for("people.reset", token=token, _external=True))
        elif act == "rename":
            accounts.rename(session, who.id, request.form.get("name", ""), by=by, now=now)
        elif act in {"deactivate", "reactivate"}:
            people.set_active(session, who.id, act == "reactivate", by=by, now=now)
        elif act in {"admin", "no-admin"}:
            accounts.set_admin(session, who.id, act == "admin", by=by, now=now)
        elif act == "sign-out":
            accounts.end_sign_in(session, who.id, request.form.get("token", "all"), by=by, now=now)
    if link:
        return _shown(person_id, link)
    flash("Done.", "ok")
    return redirect(url_for("accounts.one", person_id=person_id), 303)


def _shown(person_id: int, link: tuple[str, str] | None = None) -> ResponseReturnValue:
    with reading() as session:
        found = accounts.account(session, person_id, now=utc_now())
    return render_template("people/person.html", found=found, link=link, here=browser(), device=device)
