"""Alpha for unitizing against the published worked example, and what must hold of any readings."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workbench.core.unitizing import Text, alpha, only, sums, with_interval

LENGTH = 300
C = sums([[(75, 145), (220, 250)], [(70, 150), (205, 225), (250, 270)]], LENGTH)
K = sums([[(30, 90), (150, 200)], [(30, 90), (150, 200)]], LENGTH)
PUBLISHED = Text(LENGTH, 2, {"c": C, "k": K})
"""Krippendorff 2004, "Measuring the Reliability of Qualitative Text Analysis Data", Quality & Quantity 38,
section 5: a continuum of 300 from 150 on, two observers, categories c and k. DKPro Statistics tests against it too."""

units = st.lists(st.tuples(st.integers(0, 30), st.integers(1, 9)).map(lambda at: (at[0], at[0] + at[1])), max_size=4)
readings = st.lists(units, min_size=2, max_size=4)


def test_the_published_example_gives_the_published_values() -> None:
    assert alpha(only([PUBLISHED], "c")) == pytest.approx(0.7285, abs=1e-4)
    assert alpha(only([PUBLISHED], "k")) == 1
    assert alpha([PUBLISHED]) == pytest.approx(0.8587, abs=1e-4)


def test_the_published_example_gives_the_published_observed_disagreement() -> None:
    assert C.off / (2 * LENGTH * LENGTH) == pytest.approx(0.0144, abs=1e-4)
    assert K.off == 0


@given(units.filter(bool), st.integers(2, 5))
def test_readers_who_mark_the_same_agree_fully(marked: list[tuple[int, int]], readers: int) -> None:
    assert alpha([Text(40, readers, {"a": sums([marked] * readers, 40)})]) == 1


@given(readings)
def test_the_order_of_readers_changes_nothing(found: list[list[tuple[int, int]]]) -> None:
    there, back = (alpha([Text(40, len(found), {"a": sums(each, 40)})]) for each in (found, found[::-1]))
    assert there == (None if back is None else pytest.approx(back))


@given(readings)
def test_no_readings_agree_more_than_fully(found: list[list[tuple[int, int]]]) -> None:
    value = alpha([Text(40, len(found), {"a": sums(found, 40)})])
    assert value is None or value <= 1


def test_a_text_where_nobody_marked_anything_tells_nothing_by_itself() -> None:
    assert alpha([Text(40, 2, {})]) is None


def test_an_edge_that_is_off_costs_less_than_a_unit_that_is_missing() -> None:
    near, gone = (alpha([Text(40, 2, {"a": sums([[(5, 9)], other], 40)}), PUBLISHED]) for other in ([(5, 10)], []))
    assert near is not None and gone is not None
    assert near > gone


def test_the_interval_holds_the_value_and_shrinks_with_more_texts() -> None:
    texts = [Text(40, 2, {"a": sums([[(n, n + 4)], [(n + n % 3, n + 4)]], 40)}) for n in range(20)]
    few, many = with_interval(texts), with_interval(texts * 4)
    assert few.low is not None and few.high is not None and many.low is not None and many.high is not None
    assert few.low < (few.value or 0) < few.high
    assert many.high - many.low < few.high - few.low


def test_the_units_behind_a_value_are_counted() -> None:
    assert (C.units, C.unlike) == (5, 5)
    assert (K.units, K.unlike) == (2, 0)
