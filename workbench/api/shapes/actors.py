"""Actors of a project: the registry, the project's own lines, and the names that review taught."""

from pydantic import Field

from workbench.api.shapes.base import Asked, Given, Told
from workbench.core.actors import Kind


class ActorQuery(Asked):
    """Which actors: those whose names begin so, or the project's own alone."""

    find: str = Field("", max_length=80)
    own: bool = False
    limit: int = Field(50, ge=1, le=200)


class Actor(Told):
    """An actor of the registry; `own` where the project's lines say something of it."""

    id: str
    name: str
    kind: str
    aliases: list[str]
    own: bool


class Actors(Told):
    """Actors, by name."""

    items: list[Actor]


class ActorWish(Given):
    """An actor that the registry lacks; `principal` is the id of whom it speaks for."""

    name: str = Field(min_length=1, max_length=200)
    kind: Kind
    aliases: list[str] = Field(default_factory=list, max_length=200)
    principal: str | None = Field(None, max_length=120)


class ActorMade(Told):
    """The id of an actor."""

    id: str


class Lines(Told):
    """A project's own lines (JSON Lines), as `workbench actors` reads them."""

    version: int
    body: str


class LinesWish(Given):
    """Other lines for a project."""

    body: str = Field(max_length=2_000_000)


class Taught(Told):
    """A name that people linked in review and that the registry does not know."""

    surface: str
    name: str
    label: str
    id: str | None
    count: int


class TaughtList(Told):
    """What review taught."""

    items: list[Taught]


class Surfaces(Given):
    """Names to keep."""

    surfaces: list[str] = Field(min_length=1, max_length=500)
