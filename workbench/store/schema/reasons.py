"""What came of the reasons that adjudicators gave."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from workbench.store.schema.base import BIG, Table


class ReasonSettled(Table):
    """A reason that a lead has seen to, up to a ruling; ``version`` is that of the guidelines that took it up."""

    __tablename__ = "reason_settled"
    __table_args__ = (Index("ix_reason_settled_project", "project_id", "reason"),)

    id: Mapped[int] = mapped_column(BIG, primary_key=True)
    project_id: Mapped[int] = mapped_column(ForeignKey("project.id"))
    reason: Mapped[str] = mapped_column(Text)
    upto: Mapped[int] = mapped_column(BIG)
    version: Mapped[int | None]
    note: Mapped[str] = mapped_column(String(500))
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    at: Mapped[datetime]
