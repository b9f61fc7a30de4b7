"""What somebody is told: mentions, questions, answers, articles that came back."""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from workbench.store.schema.base import BIG, Table


class Notice(Table):
    """One thing that one person is told; ``kind`` is mention, question, answer or return."""

    __tablename__ = "notice"
    __table_args__ = (
        Index("ix_notice_person", "person_id", "read_at", "id"),
        Index("ix_notice_told", "person_id", "id"),
        Index("ix_notice_thread", "thread_id", "person_id"),
    )

    id: Mapped[int] = mapped_column(BIG, primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    project_id: Mapped[int] = mapped_column(ForeignKey("project.id"))
    thread_id: Mapped[int | None] = mapped_column(ForeignKey("thread.id"))
    article_id: Mapped[int] = mapped_column(ForeignKey("article.id"))
    by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    kind: Mapped[str] = mapped_column(String(12))
    words: Mapped[str] = mapped_column(String(300))
    at: Mapped[datetime]
    read_at: Mapped[datetime | None]


class RuleChange(Table):
    """What a new version of the guidelines touches: entity labels and slots of frames."""

    __tablename__ = "rule_change"

    project_id: Mapped[int] = mapped_column(ForeignKey("project.id"), primary_key=True)
    version: Mapped[int] = mapped_column(primary_key=True)
    touches: Mapped[list[Any]]
    note: Mapped[str] = mapped_column(String(500))
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    at: Mapped[datetime]
