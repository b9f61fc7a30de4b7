"""Work outside a request."""

from contextlib import suppress
from datetime import datetime
from typing import Any

import msgspec
from sqlalchemy import Dialect, ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from workbench.store.schema.base import BIG, Json, Table


class Payload(Json):
    """What a job is about; empty where it cannot be read, so that one bad row stops neither workers nor pages."""

    cache_ok = True

    def process_result_value(self, value: str | None, dialect: Dialect) -> Any:
        """Decode."""
        with suppress(msgspec.DecodeError):
            if isinstance(found := super().process_result_value(value, dialect), dict):
                return found
        return {}


class Job(Table):
    """Work outside a request, with its progress; with ``due_at`` it waits until then.

    A job that was split runs without an owner until the last of its parts, which name it as ``parent_id``, is over.
    """

    __tablename__ = "job"
    __table_args__ = (
        Index("ix_job_state", "state", "id"),
        Index("ix_job_project", "project_id", "parent_id", "id"),
    )

    id: Mapped[int] = mapped_column(BIG, primary_key=True)
    project_id: Mapped[int | None] = mapped_column(ForeignKey("project.id"))
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    kind: Mapped[str] = mapped_column(String(24))
    payload: Mapped[dict[str, Any]] = mapped_column(Payload)
    state: Mapped[str] = mapped_column(String(12))
    done: Mapped[int]
    total: Mapped[int | None]
    note: Mapped[str | None] = mapped_column(Text)
    tries: Mapped[int]
    owner: Mapped[str | None] = mapped_column(String(80))
    beat_at: Mapped[datetime | None]
    created_at: Mapped[datetime]
    due_at: Mapped[datetime | None]
    finished_at: Mapped[datetime | None]
    parent_id: Mapped[int | None] = mapped_column(ForeignKey("job.id"), index=True)


class Parked(Table):
    """An article that a suggester could not read after its tries, with what went wrong; runs pass it over."""

    __tablename__ = "parked"
    __table_args__ = (Index("ix_parked_project", "project_id", "article_id"),)

    article_id: Mapped[int] = mapped_column(ForeignKey("article.id"), primary_key=True)
    author: Mapped[str] = mapped_column(String(120), primary_key=True)
    project_id: Mapped[int] = mapped_column(ForeignKey("project.id"))
    tries: Mapped[int]
    trouble: Mapped[str] = mapped_column(Text)
    at: Mapped[datetime]
