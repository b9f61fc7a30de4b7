"""Agreement over time: what counts when, beside whom, and which passages are behind it."""

from datetime import date, timedelta

import pytest

from tests.builders import NOW, Coast
from tests.teams import read, with_rules
from workbench.core.errors import Invalid, NotAllowed
from workbench.core.workflow import Person
from workbench.services import board_drift, board_figures
from workbench.services.board_drift import Drift


def drift(coast: Coast, who: Person, question: str = "entities", by: str = "week", two=None) -> Drift:
    with coast.database.reading() as session:
        return board_drift.drift_of(session, coast.seen_by(who), question, by, two)


@pytest.fixture
def weeks(coast: Coast) -> Coast:
    """Three articles, the first in one week, where the readers differ, the others in the next, where they agree."""
    with_rules(coast, readers=2, merge="majority")
    read(coast, coast.mia, {"e1": {"label": "ORG"}})
    read(coast, coast.noor, now=NOW + timedelta(hours=1))
    for hours in (0, 2):
        later = NOW + timedelta(weeks=1, hours=hours)
        read(coast, coast.mia, now=later)
        read(coast, coast.noor, now=later + timedelta(hours=1))
    return coast


def test_each_week_has_the_figures_of_the_articles_that_were_finished_in_it(weeks: Coast) -> None:
    found = drift(weeks, weeks.lena)
    assert [(step.start, step.articles) for step in found.steps] == [(date(2026, 3, 2), 1), (date(2026, 3, 9), 2)]
    first, second = found.steps
    assert first.alpha.value is not None
    assert first.alpha.value < 1 == second.alpha.value
    assert [point.y for point in found.points] == [pytest.approx(100 - 100 * first.alpha.value, abs=0.1), 0]
    assert [step.articles for step in drift(weeks, weeks.lena, by="month").steps] == [3]


def test_all_weeks_together_are_what_the_board_shows(weeks: Coast) -> None:
    [month] = drift(weeks, weeks.lena, by="month").steps
    with weeks.database.reading() as session:
        figures = board_figures.figures_of(session, weeks.seen_by(weeks.lena))
    assert month.alpha == figures.agreement.alphas["entities"]
    [stretches] = drift(weeks, weeks.lena, "units.GPE", "month").steps
    assert stretches.alpha == figures.agreement.alphas["units.GPE"]


def test_readers_are_followed_beside_the_suggester_label_by_label(weeks: Coast) -> None:
    first, second = drift(weeks, weeks.lena, "entities.GPE").steps
    assert first.suggester is not None
    assert first.suggester.tally == (3, 3, 4)
    assert second.suggester is not None
    assert second.suggester.tally.f1 == 1
    commitments = drift(weeks, weeks.lena, "commitments.status").steps[0].suggester
    assert commitments is not None
    assert commitments.tally == (2, 2, 2)


def test_two_readers_are_followed_by_themselves_by_those_who_lead_or_adjudicate(weeks: Coast) -> None:
    two = (f"r{weeks.mia.id}", f"r{weeks.noor.id}")
    assert drift(weeks, weeks.lena, two=two).steps[0].alpha == drift(weeks, weeks.lena).steps[0].alpha
    with pytest.raises(NotAllowed):
        drift(weeks, weeks.mia, two=two)
    assert {step.suggester for step in drift(weeks, weeks.mia).steps} == {None}


def test_a_week_leads_to_its_own_passages(weeks: Coast) -> None:
    with weeks.database.reading() as session:
        lead = weeks.seen_by(weeks.lena)
        for start, count in ((date(2026, 3, 2), 1), (date(2026, 3, 9), 0)):
            when = (start, start + timedelta(days=7))
            assert len(board_figures.passages(session, lead, "entities", when=when, by=weeks.lena)) == count
            beside = board_figures.passages(
                session, lead, "entities", ("readers", "suggester"), when=when, by=weeks.lena
            )
            assert len(beside) == count


def test_other_stretches_of_time_are_refused(coast: Coast) -> None:
    with pytest.raises(Invalid, match="by week or by month"):
        drift(coast, coast.lena, by="year")
