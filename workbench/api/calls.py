"""What every call goes through: token, rate, project, scope, shape, one transaction, one answer."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import wraps
from hashlib import sha256
from http import HTTPStatus
from pathlib import Path
from typing import Any, Final, TypeVar

from flask import Blueprint, Response, current_app, request
from pydantic import BaseModel
from sqlalchemy.orm import Session

from workbench.api import bodies
from workbench.api.description import Operation, documented
from workbench.core import workflow
from workbench.core.errors import NotAllowed, NotSignedIn, Unmatched, Unnamed
from workbench.core.workflow import Person
from workbench.edge import uploads
from workbench.jobs.tasks import Bench
from workbench.services import accounts, projects, tokens
from workbench.services.projects import Project
from workbench.services.tokens import Holder
from workbench.settings import Settings
from workbench.store.engine import Database

bp: Final = Blueprint("api", __name__, url_prefix="/api/v1")


@dataclass(slots=True)
class Call:
    """One call: who, when, about what; ``session`` lives as long as the call, ``sent`` holds its files."""

    holder: Holder
    now: datetime
    session: Session
    path: Mapping[str, Any]
    query: Any
    body: Any
    inside: Project | None
    sent: Path | None = None

    @property
    def by(self) -> Person:
        """Return who acts."""
        return self.holder.person

    @property
    def project(self) -> Project:
        """Return the project of the address."""
        assert self.inside is not None
        return self.inside

    @property
    def folder(self) -> Path:
        """Return the folder that holds the files which came."""
        assert self.sent is not None
        return self.sent

    @property
    def settings(self) -> Settings:
        """Return the settings."""
        return current_app.extensions["workbench"].settings  # type: ignore[no-any-return]

    @property
    def database(self) -> Database:
        """Return the database, for what opens its own transactions."""
        return current_app.extensions["workbench"].database  # type: ignore[no-any-return]

    @property
    def lease(self) -> timedelta:
        """Return how long an article stays with who took it."""
        return timedelta(minutes=self.settings.lease_minutes)

    def seen(self, current: str) -> None:
        """Raise unless If-Match names the current version of what is changed."""
        if not request.if_match:
            raise Unnamed("Say which version you change: send its ETag in If-Match.")
        if not request.if_match.contains(current):
            raise Unmatched(
                f"The current version is “{current}”, not the one in If-Match; read it again, then change it."
            )


@dataclass(frozen=True, slots=True)
class Answer:
    """What goes back: a shape or bytes; ``etag`` names the version of what is told."""

    body: BaseModel
    status: int = 200
    etag: str | None = None


View = Callable[[Call], BaseModel | Answer | Response]
ViewOf = TypeVar("ViewOf", bound=View)


def operation(method: str, path: str, **about: Any) -> Callable[[ViewOf], ViewOf]:
    """Make a function answer an address; what it takes and tells is checked and described from here alone."""
    op = Operation(method=method, path=path, **about)

    def register(view: ViewOf) -> ViewOf:
        @wraps(view)
        def run(**place: Any) -> Response:
            return _run(op, view, place)

        described = documented(op, run)

        @wraps(described)
        def entered(**place: Any) -> Response:
            return run(**place)

        entered.operation = op  # type: ignore[attr-defined]
        bp.add_url_rule(path, op.name or view.__name__, entered, methods=[method])
        return view

    return register


def _run(op: Operation, view: View, place: dict[str, Any]) -> Response:
    bench, now = current_app.extensions["workbench"], datetime.now(UTC)
    holder = _enter(bench.database, bench.settings, now)
    _check_scope(op, holder)
    changes = op.method != "GET"
    key = request.headers.get("Idempotency-Key") if op.keyed else None
    folder = _received(op, bench, holder, place)
    files = uploads.digest(folder) if folder and key is not None else None
    with bench.database.writing() if changes else bench.database.reading() as session:
        session.info["origin"] = request.remote_addr
        if changes:
            tokens.check(session, holder)
        inside = projects.find(session, place["slug"], by=holder.person, act=op.act) if op.act else None
        query, raw = bodies.query(op.query), b""
        if changes and op.body:
            raw = bodies.raw()
        call = Call(holder, now, session, place, query, None, inside, folder)
        if key is not None:
            print_ = tokens.fingerprint(op.method, request.full_path, raw if files is None else files)
            if kept := tokens.begin(session, holder.person, key, print_, now=now):
                return _sent(kept.body.encode(), kept.status, replayed=True)
        call.body = bodies.read(op.body, raw) if op.body else None
        told = view(call)
        if isinstance(told, Response):
            return told
        answer = told if isinstance(told, Answer) else Answer(told, op.status)
        body = answer.body.model_dump_json().encode()
        if key is not None:
            tokens.keep(session, holder.person, key, answer.status, body.decode())
    return _sent(body, answer.status, etag=answer.etag, conditional=not changes)


def _received(op: Operation, bench: Bench, holder: Holder, place: dict[str, Any]) -> Path | None:
    """Take in what is sent, before the transaction behind which others wait: senders may be slow.

    Return the folder of files, if there are any.
    """
    if not op.uploads:
        if op.body:
            request.get_data()
        return None
    with bench.database.reading() as session:
        projects.find(session, place["slug"], by=holder.person, act=op.act or "import")
    return uploads.received(bench.settings.home, op.uploads)


def _enter(database: Database, settings: Settings, now: datetime) -> Holder:
    scheme, _, secret = request.headers.get("Authorization", "").partition(" ")
    if scheme.lower() != "bearer" or not secret.strip():
        raise NotSignedIn("Send a token: Authorization: Bearer wb_… (make one on your account page).")
    try:
        with database.writing() as session:
            return tokens.enter(session, secret.strip(), now=now, most=settings.api_rate)
    except NotSignedIn:
        with database.writing() as session:
            tokens.count_wrong(session, request.remote_addr or "", now=now)
        raise


def _check_scope(op: Operation, holder: Holder) -> None:
    needed = op.scope or workflow.scope_of(op.act or "read")
    if needed not in holder.scopes:
        raise NotAllowed(f"This token lacks the scope “{needed}”; it has {', '.join(sorted(holder.scopes))}.")
    if op.admin:
        accounts.check_admin(holder.person)


def _sent(
    body: bytes, status: int, *, etag: str | None = None, conditional: bool = False, replayed: bool = False
) -> Response:
    response = Response(body, status, mimetype="application/json")
    if replayed:
        response.headers[uploads.REPLAYED] = "true"
    if conditional:
        response.set_etag(etag or sha256(body).hexdigest()[:32])
        response.headers["Cache-Control"] = "private, no-cache"
        response.vary.add("Authorization")
        response.make_conditional(request)
        if response.status_code == HTTPStatus.PRECONDITION_FAILED:
            raise Unmatched("What is there is of another version than If-Match names; leave that out to read it.")
    return response
