"""A deep look at a bench: sound ones are told sound, and each damage where it is and what to do."""

import sqlite3
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import insert, text

from tests.builders import NOW, Coast, person, take_texts
from tests.releasing import finish, make
from tests.services.test_durability import worked
from workbench.services import examining, tallying
from workbench.services.bench import Finding
from workbench.store.engine import Database
from workbench.store.schema import Job


def unwell(database: Database) -> dict[str, str]:
    found: list[Finding] = list(examining.deep(database, now=NOW + timedelta(minutes=1)))
    assert len(found) == 14
    return {each.about: each.sentence for each in found if not each.well}


def hurt(database: Database, *statements: str) -> None:
    """Change what is stored behind the back of everything that watches over it."""
    with database.engine.connect().execution_options(write=True) as connection:
        if database.embedded:
            connection.connection.dbapi_connection.execute("PRAGMA foreign_keys=OFF")  # type: ignore[union-attr]
        else:
            connection.exec_driver_sql("SET LOCAL session_replication_role = replica")
        for each in statements:
            connection.execute(text(each))
        connection.commit()
        if database.embedded:
            connection.connection.dbapi_connection.execute("PRAGMA foreign_keys=ON")  # type: ignore[union-attr]


def test_a_bench_at_work_is_told_sound(coast: Coast) -> None:
    worked(coast)
    take_texts(coast.database, coast.project, ["A boat without suggestions."])
    make(coast)
    assert unwell(coast.database) == {}


LAST = "(SELECT max(id) FROM decision)"


@pytest.mark.parametrize(
    ("statement", "about", "said"),
    [
        ("UPDATE article SET text = 'x' || text WHERE id = 1", "Texts and spans", "is not at"),
        ("UPDATE mark SET status = 'rejected'", "Decisions", "is not what decision 1 left"),
        ("UPDATE mark SET kind = 'stance' WHERE oid = 'e1'", "Decisions", "is not what decision 1 left"),
        ("DELETE FROM mark WHERE oid = 'e1'", "Decisions", "is not what decision 1 left"),
        ("UPDATE layer SET rev = rev + 1 WHERE rev > 0", "Decisions", "decisions where"),
        ("UPDATE layer SET rev = 0", "Decisions", "decisions where 0 were counted"),
        (f"DELETE FROM decision WHERE id = {LAST}", "Decisions", "a state without a decision"),
        ("UPDATE decision SET version = 7 WHERE oid = 'e1'", "Decisions", "decision 7 follows decision 0"),
        ("UPDATE decision SET after = replace(after, 'accepted', 'rejected')", "Decisions", "is not what decision 1"),
        (f"UPDATE decision SET after = 'null' WHERE id = {LAST}", "Decisions", "cannot be read to its end"),
        ("UPDATE layer SET body = '{broken' WHERE id = 2", "Rows", "layer 2: body holds what it cannot hold"),
        ("UPDATE layer SET body = '{broken' WHERE id = 2", "Texts and spans", "cannot be read to its end"),
        ("UPDATE item SET minutes = 7 WHERE state = 'done'", "Minutes", "7.00 minutes are kept where"),
        (
            "UPDATE layer SET body = replace(body, 'GPE', 'ORG') WHERE kind = 'gold'",
            "Gold",
            "not what its reading says",
        ),
        ("DELETE FROM layer WHERE kind = 'gold'", "Gold", "has no gold"),
        ("UPDATE layer SET kind = 'gold' WHERE kind = 'suggested'", "Gold", "has gold twice"),
        ("UPDATE layer SET body = replace(body, 'GPE', 'ORG') WHERE rev > 0", "Readings", "something else than was"),
        ("UPDATE item SET state = 'open' WHERE id = 3", "Queue", "is in nobody's hands"),
        ("UPDATE item SET state = 'asleep' WHERE id = 3", "Queue", "in no state that there is"),
        ("UPDATE item SET person_id = 2 WHERE state = 'waiting'", "Queue", "waits in the queue, and yet"),
        ("UPDATE item SET layer_id = NULL WHERE state = 'done'", "Queue", "finished without a reading"),
        ("UPDATE item SET layer_id = 2 WHERE state = 'done'", "Queue", "a reading of another article"),
        ("UPDATE item SET person_id = 3 WHERE state = 'done'", "Queue", "names somebody else's reading"),
        ("DELETE FROM layer WHERE id = 1", "References", "layer does not have"),
        ("DROP INDEX ix_item_queue", "Tables", "ix_item_queue is missing or off"),
    ],
)
def test_damage_is_told_with_its_place_and_what_to_do(coast: Coast, statement: str, about: str, said: str) -> None:
    worked(coast)
    hurt(coast.database, statement)
    found = unwell(coast.database)
    assert said in found[about]
    assert "What to do: " in found[about]


def test_releases_and_counts_that_are_off_are_told(coast: Coast) -> None:
    worked(coast)
    make(coast)
    tallying.anew(coast.database)
    hurt(coast.database, "UPDATE release_record SET sha256 = 'x'", "UPDATE tally SET count = count + 1")
    found = unwell(coast.database)
    assert "The record" in found["Releases"]
    assert "are counted where there are" in found["Counts"]


def test_a_trigger_that_is_gone_is_missed(coast: Coast) -> None:
    table = "" if coast.database.embedded else " ON audit"
    hurt(coast.database, f"DROP TRIGGER audit_not_changed{table}")
    assert "audit_not_changed is missing or off" in unwell(coast.database)["Tables"]


def test_a_trigger_that_is_switched_off_is_missed(coast: Coast) -> None:
    if coast.database.embedded:
        pytest.skip("SQLite's triggers cannot be switched off one by one")
    hurt(coast.database, "ALTER TABLE item DISABLE TRIGGER item_touched_update")
    assert "item_touched_update is missing or off" in unwell(coast.database)["Tables"]


def test_an_article_that_its_words_do_not_lead_to_is_named(coast: Coast) -> None:
    if not coast.database.embedded:
        pytest.skip("PostgreSQL's index of words follows from the table")
    hurt(coast.database, "UPDATE article SET title = 'Boats at sea' WHERE id = 2")
    assert unwell(coast.database) == {}
    hurt(coast.database, "DROP TRIGGER article_words_change", "UPDATE article SET title = 'Two piers' WHERE id = 2")
    assert "is not found by the words of its title" in unwell(coast.database)["Words"]


def test_work_that_waits_in_vain_is_named(coast: Coast) -> None:
    rest = {"done": 0, "tries": 1, "payload": {}, "created_at": NOW - timedelta(hours=1)}
    with coast.database.writing() as session:
        session.execute(insert(Job).values(kind="suggest", state="running", owner="gone", beat_at=NOW, **rest))
    assert unwell(coast.database) == {}
    with coast.database.writing() as session:
        session.execute(insert(Job).values(kind="import", state="queued", **rest))
        session.execute(insert(Job).values(kind="release", state="running", **rest))
    said = unwell(coast.database)["Jobs"]
    assert "job 2 (import) of 2026-03-02 08:00 waits; job 3 (release) of 2026-03-02 08:00 runs without" in said
    assert "start a worker" in said


def test_gold_by_rulings_that_are_gone_is_named(coast: Coast) -> None:
    finish(coast)
    review = '{"reviewers":["r1","r2"],"adjudicator":"r3","agreement":{"readings":2,"marked":1,"same":0}}'
    hurt(coast.database, f"UPDATE layer SET review = '{review}' WHERE kind = 'gold'".replace(":", "\\:"))
    assert "no adjudication that was finished" in unwell(coast.database)["Gold"]


@pytest.mark.parametrize("page", [0, 1, 2, 5, 20, 60])
def test_a_page_that_was_overwritten_is_told_and_breaks_no_look(coast: Coast, home: Path, page: int) -> None:
    if not coast.database.embedded:
        pytest.skip("whose pages lie in one file is SQLite")
    worked(coast)
    coast.database.settle()
    coast.database.dispose()
    with (home / "workbench.db").open("r+b") as file:
        file.seek(4096 * page)
        file.write(b"\xaa" * 4096)
    assert "File" in unwell(Database(coast.database.engine.url.render_as_string()))


def test_rows_that_name_what_is_gone_are_found(tmp_path: Path) -> None:
    database = Database(f"sqlite:///{tmp_path / 'a.db'}")
    database.upgrade()
    person(database, "Mia")
    with closing(sqlite3.connect(tmp_path / "a.db", isolation_level=None)) as rows:
        names = "token, person_id, created_at, expires_at, agent"
        rows.execute(f"INSERT INTO sign_in ({names}) VALUES ('t', 99, '2026-01-01', '2026-01-01', 'x')")
    assert "sign_in.person_id names 99, which person does not have" in unwell(database)["References"]
    database.dispose()
