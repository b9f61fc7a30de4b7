"""Merging from the command line."""

from tests.builders import coast_of
from tests.cli.conftest import Shell
from tests.teams import crew, read, with_rules
from workbench.store.engine import Database


def test_conflicts_are_settled_after_a_look_and_taken_back(bench: Shell) -> None:
    database = Database(f"sqlite:///{bench.home / 'workbench.db'}")
    coast = coast_of(database)
    with_rules(coast, readers=3)
    for who, wish in zip([coast.mia, coast.noor, *crew(coast, 1)], ({"e1": None}, {}, {}), strict=True):
        read(coast, who, wish)
    database.dispose()
    merge = ("merge", "majority", "-p", "coast", "--by", "Lena")
    assert "This would settle 1 conflict in 1 article. Nothing was stored" in bench(*merge, code=1).output
    assert "Settled: 1 conflict in 1 article." in bench(*merge, "--yes").stdout
    undo = ("merge", "undo", "-p", "coast", "--by", "Lena")
    assert "articles as they were before: 1" in bench(*undo).stdout
    assert "no merge to take back" in bench(*undo, code=1).output
    assert "takes the role lead" in bench("merge", "majority", "-p", "coast", "--by", "Mia", code=1).output
