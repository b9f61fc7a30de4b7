"""Projects: scheme, guidelines, rules."""

from typing import Any, Literal

from pydantic import Field

from workbench.api.shapes.base import Asked, Given, Next, Paged, Told


class Project(Told):
    """A project, with one's role in it."""

    slug: str
    title: str
    scheme_version: int
    guideline_version: int
    role: str | None


class ProjectsQuery(Paged):
    """A page of projects."""

    find: str = Field("", max_length=80, description="In the title.")


class Projects(Next):
    """The projects that one may see."""

    items: list[Project]


class NewProject(Given):
    """A project to be made, with the shipped scheme and guidelines; its address comes from the title."""

    title: str = Field(min_length=1, max_length=200)


class SchemeTold(Told):
    """A project's scheme."""

    version: int
    scheme: dict[str, Any]


class SchemeWish(Given):
    """Another scheme; `force` takes it even where accepted objects lose their place in it."""

    scheme: dict[str, Any]
    force: bool = False


class SchemeAnswer(Told):
    """The scheme's version; where `conflicts` counts any, nothing was changed."""

    version: int
    conflicts: list[list[str | int]]


class Version(Asked):
    """A version of the guidelines; the newest without it."""

    version: int | None = Field(None, ge=1, le=1_000_000)


class GuidelineTold(Told):
    """Guidelines in Markdown."""

    version: int
    body: str


class GuidelineWish(Given):
    """Other guidelines, in Markdown; the earlier ones are kept. `touches` names the labels and slots that change."""

    body: str = Field(max_length=100_000)
    touches: list[str] = Field([], max_length=200)
    note: str = Field("", max_length=500)


class Rules(Told):
    """How many people read an article, and what settles differences."""

    version: int
    readers: int
    overlap: int
    adaptive: int | None
    plain: int
    own: bool
    blind: bool
    merge: str
    reasons: list[str]
    order: str
    lanes: list[dict[str, Any]]


class Lane(Given):
    """Articles that certain people read: those in these languages and of these outlets; empty means any."""

    people: list[int] = Field(max_length=200)
    languages: list[str] = Field([], max_length=50)
    outlets: list[str] = Field([], max_length=200)
    readers: int | None = Field(None, ge=1, le=9)
    overlap: int | None = Field(None, ge=0, le=100)


class RulesWish(Given):
    """Other rules; what is left out stays as it is."""

    readers: int = Field(1, ge=1, le=9)
    overlap: int = Field(100, ge=0, le=100, description="Percent of the articles that get more than one reader.")
    adaptive: int | None = Field(None, ge=0, le=100)
    plain: int = Field(0, ge=0, le=100, description="Percent of the articles that are read without suggestions.")
    own: bool = False
    blind: bool = True
    merge: Literal["unanimous", "majority"] = "unanimous"
    reasons: list[str] = Field([], max_length=50)
    order: str = Field("oldest", max_length=40)
    lanes: list[Lane] = Field([], max_length=50)
