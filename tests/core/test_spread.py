"""How certain proposals are, as counts: stored as words, drawn as bars."""

import re

from hypothesis import given
from hypothesis import strategies as st

from workbench.core import spread
from workbench.core.spread import Spread


def test_scores_are_counted_by_tenths_and_those_that_are_missing_are_not() -> None:
    assert spread.read(spread.stored([0.0, 0.59, 0.6, 0.99, 1.0, None])) == Spread((1, 0, 0, 0, 0, 1, 1, 0, 0, 2))


def test_without_a_score_there_is_nothing_to_tell() -> None:
    assert spread.stored([None]) is None
    assert spread.read(spread.stored([])) is None


def test_what_is_under_sixty_per_cent_is_unsure() -> None:
    found = spread.read(spread.stored([0.1, 0.59, 0.6, 0.9]))
    assert found is not None
    assert (found.unsure, found.total) == (2, 4)


@given(st.lists(st.floats(0, 1), min_size=1))
def test_every_tenth_that_has_a_proposal_has_a_bar_within_the_drawing(scores: list[float]) -> None:
    found = spread.read(spread.stored(scores))
    assert found is not None
    bars = re.findall(r"M(\d+) 16v-(\d+)h3v\d+z", "".join(found.paths))
    assert [int(left) // 4 for left, _ in bars] == [place for place, count in enumerate(found.counts) if count]
    assert all(2 <= int(high) <= 16 for _, high in bars)
