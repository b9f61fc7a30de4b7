"""What people said about passages, and what the project remembers for later articles."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from workbench.store.schema.base import BIG, Table


class Thread(Table):
    """A question, comment or flag on a passage of an article, or on the whole of it.

    ``example`` is the version of the guidelines that took it up.
    """

    __tablename__ = "thread"
    __table_args__ = (
        Index("ix_thread_article", "article_id", "id"),
        Index("ix_thread_state", "project_id", "state", "id"),
    )

    id: Mapped[int] = mapped_column(BIG, primary_key=True)
    key: Mapped[str] = mapped_column(String(36), unique=True)
    project_id: Mapped[int] = mapped_column(ForeignKey("project.id"))
    article_id: Mapped[int] = mapped_column(ForeignKey("article.id"))
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    kind: Mapped[str] = mapped_column(String(12))
    state: Mapped[str] = mapped_column(String(12))
    start: Mapped[int | None]
    end: Mapped[int | None]
    at: Mapped[datetime]
    example: Mapped[int | None]


class Post(Table):
    """Something said in a thread; never changed."""

    __tablename__ = "post"
    __table_args__ = (Index("ix_post_thread", "thread_id", "id"),)

    id: Mapped[int] = mapped_column(BIG, primary_key=True)
    key: Mapped[str] = mapped_column(String(36), unique=True)
    thread_id: Mapped[int] = mapped_column(ForeignKey("thread.id"))
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    body: Mapped[str] = mapped_column(Text)
    at: Mapped[datetime]


class Remembered(Table):
    """A decision about some words that was carried across a queue; later articles get it as a suggestion."""

    __tablename__ = "remembered"
    __table_args__ = (UniqueConstraint("project_id", "surface"),)

    id: Mapped[int] = mapped_column(BIG, primary_key=True)
    project_id: Mapped[int] = mapped_column(ForeignKey("project.id"))
    txn: Mapped[str] = mapped_column(String(36))
    surface: Mapped[str] = mapped_column(String(300))
    status: Mapped[str] = mapped_column(String(12))
    label: Mapped[str] = mapped_column(String(64))
    actor: Mapped[str | None] = mapped_column(Text)
    actor_id: Mapped[str | None] = mapped_column(Text)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    at: Mapped[datetime]


class Waiver(Table):
    """Something that looked odd at the desk and that somebody lets stand; no reason: asked about again."""

    __tablename__ = "waiver"
    __table_args__ = (Index("ix_waiver_article", "article_id", "person_id"),)

    id: Mapped[int] = mapped_column(BIG, primary_key=True)
    key: Mapped[str] = mapped_column(String(36), unique=True)
    article_id: Mapped[int] = mapped_column(ForeignKey("article.id"))
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    finding: Mapped[str] = mapped_column(Text)
    reason: Mapped[str | None] = mapped_column(Text)
    at: Mapped[datetime]
