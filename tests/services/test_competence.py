"""How well people read beside gold, told to leads and to themselves."""

import pytest

from tests.builders import Coast
from tests.teams import read, with_rules
from workbench.core.errors import NotAllowed, NotFound
from workbench.core.workflow import Person
from workbench.services import competence, feedback
from workbench.services.competence import Report
from workbench.store import competence as beside


@pytest.fixture
def settled(coast: Coast) -> int:
    """Three people read the first article; Mia leaves Italy out, the other two settle the gold."""
    with_rules(coast, readers=3, merge="majority")
    item = coast.next(coast.mia)
    read(coast, coast.mia, {"e2": None})
    read(coast, coast.noor)
    assert read(coast, coast.lena).outcome == "gold"
    return item


def report(coast: Coast, of: Person, by: Person) -> Report:
    with coast.database.reading() as session:
        return competence.report(session, coast.seen_by(by), of.id, by=by)


def test_a_readers_figures_are_counted_against_gold_of_several(coast: Coast, settled: int) -> None:
    mia, noor = (
        dict(report(coast, who, coast.lena).figures)["Entities, to the character"] for who in (coast.mia, coast.noor)
    )
    assert (mia.tally.right, mia.tally.predicted, mia.tally.gold) == (1, 1, 2)
    assert noor.tally.f1 == 1.0


def test_what_is_left_out_is_told_as_confused_with_nothing(coast: Coast, settled: int) -> None:
    found = report(coast, coast.mia, coast.mia)
    assert ("entity", "GPE", "–", 1) in found.confused
    assert [(step.articles, step.combined.tally.f1) for step in found.trend] == [(1, pytest.approx(6 / 7))]


def test_ones_own_word_is_no_gold_to_be_measured_against(coast: Coast) -> None:
    read(coast, coast.mia)
    with pytest.raises(NotFound, match="nothing to compare yet"):
        report(coast, coast.mia, coast.mia)


def test_others_reports_are_for_leads(coast: Coast, settled: int) -> None:
    with pytest.raises(NotAllowed, match="your own report is open"):
        report(coast, coast.noor, coast.mia)
    with coast.database.reading() as session:
        with pytest.raises(NotAllowed):
            competence.everybody(session, coast.seen_by(coast.mia))
        lines = competence.everybody(session, coast.seen_by(coast.lena))
    assert [(line.person, line.articles) for line in lines] == [("Lena", 1), ("Mia", 1), ("Noor", 1)]


def test_only_the_newest_finished_readings_are_looked_at(
    coast: Coast, settled: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(beside, "WINDOW", 2)
    with coast.database.reading() as session:
        lines = competence.everybody(session, coast.seen_by(coast.lena))
    assert [line.person for line in lines] == ["Lena", "Noor"], "Mia was the first to finish"
    assert report(coast, coast.mia, coast.lena).articles == 1, "among the newest of her own"


def test_a_card_says_what_matched_and_what_differs_with_the_rule(coast: Coast, settled: int) -> None:
    with coast.database.reading() as session:
        card = feedback.card(session, coast.seen_by(coast.mia), settled, by=coast.mia)
        with pytest.raises(NotAllowed):
            feedback.card(session, coast.seen_by(coast.noor), settled, by=coast.noor)
    assert card.mine
    assert card.matched == 3
    [(group, [(found, rule)])] = card.differences
    assert group == "missed"
    assert (found.kind, found.fault, found.predicted) == ("entity", "missed", None)
    assert found.sentence[found.place.start : found.place.end] == "Italy"
    assert rule


def test_a_card_waits_until_the_article_is_settled(coast: Coast) -> None:
    with_rules(coast, readers=2)
    item = coast.next(coast.mia)
    read(coast, coast.mia)
    with coast.database.reading() as session, pytest.raises(NotFound, match="no gold to compare"):
        feedback.card(session, coast.seen_by(coast.mia), item, by=coast.mia)
