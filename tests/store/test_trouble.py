"""What the database says in its trouble, as people and programs hear it."""

import threading
from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy import create_engine, text
from sqlalchemy.exc import DBAPIError

from tests import postgres
from workbench.core.errors import Invalid, NoRoom, Unavailable, WorkbenchError
from workbench.store.engine import Database
from workbench.store.trouble import explained


@pytest.mark.parametrize(
    ("state", "kind"),
    [
        ("40001", Unavailable),  # serialization failure
        ("40P01", Unavailable),  # deadlock
        ("55P03", Unavailable),  # lock not available
        ("57014", Unavailable),  # statement timeout
        ("57P01", Unavailable),  # ended by an administrator
        ("57P03", Unavailable),  # still starting
        ("25006", Unavailable),  # a standby, which only reads
        ("53300", Unavailable),  # too many connections
        ("58030", Unavailable),  # input or output failed
        ("53100", NoRoom),  # disk full
        ("54000", Invalid),  # beyond a limit of the program
        ("22003", Invalid),  # a number out of range
        ("22021", Invalid),  # a character that no text holds
    ],
)
def test_what_postgresql_says_becomes_an_error_of_ours(
    server: postgres.Server, state: str, kind: type[WorkbenchError]
) -> None:
    engine = create_engine(server.url(server.make()))
    with engine.connect() as connection, pytest.raises(DBAPIError) as caught:
        connection.execute(text(f"DO $$ BEGIN RAISE EXCEPTION 'made for a test' USING ERRCODE = '{state}'; END $$"))
    told = explained(caught.value)
    assert told is not None
    assert type(told) is kind
    engine.dispose()


@pytest.mark.parametrize("shut", ["PRAGMA query_only=ON", "SET TRANSACTION READ ONLY"])
def test_a_database_that_can_only_be_read_is_said_to_be(server: postgres.Server, tmp_path: Path, shut: str) -> None:
    database = Database(f"sqlite:///{tmp_path / 'lamp.db'}" if "PRAGMA" in shut else server.url(server.make()))
    with pytest.raises(Unavailable, match="The database can only be read"), database.writing() as session:
        session.execute(text(shut))
        session.execute(text("CREATE TABLE lamp (id int PRIMARY KEY)"))
    database.dispose()


def test_a_mistake_of_ours_stays_one(server: postgres.Server) -> None:
    engine = create_engine(server.url(server.make()))
    with engine.connect() as connection, pytest.raises(DBAPIError) as caught:
        connection.execute(text("SELECT nothing FROM nowhere"))
    assert explained(caught.value) is None
    engine.dispose()


def test_two_who_wait_for_each_other_are_told_to_try_again(server: postgres.Server) -> None:
    database = Database(server.url(server.make()))
    with database.writing() as session:
        session.execute(text("CREATE TABLE lamp (id int PRIMARY KEY, lit bool)"))
        session.execute(text("INSERT INTO lamp VALUES (1, false), (2, false)"))
    gate, found = threading.Barrier(2), []

    def light(first: int, second: int) -> Callable[[], None]:
        def run() -> None:
            try:
                with database.writing() as session:
                    session.execute(text(f"UPDATE lamp SET lit = true WHERE id = {first}"))
                    gate.wait()
                    session.execute(text(f"UPDATE lamp SET lit = true WHERE id = {second}"))
            except WorkbenchError as problem:
                found.append(type(problem))

        return run

    crew = [threading.Thread(target=light(*pair)) for pair in ((1, 2), (2, 1))]
    for each in crew:
        each.start()
    for each in crew:
        each.join()
    assert found == [Unavailable]
    database.dispose()
