"""Setting articles aside, and how people read, from the command line."""

import pytest

from tests.builders import coast_of
from tests.cli.conftest import Shell
from tests.training import practised, with_gold
from workbench.store.engine import Database


@pytest.fixture
def database(bench: Shell) -> Database:
    return Database(f"sqlite:///{bench.home / 'workbench.db'}")


def test_articles_are_set_aside_listed_and_put_back(bench: Shell, database: Database) -> None:
    [key] = with_gold(coast_of(database))
    assert bench("training", "add", key, "-p", "coast", "--note", "Mind the ships").output == (
        "1 article set aside for practice\n"
    )
    bench("training", "set", "-p", "coast", "--every", 20, "--pass-mark", 80)
    listed = bench("training", "list", "-p", "coast").output
    assert f"{key}  practice  0            yes   Mind the ships" in listed
    assert "one test in 20 articles; practice to F1 80 % first; no threshold for tests" in listed
    assert bench("training", "remove", key, "-p", "coast").output == "1 article put back\n"
    assert key not in bench("training", "list", "-p", "coast").output


def test_what_is_no_gold_is_refused_in_words(bench: Shell) -> None:
    assert "There is no article “nowhere”" in bench("training", "add", "nowhere", "-p", "coast", code=1).stderr
    assert "One in 5" in bench("training", "set", "-p", "coast", "--every", 1, code=1).stderr


def test_competence_tells_how_everybody_reads(bench: Shell, database: Database) -> None:
    assert "Nothing to compare yet" in bench("competence", "coast").output
    coast = coast_of(database)
    [key] = with_gold(coast)
    bench("training", "add", key, "-p", "coast")
    practised(coast, coast.mia, key, {"e2": None})
    said = bench("competence", "coast").output.splitlines()
    assert said[1].split() == ["Mia", "0", "1", "0", "0.67", "1.00", "1.00"]
