"""A team at work: several readers of the coast, who agree or differ as a test wants."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import select

from tests.builders import LEASE, NOW, Coast, decision, person
from workbench.core.workflow import Person
from workbench.services import handing, overlap, queues, review
from workbench.services.finishing import Finished
from workbench.store.queues import QueueRow
from workbench.store.schema import Item

Wish = dict[str, dict[str, Any] | None]
"""What a reader makes of proposals by id: None rejects one, a dictionary changes its state on the wire."""


def with_rules(coast: Coast, **row: Any) -> overlap.Changed:
    """Change the project's rules."""
    with coast.database.writing() as session:
        seen = overlap.rules(session, coast.project.id).version
        project = coast.seen_by(coast.lena)
        return overlap.change_rules(session, project, row, seen=seen, by=coast.lena, now=NOW)


def claimed(coast: Coast, who: Person, now: datetime = NOW) -> int | None:
    with coast.database.writing() as session:
        return review.next_item(session, coast.seen_by(who), by=who, now=now, lease=LEASE)


def read(coast: Coast, who: Person, wishes: Wish | None = None, now: datetime = NOW) -> Finished:
    """Let somebody read the next article: proposals are accepted but for what they wish."""
    item = coast.next(who, now)
    return read_this(coast, item, who, wishes, now)


def read_this(coast: Coast, item: int, who: Person, wishes: Wish | None = None, now: datetime = NOW) -> Finished:
    toks = coast.toks(item, who)
    for placed in coast.placed(item, who):
        if placed.item.id not in (wishes or {}):
            continue
        wish = (wishes or {})[placed.item.id]
        if wish is None:
            sent = decision(placed.item, "rejected", toks, expect=placed.version)
        else:
            sent = decision(placed.item, "accepted", toks, expect=placed.version, act="edit", **wish)
        answer = coast.decide(item, who, sent, now=now)
        assert answer["verdicts"][0]["verdict"] == "applied", answer
    coast.accept_all(item, who, now)
    return coast.finish(item, who, now)


def crew(coast: Coast, count: int) -> list[Person]:
    """Return further reviewers."""
    return [person(coast.database, f"Reader {n}", "reviewer", coast.project) for n in range(1, count + 1)]


def given(coast: Coast, items: Sequence[int], to: Person | None) -> handing.Given:
    with coast.database.writing() as session:
        return handing.give(session, coast.seen_by(coast.lena), items, to and to.id, by=coast.lena, now=NOW)


def returned(coast: Coast, item: int, comment: str, by: Person) -> None:
    with coast.database.writing() as session:
        handing.send_back(session, coast.seen_by(by), item, comment, by=by, now=NOW)


def all_items(coast: Coast) -> list[int]:
    with coast.database.reading() as session:
        return list(session.scalars(select(Item.id).order_by(Item.article_id, Item.slot)))


def row_of(coast: Coast, item: int, who: Person) -> QueueRow:
    states = ("waiting", "open", "done", "skipped", "returned")
    with coast.database.reading() as session:
        rows = queues.page(session, coast.seen_by(who), states=states, by=who)
    return next(row for row in rows if row.id == item)
