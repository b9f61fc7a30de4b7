"""Training: gold articles set aside for practice or as hidden tests, and how a project uses them."""

from datetime import datetime

from sqlalchemy import ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from workbench.store.schema.base import Table


class Exercise(Table):
    """A gold article that a lead set aside: ``purpose`` is practice or test; the note is shown with feedback."""

    __tablename__ = "exercise"

    article_id: Mapped[int] = mapped_column(ForeignKey("article.id"), primary_key=True)
    project_id: Mapped[int] = mapped_column(ForeignKey("project.id"), index=True)
    purpose: Mapped[str] = mapped_column(String(8))
    note: Mapped[str] = mapped_column(Text)
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    at: Mapped[datetime]


class Training(Table):
    """How a project trains and tests: one in ``every`` articles is a test (0: none), F1 in percent.

    ``pass_mark`` is what practice has to reach before real work, ``floor`` what tests should not
    fall below; None asks for nothing. ``salt`` keeps anybody from working out where tests fall.
    """

    __tablename__ = "training"

    project_id: Mapped[int] = mapped_column(ForeignKey("project.id"), primary_key=True)
    every: Mapped[int]
    pass_mark: Mapped[int | None]
    floor: Mapped[int | None]
    salt: Mapped[str] = mapped_column(String(32))
