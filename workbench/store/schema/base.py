"""What all tables share: their base, and columns for times and JSON."""

from datetime import UTC, datetime
from typing import Any, Final

import msgspec
from sqlalchemy import (
    BigInteger,
    ColumnElement,
    DateTime,
    Dialect,
    Integer,
    MetaData,
    String,
    Text,
    TypeDecorator,
    case,
)
from sqlalchemy.orm import DeclarativeBase

BIG = BigInteger().with_variant(Integer, "sqlite")
KEY = String(120).with_variant(String(120, collation="C"), "postgresql")
"""An article's key: sorted by code point on every engine and in every locale, as exports promise."""
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
