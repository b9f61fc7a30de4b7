"""What every answer carries, and what every request is checked for."""

from contextlib import suppress
from typing import Final
from urllib.parse import urlsplit

from flask import Flask, Request, Response, request
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


class _Sessions(SecureCookieSessionInterface):
    """Cookies that are good whatever the clock says: the database knows when a sign-in ends.

    Flask takes a cookie of the next second for a forgery, but clocks are set back, and those of two servers differ.
    """

    _seal: URLSafeTimedSerializer | None = None

    def get_signing_serializer(self, app: Flask) -> URLSafeTimedSerializer | None:
        """Return what signs cookies, made once for an app."""
        self._seal = self._seal or super().get_signing_serializer(app)
        return self._seal

    def open_session(self, app: Flask, request: Request) -> SecureCookieSession:
        """Return what the cookie holds; one that was not signed here holds nothing."""
        seal, value = self.get_signing_serializer(app), request.cookies.get(self.get_cookie_name(app))
        with suppress(BadData):
            if seal and value:
                return self.session_class(seal.loads(value))
        return self.session_class()


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
    CSRFProtect(app)
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
    for name, value in HEADERS.items():
        response.headers.setdefault(name, value)
    if request.endpoint == "static":
        response.headers["Cache-Control"] = "public, max-age=31536000, immutable"
    else:
        response.headers.setdefault("Cache-Control", "no-store")
    return response


def _strict_transport(response: Response) -> Response:
    response.headers["Strict-Transport-Security"] = "max-age=31536000"
    return response
