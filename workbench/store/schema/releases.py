"""Releases, kept as the bytes that left: nothing here is changed once it is written, but for a withdrawal."""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, LargeBinary, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from workbench.store.schema.base import BIG, Table


class Release(Table):
    """A named snapshot of a project's gold; withdrawn at most once, never deleted."""

    __tablename__ = "release"
    __table_args__ = (UniqueConstraint("project_id", "name"), Index("ix_release_project", "project_id", "id"))

    id: Mapped[int] = mapped_column(primary_key=True)
    project_id: Mapped[int] = mapped_column(ForeignKey("project.id"))
    name: Mapped[str] = mapped_column(String(64))
    at: Mapped[datetime]
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    seed: Mapped[str] = mapped_column(String(64))
    articles: Mapped[int]
    manifest_sha256: Mapped[str] = mapped_column(String(64))
    withdrawn_at: Mapped[datetime | None]
    withdrawn_why: Mapped[str | None] = mapped_column(Text)
    withdrawn_by: Mapped[int | None] = mapped_column(ForeignKey("person.id"))


class ReleaseFile(Table):
    """A file of a release beside its records: manifest, scheme, guidelines, actors, data sheet."""

    __tablename__ = "release_file"

    release_id: Mapped[int] = mapped_column(ForeignKey("release.id"), primary_key=True)
    name: Mapped[str] = mapped_column(String(64), primary_key=True)
    body: Mapped[bytes] = mapped_column(LargeBinary)


class ReleaseRecord(Table):
    """A record of a release: its line, and apart from it the reviewers' own readings where they are kept.

    ``layer_id`` is the gold that it was made of, ``sha256`` the hash of the line and the readings.
    """

    __tablename__ = "release_record"
    __table_args__ = (UniqueConstraint("release_id", "key"),)

    release_id: Mapped[int] = mapped_column(ForeignKey("release.id"), primary_key=True)
    place: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(String(120))
    cluster: Mapped[str] = mapped_column(String(120))
    split: Mapped[str | None] = mapped_column(String(8))
    layer_id: Mapped[int] = mapped_column(BIG)
    sha256: Mapped[str] = mapped_column(String(64))
    line: Mapped[bytes] = mapped_column(LargeBinary)
    layers: Mapped[bytes | None] = mapped_column(LargeBinary)


class SheetWords(Table):
    """What a project's lead has written for the data sheets of its releases, a text for each section."""

    __tablename__ = "sheet_words"

    project_id: Mapped[int] = mapped_column(ForeignKey("project.id"), primary_key=True)
    version: Mapped[int]
    at: Mapped[datetime]
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    body: Mapped[dict[str, Any]]
