"""The counts of a bench: taken in little by little, and checked."""

from collections.abc import Iterator
from contextlib import suppress

from sqlalchemy.orm import Session

from workbench.core.errors import Unavailable
from workbench.store import projects, tallies
from workbench.store.engine import Database


def take_in(database: Database, *, most: int = 1) -> None:
    """Take in what has changed since it was counted, if that is much, in up to so many steps of their own.

    While the database takes no writes, the counts stay behind.
    """
    with suppress(Unavailable):
        for _ in range(most):
            with database.reading() as session:
                if not tallies.waiting(session):
                    return
            with database.writing() as session:
                tallies.fold(session)


def anew(database: Database) -> int:
    """Count everything anew; return how many articles were looked at."""
    with database.writing() as session:
        tallies.forget(session)
    looked = 0
    while True:
        with database.writing() as session:
            some = tallies.fold(session)
        looked += some
        if not some:
            return looked


def wrong(session: Session) -> Iterator[str]:
    """Yield what is counted otherwise than it is."""
    found = tallies.counted_anew(session)
    for project in projects.listing(session, None):
        there, counts = found[project.id], tallies.tallies(session, project.id, None).counts
        for name in sorted(counts.keys() | there.keys()):
            if counts.get(name, 0) != there[name]:
                yield f"{project.slug}, {name}: {counts.get(name, 0)} are counted where there are {there[name]}"
