"""The audit log: of a project for its leads, of the whole bench for admins."""

from workbench.api import paging
from workbench.api.calls import Call, operation
from workbench.api.shapes.log import Act, Log, LogQuery
from workbench.services import audit
from workbench.services.projects import Project


@operation("GET", "/log", tag="log", scope="manage", admin=True, query=LogQuery, told=Log)
def site_log(call: Call) -> Log:
    """Tell what was done to the bench, newest first."""
    return _page(call, None)


@operation("GET", "/projects/<slug>/log", tag="log", act="settle", query=LogQuery, told=Log)
def project_log(call: Call) -> Log:
    """Tell what was done to a project, newest first."""
    return _page(call, call.project)


def _page(call: Call, project: Project | None) -> Log:
    asked = call.query
    days = {name: day.isoformat() if day else "" for name, day in (("since", asked.since), ("until", asked.until))}
    wish, before = audit.Wish(asked.act, asked.who, **days), paging.after(asked.after) or None
    found = audit.page(call.session, project, wish, before=before, by=call.by)
    onward = paging.cursor(found.before) if found.before else None
    return Log(items=[Act.model_validate(row) for row in found.rows], next=onward)
