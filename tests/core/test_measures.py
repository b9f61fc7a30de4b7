from math import isclose

import pytest

from workbench.core.measures import Tally, figures, reliability, total


def test_precision_recall_and_f1_are_those_of_the_counts() -> None:
    tally = total([Tally(2, 3, 4), Tally(1, 2, 4)])
    assert tally == Tally(3, 5, 8)
    assert (tally.precision, tally.recall) == (3 / 5, 3 / 8)
    assert isclose(tally.f1 or 0, 2 * (3 / 5) * (3 / 8) / (3 / 5 + 3 / 8))


def test_nothing_predicted_has_no_precision_but_an_f1_of_nought() -> None:
    assert (Tally(0, 0, 4).precision, Tally(0, 0, 4).f1) == (None, 0.0)
    assert Tally().f1 is None


def test_an_interval_covers_the_articles_that_could_have_been_drawn() -> None:
    # Two articles, recall 1 and 0: a draw of two gives 0, 1/2 or 1 with chances 1/4, 1/2, 1/4.
    [figure] = figures([{"x": Tally(4, 4, 4)}, {"x": Tally(0, 4, 4)}]).values()
    assert figure.tally == Tally(4, 8, 8)
    assert figure.recall == (0.0, 1.0)


def test_equal_articles_leave_no_doubt() -> None:
    [figure] = figures([{"x": Tally(1, 2, 2)}] * 5).values()
    assert figure.f1 == (0.5, 0.5)


def test_the_same_seed_gives_the_same_interval() -> None:
    articles = [{"x": Tally(n % 4, 4, 5)} for n in range(20)]
    assert figures(articles, draws=200) == figures(articles, draws=200)
    assert figures(articles, draws=200) != figures(articles, draws=200, seed=2)


@pytest.mark.parametrize("articles", [[{"x": Tally(1, 2, 2)}], [{"x": Tally()}, {"x": Tally()}]])
def test_one_article_or_nothing_counted_gives_no_interval(articles: list[dict[str, Tally]]) -> None:
    assert figures(articles)["x"].f1 is None


def test_calibration_error_weighs_each_bin_by_its_proposals() -> None:
    # Bin 0.9–1.0: scores .9 and 1.0, one right: |1/2 − .95| = .45. Bin 0.2–0.3: score .2, wrong: |0 − .2| = .2.
    table = reliability([(0.9, True), (1.0, False), (0.2, False)])
    assert isclose(table.error or 0, (2 * 0.45 + 1 * 0.2) / 3)
    assert isclose(table.brier or 0, (0.1**2 + 1.0**2 + 0.2**2) / 3)
    assert [(row.low, row.count, row.right) for row in table.bins if row.count] == [(0.2, 1, 0.0), (0.9, 2, 0.5)]


def test_nothing_scored_is_neither_sure_nor_unsure() -> None:
    assert reliability([]).error is None
