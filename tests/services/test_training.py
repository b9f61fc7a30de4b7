"""Practice: gold set aside by a lead, read at the desk, and counted nowhere."""

import pytest

from tests.builders import LEASE, NOW, Coast
from tests.teams import claimed, read
from tests.training import begun, practised, set_aside, with_gold, with_training
from workbench.core.errors import Invalid, NotAllowed, Stale
from workbench.core.workflow import Person
from workbench.services import handing, queues, training, trials
from workbench.services.training import Practice


def practice(coast: Coast, who: Person) -> Practice:
    with coast.database.reading() as session:
        return training.practice(session, coast.seen_by(who), by=who)


def test_a_lead_sets_gold_aside_and_a_reviewer_finds_it(coast: Coast) -> None:
    [key] = with_gold(coast)
    assert set_aside(coast, [key], "practice", "Mind the ships") == 1
    [step] = practice(coast, coast.mia).steps
    assert (step.key, step.state, step.tries) == (key, "new", 0)


def test_only_gold_is_set_aside_and_only_by_leads(coast: Coast) -> None:
    item = coast.next(coast.mia)
    key = coast.desk(item, coast.mia).document.id
    with pytest.raises(Invalid, match="Only gold"):
        set_aside(coast, [key], "practice")
    with pytest.raises(Invalid, match="no article “nowhere”"):
        set_aside(coast, ["nowhere"], "test")
    with coast.database.writing() as session, pytest.raises(NotAllowed):
        training.set_aside(session, coast.seen_by(coast.mia), [key], "test", by=coast.mia, now=NOW)


def test_practice_lies_on_the_desk_with_suggestions_and_ends_as_practice(coast: Coast) -> None:
    [key] = with_gold(coast)
    set_aside(coast, [key], "practice")
    assert practised(coast, coast.mia, key, {"e2": None}).outcome == "practice"
    [step] = practice(coast, coast.mia).steps
    assert (step.state, step.tries) == ("done", 1)
    assert step.f1 == pytest.approx(6 / 7)


def test_another_try_starts_from_the_suggestions_and_the_first_is_kept(coast: Coast) -> None:
    [key] = with_gold(coast)
    set_aside(coast, [key], "practice")
    practised(coast, coast.mia, key, {"e2": None})
    again = begun(coast, coast.mia, key)
    assert {each.status for each in coast.placed(again, coast.mia)} == {"suggested"}
    coast.accept_all(again, coast.mia)
    coast.finish(again, coast.mia)
    [step] = practice(coast, coast.mia).steps
    assert (step.tries, step.f1) == (2, 1.0)


def test_practice_is_never_the_next_of_the_queue_and_nobody_else_gets_it(coast: Coast) -> None:
    [key] = with_gold(coast)
    set_aside(coast, [key], "practice")
    item = begun(coast, coast.mia, key)
    assert claimed(coast, coast.mia) != item
    later = NOW + 3 * LEASE
    coast.begin(item, coast.noor, later)
    with pytest.raises(NotAllowed):
        coast.desk(item, coast.noor)
    assert claimed(coast, coast.noor, later) != item


def test_who_made_the_gold_has_nothing_to_practise_on_it(coast: Coast) -> None:
    read(coast, coast.mia)
    with coast.database.reading() as session:
        rows = queues.page(session, coast.seen_by(coast.lena), states=("done",), by=coast.lena)
    set_aside(coast, [rows[0].key], "practice")
    assert practice(coast, coast.mia).steps == ()
    with pytest.raises(Invalid, match="read this article yourself"):
        begun(coast, coast.mia, rows[0].key)


def test_practice_pauses_while_its_gold_is_revised_and_keeps_what_was_decided(coast: Coast) -> None:
    [key] = with_gold(coast)
    set_aside(coast, [key], "practice")
    item = begun(coast, coast.mia, key)
    coast.accept_all(item, coast.mia)
    with coast.database.reading() as session:
        [row] = queues.page(session, coast.seen_by(coast.lena), states=("done",), by=coast.lena)
    coast.reopen(row.id, coast.lena)
    with pytest.raises(Stale, match="being revised"):
        coast.finish(item, coast.mia)
    assert practice(coast, coast.mia).steps[0].state == "paused"
    assert {each.status for each in coast.placed(item, coast.mia)} == {"accepted"}


def test_practice_that_is_given_back_can_be_begun_again_where_it_was(coast: Coast) -> None:
    [key] = with_gold(coast)
    set_aside(coast, [key], "practice")
    item = begun(coast, coast.mia, key)
    coast.accept_all(item, coast.mia)
    with coast.database.writing() as session:
        handing.let_go(session, coast.seen_by(coast.mia), item, by=coast.mia, now=NOW)
    assert practice(coast, coast.mia).steps[0].state == "new"
    again = begun(coast, coast.mia, key)
    assert {each.status for each in coast.placed(again, coast.mia)} == {"accepted"}


def test_skipped_practice_can_be_taken_up_again(coast: Coast) -> None:
    [key] = with_gold(coast)
    set_aside(coast, [key], "practice")
    coast.skip(begun(coast, coast.mia, key), coast.mia, "Later")
    assert practice(coast, coast.mia).steps[0].state == "skipped"
    assert practised(coast, coast.mia, key).outcome == "practice"


def test_a_project_may_ask_for_practice_first(coast: Coast) -> None:
    [key] = with_gold(coast)
    set_aside(coast, [key], "practice")
    with_training(coast, pass_mark=90)
    with pytest.raises(NotAllowed, match="begins with practice: 1 practice article is left"):
        claimed(coast, coast.mia)
    practised(coast, coast.mia, key, {"e2": None})
    with pytest.raises(NotAllowed, match=r"come to F1 86 %, and 90 % is asked"):
        claimed(coast, coast.mia)
    assert claimed(coast, coast.lena)
    practised(coast, coast.mia, key)
    assert claimed(coast, coast.mia)


def test_who_is_at_work_already_is_not_stopped_by_a_new_pass_mark(coast: Coast) -> None:
    [key] = with_gold(coast)
    read(coast, coast.mia)
    set_aside(coast, [key], "practice")
    with_training(coast, pass_mark=90)
    assert not practice(coast, coast.mia).barred
    assert claimed(coast, coast.mia)


def test_an_item_is_not_opened_around_the_pass_mark(coast: Coast) -> None:
    [key] = with_gold(coast)
    set_aside(coast, [key], "practice")
    with_training(coast, pass_mark=90)
    with coast.database.reading() as session:
        rows = queues.page(session, coast.seen_by(coast.mia), states=("waiting",), by=coast.mia)
    coast.begin(rows[0].id, coast.mia)
    assert coast.desk(rows[0].id, coast.mia).item.state == "waiting"


@pytest.mark.parametrize("wish", [{"every": 2}, {"pass_mark": 0}, {"floor": 101}])
def test_settings_that_cannot_be_followed_are_refused_in_words(coast: Coast, wish: dict[str, int]) -> None:
    with pytest.raises(Invalid, match=r"One in 5|between 1 and 100"):
        with_training(coast, **wish)


def test_practice_is_not_begun_on_what_is_not_set_aside(coast: Coast) -> None:
    [key] = with_gold(coast)
    with coast.database.writing() as session, pytest.raises(Exception, match="not set aside"):
        trials.start(session, coast.seen_by(coast.mia), key, by=coast.mia, now=NOW, lease=LEASE)
