"""One's own tokens for programs, and the page that lists what programs can ask."""

from flask import Blueprint, current_app, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import login_required

from workbench.core.errors import Invalid
from workbench.core.workflow import SCOPES
from workbench.services import tokens
from workbench.web.session import person, reading, utc_now, writing

bp = Blueprint("tokens", __name__)

DAYS = (("7", "a week"), ("30", "a month"), ("90", "three months"), ("366", "a year"))


@bp.get("/account/tokens")
@login_required  # type: ignore[untyped-decorator]
def page() -> ResponseReturnValue:
    """Show one's tokens."""
    return _page()


@bp.post("/account/tokens")
@login_required  # type: ignore[untyped-decorator]
def make() -> ResponseReturnValue:
    """Make a token and show its secret, this once."""
    form = request.form
    name, scopes, days = form.get("name", ""), form.getlist("scopes"), form.get("days", 90, type=int)
    try:
        with writing() as session:
            _, secret = tokens.make(session, name, scopes, days, by=person(), now=utc_now())
    except Invalid as refused:
        return _page(problem=refused.sentence, name=name, chosen=scopes), 422
    return _page(secret=secret, made=name)


@bp.post("/account/tokens/<int:token_id>/revoke")
@login_required  # type: ignore[untyped-decorator]
def revoke(token_id: int) -> ResponseReturnValue:
    """End a token."""
    with writing() as session:
        tokens.revoke(session, token_id, by=person(), now=utc_now())
    flash("The token is revoked; its program is out at once.", "ok")
    return redirect(url_for("tokens.page"), 303)


def _page(
    *, secret: str | None = None, made: str = "", problem: str | None = None, name: str = "",
    chosen: list[str] | None = None,
) -> str:  # fmt: skip
    with reading() as session:
        rows = tokens.listing(session, person(), now=utc_now())
    now = utc_now()
    shown = [(row, tokens.is_good(row, now)) for row in rows]
    scopes = {key: (words, key in (["read"] if chosen is None else chosen)) for key, words in SCOPES.items()}
    context = {"secret": secret, "made": made, "problem": problem, "name": name, "scopes": scopes, "days": DAYS}
    return render_template("people/tokens.html", rows=shown, **context)


@bp.get("/api")
@login_required  # type: ignore[untyped-decorator]
def programs() -> ResponseReturnValue:
    """Show what programs can ask, address by address, with the codes of problems."""
    spec = current_app.extensions["workbench.describe"]()
    operations: dict[str, list[tuple[str, str, str, str]]] = {tag["name"]: [] for tag in spec["tags"]}
    for path, methods in spec["paths"].items():
        for method, told in methods.items():
            row = (method.upper(), path, told["summary"], told["x-scope"])
            operations[told["tags"][0]].append(row)
    return render_template("people/programs.html", operations=operations, codes=spec["x-codes"], scopes=SCOPES)
