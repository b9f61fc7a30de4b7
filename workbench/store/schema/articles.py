"""Imports and the articles that they brought."""

from datetime import datetime
from typing import Any, Final

from sqlalchemy import ForeignKey, Index, LargeBinary, String, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from workbench.store.schema.base import BIG, KEY, Table

WORDS: Final = "words_of(article.title, article.outlet)"
"""The words of title and outlet as PostgreSQL indexes them, by a function of migration 0017."""


class Batch(Table):
    """An import; its articles are there for others once ``state`` is done, and ``report`` sums its receipt up."""

    __tablename__ = "batch"
    __table_args__ = (Index("ix_batch_project", "project_id", "state", "id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    project_id: Mapped[int] = mapped_column(ForeignKey("project.id"))
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    state: Mapped[str] = mapped_column(String(16))
    at: Mapped[datetime]
    report: Mapped[dict[str, Any]]


class ReceiptPart(Table):
    """A part of an import's receipt: what became of the records of a chunk."""

    __tablename__ = "receipt_part"

    batch_id: Mapped[int] = mapped_column(ForeignKey("batch.id"), primary_key=True)
    part: Mapped[int] = mapped_column(primary_key=True)
    rows: Mapped[list[Any]]


class Article(Table):
    """An article; its text never changes.

    The embedded engine keeps the words of title and outlet in a table of its own, see migration 0017.
    """

    __tablename__ = "article"
    __table_args__ = (
        UniqueConstraint("project_id", "key"),
        UniqueConstraint("project_id", "text_sha256"),
        Index("ix_article_batch", "batch_id", "id"),
        Index("ix_article_cluster", "project_id", "cluster"),
        Index("ix_article_place", "project_id", "id"),
        Index("ix_article_words", text(WORDS), postgresql_using="gin").ddl_if(dialect="postgresql"),
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


class Bridge(Table):
    """A further cluster, beside its own, that an article was near to when it came."""

    __tablename__ = "bridge"

    article_id: Mapped[int] = mapped_column(ForeignKey("article.id"), primary_key=True)
    cluster: Mapped[str] = mapped_column(String(120), primary_key=True)
