"""Rules for who reads what: lanes by language and outlet, and what cannot be followed."""

import pytest

from workbench.core.errors import Invalid
from workbench.core.quotas import Quota, Taken, check, reached
from workbench.core.rules import Lane, Rules, dump, from_row, parse

LANES = (Lane((2, 3), outlets=("Harbour Post",), readers=2), Lane((4,), languages=("fr",), readers=1))


def test_the_first_lane_that_takes_an_article_has_it() -> None:
    rules = Rules(lanes=LANES)
    assert rules.lane_of("en", "harbour post") == 1
    assert rules.lane_of("fr", "Harbour Post") == 1
    assert rules.lane_of("fr-CA", None) == 2
    assert rules.lane_of("en", None) == 0
    assert rules.lane_of("fro", None) == 0


def test_a_lane_may_ask_for_its_own_number_of_readers_and_its_own_share() -> None:
    rules = Rules(readers=1, lanes=(*LANES, Lane((5, 6), languages=("es",), readers=2, overlap=0)))
    assert [rules.slots("a-1", lane) for lane in (0, 1, 2, 3)] == [1, 2, 1, 1]


def test_people_find_first_what_was_given_to_them_then_their_lanes_then_what_is_for_all() -> None:
    assert Rules(lanes=LANES).lanes_of(3) == (-3, 1, 0)
    assert Rules(lanes=LANES).lanes_of(9) == (-9, 0)


def test_rules_with_lanes_are_stored_and_read_again() -> None:
    rules = Rules(order="uncertain", lanes=LANES)
    assert parse(dump(rules)) == rules


@pytest.mark.parametrize(
    ("lane", "said"),
    [
        ({"people": [2]}, "names no language and no outlet"),
        ({"people": [], "languages": ["fr"]}, "names nobody"),
        ({"people": [2, 2], "languages": ["fr"], "readers": 2}, "asks for 2 readers of an article and names 1"),
        ({"people": [2], "languages": ["fr"], "overlap": 120}, "between 0 and 100"),
    ],
)
def test_a_lane_that_cannot_be_followed_is_refused_with_its_reason(lane: dict[str, object], said: str) -> None:
    with pytest.raises(Invalid, match=said):
        from_row({"lanes": [lane]})


def test_an_order_that_nobody_knows_is_refused() -> None:
    with pytest.raises(Invalid, match="These are no rules"):
        from_row({"order": "loudest"})


@pytest.mark.parametrize(
    ("quota", "taken", "said"),
    [
        (Quota(), Taken(900, 900, 9), None),
        (Quota(a_day=3), Taken(2, 9, 0), None),
        (Quota(a_day=3), Taken(2, 9, 1), "all for today"),
        (Quota(in_all=10), Taken(0, 9, 1), "all 10 articles"),
        (Quota(at_once=1), Taken(0, 0, 1), "You have 1 article open"),
    ],
)
def test_a_quota_says_kindly_when_it_is_reached(quota: Quota, taken: Taken, said: str | None) -> None:
    found = reached(quota, taken)
    assert found is None if said is None else said in (found or "")


def test_a_quota_of_nothing_is_refused() -> None:
    with pytest.raises(Invalid, match="at least 1"):
        check(Quota(a_day=0))
