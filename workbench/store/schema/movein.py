"""What moves in from other tools: looks at files before anything is kept, labels, layers under way."""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from workbench.store.schema.base import Json, Table


class MoveIn(Table):
    """Uploaded files that were looked at; ``state`` is looking, looked, taking, done or gone."""

    __tablename__ = "move_in"

    id: Mapped[int] = mapped_column(primary_key=True)
    project_id: Mapped[int] = mapped_column(ForeignKey("project.id"), index=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    job_id: Mapped[int | None] = mapped_column(ForeignKey("job.id"))
    state: Mapped[str] = mapped_column(String(12))
    folder: Mapped[str] = mapped_column(Text)
    options: Mapped[dict[str, Any]]
    found: Mapped[dict[str, Any] | None] = mapped_column(Json)
    at: Mapped[datetime]


class LabelMapping(Table):
    """What a project made of a foreign label the last time; None: it was left out."""

    __tablename__ = "label_mapping"

    project_id: Mapped[int] = mapped_column(ForeignKey("project.id"), primary_key=True)
    theirs: Mapped[str] = mapped_column(String(200), primary_key=True)
    ours: Mapped[str | None] = mapped_column(String(64))


class Arriving(Table):
    """A layer that an import brings and that counts once it is closed; ``kind`` is what it becomes."""

    __tablename__ = "arriving"
    __table_args__ = (Index("ix_arriving_batch", "batch_id", "layer_id"),)

    layer_id: Mapped[int] = mapped_column(ForeignKey("layer.id"), primary_key=True)
    batch_id: Mapped[int] = mapped_column(ForeignKey("batch.id"))
    kind: Mapped[str] = mapped_column(String(12))


class Start(Table):
    """The suggester whose layer a project's new drafts start from; without a row it is the newest layer."""

    __tablename__ = "start"

    project_id: Mapped[int] = mapped_column(ForeignKey("project.id"), primary_key=True)
    author: Mapped[str] = mapped_column(String(120))
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    at: Mapped[datetime]
