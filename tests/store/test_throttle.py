"""Counting tries, by one process and by many at once."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier

from tests.builders import NOW
from workbench.store import throttle
from workbench.store.engine import Database

WINDOW = timedelta(minutes=15)


def counted(database: Database, key: str = "name:mia", after: timedelta = timedelta()) -> int:
    with database.writing() as session:
        return throttle.count(session, key, since=NOW + after - WINDOW, now=NOW + after)


def test_tries_add_up_until_their_window_is_over(database: Database) -> None:
    assert [counted(database), counted(database), counted(database, "name:noor")] == [1, 2, 1]
    assert counted(database, after=timedelta(minutes=14)) == 3
    assert counted(database, after=timedelta(minutes=16)) == 1


def test_what_is_forgotten_starts_anew(database: Database) -> None:
    counted(database)
    with database.writing() as session:
        throttle.forget(session, "name:mia")
    assert counted(database) == 1


def test_tries_at_the_same_moment_are_all_counted(database: Database) -> None:
    crew = 6
    gate = Barrier(crew)

    def try_in_step(turn: int) -> int:
        gate.wait()
        return counted(database, f"name:{turn}")

    for turn in range(5):  # the first of each turn meets no row, as after a quiet quarter of an hour
        with ThreadPoolExecutor(crew) as threads:
            assert sorted(threads.map(try_in_step, [turn] * crew)) == list(range(1, crew + 1))
