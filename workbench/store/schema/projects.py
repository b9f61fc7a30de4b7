"""Projects, their schemes and guidelines, and who is on the team."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from workbench.store.schema.base import Table


class Project(Table):
    """A pile of articles with a scheme, guidelines and a team."""

    __tablename__ = "project"
    __table_args__ = (Index("ix_project_title", "title", "id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    slug: Mapped[str] = mapped_column(String(64), unique=True)
    title: Mapped[str] = mapped_column(String(200))
    scheme_version: Mapped[int]
    guideline_version: Mapped[int]
    created_at: Mapped[datetime]


class SchemeVersion(Table):
    """A scheme as it once was."""

    __tablename__ = "scheme_version"

    project_id: Mapped[int] = mapped_column(ForeignKey("project.id"), primary_key=True)
    version: Mapped[int] = mapped_column(primary_key=True)
    body: Mapped[str] = mapped_column(Text)
    at: Mapped[datetime]
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))


class GuidelineVersion(Table):
    """The guidelines as they once were, in Markdown."""

    __tablename__ = "guideline_version"

    project_id: Mapped[int] = mapped_column(ForeignKey("project.id"), primary_key=True)
    version: Mapped[int] = mapped_column(primary_key=True)
    body: Mapped[str] = mapped_column(Text)
    at: Mapped[datetime]
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))


class Membership(Table):
    """Somebody's role in a project."""

    __tablename__ = "membership"

    project_id: Mapped[int] = mapped_column(ForeignKey("project.id"), primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), primary_key=True, index=True)
    role: Mapped[str] = mapped_column(String(16))


class RulesVersion(Table):
    """A project's rules for readers and adjudication as they once were, as JSON; none means the usual ones."""

    __tablename__ = "rules_version"

    project_id: Mapped[int] = mapped_column(ForeignKey("project.id"), primary_key=True)
    version: Mapped[int] = mapped_column(primary_key=True)
    body: Mapped[str] = mapped_column(Text)
    at: Mapped[datetime]
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))


class ActorsVersion(Table):
    """A project's own lines of the actor registry as they once were; none means the shipped ones alone."""

    __tablename__ = "actors_version"

    project_id: Mapped[int] = mapped_column(ForeignKey("project.id"), primary_key=True)
    version: Mapped[int] = mapped_column(primary_key=True)
    body: Mapped[str] = mapped_column(Text)
    at: Mapped[datetime]
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
