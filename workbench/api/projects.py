"""Projects: the list, a new one, scheme, guidelines, and rules."""

from dataclasses import replace
from typing import Any

import msgspec

from workbench.api import paging
from workbench.api.calls import Answer, Call, operation
from workbench.api.shapes.projects import (
    GuidelineTold,
    GuidelineWish,
    NewProject,
    Project,
    Projects,
    ProjectsQuery,
    Rules,
    RulesWish,
    SchemeAnswer,
    SchemeTold,
    SchemeWish,
    Version,
)
from workbench.services import old_rules, overlap, projects
from workbench.settings import resource_root


@operation("GET", "/projects", tag="projects", scope="read", query=ProjectsQuery, told=Projects)
def list_projects(call: Call) -> Projects:
    """List the projects that one may see, by title; an admin may do what leads may."""
    asked, after = call.query, paging.after(call.query.after)
    found = projects.listing(call.session, by=call.by, find=asked.find, after=after, limit=asked.limit + 1)
    rows, onward = paging.page(found, asked.limit)
    return Projects(items=[Project.model_validate(replace(row, role=row.role or "lead")) for row in rows], next=onward)


@operation("POST", "/projects", tag="projects", scope="manage", admin=True, body=NewProject, told=Project, status=201)
def create_project(call: Call) -> Project:
    """Make a project, with the shipped scheme and guidelines; its maker leads it."""
    title = call.body.title
    made = projects.create(
        call.session, projects.slug_of(title), title, by=call.by, now=call.now, root=resource_root()
    )  # fmt: skip
    return Project.model_validate(made)


@operation("GET", "/projects/<slug>", tag="projects", act="read", told=Project)
def project(call: Call) -> Project:
    """Tell about a project, with one's role in it."""
    return Project.model_validate(call.project)


@operation("GET", "/projects/<slug>/scheme", tag="projects", act="read", told=SchemeTold)
def scheme(call: Call) -> Answer:
    """Tell the scheme: labels, slots and their lists."""
    version = call.project.scheme_version
    body = msgspec.json.decode(projects.scheme_source(call.session, call.project))
    return Answer(SchemeTold(version=version, scheme=body), etag=f"scheme-{version}")


@operation(
    "PUT", "/projects/<slug>/scheme", tag="projects", act="settle", body=SchemeWish, told=SchemeAnswer, matched=True
)
def change_scheme(call: Call) -> SchemeAnswer:
    """Give the project another scheme, after checking it against the work that is there."""
    version = call.project.scheme_version
    call.seen(f"scheme-{version}")
    source = msgspec.json.encode(call.body.scheme).decode()
    found = projects.change_scheme(
        call.session, call.project, source, seen=version, force=call.body.force, by=call.by, now=call.now
    )  # fmt: skip
    return SchemeAnswer(
        version=version if found.counts else version + 1, conflicts=[list(each) for each in found.counts]
    )


@operation("GET", "/projects/<slug>/guidelines", tag="projects", act="read", query=Version, told=GuidelineTold)
def guideline(call: Call) -> Answer:
    """Tell the guidelines in Markdown, the newest or an earlier version."""
    version = call.query.version or call.project.guideline_version
    body = projects.guideline(call.session, call.project, version)
    return Answer(GuidelineTold(version=version, body=body), etag=f"guidelines-{version}")


@operation(
    "PUT", "/projects/<slug>/guidelines", tag="projects", act="settle", body=GuidelineWish, told=GuidelineTold,
    matched=True,
)  # fmt: skip
def change_guideline(call: Call) -> GuidelineTold:
    """Give the project other guidelines; the earlier version is kept."""
    version, wish = call.project.guideline_version, call.body
    call.seen(f"guidelines-{version}")
    projects.change_guideline(call.session, call.project, wish.body, seen=version, by=call.by, now=call.now)
    old_rules.mark(call.session, call.project, version + 1, wish.touches, wish.note, by=call.by, now=call.now)
    return GuidelineTold(version=version + 1, body=wish.body)


@operation("GET", "/projects/<slug>/rules", tag="projects", act="settle", told=Rules)
def rules(call: Call) -> Answer:
    """Tell how many people read an article, and what settles differences."""
    kept = overlap.rules(call.session, call.project.id)
    told = Rules(version=kept.version, **msgspec.to_builtins(kept.rules))
    return Answer(told, etag=f"rules-{kept.version}")


@operation("PUT", "/projects/<slug>/rules", tag="projects", act="settle", body=RulesWish, told=Rules, matched=True)
def change_rules(call: Call) -> Rules:
    """Give the project other rules; work that somebody has begun stays with them."""
    kept = overlap.rules(call.session, call.project.id)
    call.seen(f"rules-{kept.version}")
    row: dict[str, Any] = msgspec.to_builtins(kept.rules) | call.body.model_dump(exclude_unset=True)
    overlap.change_rules(call.session, call.project, row, seen=kept.version, by=call.by, now=call.now)
    kept = overlap.rules(call.session, call.project.id)
    return Rules(version=kept.version, **msgspec.to_builtins(kept.rules))
