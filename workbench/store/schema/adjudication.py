"""Articles whose readings differ, and what was ruled on them."""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from workbench.store.schema.base import BIG, Json, Table


class Adjudication(Table):
    """An article whose readings differ: ``state`` is waiting, done or withdrawn; each ruling raises ``version``."""

    __tablename__ = "adjudication"
    __table_args__ = (Index("ix_adjudication_state", "project_id", "state", "at", "article_id"),)

    article_id: Mapped[int] = mapped_column(ForeignKey("article.id"), primary_key=True)
    project_id: Mapped[int] = mapped_column(ForeignKey("project.id"))
    state: Mapped[str] = mapped_column(String(12))
    version: Mapped[int]
    cards: Mapped[int]
    ruled: Mapped[int]
    merge: Mapped[str] = mapped_column(String(12))
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    at: Mapped[datetime]
    finished_at: Mapped[datetime | None]


class Ruling(Table):
    """One act of an adjudicator, immutable; ``undoes`` names the act that it takes back."""

    __tablename__ = "ruling"
    __table_args__ = (UniqueConstraint("article_id", "number"), Index("ix_ruling_txn", "txn"))

    id: Mapped[int] = mapped_column(BIG, primary_key=True)
    article_id: Mapped[int] = mapped_column(ForeignKey("article.id"))
    number: Mapped[int]
    txn: Mapped[str] = mapped_column(String(36))
    act: Mapped[str] = mapped_column(String(12))
    card: Mapped[str] = mapped_column(String(16))
    choice: Mapped[int | None]
    body: Mapped[dict[str, Any] | None] = mapped_column(Json)
    reason: Mapped[str | None] = mapped_column(Text)
    undoes: Mapped[int | None]
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    guideline: Mapped[int]
    at: Mapped[datetime]
