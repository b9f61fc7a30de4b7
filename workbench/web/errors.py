"""What people see when something goes wrong: a page, a message, or a problem document (RFC 9457)."""

from typing import Any, Final

import structlog
from flask import Flask, Response, g, jsonify, render_template, request
from flask.typing import ResponseReturnValue
from flask_wtf.csrf import CSRFError
from werkzeug.exceptions import HTTPException, RequestEntityTooLarge

from workbench.core.errors import Invalid, NotAllowed, NotFound, Stale, Unavailable, WorkbenchError
from workbench.services.review import Unfinished
from workbench.web.htmx import asked_by_htmx, part

STATUS: Final[dict[type[WorkbenchError], int]] = {
    NotFound: 404,
    NotAllowed: 403,
    Stale: 409,
    Unavailable: 503,
    Invalid: 422,
}
TITLES: Final = {
    400: "That request cannot be read",
    401: "Sign in first",
    403: "That is not yours to do",
    404: "There is nothing here",
    405: "That does not work this way",
    409: "Somebody was faster",
    413: "That is too large",
    422: "That cannot be used",
    500: "Something broke on our side",
    503: "Not right now",
}

log = structlog.get_logger("workbench.web")


def install(app: Flask) -> None:
    """Answer every error in the form that was asked for."""

    @app.errorhandler(WorkbenchError)
    def known(error: WorkbenchError) -> ResponseReturnValue:
        status = next((STATUS[kind] for kind in type(error).__mro__ if kind in STATUS), 422)
        more: dict[str, Any] = {}
        if isinstance(error, Unfinished):
            more = {
                "undecided": error.waiting,
                "incomplete": [{"id": oid, "why": why} for oid, why in error.incomplete],
            }
        return _answer(status, error.code, error.sentence, more)

    @app.errorhandler(CSRFError)
    def forged(_error: CSRFError) -> ResponseReturnValue:
        return _answer(400, "csrf", "This page is too old to be sent; reload it and try again. Nothing was changed.")

    @app.errorhandler(HTTPException)
    def refused(error: HTTPException) -> ResponseReturnValue:
        if error.response is not None:
            return error.response
        status = error.code or 500
        sentence = error.description or ""
        if status == 404:
            sentence = "The address is wrong, or what was there has moved."
        if isinstance(error, RequestEntityTooLarge):
            limit = app.config["MAX_CONTENT_LENGTH"] // 1_000_000
            sentence = f"At most {limit} MB can be sent at once; WORKBENCH_UPLOAD_LIMIT sets another limit."
        return _answer(status, f"http_{status}", sentence)

    @app.errorhandler(Exception)
    def broken(_error: Exception) -> ResponseReturnValue:
        log.exception("web.error", path=request.path)
        return _answer(500, "internal", "The error was noted with the number below. Nothing half-done was stored.")


def wants_json() -> bool:
    """Say whether the caller speaks JSON."""
    return request.is_json or request.accept_mimetypes.best == "application/json"


def _answer(status: int, code: str, sentence: str, more: dict[str, Any] | None = None) -> ResponseReturnValue:
    title = TITLES.get(status, TITLES[400])
    if wants_json():
        problem = {"type": "about:blank", "title": title, "status": status, "code": code, "detail": sentence}
        response: Response = jsonify(problem | (more or {}))
        response.status_code, response.mimetype = status, "application/problem+json"
        return response
    error = {"status": status, "title": title, "sentence": sentence, "reference": g.get("request_id")}
    if asked_by_htmx():
        return part("errors/_toast.html", status, error=error)
    return render_template("errors/page.html", error=error), status
