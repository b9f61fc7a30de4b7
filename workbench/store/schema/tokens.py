"""Tokens that programs sign in with, and the answers that are kept for who asks twice."""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from workbench.store.schema.base import Table


class ApiToken(Table):
    """A program that acts for a person; it holds what hashes to ``token``, ``calls`` counts since ``window_at``."""

    __tablename__ = "api_token"
    __table_args__ = (Index("ix_api_token_person", "person_id", "revoked_at", "id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    name: Mapped[str] = mapped_column(String(80))
    token: Mapped[str] = mapped_column(String(64), unique=True)
    scopes: Mapped[list[Any]]
    created_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    used_at: Mapped[datetime | None]
    revoked_at: Mapped[datetime | None]
    window_at: Mapped[datetime | None]
    calls: Mapped[int]


class KeptAnswer(Table):
    """What was answered to a request with an Idempotency-Key, so that the same request gets the same answer."""

    __tablename__ = "kept_answer"

    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), primary_key=True)
    key: Mapped[str] = mapped_column(String(80), primary_key=True)
    fingerprint: Mapped[str] = mapped_column(String(64))
    status: Mapped[int]
    body: Mapped[str] = mapped_column(Text)
    at: Mapped[datetime] = mapped_column(index=True)
