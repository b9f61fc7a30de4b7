"""All that the server knows of htmx."""

from typing import Any

from flask import Flask, render_template
from flask.typing import ResponseReturnValue
from htmx_flask import Htmx, make_response, request


def install(app: Flask) -> None:
    """Teach the app to tell htmx from a browser."""
    Htmx(app)


def asked_by_htmx() -> bool:
    """Say whether htmx asked for a part, rather than a browser for a page."""
    return bool(request.htmx) and not request.htmx.history_restore_request


def page_or_part(page: str, part: str, **context: Any) -> ResponseReturnValue:
    """Answer htmx with the part and a browser with the page that includes it."""
    response = make_response(render_template(part if asked_by_htmx() else page, **context))
    response.vary.add("HX-Request")
    return response  # type: ignore[no-any-return]


def part(template: str, status: int = 200, **context: Any) -> ResponseReturnValue:
    """Answer with a part."""
    response = make_response(render_template(template, **context), status)
    response.vary.add("HX-Request")
    return response  # type: ignore[no-any-return]
