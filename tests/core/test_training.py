"""Where tests fall, when results are below what a project hopes for, and whether reading drifts."""

import pytest

from workbench.core import training as core
from workbench.core.halves import drift
from workbench.core.measures import Tally
from workbench.core.training import Setup

GOOD, BAD = Tally(9, 10, 10), Tally(3, 10, 10)


@pytest.mark.parametrize("every", [5, 20])
def test_one_in_every_so_many_is_a_test_at_a_place_nobody_foresees(every: int) -> None:
    setup = Setup(every=every, salt="a")
    places = [[n for n in range(every * 10) if core.is_test(setup, person, n)] for person in range(5)]
    assert all(len(each) == 10 for each in places)
    assert len({tuple(each) for each in places}) == 5
    assert not any(core.is_test(Setup(salt="a"), 1, n) for n in range(100))


def test_it_takes_three_tests_and_a_threshold_to_be_below_it() -> None:
    setup = Setup(floor=80)
    assert not core.below(setup, [BAD, BAD])
    assert core.below(setup, [GOOD, BAD, BAD])
    assert not core.below(Setup(), [BAD] * 5)


def test_only_the_newest_ten_tests_count() -> None:
    assert not core.below(Setup(floor=80), [BAD] * 20 + [GOOD] * 10)
    assert core.below(Setup(floor=80), [GOOD] * 20 + [BAD] * 10)


@pytest.mark.parametrize(
    ("tallies", "told"),
    [([BAD] * 6 + [GOOD] * 6, "up"), ([GOOD] * 6 + [BAD] * 6, "down"), ([GOOD, BAD] * 6, "steady")],
)
def test_a_drift_is_told_only_where_its_interval_lies_on_one_side(tallies: list[Tally], told: str) -> None:
    found = drift(tallies, draws=200)
    assert found is not None
    assert found.told == told
    assert found.low <= found.newer - found.older <= found.high


def test_a_handful_of_articles_tells_no_drift() -> None:
    assert drift([GOOD] * 5) is None
