"""Parts of a data set: no cluster in two, nobody moves, and every neighbourhood is shared out alike."""

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workbench.core.errors import Invalid
from workbench.core.splits import SPLITS, Bridge, Member, draw, joined, shares

PARTS = (80, 10, 10)
MEMBERS = st.lists(
    st.builds(
        Member,
        cluster=st.sampled_from([f"k{number}" for number in range(40)]),
        mix=st.sampled_from(["", "c", "s", "cs"]),
        outlet=st.sampled_from(["", "Echo", "Herald"]),
        given=st.none(),
    ),
    max_size=80,
)
SHARES = st.tuples(*[st.integers(0, 100)] * 3).filter(any)


def singles(count: int, **rest: str) -> list[Member]:
    return [Member(f"k{number:04}", **rest) for number in range(count)]


@given(MEMBERS, SHARES, st.text(max_size=5))
def test_every_cluster_has_exactly_one_part(members: list[Member], parts: tuple[int, int, int], seed: str) -> None:
    found = draw(members, parts, seed)
    assert found.of.keys() == {each.cluster for each in members}
    assert set(found.of.values()) <= {split for split, part in zip(SPLITS, parts, strict=True) if part}


@given(MEMBERS, st.randoms())
def test_the_order_in_which_articles_come_does_not_count(members: list[Member], chance) -> None:
    shuffled = list(members)
    chance.shuffle(shuffled)
    assert draw(shuffled, PARTS, "1").of == draw(members, PARTS, "1").of


@given(MEMBERS, MEMBERS, SHARES, SHARES)
def test_an_article_keeps_its_part_when_others_come_and_shares_change(members, more, parts, later) -> None:
    before = draw(members, parts, "1").of
    after = draw([*members, *more], later, "1", before)
    assert {cluster: after.of[cluster] for cluster in before} == dict(before)
    assert after.fresh == len(after.of) - len(before)


@given(st.integers(0, 300), st.sampled_from(["1", "2", "x"]))
def test_parts_have_the_shares_that_were_asked_for(count: int, seed: str) -> None:
    sizes = Counter(draw(singles(count), PARTS, seed).of.values())
    for split, part in zip(SPLITS, PARTS, strict=True):
        assert abs(sizes[split] - count * part / 100) <= 1.5


@given(st.lists(st.tuples(st.sampled_from("ABC"), st.sampled_from(["", "c"])), min_size=1, max_size=300))
def test_every_outlet_and_mix_is_shared_out_alike(kinds) -> None:
    members = [Member(f"k{number:04}", mix, outlet) for number, (outlet, mix) in enumerate(kinds)]
    found = draw(members, PARTS, "1").of
    for kind in set(kinds):
        mine = [each for each, other in zip(members, kinds, strict=True) if other == kind]
        sizes = Counter(found[each.cluster] for each in mine)
        for split, part in zip(SPLITS, PARTS, strict=True):
            assert abs(sizes[split] - len(mine) * part / 100) <= 3


@given(MEMBERS, MEMBERS)
def test_new_articles_make_up_for_what_is_lacking(members, more) -> None:
    kept = dict.fromkeys((each.cluster for each in members), "train")
    fresh = [Member(f"new-{each.cluster}", "zz", each.outlet) for each in more]
    sizes = Counter(draw([*members, *fresh], (1, 1, 1), "1", kept).of[each.cluster] for each in fresh)
    if fresh and len(members) > 3 * len(fresh):
        assert sizes["train"] == 0


NAMES = st.sampled_from([f"k{number}" for number in range(12)])
BRIDGES = st.lists(
    st.builds(Bridge, st.uuids().map(str), st.lists(NAMES, min_size=2, max_size=3, unique=True).map(tuple)), max_size=12
)
SETTLED = st.dictionaries(NAMES, st.sampled_from(SPLITS))


@given(BRIDGES, SETTLED)
def test_clusters_with_an_article_between_are_one_and_no_two_settled_parts_become_one(bridges, settled) -> None:
    found = joined(bridges, settled)
    for each in bridges:
        if each.key not in found.between:
            assert len({found.name(cluster) for cluster in each.clusters}) == 1
    parts: dict[str, set[str]] = {}
    for cluster, part in settled.items():
        parts.setdefault(found.name(cluster), set()).add(part)
    assert all(len(each) == 1 for each in parts.values())


@given(BRIDGES)
def test_before_anything_is_settled_nothing_lies_between(bridges) -> None:
    assert not joined(bridges, {}).between


def test_another_seed_gives_other_parts() -> None:
    assert draw(singles(200), PARTS, "1").of != draw(singles(200), PARTS, "2").of


def test_a_small_set_has_something_of_every_part() -> None:
    assert Counter(draw(singles(26), PARTS, "1").of.values()) == {"train": 21, "dev": 3, "test": 2}


def test_the_part_that_an_article_came_with_is_kept() -> None:
    found = draw([Member("a", given="dev"), *singles(20)], PARTS, "1")
    assert found.of["a"] == "dev"
    assert (found.fresh, found.moved) == (20, 0)


def test_a_cluster_that_came_with_two_parts_is_not_trained_on() -> None:
    found = draw([Member("a", given="train"), Member("a", given="test"), Member("a")], PARTS, "1")
    assert found.of["a"] == "test"
    assert found.moved == 1


def test_an_earlier_release_counts_more_than_what_an_article_came_with() -> None:
    assert draw([Member("a", given="test")], PARTS, "1", {"a": "train"}).of["a"] == "train"


@pytest.mark.parametrize("said", ["80/10", "a/b/c", "0/0/0", "80/10/10/10", "-1/1/1", "80 10 10", ""])
def test_shares_are_three_numbers(said: str) -> None:
    with pytest.raises(Invalid, match="80/10/10"):
        shares(said)


def test_shares_are_read() -> None:
    assert shares("70/15/15") == (70, 15, 15)
