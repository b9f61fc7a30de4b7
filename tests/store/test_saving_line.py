"""The connection that saves: all or nothing each time, and as good as new after whatever went wrong."""

import threading
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import text

from tests.builders import person
from workbench.core.errors import Unavailable
from workbench.store import engine as engine_module
from workbench.store.engine import Database, sqlite

CALLED = text("SELECT name FROM person")
CALL = text("UPDATE person SET name = :name")
LONGER = text("UPDATE person SET name = name || '+'")


def called(database: Database) -> str | None:
    with database.reading() as session:
        return session.scalar(CALLED)


def call(database: Database, name: str) -> None:
    with database.saving() as line:
        line.connection.execute(CALL, {"name": name})


def test_a_block_that_raises_keeps_nothing_and_the_next_one_saves(database: Database) -> None:
    person(database, "Mia")

    def half_done() -> None:
        with database.saving() as line:
            line.connection.execute(CALL, {"name": "Noor"})
            raise RuntimeError("half-way")

    for name in ("Otto", "Pia"):
        with pytest.raises(RuntimeError):
            half_done()
        call(database, name)
        assert called(database) == name


def test_what_was_refused_by_a_database_that_others_hold_can_be_saved_afterwards(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(engine_module, "PATIENCE", 0.1)
    file = tmp_path / "bench.db"
    database = Database(f"sqlite:///{file}")
    database.upgrade()
    person(database, "Mia")
    call(database, "Noor")
    with closing(sqlite.connect(file, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(Unavailable, match="busy"):
            call(database, "Otto")
    assert called(database) == "Noor"
    call(database, "Pia")
    assert called(database) == "Pia"
    database.dispose()
    call(database, "Quinn")
    assert called(database) == "Quinn"
    database.dispose()


def test_threads_save_one_after_the_other(database: Database) -> None:
    person(database, "Mia")

    def crew() -> None:
        for _ in range(10):
            with database.saving() as line:
                line.connection.execute(LONGER)

    threads = [threading.Thread(target=crew) for _ in range(4)]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    assert called(database) == "Mia" + 40 * "+"
