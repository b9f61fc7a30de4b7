"""An import that is under way, breaks off, is killed or is tried again: nobody ever sees half of it."""

from collections.abc import Iterator
from datetime import timedelta

import pytest

from tests.builders import HARBOUR, NOW, article, opened, person, project, take
from workbench.core.signatures import signature
from workbench.core.text import digest
from workbench.formats.files import Opened
from workbench.services import imports
from workbench.services.imports import Wishes
from workbench.services.projects import Project
from workbench.store import articles as stored
from workbench.store.articles import Fresh
from workbench.store.engine import Database


@pytest.fixture
def dyke(database: Database) -> Project:
    return project(database, person(database, "Lena"), "dyke", "Dyke")


def texts(database: Database, where: Project) -> list[str]:
    with database.reading() as session:
        return [stored.text(session, where.id, row.key) for row in stored.listing(session, where.id)]


def test_nobody_sees_an_import_before_it_is_whole(database: Database, dyke: Project) -> None:
    seen: list[int] = []

    def files() -> Iterator[Opened]:
        yield opened("a.txt", "One boat.")
        with database.reading() as session:
            seen.append(len(stored.listing(session, dyke.id)))
        yield opened("b.txt", "Two boats.")

    imports.take(database, dyke.id, files(), Wishes(), by=None, now=NOW)
    assert (seen, len(texts(database, dyke))) == ([0], 2)


def test_an_import_that_breaks_off_takes_everything_back(database: Database, dyke: Project) -> None:
    def files() -> Iterator[Opened]:
        yield opened("a.txt", "One boat.")
        raise RuntimeError("the disk went away")

    with pytest.raises(RuntimeError):
        imports.take(database, dyke.id, files(), Wishes(), by=None, now=NOW)
    with database.reading() as session:
        assert (stored.count(session, dyke.id), stored.abandoned(session, NOW + timedelta(days=1))) == (0, [])


def test_what_a_dead_import_left_is_cleared_by_a_later_one(database: Database, dyke: Project) -> None:
    with database.writing() as session:
        dead = stored.open_batch(session, dyke.id, by=None, now=NOW)
    take(database, dyke, opened("a.txt", "One boat."), now=NOW + timedelta(hours=7))
    with database.reading() as session:
        assert dead not in stored.abandoned(session, NOW + timedelta(days=1))


@pytest.fixture
def cut_off(database: Database, dyke: Project) -> int:
    """An import that was killed after its first chunk; HARBOUR was in it."""
    with database.writing() as session:
        batch = stored.open_batch(session, dyke.id, by=None, now=NOW)
        fresh = Fresh(article(HARBOUR), "a", digest(HARBOUR), 9, "a", signature(HARBOUR))
        stored.add(session, dyke.id, batch, [fresh])
    return batch


def test_a_text_that_another_import_holds_is_refused_and_not_passed_over(
    database: Database, dyke: Project, cut_off: int
) -> None:
    receipt = take(database, dyke, opened("a.txt", HARBOUR))
    assert (next(receipt.lines).what, receipt.complete) == ("refused", False)
    assert "another import is bringing this text" in str(next(receipt.lines).why)
    late = take(database, dyke, opened("a.txt", HARBOUR), now=NOW + timedelta(hours=7))
    assert [line.what for line in late.lines] == ["taken"]


def test_who_tries_again_takes_the_place_of_the_import_that_was_cut_off(
    database: Database, dyke: Project, cut_off: int
) -> None:
    begun: list[int] = []
    again = [opened("a.txt", HARBOUR)]
    receipt = imports.take(database, dyke.id, again, Wishes(), by=None, now=NOW, instead_of=cut_off, begun=begun.append)
    assert [line.what for line in receipt.lines] == ["taken"]
    assert texts(database, dyke) == [HARBOUR]
    imports.take(database, dyke.id, [], Wishes(), by=None, now=NOW, instead_of=begun[0])
    assert texts(database, dyke) == [HARBOUR]
