"""The frame around all pages: the bar, the first page, health."""

from contextlib import suppress
from typing import Any

from flask import Blueprint, Flask, g, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user, login_required

from workbench.core import workflow
from workbench.core.errors import Unavailable
from workbench.services import inbox, projects
from workbench.web.session import person, reading

bp = Blueprint("site", __name__)

PAGES = (
    ("Queue", "review.queue", "read", "q"),
    ("Articles", "articles.listing", "read", "l"),
    ("Questions", "talk.listing", "review", None),
    ("Adjudication", "adjudication.listing", "adjudicate", "a"),
    ("Board", "board.page", "read", "d"),
    ("Guidelines", "projects.guideline", "read", None),
    ("Scheme", "projects.scheme", "read", None),
    ("Actors", "actors.listing", "read", None),
    ("Export", "releases.page", "export", None),
    ("Team", "people.team", "settle", None),
)
"""Title, endpoint, needed act and letter (behind ``g``, as on the desk) of the pages of a project."""


def install(app: Flask) -> None:
    """Put the bar on every page."""
    app.register_blueprint(bp)

    @app.context_processor
    def bar() -> dict[str, Any]:
        project = g.get("project")
        links = [
            {
                "title": title,
                "url": url_for(endpoint, slug=project.slug),
                "current": request.endpoint == endpoint,
                "letter": letter,
            }
            for title, endpoint, act, letter in (PAGES if project else ())
            if workflow.may(project.role, act)
        ]
        return {
            "site": {
                "home": url_for("site.home"),
                "links": links,
                "menu": _menu(),
                "unread": _unread,
                "sign_out": url_for("people.sign_out"),
                "theme": _theme(),
            }
        }


def _theme() -> str | None:
    """Return whether somebody chose light or dark; None leaves it to their system."""
    chosen = request.cookies.get("theme")
    return chosen if chosen in ("light", "dark") else None


def _unread() -> int | None:
    """Return how many notices the reader of a page has not read, 100 for any more.

    None for strangers, and where nobody can tell.
    """
    if request.endpoint == "static" or not current_user.is_authenticated:
        return None
    with suppress(Unavailable), reading() as session:
        return inbox.unread(session, person(), most=100)
    return None


def _menu() -> list[dict[str, str]]:
    """Return what the menu under one's name leads to."""
    if request.endpoint == "static" or not current_user.is_authenticated:
        return []
    pages = [("Your account", "accounts.account")]
    if person().admin:
        pages += [("People", "accounts.listing"), ("Log", "audit.site")]
    return [{"title": title, "url": url_for(endpoint)} for title, endpoint in pages]


@bp.get("/")
@login_required  # type: ignore[untyped-decorator]
def home() -> ResponseReturnValue:
    """Go to the only project's queue, or to the list of projects."""
    with reading() as session:
        mine = projects.listing(session, by=person(), limit=2)
    if len(mine) == 1:
        return redirect(url_for("review.queue", slug=mine[0].slug), 303)
    return redirect(url_for("projects.listing"), 303)
