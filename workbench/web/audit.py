"""The audit log as a page and as a file: of one project for its leads, of everything for admins."""

from collections.abc import Iterator
from itertools import chain
from typing import Any

from flask import Blueprint, Response, render_template, request, stream_with_context, url_for
from flask.typing import ResponseReturnValue

from workbench.services import audit
from workbench.services.audit import Wish
from workbench.services.projects import Project
from workbench.web.accounts import admins_only
from workbench.web.session import person, reading, within

bp = Blueprint("audit", __name__)


@bp.get("/log")
@admins_only
def site() -> ResponseReturnValue:
    """Show what was done on this bench."""
    return _page(None)


@bp.get("/log.csv")
@admins_only
def site_table() -> ResponseReturnValue:
    """Send the log of this bench as CSV."""
    return _table(None)


@bp.get("/projects/<slug>/log")
@within("settle")
def of_project(project: Project) -> ResponseReturnValue:
    """Show what was done in a project."""
    return _page(project)


@bp.get("/projects/<slug>/log.csv")
@within("settle")
def project_table(project: Project) -> ResponseReturnValue:
    """Send the log of a project as CSV."""
    return _table(project)


def _wish() -> Wish:
    return Wish(**{name: request.args.get(name, "") for name in ("act", "who", "since", "until")})


def _page(project: Project | None) -> ResponseReturnValue:
    wish = _wish()
    with reading() as session:
        found = audit.page(session, project, wish, before=request.args.get("before", type=int), by=person())
    return render_template(
        "people/log.html", found=found, wish=wish, words=audit.words, told=audit.told, address=_address
    )


def _address(*, table: bool = False, **more: Any) -> str:
    """Return the address of this page, or of its table, with the filter that is on."""
    kept = {name: value for name, value in request.args.items() if name != "before" and value}
    slug = (request.view_args or {}).get("slug")
    endpoint = f"audit.{'project_table' if slug else 'site_table'}" if table else request.endpoint or ""
    return url_for(endpoint, **({"slug": slug} if slug else {}), **kept | more)


def _table(project: Project | None) -> ResponseReturnValue:
    wish, by = _wish(), person()

    def lines() -> Iterator[str]:
        with reading() as session:
            yield from audit.table(session, project, wish, by=by)

    rows = lines()
    first = next(rows)  # asked for before the answer begins, so that a wish that cannot be met is refused
    name = f"log-{project.slug if project else 'workbench'}.csv"
    head = {"Content-Disposition": f"attachment; filename={name}"}
    return Response(stream_with_context(chain((first,), rows)), mimetype="text/csv", headers=head)
