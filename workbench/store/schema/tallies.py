"""What is counted before somebody asks: how many of what a project has.

These rows follow from others. The database itself notes which articles were touched (triggers of migrations 0019 and
0024), in the transaction that touches them; counting takes the notes in.
"""

from typing import Any

from sqlalchemy import Index, String
from sqlalchemy.orm import Mapped, mapped_column

from workbench.store.schema.base import BIG, Table


class Tally(Table):
    """How many of something a project has, over the articles whose standing is counted."""

    __tablename__ = "tally"

    project_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    name: Mapped[str] = mapped_column(String(200), primary_key=True)
    count: Mapped[int] = mapped_column(BIG)


class Standing(Table):
    """What an article adds to the tallies of its project."""

    __tablename__ = "standing"

    article_id: Mapped[int] = mapped_column(BIG, primary_key=True, autoincrement=False)
    project_id: Mapped[int]
    body: Mapped[dict[str, Any]]


class Touched(Table):
    """An article that may stand otherwise than it is counted."""

    __tablename__ = "touched"
    __table_args__ = (Index("ix_touched_project", "project_id", "id"),)

    id: Mapped[int] = mapped_column(BIG, primary_key=True)
    project_id: Mapped[int]
    article_id: Mapped[int] = mapped_column(BIG)
