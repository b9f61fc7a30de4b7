"""The database: turns, all or nothing, and plain words when it cannot take a write."""

import os
import subprocess
import sys
import textwrap
import threading
import time
from pathlib import Path

import pytest
from sqlalchemy import func, select

from tests.builders import NOW, Coast, opened, person, project, suggest, take
from workbench.core.errors import Invalid, Unavailable
from workbench.services import people, releases
from workbench.store import engine as engine_module
from workbench.store.engine import SAFE_WAL, SQLITE, Database, sqlite
from workbench.store.schema import Person


def names(database: Database) -> list[str]:
    with database.reading() as session:
        return [row.name for row in people.everybody(session)]


def test_a_block_that_raises_keeps_nothing(database: Database) -> None:
    def half_done() -> None:
        with database.writing() as session:
            people.add(session, "Mia", by=None, now=NOW)
            raise RuntimeError("half-way")

    with pytest.raises(RuntimeError):
        half_done()
    assert names(database) == []


def test_a_reader_sees_one_moment_while_others_write(database: Database) -> None:
    with database.reading() as session:
        before = session.scalar(select(func.count()).select_from(Person))
        thread = threading.Thread(target=lambda: person(database, "Mia"))
        thread.start()
        thread.join()
        if database.embedded:
            assert session.scalar(select(func.count()).select_from(Person)) == before == 0
    assert names(database) == ["Mia"]


def test_many_threads_write_without_losing_anything(database: Database) -> None:
    threads = [threading.Thread(target=lambda n=n: person(database, f"Reader {n:02}")) for n in range(24)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert names(database) == [f"Reader {n:02}" for n in range(24)]


def test_two_processes_write_side_by_side(database: Database, database_url: str) -> None:
    script = textwrap.dedent("""
        import sys
        from tests.builders import person
        from workbench.store.engine import Database
        database = Database(sys.argv[1])
        for number in range(15):
            person(database, f"{sys.argv[2]} {number}")
        """)
    root = Path(__file__).parents[2]
    crew = [
        subprocess.Popen([sys.executable, "-c", script, database_url, who], cwd=root, env=dict(os.environ))
        for who in ("left", "right")
    ]
    assert [each.wait(timeout=60) for each in crew] == [0, 0]
    assert len(names(database)) == 30


def test_a_locked_file_is_said_to_be_busy(tmp_path: Path) -> None:
    path = tmp_path / "locked.db"
    database = Database(f"sqlite:///{path}")
    database.upgrade()
    with database.engine.connect() as connection:
        connection.exec_driver_sql("PRAGMA busy_timeout=100")  # the pool hands this connection out again
    other = sqlite.connect(path, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    with pytest.raises(Unavailable, match="busy; what you sent was not stored"):
        person(database, "Mia")
    other.close()
    person(database, "Mia")
    assert names(database) == ["Mia"]
    database.dispose()


def test_nobody_waits_for_ever_for_a_turn_that_another_process_keeps(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    fcntl = pytest.importorskip("fcntl")
    database = Database(f"sqlite:///{tmp_path / 'kept.db'}")
    database.upgrade()
    monkeypatch.setattr(engine_module, "PATIENCE", 0.05)
    with (tmp_path / "kept.db-turn").open("w") as turn:
        fcntl.flock(turn, fcntl.LOCK_EX)
        with pytest.raises(Unavailable, match="busy; what you sent was not stored"):
            person(database, "Mia")
        fcntl.flock(turn, fcntl.LOCK_UN)
    person(database, "Mia")
    assert names(database) == ["Mia"]
    database.dispose()


def test_nobody_waits_for_ever_for_a_turn_that_another_thread_keeps(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    database = Database(f"sqlite:///{tmp_path / 'kept.db'}")
    database.upgrade()
    monkeypatch.setattr(engine_module, "PATIENCE", 0.05)
    refused: list[str] = []

    def late() -> None:
        with pytest.raises(Unavailable) as told:
            person(database, "Noor")
        refused.append(told.value.sentence)

    with database.writing() as session:
        people.add(session, "Mia", by=None, now=NOW)
        thread = threading.Thread(target=late)
        thread.start()
        thread.join()
    assert len(refused) == 1
    assert names(database) == ["Mia"]
    database.dispose()


def test_the_embedded_file_keeps_what_is_acknowledged(tmp_path: Path) -> None:
    database = Database(f"sqlite:///{tmp_path / 'a.db'}")
    with database.engine.connect() as connection:
        told = {
            name: connection.exec_driver_sql(f"PRAGMA {name}").scalar()
            for name in ("journal_mode", "synchronous", "foreign_keys", "trusted_schema")
        }
    database.dispose()
    journal = "wal" if SQLITE >= SAFE_WAL else "delete"
    assert told == {"journal_mode": journal, "synchronous": 2, "foreign_keys": 1, "trusted_schema": 0}


@pytest.mark.parametrize(
    ("url", "said"),
    [("mysql://host/name", "not in mysql"), ("nonsense", "no database address"), ("", "no database address")],
)
def test_an_address_that_cannot_be_used_is_said_to_be_one(url: str, said: str) -> None:
    with pytest.raises(Invalid, match=said):
        Database(url)


def test_a_writer_that_dies_leaves_the_turn_to_the_next(database: Database, database_url: str, coast: Coast) -> None:
    script = textwrap.dedent("""
        import os, sys
        from tests.builders import NOW
        from workbench.services import people
        from workbench.store.engine import Database
        with Database(sys.argv[1]).writing() as session:
            people.add(session, "Ghost", by=None, now=NOW)
            print("in", flush=True)
            sys.stdin.read()
        """)
    dying = subprocess.Popen(
        [sys.executable, "-c", script, database_url],
        cwd=Path(__file__).parents[2],
        stdout=subprocess.PIPE,
        stdin=subprocess.PIPE,
        text=True,
    )
    assert dying.stdout is not None
    assert dying.stdout.readline() == "in\n"
    dying.kill()
    dying.wait()
    began = time.monotonic()
    person(database, "Pia")
    assert time.monotonic() - began < 5
    assert "Ghost" not in names(database)
    assert "Pia" in names(database)


def test_exports_are_sorted_by_code_point_whatever_the_locale_of_the_server(database: Database) -> None:
    dyke = project(database, person(database, "Lena"), "dyke")
    rows = [f'{{"id": "{key}", "text": "Boat {n}."}}\n' for n, key in enumerate(["b", "ab", "B", "a-c", "a_c", "a.c"])]
    take(database, dyke, opened("a.jsonl", "".join(rows)))
    suggest(database, dyke)
    with database.reading() as session:
        keys = [record.id for record in releases.records(session, dyke, "suggested")]
    assert keys == sorted(keys)
