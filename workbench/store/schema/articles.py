"""Imports and the articles that they brought."""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, LargeBinary, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from workbench.store.schema.base import BIG, KEY, Table


class Batch(Table):
    """An import; its articles are there for others once ``state`` is done."""

    __tablename__ = "batch"

    id: Mapped[int] = mapped_column(primary_key=True)
    project_id: Mapped[int] = mapped_column(ForeignKey("project.id"), index=True)
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    state: Mapped[str] = mapped_column(String(16))
    at: Mapped[datetime]
    report: Mapped[list[Any]]


class Article(Table):
    """An article; its text never changes."""

    __tablename__ = "article"
    __table_args__ = (
        UniqueConstraint("project_id", "key"),
        UniqueConstraint("project_id", "text_sha256"),
        Index("ix_article_batch", "batch_id", "id"),
        Index("ix_article_cluster", "project_id", "cluster"),
    )

    id: Mapped[int] = mapped_column(BIG, primary_key=True)
    project_id: Mapped[int] = mapped_column(ForeignKey("project.id"))
    batch_id: Mapped[int] = mapped_column(ForeignKey("batch.id"))
    key: Mapped[str] = mapped_column(KEY)
    title: Mapped[str | None] = mapped_column(Text)
    text: Mapped[str] = mapped_column(Text)
    text_sha256: Mapped[str] = mapped_column(String(64))
    words: Mapped[int]
    language: Mapped[str] = mapped_column(String(35))
    outlet: Mapped[str | None] = mapped_column(Text)
    url: Mapped[str | None] = mapped_column(Text)
    author: Mapped[str | None] = mapped_column(Text)
    published: Mapped[str | None] = mapped_column(String(40))
    file: Mapped[str | None] = mapped_column(Text)
    meta: Mapped[dict[str, Any]]
    regions: Mapped[list[Any]]
    cluster: Mapped[str] = mapped_column(String(120))
    signature: Mapped[bytes] = mapped_column(LargeBinary)
    split: Mapped[str | None] = mapped_column(String(8))
