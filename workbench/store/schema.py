"""The tables. Rows are rows: no methods with opinions, and no relationship loads by itself."""

from datetime import UTC, datetime
from typing import Any, Final

import msgspec
from sqlalchemy import (
    BigInteger,
    ColumnElement,
    DateTime,
    Dialect,
    Float,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Text,
    TypeDecorator,
    UniqueConstraint,
    case,
)
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

BIG = BigInteger().with_variant(Integer, "sqlite")
KINDS: Final = ("imported", "suggested", "draft", "reviewed", "gold")
"""How far an article has come, worst first; all but the first are kinds of layers."""


def rank_of(kind: ColumnElement[str]) -> ColumnElement[int]:
    """Return the place of a layer's kind in KINDS."""
    return case({name: place for place, name in enumerate(KINDS)}, value=kind, else_=0)


class Moment(TypeDecorator[datetime]):
    """A time in UTC, aware on both sides."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002
        """Store UTC; refuse a time without a zone."""
        if value is not None and value.tzinfo is None:
            raise ValueError("a time without a zone")
        return value.astimezone(UTC) if value else None

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002
        """Return UTC; an engine without zones gives it back bare."""
        return (value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)) if value else None


class Json(TypeDecorator[Any]):
    """A JSON value kept as text, the same bytes for the same value."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: Any, dialect: Dialect) -> str | None:  # noqa: ARG002
        """Encode."""
        return None if value is None else msgspec.json.encode(value).decode()

    def process_result_value(self, value: str | None, dialect: Dialect) -> Any:  # noqa: ARG002
        """Decode."""
        return None if value is None else msgspec.json.decode(value)


class Table(DeclarativeBase):
    """The base of all tables."""

    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "ck": "ck_%(table_name)s_%(constraint_name)s",
            "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
            "pk": "pk_%(table_name)s",
        }
    )
    type_annotation_map = {datetime: Moment, dict[str, Any]: Json, list[Any]: Json}  # noqa: RUF012


class Person(Table):
    """Somebody with an account; deactivated, never deleted."""

    __tablename__ = "person"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(80), unique=True)
    password: Mapped[str | None] = mapped_column(String(200))
    admin: Mapped[bool]
    active: Mapped[bool]
    created_at: Mapped[datetime]


class SignIn(Table):
    """A browser that is signed in; the cookie holds what hashes to ``token``."""

    __tablename__ = "sign_in"

    token: Mapped[str] = mapped_column(String(64), primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    created_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    agent: Mapped[str] = mapped_column(String(200))


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
    """An administrative act, appended and never changed."""

    __tablename__ = "audit"

    id: Mapped[int] = mapped_column(BIG, primary_key=True)
    at: Mapped[datetime]
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    project_id: Mapped[int | None] = mapped_column(ForeignKey("project.id"))
    act: Mapped[str] = mapped_column(String(40))
    about: Mapped[dict[str, Any]]


class Project(Table):
    """A pile of articles with a scheme, guidelines and a team."""

    __tablename__ = "project"

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
    key: Mapped[str] = mapped_column(String(120))
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


class Layer(Table):
    """One author's reading of one article.

    ``kind`` is suggested, draft, reviewed or gold. The body holds the three lists of the record;
    a draft has none, for it is its base with the marks of its decisions. Bodies never change:
    a new run or a new finish makes a new layer, except that a draft becomes reviewed.
    """

    __tablename__ = "layer"
    __table_args__ = (Index("ix_layer_article", "article_id", "kind", "id"),)

    id: Mapped[int] = mapped_column(BIG, primary_key=True)
    article_id: Mapped[int] = mapped_column(ForeignKey("article.id"))
    kind: Mapped[str] = mapped_column(String(12))
    author: Mapped[str] = mapped_column(String(120))
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    base_id: Mapped[int | None] = mapped_column(ForeignKey("layer.id"))
    body: Mapped[dict[str, Any] | None] = mapped_column(Json)
    review: Mapped[dict[str, Any]]
    proposals: Mapped[int]
    certainty: Mapped[float | None] = mapped_column(Float)
    rev: Mapped[int]
    at: Mapped[datetime]


class Item(Table):
    """An article waiting for one reviewer; ``lease_no`` grows with each claim."""

    __tablename__ = "item"
    __table_args__ = (
        Index("ix_item_queue", "project_id", "state", "ready", "priority", "id"),
        Index("ix_item_person", "person_id", "state"),
        Index("ix_item_article", "article_id"),
    )

    id: Mapped[int] = mapped_column(BIG, primary_key=True)
    project_id: Mapped[int] = mapped_column(ForeignKey("project.id"))
    article_id: Mapped[int] = mapped_column(ForeignKey("article.id"))
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    layer_id: Mapped[int | None] = mapped_column(ForeignKey("layer.id"))
    state: Mapped[str] = mapped_column(String(12))
    ready: Mapped[bool]
    priority: Mapped[int]
    lease_no: Mapped[int]
    leased_until: Mapped[datetime | None]
    opened_at: Mapped[datetime | None]
    finished_at: Mapped[datetime | None]
    note: Mapped[str | None] = mapped_column(Text)


class Mark(Table):
    """The state of an object that decisions have touched: the log, replayed."""

    __tablename__ = "mark"

    layer_id: Mapped[int] = mapped_column(ForeignKey("layer.id"), primary_key=True)
    oid: Mapped[str] = mapped_column(String(64), primary_key=True)
    kind: Mapped[str] = mapped_column(String(12))
    status: Mapped[str] = mapped_column(String(12))
    version: Mapped[int]
    body: Mapped[dict[str, Any]]


class Decision(Table):
    """One act, with who, when and what: immutable, and named by a key that the client made."""

    __tablename__ = "decision"
    __table_args__ = (Index("ix_decision_layer", "layer_id", "id"),)

    id: Mapped[int] = mapped_column(BIG, primary_key=True)
    key: Mapped[str] = mapped_column(String(36), unique=True)
    layer_id: Mapped[int] = mapped_column(ForeignKey("layer.id"))
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    txn: Mapped[str] = mapped_column(String(36))
    act: Mapped[str] = mapped_column(String(16))
    undoes: Mapped[str | None] = mapped_column(String(36))
    kind: Mapped[str] = mapped_column(String(12))
    oid: Mapped[str] = mapped_column(String(64))
    version: Mapped[int]
    before: Mapped[dict[str, Any] | None]
    after: Mapped[dict[str, Any]]
    bulk: Mapped[bool]
    dwell_ms: Mapped[int | None]
    at: Mapped[datetime]
    received_at: Mapped[datetime]
    scheme: Mapped[int]
    guideline: Mapped[int]


class Job(Table):
    """Work outside a request, with its progress."""

    __tablename__ = "job"
    __table_args__ = (Index("ix_job_state", "state", "id"),)

    id: Mapped[int] = mapped_column(BIG, primary_key=True)
    project_id: Mapped[int | None] = mapped_column(ForeignKey("project.id"), index=True)
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    kind: Mapped[str] = mapped_column(String(24))
    payload: Mapped[dict[str, Any]]
    state: Mapped[str] = mapped_column(String(12))
    done: Mapped[int]
    total: Mapped[int | None]
    note: Mapped[str | None] = mapped_column(Text)
    tries: Mapped[int]
    owner: Mapped[str | None] = mapped_column(String(80))
    beat_at: Mapped[datetime | None]
    created_at: Mapped[datetime]
    finished_at: Mapped[datetime | None]
