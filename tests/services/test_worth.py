"""What most is to be learnt from: unsure proposals and new actors, told of each article and first in the queue."""

from collections.abc import Iterator
from typing import Any

from alembic import command
from sqlalchemy import event, select, update

from tests.builders import Coast, Finder, article, coast_in, entity, opened, suggest, take, take_texts
from tests.teams import all_items, claimed, with_rules
from workbench.core.annotation import By, Entity, Object
from workbench.formats import gold
from workbench.services import handing, queues
from workbench.store import engine as engines
from workbench.store import ordering
from workbench.store.engine import Database
from workbench.store.queues import QueueRow
from workbench.store.schema import Layer as StoredLayer

ALL = ("waiting", "open", "returned")


def said(coast: Coast, *told: tuple[float | None, int]) -> None:
    """Say of each article how certain its proposals are, and how many new actors they name."""
    with coast.database.writing() as session:
        numbers = session.scalars(select(StoredLayer.id).order_by(StoredLayer.article_id)).all()
        for number, (certainty, fresh) in zip(numbers, told, strict=True):
            values = {"certainty": certainty, "fresh": fresh}
            session.execute(update(StoredLayer).where(StoredLayer.id == number).values(**values))
        ordering.weigh(session, coast.project.id)


def listed(coast: Coast, after: int = 0, limit: int = 50) -> list[QueueRow]:
    with coast.database.reading() as session:
        return queues.page(session, coast.project, states=ALL, after=after, limit=limit, by_worth=True)


def test_a_queue_can_begin_with_unsure_proposals_and_new_actors(coast: Coast) -> None:
    first, second, third = all_items(coast)
    said(coast, (0.9, 0), (0.8, 3), (0.7, 0))
    assert [row.id for row in listed(coast)] == [second, third, first]


def test_its_pages_hold_every_article_once_also_where_many_are_worth_the_same(coast: Coast) -> None:
    take_texts(coast.database, coast.project, [f"Boat {n} lay at pier {n * 3}, berth {n * 7}." for n in range(9)])
    items = all_items(coast)
    given_first = items[5:7]
    with coast.database.writing() as session:
        handing.prioritise(session, coast.seen_by(coast.lena), given_first, 2)
    claimed(coast, coast.mia)
    whole = [row.id for row in listed(coast)]
    found: list[int] = []
    while page := listed(coast, after=found[-1] if found else 0, limit=2):
        found += [row.id for row in page]
    assert found == whole
    assert sorted(found) == items
    assert found[:2] == given_first


def test_articles_go_out_by_what_is_to_be_learnt_where_the_plan_says_so(coast: Coast) -> None:
    first, second, third = all_items(coast)
    said(coast, (0.9, 0), (None, 0), (0.2, 0))
    with_rules(coast, order="worth")
    assert [claimed(coast, who) for who in (coast.mia, coast.noor, coast.lena)] == [third, second, first]


class Naming(Finder):
    """Proposes an actor of the registry, one that nobody knows, twice, and one without an id."""

    def _found(self, text: str) -> Iterator[Object]:
        names = (
            ("France", "state:FRA"),
            ("Ada Quist", "person:ada-quist"),
            ("Ada Quist", "person:ada-quist"),
            ("Bo", None),
        )
        for number, (name, who) in enumerate(names):
            yield Entity(f"e{number}", number, number + 1, "PERSON", name, who, by=By(suggester=self.name, score=0.3))


def test_actors_that_the_registry_does_not_know_are_counted_once_each(coast: Coast) -> None:
    suggest(coast.database, coast.project, Naming("naming@1"))
    assert {(row.new_actors, row.scores and row.scores[3]) for row in listed(coast)} == {(2, 4)}


def test_readings_that_come_with_an_import_are_weighed_as_well(coast: Coast) -> None:
    text = "Ada Quist sails for nobody, and says so again and again to whoever asks her."
    by = By(suggester="other@1", score=0.5)
    found = article(
        text, entity(text, "Ada Quist", "PERSON", actor="Ada Quist", actor_id="person:ada-quist", by=by), id="quist"
    )
    take(coast.database, coast.project, opened("quist.jsonl", gold.dumps(found)))
    [row] = [row for row in listed(coast) if row.key == "quist"]
    assert row.new_actors == 1
    assert listed(coast)[0] == row


def test_what_is_done_is_listed_as_it_came(coast: Coast) -> None:
    with coast.database.reading() as session:
        assert queues.page(session, coast.project, states=("done",), by_worth=True) == []


def test_proposals_of_before_are_counted_by_the_upgrade(database: Database) -> None:
    coast = coast_in(database)
    wanted = [(row.id, row.scores) for row in listed(coast)]
    alembic = engines._alembic(database.engine)
    command.downgrade(alembic, "0015")
    database.upgrade()
    assert [(row.id, row.scores) for row in listed(coast)] == wanted
    assert all(counts for _, counts in wanted)


def test_the_first_page_looks_at_no_more_items_in_a_longer_queue(coast: Coast) -> None:
    seen: list[tuple[str, Any]] = []
    listen = (coast.database.engine, "before_cursor_execute", lambda *about: seen.append((about[2], about[3])))
    event.listen(*listen)
    listed(coast, after=all_items(coast)[0], limit=2)
    event.remove(*listen)
    [(statement, parameters)] = [each for each in seen if "UNION ALL" in each[0]]
    embedded = coast.database.engine.dialect.name == "sqlite"
    with coast.database.engine.connect() as connection:
        for way in () if embedded else ("seqscan", "bitmapscan", "sort"):  # three rows are read fastest as a whole
            connection.exec_driver_sql(f"SET LOCAL enable_{way} = off")
        asked = "EXPLAIN QUERY PLAN" if embedded else "EXPLAIN"
        plan = "\n".join(str(row[-1]) for row in connection.exec_driver_sql(f"{asked} {statement}", parameters))
    assert "TEMP B-TREE" not in plan
    assert plan.count("ix_item_worth") >= len(ALL) * 2
    also = plan.count("ix_item_state")  # of what is worth the same, three rows come in order by either
    assert plan.count("ix_item_worth") + also == len(ALL) * 3
