"""Actors: a project's registry, which is the shipped one with the project's own lines over it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from pathlib import Path
from typing import Any, Final

import msgspec
from sqlalchemy.orm import Session

from workbench.core import workflow
from workbench.core.actors import Actor, Kind, Registry
from workbench.core.errors import Invalid, Refused, Stale
from workbench.core.own_actors import Taught, extended, id_for, lines, record, taught, with_lines
from workbench.core.words import legible
from workbench.core.workflow import Person
from workbench.services import resources
from workbench.services.projects import Project
from workbench.settings import resource_root
from workbench.store import actors, people

MOST_LINKS: Final = 8_000
LONGEST: Final = 2_000_000


@dataclass(frozen=True, slots=True)
class Listed:
    """An actor on the page of a project; ``own`` where the project's lines say something of it."""

    actor: Actor
    own: bool


@lru_cache(maxsize=16)
def _laid(root: Path, body: str) -> Registry:
    shipped = resources.registry(root)
    return extended(shipped, body) if body else shipped


def registry(session: Session, project: Project, *, root: Path) -> Registry:
    """Return a project's registry."""
    return _laid(root, actors.own(session, project.id).body)


def of_project(session: Session, project_id: int) -> Registry:
    """Return the registry of a project that goes by its number."""
    return _laid(resource_root(), actors.own(session, project_id).body)


def jsonl(session: Session, project: Project, *, root: Path) -> bytes:
    """Return a project's registry as JSON Lines: shipped lines as they are, then what is the project's own."""
    known, shipped = registry(session, project, root=root), resources.registry(root)
    if known is shipped:
        return resources.actor_lines(root)
    changed = [actor for actor in known if shipped.by_id(actor.id) != actor]
    gone = {actor.id for actor in changed}
    kept = [line for line in resources.actor_lines(root).splitlines() if msgspec.json.decode(line)["id"] not in gone]
    return b"".join(line + b"\n" for line in (*kept, *(msgspec.json.encode(record(actor)) for actor in changed)))


def source(session: Session, project: Project) -> tuple[int, str]:
    """Return the version and text of a project's own lines."""
    row = actors.own(session, project.id)
    return row.version, row.body


def listing(session: Session, project: Project, find: str, *, own: bool, limit: int, root: Path) -> list[Listed]:
    """List actors by what their names begin with, or the project's own; all in the order of their names."""
    row = actors.own(session, project.id)
    known = _laid(root, row.body)
    mine = {str(line.get("id")) for _, line in lines(row.body)}
    found: Iterable[Actor] = known.search(find, limit=limit) if find.strip() else sorted(known, key=_by_name)
    kept = (Listed(actor, actor.id in mine) for actor in found)
    return [each for each in kept if each.own or not own][:limit]


def _by_name(actor: Actor) -> tuple[str, str]:
    return actor.name.casefold(), actor.id


def change(
    session: Session, project: Project, body: str, *, seen: int, by: Person | None, now: datetime, root: Path
) -> int:
    """Give a project other lines of its own; return their version.

    Raises Refused with the number of a line that cannot be used, and Stale where somebody was faster.
    """
    workflow.check(project.role, "settle")
    current = actors.own(session, project.id)
    if current.version != seen:
        raise Stale("Somebody else changed the actors meanwhile; reload, then change them.")
    if len(body) > LONGEST:
        raise Invalid(f"A project's own actors may have {LONGEST:,} characters at most.")
    extended(resources.registry(root), body)
    for number, row in lines(body):
        if not legible(row.get("name") or "", joined=True):
            raise Refused("The name of an actor has printable characters alone; write it anew.", number)
    if body == current.body:
        return seen
    who = by.id if by else None
    actors.keep(session, project.id, seen + 1, body, by=who, now=now)
    people.note(session, "actors.change", by=who, now=now, project_id=project.id, version=seen + 1)
    return seen + 1


def add(
    session: Session, project: Project, rows: Iterable[dict[str, Any]], *, by: Person | None, now: datetime, root: Path
) -> int:
    """Add records, or names to actors that are there; return the version of the project's lines."""
    current = actors.own(session, project.id)
    return change(session, project, with_lines(current.body, rows), seen=current.version, by=by, now=now, root=root)


def invent(
    session: Session,
    project: Project,
    name: str,
    kind: Kind,
    more: dict[str, Any],
    *,
    by: Person | None,
    now: datetime,
    root: Path,
) -> str:
    """Add a new actor under an id made from its name; return the id."""
    current = actors.own(session, project.id)
    known = _laid(root, current.body)
    name = " ".join(name.split())
    if not name or len(name) > 200 or not legible(name, joined=True):
        raise Invalid("Give the actor a name of 1 to 200 characters, all of them printable.")
    if known.by_name(name):
        raise Invalid(f"{name} is in the registry already; add other names to it instead.")
    made = id_for(name, kind, known)
    body = with_lines(current.body, [{"id": made, "name": name, "kind": kind, **more}])
    change(session, project, body, seen=current.version, by=by, now=now, root=root)
    return made


def harvest(session: Session, project: Project, *, root: Path, by: Person | None = None) -> list[Taught]:
    """List the names that people linked in review and that the registry does not know, over the newest MOST_LINKS."""
    known = registry(session, project, root=root)
    return taught(actors.links(session, project.id, MOST_LINKS, blind=by.id if by else None), known)


def learn(
    session: Session, project: Project, picked: Iterable[str], *, by: Person | None, now: datetime, root: Path
) -> list[Taught]:
    """Keep names that review taught, by their surfaces, as other names of their actors; return what was kept.

    A name of nobody in the registry is left: it needs a kind first (``invent``).
    """
    wanted = set(picked)
    kept = [each for each in harvest(session, project, root=root, by=by) if each.surface in wanted and each.id]
    if kept:
        known = registry(session, project, root=root)
        rows = [{"id": each.id, _list(each, known): [each.surface]} for each in kept]
        add(session, project, rows, by=by, now=now, root=root)
    return kept


def _list(name: Taught, known: Registry) -> str:
    """Say where a name belongs: words for a place that are labelled otherwise than it are adjectives of it."""
    actor = known.by_id(name.id or "")
    placed = actor is not None and actor.kind in {"state", "region"} and actor.label
    return "adjectives" if placed and placed != name.label else "aliases"
