"""Signing in through an OpenID provider, by the code flow with PKCE, state and nonce; asks nobody unless configured."""

from typing import Any, Final

import structlog
from flask import Blueprint, Flask, current_app, flash, redirect, render_template, request, url_for
from flask import session as cookie
from flask.typing import ResponseReturnValue
from flask_login import current_user, login_required
from flask_wtf.csrf import validate_csrf
from wtforms import ValidationError

from workbench.core.errors import NotFound, WorkbenchError
from workbench.services import openid
from workbench.services.openid import Arrival
from workbench.settings import OpenID, Settings
from workbench.web.session import enter, own_path, person, settings, utc_now, writing

bp = Blueprint("openid", __name__)
log = structlog.get_logger("workbench.web")

TIMEOUT: Final = 10
_KEPT: Final = "openid"


def install(app: Flask, chosen: Settings) -> None:
    """Tell the library of the provider, if there is one, and the pages what it is called."""
    if chosen.openid:
        from authlib.integrations.flask_client import OAuth  # 15 MB that other benches need not hold

        oauth = app.extensions["workbench.provider"] = OAuth(app)
        oauth.register(
            "provider",
            client_id=chosen.openid.client_id,
            client_secret=chosen.openid.client_secret or None,
            server_metadata_url=f"{chosen.openid.issuer.rstrip('/')}/.well-known/openid-configuration",
            client_kwargs={
                "scope": "openid profile email",
                "code_challenge_method": "S256",
                "default_timeout": TIMEOUT,
                "token_endpoint_auth_method": "client_secret_basic" if chosen.openid.client_secret else "none",
            },
        )

    @app.context_processor
    def provider() -> dict[str, Any]:
        return {"provider": chosen.openid.title if chosen.openid else None}


@bp.get("/openid/start")
def start() -> ResponseReturnValue:
    """Send the browser to the provider, to sign in, to answer an invitation, or to link one's account."""
    _configured()
    kept: dict[str, Any] = {"next": own_path(request.args.get("next", "")), "invitation": None, "linking": False}
    if current_user.is_authenticated:
        try:
            validate_csrf(request.args.get("token"))
        except ValidationError:
            return redirect(kept["next"], 303)
        kept["linking"] = True
    elif invitation := request.args.get("invitation"):
        kept["invitation"] = invitation
    cookie[_KEPT] = kept
    try:
        _check_issuer()
        scheme = "https" if settings().secure else None
        return _client().authorize_redirect(url_for("openid.back", _external=True, _scheme=scheme))  # type: ignore[no-any-return]
    except _troubles() as problem:
        return _refused(problem, f"{_configured().title} does not answer as it should; try again, or tell an admin.")


@bp.get("/openid/back")
def back() -> ResponseReturnValue:
    """Take in who comes back from the provider."""
    chosen, kept = _configured(), cookie.pop(_KEPT, None) or {}
    try:
        _check_issuer()
        claims = _client().authorize_access_token().get("userinfo")
    except _troubles() as problem:
        return _refused(problem, _said(chosen, problem))
    if not claims:
        return _refused(None, f"{chosen.title} did not say who you are; tell an admin.")
    linking = person() if kept.get("linking") and current_user.is_authenticated else None
    arrival = Arrival(claims, kept.get("invitation"), linking)
    try:
        with writing() as session:
            agent = request.headers.get("User-Agent", "")
            secret = openid.arrive(session, chosen, arrival, agent=agent, now=utc_now())
    except WorkbenchError as problem:
        return _refused(problem, problem.sentence)
    if secret is None:
        flash(f"You can sign in with {chosen.title} from now on.", "ok")
        return redirect(url_for("accounts.account"), 303)
    enter(secret)
    return redirect(own_path(kept.get("next", "")), 303)


@bp.get("/openid/leave")
def leave() -> ResponseReturnValue:
    """Send the browser to where the provider ends its own sign-in."""
    chosen = _configured()
    try:
        _check_issuer()
        url = _client().create_logout_url(client_id=chosen.client_id)["url"]
    except _troubles() as problem:
        return _refused(problem, f"{chosen.title} offers no way to sign out from here; sign out on its own pages.")
    return redirect(url, 303)


@bp.post("/account/openid")
@login_required  # type: ignore[untyped-decorator]
def unlink() -> ResponseReturnValue:
    """Let oneself no longer sign in by the provider."""
    with writing() as session:
        openid.unlink(session, _configured(), by=person(), now=utc_now())
    flash("The account is no longer linked.", "ok")
    return redirect(url_for("accounts.account"), 303)


def _configured() -> OpenID:
    chosen = settings().openid
    if chosen is None:
        raise NotFound("This bench has no OpenID provider; sign in with name and password.")
    return chosen


def _troubles() -> tuple[type[Exception], ...]:
    """Return what may go wrong between here and a provider."""
    from authlib.common.errors import AuthlibBaseError
    from joserfc.errors import JoseError

    return AuthlibBaseError, JoseError, OSError, RuntimeError, ValueError


def _client() -> Any:
    return current_app.extensions["workbench.provider"].provider


def _check_issuer() -> None:
    told = _client().load_server_metadata().get("issuer")
    if told != _configured().issuer:
        raise ValueError(f"the provider calls itself {told}")


def _said(chosen: OpenID, problem: Exception) -> str:
    error = getattr(problem, "error", "")
    if error == "access_denied":
        return f"You were not signed in: at {chosen.title} the request was declined."
    if error == "mismatching_state":
        return "That sign-in was begun in another browser or too long ago; begin again."
    if isinstance(problem, OSError):
        return f"{chosen.title} cannot be reached; try again in a minute, or sign in with your password."
    return f"What {chosen.title} sent cannot be trusted, and nobody was signed in; try again, or tell an admin."


def _refused(problem: Exception | None, sentence: str) -> ResponseReturnValue:
    log.warning("openid.refused", why=f"{type(problem).__name__}: {problem}"[:300])
    return render_template("people/sign_in.html", name="", problem=sentence, onward=""), 403
