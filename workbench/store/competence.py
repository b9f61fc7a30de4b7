"""Readings beside the gold of the same article, where that gold is more than the reader's own word."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session, aliased

from workbench.store.board import names
from workbench.store.parts import parts
from workbench.store.schema import Article, Item, Layer, Person

WINDOW: Final = 1_000
"""So many of the newest finished readings are looked at for gold."""


@dataclass(frozen=True, slots=True)
class BesideRow:
    """A finished reading and the gold of its article; ``review`` tells who the gold comes from."""

    item_id: int
    person_id: int
    person: str
    author: str
    key: str
    title: str | None
    text: str
    body: dict[str, Any]
    gold: dict[str, Any]
    review: dict[str, Any]
    at: datetime
    source: str = "work"


def beside_gold(
    session: Session, project_id: int, *, person_id: int | None = None, item_id: int | None = None, limit: int
) -> list[BesideRow]:
    """Return the newest readings with gold, oldest first, of everybody or of one person, or the reading of one item.

    They are looked for among the newest finished ones, see WINDOW.
    """
    done = (Item.project_id == project_id, Item.state == "done", Item.purpose == "work")
    finished = select(Item.id, Item.layer_id).where(*done)
    if person_id is not None:
        finished = finished.where(Item.person_id == person_id)
    if item_id is not None:
        finished = finished.where(Item.id == item_id)
    # of one table alone, so that an index gives them in its order
    newest = session.execute(finished.order_by(Item.finished_at.desc(), Item.id.desc()).limit(WINDOW)).all()
    read = {number: layer_id for number, layer_id in newest if layer_id is not None}
    asked = (_with_gold(some, [read[number] for number in some]) for some in parts(list(read)))
    rows = [row[:-1] for query in asked for row in session.execute(query) if row.kind == "reviewed"][:limit]
    called = names(session, {row[1] for row in rows})
    found = (BesideRow(number, who, called[who], *rest) for number, who, *rest in reversed(rows))
    return [row for row in found if not _own_word(row)]


def _with_gold(items: Sequence[int], layers: Sequence[int]) -> Select[Any]:
    """Ask for those of these readings whose articles have gold, the newest first."""
    newest = (
        select(func.max(Layer.id)).where(Layer.article_id == Item.article_id, Layer.kind == "gold").correlate(Item)
    ).scalar_subquery()
    gold = aliased(Layer)
    return (
        select(
            Item.id, Item.person_id, Layer.author, Article.key, Article.title, Article.text, Layer.body, gold.body,
            gold.review, Item.finished_at, Layer.kind,
        )
        .join(Layer, Layer.id == Item.layer_id)
        .join(Article, Article.id == Item.article_id)
        .join(gold, gold.id == newest)
        .where(Item.id.in_(items), Layer.id.in_(layers))
        .order_by(Item.finished_at.desc(), Item.id.desc())
    )  # fmt: skip


def trials(
    session: Session, project_id: int, purposes: Sequence[str], *, person_id: int | None = None, limit: int
) -> list[BesideRow]:
    """Return the newest finished trials, oldest first, each beside the gold that it was measured against.

    Of several tries at one practice article the first counts: the others had seen the answers.
    """
    mine = (Item.article_id == Layer.article_id) & (Item.person_id == Layer.person_id) & Item.purpose.in_(purposes)
    first = func.row_number().over(partition_by=(Item.id, Layer.kind), order_by=Layer.id).label("n")
    ranked = select(Layer.id, first).join(Item, mine).where(Item.project_id == project_id, Layer.kind == "trial")
    if person_id is not None:
        ranked = ranked.where(Item.person_id == person_id)
    firsts = ranked.subquery()
    return _beside(session, select(firsts.c.id).where(firsts.c.n == 1), limit)


def trial(session: Session, project_id: int, item_id: int) -> BesideRow | None:
    """Return a finished trial as it stands now beside the gold that it was measured against."""
    mine = select(Item.layer_id).where(Item.id == item_id, Item.project_id == project_id, Item.state == "done")
    rows = _beside(session, mine, 1)
    return rows[0] if rows else None


def _beside(session: Session, layer_ids: Any, limit: int) -> list[BesideRow]:
    query = (
        select(
            Item.id, Person.id, Person.name, Layer.author, Article.key, Article.title, Article.text, Layer.body,
            Layer.review, Layer.at, Item.purpose,
        )
        .join(Item, (Item.article_id == Layer.article_id) & (Item.person_id == Layer.person_id))
        .join(Article, Article.id == Layer.article_id)
        .join(Person, Person.id == Layer.person_id)
        .where(Layer.kind == "trial", Layer.id.in_(layer_ids))
        .order_by(Layer.at.desc(), Layer.id.desc())
        .limit(limit)
    )  # fmt: skip
    rows = [row for row in session.execute(query) if row.review.get("gold")]
    wanted = select(Layer.id, Layer.body, Layer.review).where(Layer.id.in_([row.review["gold"] for row in rows]))
    gold = {number: (body or {}, review) for number, body, review in session.execute(wanted)}
    found = []
    for row in reversed(rows):
        *head, review, at, source = row
        values: tuple[Any, ...] = (*head, *gold[review["gold"]], at, source)
        found.append(BesideRow(*values))
    return found


def _own_word(row: BesideRow) -> bool:
    """Say whether the gold is nothing but this reading."""
    return row.review.get("reviewers") == [row.author] and not row.review.get("adjudicator")
