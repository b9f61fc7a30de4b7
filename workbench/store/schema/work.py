"""Layers, the queue, and the decisions that everything follows from."""

from datetime import datetime
from typing import Any

from sqlalchemy import Float, ForeignKey, Index, String, Text, UniqueConstraint, desc, false, text
from sqlalchemy.orm import Mapped, mapped_column

from workbench.store.schema.base import BIG, Json, Table

_ASKED_FOR = text("kind = 'gold' OR kind = 'withdrawn'")
_FINISHED = text("kind = 'gold' OR kind = 'reviewed'")
_GOLD = text("kind = 'gold'")
_SUGGESTED = text("kind = 'suggested'")
_NO_WORK = text("purpose <> 'work'")


class Layer(Table):
    """One author's reading of one article.

    ``kind`` is suggested, draft, reviewed or gold. The body holds the three lists of the record;
    a draft has none, for it is its base with the marks of its decisions. Bodies never change:
    a new run or a new finish makes a new layer, except that a draft becomes reviewed. What somebody
    makes of an article in practice or as a hidden test is an attempt and then a trial: kinds of
    their own, so that nothing that asks for drafts, readings or gold ever meets them. ``turn`` is when
    gold was first given out, or with a minus that it was withdrawn since: numbers of ``store.turns``.
    Of proposals, ``spread`` counts how many are how certain (``core.spread``), and ``fresh`` how many actors
    they name that the registry did not know then.
    """

    __tablename__ = "layer"
    __table_args__ = (
        Index("ix_layer_article", "article_id", "kind", "id"),
        Index("ix_layer_turn", "kind", "turn", postgresql_where=_ASKED_FOR, sqlite_where=_ASKED_FOR),
        Index("ix_layer_reading", "kind", "article_id", postgresql_where=_FINISHED, sqlite_where=_FINISHED),
        Index("ix_layer_gold", "at", postgresql_where=_GOLD, sqlite_where=_GOLD),
        Index("ix_layer_suggester", "author", "id", postgresql_where=_SUGGESTED, sqlite_where=_SUGGESTED),
    )

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
    spread: Mapped[str | None] = mapped_column(String(120))
    fresh: Mapped[int | None]
    rev: Mapped[int]
    at: Mapped[datetime]
    turn: Mapped[int | None]


class Item(Table):
    """An article waiting for one reviewer; ``lease_no`` grows with each claim.

    An article has one item for each of its readers, numbered by ``slot``; ``plain`` ones are read
    without suggestions. ``rank`` is its place by the project's order, and ``worth`` how much is to be learnt
    from reading it. ``lane`` says who may take it:
    0 everybody, n the people of the project's nth rule, -n the person n, to whom it was given.
    ``minutes`` is what a reading took when it was finished last, where its decisions tell.
    ``purpose`` is work, practice or test. The latter two belong to one person from the start, never
    wait for anybody, and have the negative of that person's number for a slot; whatever counts,
    settles or gives out work leaves them alone.
    """

    __tablename__ = "item"
    __table_args__ = (
        UniqueConstraint("article_id", "slot"),
        UniqueConstraint("article_id", "person_id"),
        Index(
            "ix_item_queue",
            "project_id",
            "state",
            "lane",
            desc("ready"),
            desc("priority"),
            "rank",
            "article_id",
            "slot",
        ),
        Index("ix_item_state", "project_id", "state", "id"),
        Index("ix_item_person", "person_id", "state", "finished_at"),
        Index("ix_item_finished", "project_id", "state", desc("finished_at"), desc("id")),
        Index("ix_item_worth", "project_id", "state", desc("priority"), desc("worth"), "id"),
        Index("ix_item_apart", "person_id", "purpose", "id", postgresql_where=_NO_WORK, sqlite_where=_NO_WORK),
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
    slot: Mapped[int] = mapped_column(server_default="1")
    plain: Mapped[bool] = mapped_column(server_default=false())
    rank: Mapped[int] = mapped_column(BIG, server_default="0")
    worth: Mapped[int] = mapped_column(BIG, server_default="0")
    lane: Mapped[int] = mapped_column(server_default="0")
    purpose: Mapped[str] = mapped_column(String(8), server_default="work")
    minutes: Mapped[float | None]


class Handover(Table):
    """An item that changed hands, and why; never changed. ``act`` is skip, return, give or free.

    It names the place and not the item, because places that nobody began may be taken back.
    """

    __tablename__ = "handover"
    __table_args__ = (
        Index("ix_handover_article", "article_id", "id"),
        Index("ix_handover_project", "project_id", "act", "id"),
    )

    id: Mapped[int] = mapped_column(BIG, primary_key=True)
    project_id: Mapped[int] = mapped_column(ForeignKey("project.id"))
    article_id: Mapped[int] = mapped_column(ForeignKey("article.id"))
    slot: Mapped[int]
    act: Mapped[str] = mapped_column(String(12))
    by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    comment: Mapped[str] = mapped_column(Text)
    at: Mapped[datetime]


class Quota(Table):
    """How much one person takes on in a project: a day, in all, and open at once; None is no bound."""

    __tablename__ = "quota"

    project_id: Mapped[int] = mapped_column(ForeignKey("project.id"), primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), primary_key=True)
    a_day: Mapped[int | None]
    in_all: Mapped[int | None]
    at_once: Mapped[int | None]


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
