"""Who is there, when it is, and the one door to the database."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, suppress
from datetime import UTC, datetime, timedelta
from functools import partial, wraps
from typing import Any

from flask import Flask, abort, current_app, g, redirect, request, url_for
from flask import session as cookie
from flask.typing import ResponseReturnValue
from flask_login import LoginManager, UserMixin, current_user, login_user, logout_user
from sqlalchemy.orm import Session

from workbench.core import workflow
from workbench.core.errors import NotAllowed, Unavailable
from workbench.core.workflow import Person
from workbench.services import people, projects
from workbench.services.projects import Project
from workbench.settings import Settings
from workbench.web.errors import wants_json

View = Callable[..., ResponseReturnValue]
Door = Callable[[], AbstractContextManager[tuple[Any, Project, Person]]]


class SignedIn(UserMixin):  # type: ignore[misc]
    """A browser that is signed in, as Flask-Login wants it: its id is the browser's secret."""

    def __init__(self, token: str, person: Person, project: Project | None = None) -> None:
        self.token, self.person, self.project = token, person, project

    def get_id(self) -> str:
        """Return what the cookie keeps; it ends with the row that it names."""
        return self.token


def reading() -> AbstractContextManager[Session]:
    """Open a session for questions."""
    return bench().database.reading()  # type: ignore[no-any-return]


@contextmanager
def writing() -> Iterator[Session]:
    """Open a session that commits when the block ends and rolls back when it raises; it knows who asked.

    Within a project it raises NotAllowed where who asked has no longer the role that the request began with, and on
    the pages of admins where they are none any more.
    """
    with bench().database.writing() as session:
        session.info["origin"] = request.remote_addr
        if project := g.get("project"):
            found = people.present(session, current_user.token, project.slug, now=utc_now())
            if found is None or found.project is None or found.project.role != project.role:
                raise NotAllowed("Your role here changed while this was on its way; nothing was stored.")
        if g.get("admin"):
            found = people.present(session, current_user.token, now=utc_now())
            if found is None or not found.person.admin:
                raise NotAllowed("You ceased to be an admin while this was on its way; nothing was stored.")
        yield session


def bench() -> Any:
    """Return the database and settings that this app was made with."""
    return current_app.extensions["workbench"]


def settings() -> Settings:
    """Return the settings."""
    return bench().settings  # type: ignore[no-any-return]


def lease() -> timedelta:
    """Return how long an article stays with who opened it."""
    return timedelta(minutes=settings().lease_minutes)


def utc_now() -> datetime:
    """Return the time."""
    return datetime.now(UTC)


def person() -> Person:
    """Return who is signed in."""
    return current_user.person  # type: ignore[no-any-return]


def browser() -> str:
    """Return what is stored of this browser's secret."""
    return people.digest(current_user.token)


def enter(token: str) -> None:
    """Sign this browser in with a fresh secret."""
    with reading() as session:
        found = people.whose(session, token, now=utc_now())
    if found:
        login_user(SignedIn(token, found))


def leave() -> None:
    """Sign this browser out, here and in the database."""
    with writing() as session:
        people.sign_out(session, person(), token=browser())
    logout_user()


def own_path(path: str) -> str:
    """Return a path of this site as it is; anything else becomes the first page."""
    own = path.startswith("/") and not path.startswith(("//", "/\\")) and path.isprintable()
    return path if own else url_for("site.home")


def within(act: str) -> Callable[[View], View]:
    """Let a view run for people who may do this in the project of its address, and hand it that project."""

    def guard(view: View) -> View:
        @wraps(view)
        def guarded(slug: str, **arguments: Any) -> ResponseReturnValue:
            if not current_user.is_authenticated:
                return current_app.login_manager.unauthorized()  # type: ignore[no-any-return, attr-defined]
            g.project = _project(slug, act)
            return view(g.project, **arguments)

        return guarded

    return guard


def saving(act: str) -> Callable[[View], View]:
    """Let a view save, and hand it the door: a transaction of prepared statements, in which is looked up who asks.

    To ask before that as well would make a save a fifth slower. The view takes what is sent before it opens the door,
    since others wait behind it.
    """

    def guard(view: View) -> View:
        @wraps(view)
        def guarded(slug: str, **arguments: Any) -> ResponseReturnValue:
            token = cookie.get("_user_id")
            if not token:
                return current_app.login_manager.unauthorized()  # type: ignore[no-any-return, attr-defined]
            return view(partial(_door, token, slug, act), **arguments)

        return guarded

    return guard


@contextmanager
def _door(token: str, slug: str, act: str) -> Iterator[tuple[Any, Project, Person]]:
    now = utc_now()
    with bench().database.saving() as line:
        found = people.present(line, token, slug if slug.isprintable() else None, now=now)
        if found is None:
            abort(current_app.login_manager.unauthorized())  # type: ignore[attr-defined]
        project = found.project or _project(slug, act)
        workflow.check(project.role, act)
        yield line, project, found.person
    _seen(found, token, now)


def _seen(visitor: people.Present, token: str, now: datetime) -> None:
    """Keep that a browser was seen, once in a while."""
    if people.unseen(visitor, now):
        with suppress(Unavailable), writing() as session:
            people.see(session, token, now=now)


def _project(slug: str, act: str) -> Project:
    """Return the project of the address; to those who are not in it, it looks absent."""
    if found := current_user.project:
        workflow.check(found.role, act)
        return found  # type: ignore[no-any-return]
    with reading() as session:
        return projects.find(session, slug, by=person(), act=act)


def install(app: Flask) -> None:
    """Teach the app who is signed in."""
    manager = LoginManager(app)
    manager.session_protection = None

    @manager.user_loader  # type: ignore[untyped-decorator]
    def load(token: str) -> SignedIn | None:
        if g.get("out_of_reach"):  # the page that says so is shown to whoever it is
            return None
        now, slug = utc_now(), (request.view_args or {}).get("slug", "")
        try:
            with bench().database.asking() as line:
                found = people.present(line, token, slug if slug.isprintable() else None, now=now)
        except Unavailable:
            g.out_of_reach = True
            raise
        if found is None:
            return None
        _seen(found, token, now)
        return SignedIn(token, found.person, found.project)

    @manager.unauthorized_handler  # type: ignore[untyped-decorator]
    def stranger() -> ResponseReturnValue:
        if wants_json():
            abort(401, "Nobody is signed in here, or no longer; sign in, then try again.")
        onward = request.full_path.rstrip("?") if request.method == "GET" else None
        return redirect(url_for("people.sign_in", next=onward), 303)

    @app.context_processor
    def everywhere() -> dict[str, Any]:
        signed_in = request.endpoint != "static" and current_user.is_authenticated
        return {"me": person() if signed_in else None, "project": g.get("project")}
