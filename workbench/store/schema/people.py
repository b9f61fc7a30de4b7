"""People, the browsers they are signed in with, and what they did to the bench."""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, String, Text, false
from sqlalchemy.orm import Mapped, mapped_column

from workbench.store.schema.base import BIG, Table


class Person(Table):
    """Somebody with an account; deactivated, never deleted. ``folded`` is the name as it is looked for."""

    __tablename__ = "person"
    __table_args__ = (Index("ix_person_folded", "folded", "id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(80), unique=True)
    password: Mapped[str | None] = mapped_column(String(200))
    admin: Mapped[bool]
    active: Mapped[bool]
    created_at: Mapped[datetime]
    email: Mapped[str | None] = mapped_column(String(254))
    mail: Mapped[bool] = mapped_column(server_default=false())
    folded: Mapped[str] = mapped_column(Text, server_default="")


class SignIn(Table):
    """A browser that is signed in; the cookie holds what hashes to ``token``."""

    __tablename__ = "sign_in"

    token: Mapped[str] = mapped_column(String(64), primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    created_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    agent: Mapped[str] = mapped_column(String(200))
    seen_at: Mapped[datetime | None]
    address: Mapped[str | None] = mapped_column(String(64))


class Identity(Table):
    """Somebody's account at an OpenID provider, known by issuer and subject and by nothing else."""

    __tablename__ = "identity"

    issuer: Mapped[str] = mapped_column(String(300), primary_key=True)
    subject: Mapped[str] = mapped_column(String(255), primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    at: Mapped[datetime]


class Link(Table):
    """A link that signs somebody in once, or lets them choose a password."""

    __tablename__ = "link"

    token: Mapped[str] = mapped_column(String(64), primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    purpose: Mapped[str] = mapped_column(String(16))
    expires_at: Mapped[datetime]
    used_at: Mapped[datetime | None]


class Throttle(Table):
    """How often something was tried since ``since``."""

    __tablename__ = "throttle"

    key: Mapped[str] = mapped_column(String(120), primary_key=True)
    since: Mapped[datetime]
    tries: Mapped[int]


class Audit(Table):
    """An administrative act; triggers see to it that it is never changed or deleted.

    ``subject_id`` is the person that it was done to, ``origin`` the address that it came from (None: this machine).
    """

    __tablename__ = "audit"
    __table_args__ = (
        Index("ix_audit_project", "project_id", "id"),
        Index("ix_audit_act", "act", "id"),
        Index("ix_audit_project_act", "project_id", "act", "id"),
    )

    id: Mapped[int] = mapped_column(BIG, primary_key=True)
    at: Mapped[datetime]
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    project_id: Mapped[int | None] = mapped_column(ForeignKey("project.id"))
    act: Mapped[str] = mapped_column(String(40))
    about: Mapped[dict[str, Any]]
    origin: Mapped[str | None] = mapped_column(String(64))
    subject_id: Mapped[int | None]
