"""What every request gets at the door: a number, a look at its host and its characters, a line in the log."""

import re
import secrets
import time
from typing import Any, BinaryIO, Final

import structlog
from flask import Flask, Response, current_app, g, request
from werkzeug.datastructures import MultiDict
from werkzeug.exceptions import BadRequest
from werkzeug.middleware.proxy_fix import ProxyFix
from werkzeug.routing import IntegerConverter
from werkzeug.sansio.utils import host_is_trusted

from workbench.core.errors import Invalid
from workbench.edge import metrics
from workbench.settings import Settings

_NUMBER: Final = re.compile(r"[A-Za-z0-9._-]{1,64}")
_FORMS: Final = {"application/x-www-form-urlencoded", "multipart/form-data"}
_FIELDS: Final = 5_000
"""A database compares with so many values at once."""
log = structlog.get_logger("workbench.web")


class _Chunks:
    """A body that comes in chunks: where a server cannot read them (each has its own errors), the sender is told."""

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream

    def read(self, size: int = -1) -> bytes:
        """Return so many bytes, or all; raises BadRequest where the server can read no further."""
        try:
            return self._stream.read(size)
        except Exception:
            raise BadRequest("The body breaks off, or is not cut into chunks as HTTP wants it.") from None


class Number(IntegerConverter):
    """A number in an address, in plain digits, no larger than a database can hold."""

    regex = "[0-9]+"

    def __init__(self, url_map: Any, *args: Any, **rest: Any) -> None:
        super().__init__(url_map, *args, **({"max": 2**63 - 1} | rest))


def install(app: Flask, settings: Settings) -> None:
    """Look at what comes in and note what goes out; proxies in front are believed as far as they are configured."""
    app.url_map.converters["int"] = Number
    app.config["WORKBENCH_HOSTS"] = list(settings.hosts)
    if settings.proxies:
        count = settings.proxies
        app.wsgi_app = ProxyFix(  # type: ignore[method-assign]
            app.wsgi_app, x_for=count, x_proto=count, x_host=count, x_prefix=0
        )
    app.before_request(_arrived)
    app.before_request(_own_host)
    app.before_request(_readable)
    app.after_request(_left)


def _arrived() -> None:
    if "HTTP_TRANSFER_ENCODING" in request.environ:
        request.environ["wsgi.input"] = _Chunks(request.environ["wsgi.input"])
    given = request.headers.get("X-Request-Id", "")
    g.request_id = given if _NUMBER.fullmatch(given) else secrets.token_hex(6)
    g.begun = time.perf_counter()
    structlog.contextvars.bind_contextvars(request_id=g.request_id)


def _own_host() -> None:
    """Refuse requests for names that are not ours; what watches the bench may ask by number."""
    hosts = current_app.config["WORKBENCH_HOSTS"]
    if hosts and request.blueprint != "health" and not host_is_trusted(request.host, hosts):
        raise BadRequest("This bench is not known under that name; WORKBENCH_HOSTS lists the names that it has.")


def _readable() -> None:
    if "\x00" in request.path or b"%00" in request.query_string or b"\x00" in request.query_string:
        raise Invalid("The address holds the character U+0000, which names nothing.")
    if request.mimetype in _FORMS and request.blueprint != "api":
        if sum(map(len, request.form.listvalues())) > _FIELDS:
            raise Invalid(f"A form has {_FIELDS:,} fields at most; choose fewer things at once.")
        if _nul(request.form):
            raise Invalid("A field holds the character U+0000, which cannot be stored; remove it, then send again.")


def _nul(fields: MultiDict[str, str]) -> bool:
    return any("\x00" in value for values in fields.listvalues() for value in values)


def logged_path() -> str:
    """Return the path of the request as logs may hold it: without the secret of a link that lets somebody in."""
    secret = (request.view_args or {}).get("token")
    return request.path.replace(secret, "…") if secret else request.path


def _left(response: Response) -> Response:
    response.headers["X-Request-Id"] = g.get("request_id") or secrets.token_hex(6)
    if request.endpoint != "static":
        spent = time.perf_counter() - g.get("begun", time.perf_counter())
        metrics.count(request.endpoint or "none", request.method, response.status_code, spent)
        log.debug(
            "request", method=request.method, path=logged_path(), endpoint=request.endpoint,
            status=response.status_code, ms=round(1000 * spent, 1),
        )  # fmt: skip
    structlog.contextvars.clear_contextvars()
    return response
