"""Time, throughput and forecast, with pauses capped and small numbers left unsaid; the fate of proposals."""

from datetime import UTC, date, datetime, timedelta

import pytest

from tests.builders import HARBOUR, commitment, entity, layer
from workbench.core.annotation import By
from workbench.core.progress import by_day, fates, forecast, middle, minutes, pace

NINE = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
TODAY = date(2026, 3, 20)


def at(*seconds: int) -> list[datetime]:
    return [NINE + timedelta(seconds=each) for each in seconds]


def test_a_pace_is_the_time_of_all_readings_over_their_decisions() -> None:
    assert pace([at(0, 30, 60), at(0, 60), at(5)]) == 2 / 5
    assert pace([at(5)]) is None


def test_pauses_count_as_two_minutes_at_most_and_clocks_that_go_back_as_nothing() -> None:
    assert minutes(at(0, 30, 60)) == 1
    assert minutes(at(0, 30, 3630)) == 2.5
    assert minutes(at(60, 0, 60)) == 1
    assert minutes(at(0)) is None
    assert minutes([]) is None
    assert middle([]) is None


def test_days_without_work_are_counted_too() -> None:
    days = by_day({NINE.date(): 2, NINE.date() + timedelta(days=2): 1}, date(2026, 3, 4), days=4)
    assert [count for _, count in days] == [0, 2, 0, 1]


def test_a_steady_pace_is_forecast_to_the_day() -> None:
    days = [(TODAY - timedelta(days=n), 5) for n in range(9, -1, -1)]
    found = forecast(days, 50, TODAY)
    assert found is not None
    assert found.early == found.likely == found.late == TODAY + timedelta(days=10)


def test_an_uneven_pace_is_forecast_with_a_span_and_always_the_same() -> None:
    days = [(TODAY - timedelta(days=n), n % 7) for n in range(20, -1, -1)]
    found = forecast(days, 60, TODAY)
    assert found is not None
    assert found.early < found.likely < found.late
    assert found == forecast(days, 60, TODAY)


@pytest.mark.parametrize(("counts", "left"), [([4, 0, 4], 10), ([0, 0, 0], 10), ([4, 4, 4], 0), ([], 3)])
def test_too_little_to_go_by_gives_no_forecast(counts: list[int], left: int) -> None:
    days = [(TODAY - timedelta(days=n), count) for n, count in enumerate(counts)]
    assert forecast(days, left, TODAY) is None


def test_each_proposal_is_followed_to_what_was_decided() -> None:
    proposed = layer("spacy", entity(HARBOUR, "France"), entity(HARBOUR, "Italy", id="e2"), commitment(HARBOUR, "two"))
    decided = layer(
        "r1", entity(HARBOUR, "France"), commitment(HARBOUR, "two", status="announced", by=By(origin="corrected"))
    )
    assert [(each.proposed, each.decided, each.same) for each in fates(proposed, decided)] == [
        ("GPE", "GPE", True),
        ("GPE", "rejected", False),
        ("offered", "announced", False),
    ]
