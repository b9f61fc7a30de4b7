"""The suggestions keep their quality: floors on the half of the benchmark that rules and model were tuned on."""

from pathlib import Path

import pytest

from workbench.services import evaluation
from workbench.services.evaluation import Report

BENCHMARK = Path(__file__).parents[2] / "seeds" / "benchmark"


@pytest.fixture(scope="module")
def passages() -> Report:
    return evaluation.evaluate(BENCHMARK / "dev.jsonl", draws=2)


@pytest.fixture(scope="module")
def articles() -> Report:
    return evaluation.evaluate(BENCHMARK / "articles-dev.jsonl", draws=2)


@pytest.mark.parametrize(
    ("figure", "precision", "recall"),
    [
        ("entities.core", 0.92, 0.92),
        ("entities.extended", 0.84, 0.74),
        ("commitments.lenient", 0.88, 0.58),
        ("stances.lenient", 0.84, 0.38),
    ],
)
def test_whole_articles_are_read_no_worse_than_before(
    articles: Report, figure: str, precision: float, recall: float
) -> None:
    tally = articles.scores.figures[figure].tally
    assert (tally.precision or 0) >= precision
    assert (tally.recall or 0) >= recall


@pytest.mark.parametrize(
    ("figure", "precision", "recall"),
    [
        ("entities.core", 0.95, 0.95),
        ("entities.extended", 0.92, 0.80),
        ("commitments.lenient", 0.85, 0.57),
        ("stances.lenient", 0.79, 0.41),
    ],
)
def test_what_is_proposed_is_mostly_right_and_much_is_found(
    passages: Report, figure: str, precision: float, recall: float
) -> None:
    tally = passages.scores.figures[figure].tally
    assert (tally.precision or 0) >= precision
    assert (tally.recall or 0) >= recall


@pytest.mark.parametrize(
    ("figure", "floor"), [("linking", 0.94), ("commitments.status.lenient", 0.9), ("stances.polarity.lenient", 0.9)]
)
def test_actors_statuses_and_polarities_are_right_where_something_is_found(
    passages: Report, figure: str, floor: float
) -> None:
    assert (passages.scores.figures[figure].tally.precision or 0) >= floor
