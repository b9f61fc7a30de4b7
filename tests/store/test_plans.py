"""Pages of a project never ask for a look at a whole table: the plans of what each page sends, on both engines."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import Engine, event, text

from tests.builders import NOW, Coast
from workbench.services import (
    accounts,
    adjudication,
    articles,
    audit,
    board,
    board_drift,
    board_figures,
    handing,
    inbox,
    jobs,
    people,
    projects,
    queues,
    quotas,
    readers,
    releases,
    review,
    suggesters,
    suggestions,
    talk,
    training,
)
from workbench.store import board as readings
from workbench.store import releases as kept
from workbench.store import turns
from workbench.store.engine import Database

LARGE = {"article", "item", "layer", "mark", "decision", "person", "project", "release", "job", "notice", "audit"}
LARGE |= {"batch", "post", "thread", "membership", "parked", "adjudication", "exercise", "handover", "tally", "quota"}
ASKS = {
    "articles": lambda session, coast, lead: articles.listing(session, lead, after=0, limit=51, by=coast.lena),
    "articles far on": lambda session, coast, lead: articles.listing(session, lead, after=2, limit=51, by=coast.lena),
    "search": lambda session, coast, lead: articles.listing(session, lead, after=0, limit=51, find="harb x"),
    "queue by worth": lambda session, coast, lead: queues.page(
        session, lead, states=("waiting", "open", "returned"), by=coast.lena, by_worth=True
    ),
    "queue as it came": lambda session, coast, lead: queues.page(session, lead, states=("waiting",), by=coast.lena),
    "what came back": lambda session, coast, lead: queues.returned(session, lead, by=coast.lena),
    "counts of the queue": lambda session, coast, lead: queues.counts(session, lead, by=coast.lena),
    "board": lambda session, coast, lead: board.board_of(session, lead, by=coast.lena, now=NOW),
    "stamp of the board": lambda session, coast, lead: board.stamp(session, lead, by=coast.lena, now=NOW),
    "pace": lambda session, coast, lead: board.pace(session, lead, by=coast.lena),
    "figures": lambda session, coast, lead: board_figures.figures_of(session, lead),
    "passages": lambda session, coast, lead: board_figures.passages(
        session, lead, "entities", ("Mia", "Noor"), None, by=coast.lena
    ),
    "passages of proposals": lambda session, coast, lead: board_figures.proposals(
        session, lead, "entity", "GPE", None, by=coast.lena
    ),
    "drift": lambda session, coast, lead: board_drift.drift_of(session, lead, "entities", "week", ("Mia", "Noor")),
    "an article": lambda session, coast, lead: articles.view(
        session, lead, articles.listing(session, lead, after=0, limit=1)[0].key, by=coast.lena
    ),
    "people": lambda session, coast, lead: accounts.search(session, "", after=coast.mia.id, limit=51),
    "somebody by name": lambda session, coast, lead: people.find(session, "MIA"),
    "projects": lambda session, coast, lead: projects.listing(session, by=coast.mia, after=lead.id, limit=51),
    "projects of an admin": lambda session, coast, lead: projects.listing(session, by=None, after=lead.id, limit=51),
    "releases": lambda session, coast, lead: releases.listing(session, lead, before=9, limit=51),
    "jobs": lambda session, coast, lead: jobs.listing(session, lead, before=9, limit=51),
    "imports": lambda session, coast, lead: articles.receipts(session, lead, before=9, limit=51),
    "team": lambda session, coast, lead: people.members(session, lead.id, after=coast.mia.id, limit=51),
    "quotas": lambda session, coast, lead: quotas.listing(session, lead, after=coast.mia.id, now=NOW),
    "who can be given articles": lambda session, coast, lead: readers.names(session, lead, "noo", limit=8),
    "who can be mentioned": lambda session, coast, lead: inbox.mentionable(session, lead, None, "noo", by=coast.lena),
    "what was skipped": lambda session, coast, lead: handing.skips(session, lead, before=9),
    "set aside": lambda session, coast, lead: training.exercises(session, lead),
    "what came of tests": lambda session, coast, lead: training.results(session, lead, after=coast.mia.id),
    "adjudication": lambda session, coast, lead: adjudication.waiting(session, lead, by=coast.lena),
    "parked": lambda session, coast, lead: suggestions.listing(session, lead, before=9),
    "inbox": lambda session, coast, lead: inbox.page(session, coast.mia, unread=False, before=9),
    "what is new in the inbox": lambda session, coast, lead: inbox.page(session, coast.mia, unread=True, before=9),
    "unread": lambda session, coast, lead: inbox.unread(session, coast.mia, most=100),
    "questions": lambda session, coast, lead: talk.listing(session, lead, open_only=True, limit=50, by=coast.lena),
    "log": lambda session, coast, lead: audit.page(session, lead, audit.Wish(), before=9, by=coast.lena),
    "suggesters": lambda session, coast, lead: suggesters.listing(session, lead),
    "news": lambda session, coast, lead: (
        turns.call(session),
        list(kept.gold(session, lead.id, turns=(0, 1))),
        turns.gone(session, lead.id, 0, 1),
    ),
    "next": lambda session, coast, lead: review.next_item(
        session, coast.seen_by(coast.mia), by=coast.mia, now=NOW, lease=timedelta(hours=1)
    ),
}


@contextmanager
def heard(engine: Engine) -> Iterator[list[tuple[str, Any]]]:
    """Collect what is sent."""
    sent: list[tuple[str, Any]] = []

    def hear(_conn: Any, _cursor: Any, statement: str, parameters: Any, _context: Any, many: bool) -> None:
        if not many and statement.startswith(("SELECT", "UPDATE", "WITH")):
            sent.append((statement, parameters))

    event.listen(engine, "before_cursor_execute", hear)
    try:
        yield sent
    finally:
        event.remove(engine, "before_cursor_execute", hear)


def scans(database: Database, sent: list[tuple[str, Any]]) -> list[str]:
    """Return where a plan goes through a large table from end to end."""
    found = []
    with database.engine.connect() as connection:
        if not database.embedded:
            connection.execute(
                text("SET enable_seqscan = off")
            )  # small tables are scanned as long as there is a choice
        for statement, parameters in sent:
            if database.embedded:
                rows = connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", parameters).all()
                bad = [row[3] for row in rows if _whole(row[3])]
            else:
                plan = connection.exec_driver_sql(f"EXPLAIN (FORMAT JSON) {statement}", parameters).scalar_one()
                plan = json.loads(plan) if isinstance(plan, str) else plan
                bad = list(_scanned(plan[0]["Plan"]))
            found += [f"{each} in: {' '.join(statement.split())[:200]}" for each in bad]
        connection.rollback()
    return found


def _whole(line: str) -> bool:
    verb, table, *rest = line.split()
    return verb == "SCAN" and table in LARGE and "VIRTUAL" not in rest


def _scanned(plan: dict[str, Any]) -> Iterator[str]:
    if plan["Node Type"] == "Seq Scan" and plan.get("Relation Name") in LARGE:
        yield f"Seq Scan of {plan['Relation Name']}"
    for each in plan.get("Plans", []):
        yield from _scanned(each)


@pytest.mark.parametrize("what", ASKS)
def test_no_page_looks_through_a_whole_table(coast: Coast, what: str) -> None:
    lead = coast.seen_by(coast.lena)
    with heard(coast.database.engine) as sent, coast.database.writing() as session:
        ASKS[what](session, coast, lead)
    assert sent
    assert scans(coast.database, sent) == []


def test_the_newest_readings_are_taken_from_the_index_in_its_order(coast: Coast) -> None:
    with heard(coast.database.engine) as sent, coast.database.reading() as session:
        readings.newest(session, coast.project.id, 300)
    [(statement, _)] = sent
    assert "JOIN" not in statement, "beside another table, PostgreSQL may sort all that is finished"
    assert in_order(coast.database, *sent, index="ix_item_finished")


def test_the_last_layer_of_a_suggester_is_taken_from_an_index_in_its_order(coast: Coast) -> None:
    with heard(coast.database.engine) as sent, coast.database.reading() as session:
        assert [row.articles for row in suggesters.listing(session, coast.project).rows] == [3]
    last = [each for each in sent if "ORDER BY layer.id DESC" in each[0]]
    assert len(last) == 1
    assert in_order(coast.database, *last, index="ix_layer_suggester")


def in_order(database: Database, sent: tuple[str, Any], *, index: str) -> bool:
    """Say whether an index can give the answer in its order, so that the look ends early."""
    explain = "EXPLAIN QUERY PLAN" if database.embedded else "EXPLAIN"
    with database.engine.connect() as connection:
        if not database.embedded:
            connection.execute(text("SET enable_seqscan = off; SET enable_sort = off"))
        plan = str(connection.exec_driver_sql(f"{explain} {sent[0]}", sent[1]).all())
    return index in plan and "TEMP B-TREE" not in plan and "Sort" not in plan


def test_a_look_through_a_whole_table_would_be_seen(coast: Coast) -> None:
    bad = [("SELECT count(*) FROM article WHERE words > 3", () if coast.database.embedded else {})]
    assert scans(coast.database, bad)
