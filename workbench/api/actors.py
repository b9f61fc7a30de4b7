"""Actors: the registry of a project, its own lines, and the names that review taught."""

from workbench.api.calls import Answer, Call, operation
from workbench.api.shapes.actors import (
    Actor,
    ActorMade,
    ActorQuery,
    Actors,
    ActorWish,
    Lines,
    LinesWish,
    Surfaces,
    Taught,
    TaughtList,
)
from workbench.services import actors
from workbench.settings import resource_root

ACTORS = "/projects/<slug>/actors"


@operation("GET", ACTORS, tag="actors", act="read", query=ActorQuery, told=Actors)
def list_actors(call: Call) -> Actors:
    """List actors by what their names begin with, or the project's own."""
    asked = call.query
    rows = actors.listing(
        call.session, call.project, asked.find, own=asked.own, limit=asked.limit, root=resource_root()
    )  # fmt: skip
    found = [(row.actor, row.own) for row in rows]
    return Actors(
        items=[Actor(id=a.id, name=a.name, kind=a.kind, aliases=list(a.aliases), own=own) for a, own in found]
    )


@operation("POST", ACTORS, tag="actors", act="settle", body=ActorWish, told=ActorMade, status=201)
def add_actor(call: Call) -> ActorMade:
    """Add an actor that the registry lacks; its id is made from its name."""
    wish = call.body
    more = {"aliases": wish.aliases, "principal": wish.principal}
    made = actors.invent(
        call.session, call.project, wish.name, wish.kind, more, by=call.by, now=call.now, root=resource_root()
    )  # fmt: skip
    return ActorMade(id=made)


@operation("GET", f"{ACTORS}/lines", tag="actors", act="read", told=Lines)
def actor_lines(call: Call) -> Answer:
    """Tell the project's own lines, which lie over the shipped registry."""
    version, body = actors.source(call.session, call.project)
    return Answer(Lines(version=version, body=body), etag=f"actors-{version}")


@operation("PUT", f"{ACTORS}/lines", tag="actors", act="settle", body=LinesWish, told=Lines, matched=True)
def change_actor_lines(call: Call) -> Lines:
    """Give the project other lines of its own; a line that cannot be used is named, and nothing is changed."""
    version, _ = actors.source(call.session, call.project)
    call.seen(f"actors-{version}")
    body = call.body.body
    fresh = actors.change(
        call.session, call.project, body, seen=version, by=call.by, now=call.now, root=resource_root()
    )  # fmt: skip
    return Lines(version=fresh, body=body)


@operation("GET", f"{ACTORS}/taught", tag="actors", act="settle", told=TaughtList)
def taught_names(call: Call) -> TaughtList:
    """List the names that people linked in review and that the registry does not know, over the newest 8,000 links."""
    rows = actors.harvest(call.session, call.project, root=resource_root(), by=call.by)
    return TaughtList(items=[Taught.model_validate(row) for row in rows])


@operation("POST", f"{ACTORS}/learn", tag="actors", act="settle", body=Surfaces, told=TaughtList)
def learn_names(call: Call) -> TaughtList:
    """Keep names that review taught, as other names of their actors; tell which were kept."""
    kept = actors.learn(
        call.session, call.project, call.body.surfaces, by=call.by, now=call.now, root=resource_root()
    )  # fmt: skip
    return TaughtList(items=[Taught.model_validate(row) for row in kept])
