"""What the guidelines lack: reasons for rulings wait with their passages until a lead has seen to them."""

import pytest

from tests.builders import NOW, Coast, person
from tests.services.test_adjudication import disputed, ruled, undone
from workbench.core.errors import NotAllowed, Stale
from workbench.core.workflow import Person
from workbench.services import projects, reasons
from workbench.services.reasons import Todo

LACKS, QUICK = "The guidelines do not cover this", "Read too quickly"


@pytest.fixture
def ada(coast: Coast) -> Person:
    return person(coast.database, "Ada", "adjudicator", coast.project)


def todos(coast: Coast, who: Person) -> list[Todo]:
    with coast.database.reading() as session:
        return reasons.todos(session, coast.seen_by(who))


def rule_written(coast: Coast, who: Person, picked: list[int]) -> int:
    with coast.database.writing() as session:
        project = coast.seen_by(who)
        [todo] = reasons.todos(session, project)
        seen = project.guideline_version
        return reasons.write_rule(
            session, project, todo.reason, todo.upto, "States are GPE.", picked, seen=seen, by=who, now=NOW
        )


def test_a_reason_waits_with_its_passage_and_count_until_its_ruling_is_undone(coast: Coast, ada: Person) -> None:
    key = disputed(coast, {"e1": {"label": "ORG"}, "e2": None}, {})
    ruled(coast, key, 0, 1, ada, reason=LACKS)
    ruled(coast, key, 1, 0, ada, reason=LACKS)
    [todo] = todos(coast, ada)
    assert (todo.reason, todo.count) == (LACKS, 2)
    assert [(each.words, each.said) for each in todo.passages] == [("", "nothing there"), ("France", "GPE · France")]
    undone(coast, key, ada)
    assert [each.count for each in todos(coast, ada)] == [1]


def test_a_rule_goes_into_the_guidelines_with_the_passages_that_were_picked(coast: Coast, ada: Person) -> None:
    ruled(coast, disputed(coast, {"e1": None}, {}), 0, 1, ada, reason=LACKS)
    [todo] = todos(coast, coast.lena)
    assert rule_written(coast, coast.lena, [todo.passages[0].id]) == 2
    with coast.database.reading() as session:
        guideline = projects.guideline(session, coast.seen_by(coast.lena))
        [settled] = reasons.settled(session, coast.seen_by(coast.lena))
    assert guideline.endswith("## Rules from rulings\n\nStates are GPE.\n\n> France\n>\n> → GPE · France\n")
    assert (settled.reason, settled.version, settled.person) == (LACKS, 2, "Lena")
    assert todos(coast, coast.lena) == []


def test_what_was_closed_comes_back_with_the_next_ruling(coast: Coast, ada: Person) -> None:
    key = disputed(coast, {"e1": None, "e2": None}, {})
    ruled(coast, key, 0, 0, ada, reason=QUICK)
    with coast.database.writing() as session:
        [todo] = reasons.todos(session, coast.seen_by(coast.lena))
        reasons.let_be(session, coast.seen_by(coast.lena), QUICK, todo.upto, "once", by=coast.lena, now=NOW)
    assert todos(coast, ada) == []
    ruled(coast, key, 1, 0, ada, reason=QUICK)
    assert [(each.reason, each.count) for each in todos(coast, ada)] == [(QUICK, 1)]


def test_only_leads_see_to_reasons_and_only_to_those_that_wait(coast: Coast, ada: Person) -> None:
    ruled(coast, disputed(coast, {"e1": None}, {}), 0, 0, ada, reason=QUICK)
    with coast.database.writing() as session, pytest.raises(NotAllowed):
        reasons.let_be(session, coast.seen_by(ada), QUICK, 99, "", by=ada, now=NOW)
    with coast.database.writing() as session, pytest.raises(Stale, match="Nothing waits"):
        reasons.let_be(session, coast.seen_by(coast.lena), LACKS, 99, "", by=coast.lena, now=NOW)
