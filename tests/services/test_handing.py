"""What changes hands and why: skipped, returned with a comment, given back; and what states look like."""

import pytest
from sqlalchemy import select

from tests.builders import LEASE, NOW, Coast, person
from tests.teams import claimed, given, read, read_this, returned, row_of, with_rules
from workbench.core.errors import Invalid, NotAllowed, NotFound, Stale
from workbench.services import handing, queues
from workbench.store.schema import Handover


def acts(coast: Coast) -> list[tuple[str, str]]:
    with coast.database.reading() as session:
        return [tuple(row) for row in session.execute(select(Handover.act, Handover.comment).order_by(Handover.id))]


def test_a_skipped_place_goes_to_somebody_else_and_not_back(coast: Coast) -> None:
    first = coast.next(coast.mia)
    coast.accept_all(first, coast.mia)
    coast.skip(first, coast.mia, "Not my field")
    assert claimed(coast, coast.mia) != first
    assert claimed(coast, coast.noor) == first
    with coast.database.reading() as session:
        [told] = handing.skips(session, coast.seen_by(coast.lena))
        with pytest.raises(NotAllowed):
            handing.skips(session, coast.seen_by(coast.mia))
    assert (told.by, told.comment) == ("Mia", "Not my field")


def test_the_reason_of_a_skip_is_for_leads(coast: Coast) -> None:
    first = coast.next(coast.mia)
    coast.skip(first, coast.mia, "Not my field")
    assert row_of(coast, first, coast.lena).note == "Not my field"
    assert row_of(coast, first, coast.noor).note is None
    with coast.database.reading() as session:
        rows = queues.page(session, coast.seen_by(coast.lena), states=("skipped",), by=coast.lena)
    assert [row.id for row in rows] == [first]


def test_what_everybody_skipped_stays_skipped_until_a_lead_gives_it(coast: Coast) -> None:
    first = coast.next(coast.mia)
    for who in (coast.mia, coast.noor, coast.lena):
        assert coast.next(who) == first
        coast.skip(first, who, "Too long")
    assert row_of(coast, first, coast.lena).state == "skipped"
    given(coast, [first], coast.noor)
    assert coast.next(coast.noor) == first


def test_who_skipped_by_mistake_opens_it_again_and_finds_the_draft(coast: Coast) -> None:
    first = coast.next(coast.mia)
    coast.accept_all(first, coast.mia)
    coast.skip(first, coast.mia, "By mistake")
    coast.begin(first, coast.mia)
    assert coast.finish(first, coast.mia).gold


def test_what_is_given_back_waits_for_others_and_keeps_the_draft(coast: Coast) -> None:
    first = coast.next(coast.mia)
    coast.accept_all(first, coast.mia)
    with coast.database.writing() as session:
        handing.let_go(session, coast.seen_by(coast.mia), first, by=coast.mia, now=NOW)
        with pytest.raises(Stale):
            handing.let_go(session, coast.seen_by(coast.mia), first, by=coast.mia, now=NOW)
    assert row_of(coast, first, coast.lena).state == "waiting"
    assert coast.next(coast.mia) == first
    assert {each.status for each in coast.placed(first, coast.mia)} == {"accepted"}


def test_a_returned_article_comes_back_first_with_the_comment_and_its_gold_is_withdrawn(coast: Coast) -> None:
    first = coast.next(coast.mia)
    assert read_this(coast, first, coast.mia).gold
    other = coast.next(coast.mia)
    returned(coast, first, "Look at the frigates again.", coast.lena)
    row = row_of(coast, first, coast.mia)
    assert (row.state, row.shown, row.note) == ("returned", "returned", "Look at the frigates again.")
    assert row_of(coast, first, coast.noor).note is None
    assert claimed(coast, coast.noor) not in {first, other}
    assert coast.next(coast.mia) == first
    assert {each.status for each in coast.placed(first, coast.mia)} == {"accepted"}
    assert coast.desk(first, coast.mia).item.note == "Look at the frigates again."
    assert coast.finish(first, coast.mia).gold
    assert acts(coast) == [("return", "Look at the frigates again.")]


def test_a_returned_article_is_never_taken_by_somebody_else(coast: Coast) -> None:
    first = coast.next(coast.mia)
    read_this(coast, first, coast.mia)
    returned(coast, first, "Again, please.", coast.lena)
    coast.begin(first, coast.noor)
    assert row_of(coast, first, coast.lena).person == "Mia"
    assert claimed(coast, coast.noor, NOW + 5 * LEASE) != first


def test_finishing_in_a_tab_that_does_not_know_of_the_return_says_so(coast: Coast) -> None:
    first = coast.next(coast.mia)
    read_this(coast, first, coast.mia)
    returned(coast, first, "One is missing.", coast.lena)
    with pytest.raises(Stale, match="One is missing"):
        coast.finish(first, coast.mia)


def test_returning_takes_a_role_a_comment_and_a_finished_reading(coast: Coast) -> None:
    first = coast.next(coast.mia)
    with pytest.raises(Stale, match="Only a finished reading"):
        returned(coast, first, "Again.", coast.lena)
    read_this(coast, first, coast.mia)
    with pytest.raises(NotAllowed):
        returned(coast, first, "Again.", coast.noor)
    with pytest.raises(Invalid, match="Say what"):
        returned(coast, first, " ", coast.lena)
    with pytest.raises(NotFound):
        returned(coast, 999, "Again.", coast.lena)
    returned(coast, first, "Again.", person(coast.database, "Ada", "adjudicator", coast.project))


def test_while_a_reading_is_returned_the_article_is_blind_again_and_no_gold(coast: Coast) -> None:
    with_rules(coast, readers=2)
    first = coast.next(coast.mia)
    read_this(coast, first, coast.mia, {"e1": None})
    read(coast, coast.noor)
    returned(coast, first, "Again.", coast.lena)
    with pytest.raises(NotAllowed, match="Somebody else"):
        coast.desk(first, coast.noor)
    coast.begin(first, coast.mia)
    assert coast.finish(first, coast.mia).outcome == "adjudicate"


def test_states_to_the_eye_tell_leased_from_in_review_and_done_from_gold(coast: Coast) -> None:
    with_rules(coast, readers=2)
    mine, noors = coast.next(coast.mia), coast.next(coast.noor)
    assert row_of(coast, mine, coast.mia).shown == "leased"
    coast.accept_all(mine, coast.mia)
    assert row_of(coast, mine, coast.mia).shown == "in review"
    coast.finish(mine, coast.mia)
    assert row_of(coast, mine, coast.mia).shown == "done"
    read_this(coast, noors, coast.noor, {"e1": None})
    assert row_of(coast, mine, coast.mia).shown == "to adjudicate"
    read(coast, coast.mia)
    read(coast, coast.noor)
    with coast.database.reading() as session:
        rows = queues.page(session, coast.seen_by(coast.lena), states=("gold",))
    assert len(rows) == 2


def test_who_takes_a_skipped_article_finds_no_note_of_another_on_the_desk(coast: Coast) -> None:
    first = coast.next(coast.mia)
    coast.skip(first, coast.mia, "Not my field")
    assert coast.next(coast.noor) == first
    assert coast.desk(first, coast.noor).item.note is None
