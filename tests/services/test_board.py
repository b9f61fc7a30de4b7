"""The board: what is counted, for whom, and what is said of few data."""

from datetime import timedelta

import krippendorff
import pytest

from tests.builders import NOW, Coast, decision, person, suggest, take_texts
from tests.teams import crew, read, with_rules
from workbench.core.errors import NotAllowed
from workbench.core.workflow import Person
from workbench.services import board, board_figures
from workbench.services.board import Board
from workbench.services.board_figures import Figures
from workbench.services.board_passages import Passage


def board_for(coast: Coast, who: Person) -> Board:
    with coast.database.reading() as session:
        return board.board_of(session, coast.seen_by(who), by=who, now=NOW)


def figures_for(coast: Coast, who: Person) -> Figures:
    with coast.database.reading() as session:
        return board_figures.figures_of(session, coast.seen_by(who))


def passages(coast: Coast, question: str) -> list[Passage]:
    with coast.database.reading() as session:
        return board_figures.passages(session, coast.seen_by(coast.lena), question, by=coast.lena)


def states(found: Board) -> dict[str, int]:
    return {bar.label: bar.count for bar in found.states}


def test_articles_are_counted_by_how_far_they_are(coast: Coast) -> None:
    with_rules(coast, readers=2)
    read(coast, coast.mia, {"e1": None})
    assert states(board_for(coast, coast.lena)) == {"waiting": 2, "partly read": 1}
    read(coast, coast.noor)
    read(coast, coast.mia)
    read(coast, coast.noor)
    coast.next(coast.mia)
    assert states(board_for(coast, coast.lena)) == {"in review": 1, "to adjudicate": 1, "gold": 1}


def test_an_untouched_project_says_so_and_forecasts_nothing(coast: Coast) -> None:
    found = board_for(coast, coast.lena)
    assert (found.gold, found.week, found.minutes, found.forecast, found.loads) == (0, 0, None, None, ())
    assert figures_for(coast, coast.lena).agreement.articles == 0


def test_leads_see_everybodys_work_and_others_their_own(coast: Coast) -> None:
    read(coast, coast.mia)
    read(coast, coast.noor)
    assert [load.name for load in board_for(coast, coast.lena).loads] == ["Mia", "Noor"]
    assert [load.name for load in board_for(coast, coast.noor).loads] == ["Noor"]


def test_minutes_come_from_the_times_of_decisions(coast: Coast) -> None:
    item = coast.next(coast.mia)
    [first, *_] = coast.placed(item, coast.mia)
    coast.decide(item, coast.mia, decision(first.item, "accepted", coast.toks(item, coast.mia)))
    coast.accept_all(item, coast.mia, NOW + timedelta(seconds=90))
    coast.finish(item, coast.mia, NOW + timedelta(seconds=95))
    assert board_for(coast, coast.lena).minutes == 1.5


def test_proposals_are_followed_by_label_to_the_passages(coast: Coast) -> None:
    read(coast, coast.mia, {"e1": None, "e2": {"label": "ORG"}})
    found = figures_for(coast, coast.lena)
    [gpe] = [row for row in found.acceptance if row.label == "GPE"]
    assert (gpe.count, gpe.same, gpe.corrected, gpe.rejected) == (2, 0, 1, 1)
    assert ("entity", "GPE", "ORG", 1) in found.confusion
    with coast.database.reading() as session:
        [passage] = board_figures.proposals(
            session, coast.seen_by(coast.lena), "entity", "GPE", "rejected", by=coast.lena
        )
    assert passage.words == "France"


def test_agreement_leaves_out_what_is_still_being_read_and_names_the_passages(coast: Coast) -> None:
    with_rules(coast, readers=2)
    read(coast, coast.mia, {"e1": {"label": "ORG"}})
    assert figures_for(coast, coast.lena).agreement.articles == 0
    assert passages(coast, "entities") == []
    read(coast, coast.noor)
    found = figures_for(coast, coast.lena)
    assert found.agreement.articles == 1
    assert found.agreement.alphas["entities"].value < 1
    [passage] = passages(coast, "entities")
    assert (passage.words, passage.said) == ("France", (("Mia", "ORG"), ("Noor", "GPE")))


def test_figures_are_those_that_a_hand_works_out_and_the_library_says(coast: Coast) -> None:
    """Five commitments, of which two people call o-o, a-o, o-o, a-a, o-a: 1 - 0.4 / (2 * 6 * 4 / (10 * 9)) = 0.25."""
    take_texts(coast.database, coast.project, [f"France offered two frigates to lane {n}." for n in range(1, 5)])
    suggest(coast.database, coast.project)
    with_rules(coast, readers=2)
    announced = {"slots": {"actor": "France", "type": "maritime", "status": "announced", "evidence": [1, 4]}}
    said = {coast.mia: "oaoao", coast.noor: "oooaa"}
    for who, statuses in said.items():
        for status in (statuses[0], "", "", *statuses[1:]):
            read(coast, who, {"c1": announced} if status == "a" else {})
    found = figures_for(coast, coast.lena).agreement
    library = krippendorff.alpha(
        [[" oa".index(each) for each in row] for row in said.values()], level_of_measurement="nominal"
    )
    assert found.alphas["commitments.status"].value == pytest.approx(0.25) == pytest.approx(library)
    [pair] = found.pairs
    names = ("commitments.whole.strict", "commitments.strict", "entities.core")
    assert [pair.figures[name].tally.f1 for name in names] == [0.6, 1.0, 1.0]
    behind = passages(coast, "commitments.status")
    assert [each.words for each in behind] == ["offered two frigates"] * 2


def test_names_and_pairs_are_for_those_who_lead_or_adjudicate(coast: Coast) -> None:
    ada = person(coast.database, "Ada", "adjudicator", coast.project)
    with_rules(coast, readers=2)
    read(coast, coast.mia, {"e1": None})
    read(coast, coast.noor)
    assert set(figures_for(coast, coast.lena).names.values()) == {"Mia", "Noor"}
    assert set(figures_for(coast, ada).names.values()) == {f"r{coast.mia.id}", f"r{coast.noor.id}"}
    assert figures_for(coast, ada).agreement.pairs
    assert figures_for(coast, coast.otto).agreement.pairs == ()


def test_the_guard_compares_readers_with_and_without_proposals(coast: Coast) -> None:
    assert figures_for(coast, coast.lena).guard is None
    read(coast, coast.mia)
    with_rules(coast, plain=100)
    [third] = crew(coast, 1)
    read(coast, third)
    guard = figures_for(coast, coast.lena).guard
    assert guard is not None
    assert (guard.aided.tally.f1, guard.unaided.tally.f1) == (1, 0)


def test_two_readers_the_gold_and_the_suggester_lead_to_their_passages(coast: Coast) -> None:
    with_rules(coast, readers=2, merge="majority")
    read(coast, coast.mia, {"e1": {"label": "ORG"}})
    read(coast, coast.noor)
    mia, noor = f"r{coast.mia.id}", f"r{coast.noor.id}"
    assert [name for name, *_ in figures_for(coast, coast.lena).suggester] == [mia, noor]
    with coast.database.reading() as session:
        lead, reviewer = coast.seen_by(coast.lena), coast.seen_by(coast.mia)
        [passage] = board_figures.passages(session, lead, "entities", (mia, noor), by=coast.lena)
        [other] = board_figures.passages(session, lead, "entities", (mia, "suggester"), by=coast.lena)
        with pytest.raises(NotAllowed):
            board_figures.passages(session, reviewer, "entities", (mia, noor), by=coast.mia)
    assert (passage.words, passage.said) == ("France", ((mia, "ORG"), (noor, "GPE")))
    assert other.said == ((mia, "ORG"), ("suggester", "GPE"))


def test_scores_are_held_against_what_people_kept(coast: Coast) -> None:
    read(coast, coast.mia, {"e1": None, "e2": {"label": "ORG"}})
    read(coast, coast.mia)
    found = dict(figures_for(coast, coast.lena).calibration)
    assert set(found) == {"commitment", "entity", "stance"}
    [row] = [each for each in found["entity"].bins if each.count]
    assert (row.low, row.count, row.score, row.right) == (0.8, 4, pytest.approx(0.8), 0.5)
    assert found["entity"].error == pytest.approx(0.3)


def stamp(coast: Coast, who: Person) -> str:
    with coast.database.reading() as session:
        return board.stamp(session, coast.seen_by(who), by=who, now=NOW)


def test_the_boards_stamp_moves_with_the_work_and_stays_with_it(coast: Coast) -> None:
    seen = [stamp(coast, coast.lena)]
    assert stamp(coast, coast.lena) == seen[0] != stamp(coast, coast.mia)
    item = coast.next(coast.mia)
    seen.append(stamp(coast, coast.lena))
    coast.accept_all(item, coast.mia)
    coast.finish(item, coast.mia)
    seen.append(stamp(coast, coast.lena))
    assert len(set(seen)) == len(seen)
    coast.reopen(item, coast.mia)
    assert stamp(coast, coast.lena) == seen[1]
