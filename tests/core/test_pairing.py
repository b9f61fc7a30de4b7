from itertools import permutations

from hypothesis import given
from hypothesis import strategies as st

from workbench.core.annotation import Span
from workbench.core.pairing import best_pairs, overlaps, same_name

GRAPHS = st.dictionaries(st.tuples(st.integers(0, 4), st.integers(0, 4)), st.integers(0, 9), max_size=16)


def tried_out(weights: dict[tuple[int, int], int]) -> tuple[int, int]:
    """Return the most pairs and then the greatest weight, by trying every matching of five rows and columns."""
    best = (0, 0)
    for columns in permutations(range(5)):
        taken = [weights[pair] for pair in enumerate(columns) if pair in weights]
        best = max(best, (len(taken), sum(taken)))
    return best


@given(GRAPHS)
def test_no_other_matching_has_more_pairs_or_as_many_with_more_weight(weights: dict[tuple[int, int], int]) -> None:
    pairs = best_pairs(weights)
    assert len({i for i, _ in pairs}) == len({j for _, j in pairs}) == len(pairs)
    assert (len(pairs), sum(weights[pair] for pair in pairs)) == tried_out(weights)


@given(GRAPHS)
def test_the_matching_does_not_depend_on_the_order_of_the_weights(weights: dict[tuple[int, int], int]) -> None:
    assert best_pairs(dict(reversed(weights.items()))) == best_pairs(weights)


def test_two_light_pairs_beat_one_heavy_pair() -> None:
    assert best_pairs({(0, 0): 900, (0, 1): 300, (1, 0): 300}) == [(0, 1), (1, 0)]


def test_overlap_is_the_shared_length_over_the_joint_length() -> None:
    found = overlaps([Span(0, 10), Span(20, 30)], [Span(25, 35), Span(8, 12), Span(12, 20)])
    assert found == {(0, 1): 2 / 12, (1, 0): 5 / 15}


@given(*[st.lists(st.builds(lambda a, n: Span(a, a + n), st.integers(0, 40), st.integers(1, 15)), max_size=8)] * 2)
def test_every_overlap_is_found(left: list[Span], right: list[Span]) -> None:
    pairs = {(i, j): a.overlap(b) for i, a in enumerate(left) for j, b in enumerate(right)}
    assert overlaps(left, right) == {pair: share for pair, share in pairs.items() if share > 0}


def test_names_are_the_same_whatever_their_case_and_white_space() -> None:
    assert same_name("actor:united  States ", "actor:United States")
    assert same_name(None, "")
    assert not same_name("France", None)
