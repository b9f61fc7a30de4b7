"""What every answer carries, and what every request is checked for."""

from contextlib import suppress
from copy import deepcopy
from functools import lru_cache
from hmac import compare_digest
from typing import Any, Final
from urllib.parse import urlsplit

from flask import Flask, Request, Response, request, session
from flask.sessions import SecureCookieSession, SecureCookieSessionInterface
from flask_wtf.csrf import CSRFProtect
from itsdangerous import BadData, URLSafeTimedSerializer

from workbench.core.errors import NotAllowed
from workbench.settings import Settings

POLICY: Final = (
    "default-src 'self'; img-src 'self' data:; object-src 'none'; base-uri 'none'; form-action 'self'; "
    "frame-ancestors 'none'"
)
HEADERS: Final = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=()",
}

_AT_HAND: Final = 2_000
"""Of how many cookies and tokens is remembered that their seal was good."""


class _Sessions(SecureCookieSessionInterface):
    """Cookies that are good whatever the clock says: the database knows when a sign-in ends.

    Flask takes a cookie of the next second for a forgery, but clocks are set back, and those of two servers differ.
    """

    def __init__(self) -> None:
        self._seal: URLSafeTimedSerializer | None = None
        self._held = lru_cache(_AT_HAND)(self._opened)

    def get_signing_serializer(self, app: Flask) -> URLSafeTimedSerializer | None:
        """Return what signs cookies, made once for an app."""
        self._seal = self._seal or super().get_signing_serializer(app)
        return self._seal

    def open_session(self, app: Flask, request: Request) -> SecureCookieSession:
        """Return what the cookie holds; one that was not signed here holds nothing."""
        seal, value = self.get_signing_serializer(app), request.cookies.get(self.get_cookie_name(app))
        with suppress(BadData):
            if seal and value:
                return self.session_class(deepcopy(self._held(seal, value)))
        return self.session_class()

    @staticmethod
    def _opened(seal: URLSafeTimedSerializer, value: str) -> dict[str, Any]:
        return seal.loads(value)  # type: ignore[no-any-return]


class _Tokens(CSRFProtect):  # type: ignore[misc]
    """Flask-WTF's check, which looks at the seal of a token in the header once: none of them runs out."""

    def init_app(self, app: Flask) -> None:
        """Check the requests of an app."""
        super().init_app(app)
        self._unsealed = lru_cache(_AT_HAND)(URLSafeTimedSerializer(app.secret_key or "", salt="wtf-csrf-token").loads)

    def protect(self, apply_exemptions: bool = False) -> None:
        """Let a request pass whose token is that of its session; Flask-WTF says what is wrong with others."""
        own, given = session.get("csrf_token"), request.headers.get("X-CSRFToken")
        with suppress(BadData):
            if own and given and compare_digest(own, self._unsealed(given)):
                return
        super().protect(apply_exemptions)


def install(app: Flask, settings: Settings) -> None:
    """Set cookies, limits, headers, the CSRF token and the check of where a request comes from."""
    app.config.update(
        SESSION_COOKIE_NAME="__Host-workbench" if settings.secure else "workbench",
        SESSION_COOKIE_SECURE=settings.secure,
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
        MAX_CONTENT_LENGTH=settings.upload_limit,
        MAX_FORM_MEMORY_SIZE=4_000_000,
        WTF_CSRF_TIME_LIMIT=None,
        WTF_CSRF_SSL_STRICT=False,
    )
    app.session_interface = _Sessions()
    _Tokens(app)
    app.before_request(_same_origin)
    app.after_request(_headers)
    if settings.secure:
        app.after_request(_strict_transport)


def _same_origin() -> None:
    if request.method in {"GET", "HEAD", "OPTIONS"}:
        return
    origin = request.headers.get("Origin", "null")
    foreign = origin != "null" and _host(origin) != request.host
    if foreign or request.headers.get("Sec-Fetch-Site") == "cross-site":
        raise NotAllowed("This request came from another site and was not carried out.")


def _host(origin: str) -> str | None:
    try:
        return urlsplit(origin).netloc
    except ValueError:  # such as http://[::1
        return None


def _headers(response: Response) -> Response:
    response.headers.extend(HEADERS)
    if request.endpoint == "static":
        response.headers["Cache-Control"] = "public, max-age=31536000, immutable"
    else:
        response.headers.setdefault("Cache-Control", "no-store")
    return response


def _strict_transport(response: Response) -> Response:
    response.headers["Strict-Transport-Security"] = "max-age=31536000"
    return response
