"""What people see when something goes wrong: a page, a message, or a problem document (RFC 9457)."""

from contextlib import suppress
from typing import Any

import structlog
from flask import Flask, Response, g, jsonify, make_response, render_template, request
from flask.globals import request_ctx
from flask.typing import ResponseReturnValue
from flask_login import current_user
from flask_wtf.csrf import CSRFError
from werkzeug.exceptions import HTTPException, RequestEntityTooLarge

from workbench.core.errors import Unavailable, WorkbenchError
from workbench.edge import problems
from workbench.edge.requests import logged_path
from workbench.web.htmx import asked_by_htmx, part

API = "/api/v1"
log = structlog.get_logger("workbench.web")


def install(app: Flask) -> None:
    """Answer every error in the form that was asked for."""

    @app.errorhandler(WorkbenchError)
    def known(error: WorkbenchError) -> ResponseReturnValue:
        status = problems.status_of(error)
        response = _answer(status, error.code, error.sentence, problems.more_of(error))
        if seconds := problems.again_after(error):
            response.headers["Retry-After"] = str(seconds)
        if status == 401:
            response.headers["WWW-Authenticate"] = 'Bearer realm="Workbench"'
        return response

    @app.errorhandler(CSRFError)
    def forged(_error: CSRFError) -> ResponseReturnValue:
        return _answer(400, "csrf", "This page is too old to be sent; reload it and try again. Nothing was changed.")

    @app.errorhandler(HTTPException)
    def refused(error: HTTPException) -> ResponseReturnValue:
        if error.response is not None:
            return error.response
        status = error.code or 500
        response = _answer(status, f"http_{status}", _sentence(app, status, error))
        for name, value in error.get_headers():
            if name in {"Allow", "Location", "Retry-After"}:
                response.headers[name] = value
        return response

    @app.errorhandler(RecursionError)
    def bottomless(_error: RecursionError) -> ResponseReturnValue:
        return _answer(422, "invalid", "What was sent is nested too deeply to be read.")

    @app.errorhandler(Exception)
    def broken(_error: Exception) -> ResponseReturnValue:
        log.exception("web.error", path=logged_path())
        return _answer(500, "internal", "The error was noted with the number below. Nothing half-done was stored.")


def _sentence(app: Flask, status: int, error: HTTPException) -> str:
    if status == 404:
        return "The address is wrong, or what was there has moved."
    if isinstance(error, RequestEntityTooLarge):
        limit = app.config["MAX_CONTENT_LENGTH"] // 1_000_000
        return f"At most {limit} MB can be sent at once; WORKBENCH_UPLOAD_LIMIT sets another limit."
    return error.description or ""


def wants_json() -> bool:
    """Say whether the caller speaks JSON: a program always does."""
    return by_program() or request.is_json or request.accept_mimetypes.best == "application/json"


def by_program() -> bool:
    """Say whether the address is one of the API's."""
    return request.path == API or request.path.startswith(f"{API}/")


def _answer(status: int, code: str, sentence: str, more: dict[str, Any] | None = None) -> Response:
    problem = problems.document(status, code, sentence, more)
    if wants_json():
        response: Response = jsonify(problem | {"request": g.get("request_id")})
        response.status_code, response.mimetype = status, "application/problem+json"
        return response
    if request_ctx.url_adapter is None:  # the host is no name, and a page would have links
        return Response(f"{problem['title']}. {sentence}\n", status, mimetype="text/plain")
    with suppress(Unavailable):  # afterwards it is nobody: the page of an error needs no database
        _ = current_user.is_authenticated
    error = {"status": status, "title": problem["title"], "sentence": sentence, "reference": g.get("request_id")}
    if asked_by_htmx():
        return make_response(part("errors/_toast.html", status, error=error))
    return make_response(render_template("errors/page.html", error=error), status)
