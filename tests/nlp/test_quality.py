"""The suggestions keep their quality: floors on what they were made with, and on articles that they never saw."""

from pathlib import Path

import pytest

from workbench.services import evaluation
from workbench.services.evaluation import Report

BENCHMARK = Path(__file__).parents[2] / "seeds" / "benchmark"


@pytest.fixture(scope="module")
def reports() -> dict[str, Report]:
    return {
        name: evaluation.evaluate(BENCHMARK / f"{name}.jsonl", draws=2)
        for name in ("dev", "articles-dev", "articles-wide", "articles-test")
    }


@pytest.mark.parametrize(
    ("gold", "figure", "precision", "recall"),
    [
        ("articles-dev", "entities.core", 0.93, 0.93),
        ("articles-dev", "entities.extended", 0.84, 0.75),
        ("articles-dev", "commitments.lenient", 0.81, 0.54),
        ("articles-dev", "stances.lenient", 0.75, 0.4),
        ("articles-wide", "entities.core", 0.88, 0.89),
        ("articles-wide", "commitments.lenient", 0.74, 0.42),
        ("articles-wide", "stances.lenient", 0.71, 0.34),
        ("articles-test", "entities.core", 0.9, 0.91),
        ("articles-test", "commitments.lenient", 0.73, 0.49),
        ("articles-test", "stances.lenient", 0.69, 0.45),
        ("dev", "entities.core", 0.95, 0.95),
        ("dev", "entities.extended", 0.92, 0.80),
        ("dev", "commitments.lenient", 0.86, 0.63),
        ("dev", "stances.lenient", 0.81, 0.5),
    ],
)
def test_articles_and_passages_are_read_no_worse_than_before(
    reports: dict[str, Report], gold: str, figure: str, precision: float, recall: float
) -> None:
    tally = reports[gold].scores.figures[figure].tally
    assert (tally.precision or 0) >= precision
    assert (tally.recall or 0) >= recall


@pytest.mark.parametrize(
    ("figure", "floor"), [("linking", 0.94), ("commitments.status.lenient", 0.9), ("stances.polarity.lenient", 0.9)]
)
def test_actors_statuses_and_polarities_are_right_where_something_is_found(
    reports: dict[str, Report], figure: str, floor: float
) -> None:
    assert (reports["dev"].scores.figures[figure].tally.precision or 0) >= floor
