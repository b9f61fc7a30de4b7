"""Several readers of one article: who is given what, who sees what, and what their readings come to."""

import threading
from datetime import timedelta

import pytest
from sqlalchemy import select, update

from tests.builders import LEASE, NOW, Coast, take_texts
from tests.teams import claimed, crew, read, read_this, with_rules
from workbench.core.annotation import Document
from workbench.core.errors import Invalid, NotAllowed, Stale
from workbench.core.workflow import Person
from workbench.services import articles, overlap, releases
from workbench.store import claims
from workbench.store.schema import Audit, Item


def items_of(coast: Coast) -> list[tuple[int, int, int | None, str]]:
    with coast.database.reading() as session:
        query = select(Item.article_id, Item.slot, Item.person_id, Item.state).order_by(Item.article_id, Item.slot)
        return [tuple(row) for row in session.execute(query)]


def exported(coast: Coast, state: str) -> list[Document]:
    with coast.database.reading() as session:
        return list(releases.records(session, coast.project, state))


def seen(coast: Coast, who: Person, key: str) -> articles.View:
    with coast.database.reading() as session:
        return articles.view(session, coast.seen_by(who), key, by=who)


def key_of(coast: Coast, item: int, who: Person) -> str:
    return coast.desk(item, who).document.id


def test_more_readers_make_more_places_and_fewer_take_back_what_nobody_began(coast: Coast) -> None:
    assert with_rules(coast, readers=3).added == 6
    read(coast, coast.mia)
    mine = coast.next(coast.noor)
    changed = with_rules(coast, readers=1)
    assert (changed.added, changed.removed) == (0, 5)
    assert [(slot, state) for _, slot, _, state in items_of(coast)][:2] == [(1, "done"), (2, "open")]
    read_this(coast, mine, coast.noor)
    assert len(exported(coast, "gold")) == 1


def test_a_share_of_the_articles_is_read_twice_and_always_the_same_ones(coast: Coast) -> None:
    take_texts(coast.database, coast.project, [f"Pier note {n} on tide {n * 13} and rope {n * 7}." for n in range(60)])
    with_rules(coast, readers=2, overlap=30)
    twice = {article for article, slot, _, _ in items_of(coast) if slot == 2}
    assert 8 <= len(twice) <= 30
    with_rules(coast, readers=2, overlap=60)
    more = {article for article, slot, _, _ in items_of(coast) if slot == 2}
    assert twice < more
    with_rules(coast, readers=2, overlap=30)
    assert {article for article, slot, _, _ in items_of(coast) if slot == 2} == twice


def test_articles_that_come_in_later_get_their_places_too(coast: Coast) -> None:
    with_rules(coast, readers=2)
    take_texts(coast.database, coast.project, ["A reed bed was planted along the dyke by volunteers."])
    assert [slot for _, slot, _, _ in items_of(coast)] == [1, 2] * 4


def test_nobody_is_given_an_article_twice(coast: Coast) -> None:
    with_rules(coast, readers=2)
    got = {read(coast, coast.mia).outcome for _ in range(3)}
    assert got == {"waiting"}
    assert claimed(coast, coast.mia) is None
    free = [row for row in items_of(coast) if row[3] == "waiting"]
    with coast.database.reading() as session:
        numbers = list(session.scalars(select(Item.id).where(Item.state == "waiting")))
    for number in numbers:
        coast.begin(number, coast.mia)
    assert [row for row in items_of(coast) if row[3] == "waiting"] == free


def test_who_lost_an_article_and_takes_its_other_place_finds_the_draft_again(coast: Coast) -> None:
    with_rules(coast, readers=2)
    first = coast.next(coast.mia)
    text = coast.desk(first, coast.mia).document.text
    late = NOW + 2 * LEASE
    with coast.database.writing() as session:
        session.execute(update(Item).where(Item.id != first).values(state="done", person_id=None))
    assert coast.next(coast.noor, late) == first
    with coast.database.writing() as session:
        session.execute(update(Item).where(Item.id != first).values(state="waiting"))
    second = coast.next(coast.mia, late)
    assert second != first
    assert coast.desk(second, coast.mia).document.text == text


def test_twenty_threads_of_ten_people_never_share_a_place_or_an_article(coast: Coast) -> None:
    take_texts(coast.database, coast.project, [f"Buoy {n} lay at mile {n * 17} in a swell." for n in range(12)])
    with_rules(coast, readers=4)
    people = crew(coast, 10)
    got: list[int | None] = []

    def work(who: Person) -> None:
        for _ in range(4):
            with coast.database.writing() as session:
                found = claims.claim(session, coast.project.id, who.id, now=NOW, until=NOW + LEASE)
            got.append(found)

    threads = [threading.Thread(target=work, args=(who,)) for who in people for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    taken = [each for each in got if each]
    assert len(taken) == len(set(taken)) == 60
    pairs = [(article, person) for article, _, person, _ in items_of(coast) if person]
    assert len(pairs) == len(set(pairs))


def test_readings_that_agree_make_gold_with_their_votes(coast: Coast) -> None:
    with_rules(coast, readers=2)
    assert read(coast, coast.mia).outcome == "waiting"
    assert exported(coast, "gold") == []
    assert read(coast, coast.noor).gold
    [record] = exported(coast, "gold")
    assert record.review.reviewers == (f"r{coast.mia.id}", f"r{coast.noor.id}")
    assert {each.by.votes for each in record.layer.objects} == {(2, 2)}
    assert record.review.agreement == {"readings": 2, "marked": 4, "same": 4}


def test_readings_that_differ_wait_for_an_adjudicator(coast: Coast) -> None:
    with_rules(coast, readers=2)
    read(coast, coast.mia)
    done = read(coast, coast.noor, {"e1": None})
    assert (done.gold, done.outcome) == (False, "adjudicate")
    assert exported(coast, "gold") == []


def test_a_majority_settles_where_the_rule_says_so(coast: Coast) -> None:
    with_rules(coast, readers=3, merge="majority")
    [third] = crew(coast, 1)
    read(coast, coast.mia, {"e1": None})
    read(coast, coast.noor)
    assert read(coast, third).gold
    [record] = exported(coast, "gold")
    assert {each.id: each.by.votes for each in record.layer.objects}["e1"] == (2, 3)


def test_a_third_reader_comes_only_where_two_differ_too_much(coast: Coast) -> None:
    with_rules(coast, readers=3, adaptive=80, merge="majority")
    assert [slot for _, slot, _, _ in items_of(coast)] == [1, 2] * 3
    read(coast, coast.mia)
    assert read(coast, coast.noor, {"e1": None}).outcome == "waiting"
    assert [slot for _, slot, _, _ in items_of(coast)] == [1, 2, 3, 1, 2, 1, 2]
    [third] = crew(coast, 1)
    assert read(coast, third).gold
    read(coast, coast.mia)
    assert read(coast, coast.noor).gold
    assert len(items_of(coast)) == 7


def test_articles_of_the_guard_are_read_without_suggestions(coast: Coast) -> None:
    with_rules(coast, readers=2, plain=100)
    first = coast.next(coast.mia)
    assert coast.placed(first, coast.mia) == []
    assert seen(coast, coast.noor, key_of(coast, first, coast.mia)).layer.objects == ()


def test_what_somebody_has_begun_keeps_its_suggestions(coast: Coast) -> None:
    first = coast.next(coast.mia)
    with_rules(coast, plain=100)
    assert len(coast.placed(first, coast.mia)) == 4


def test_nobody_sees_others_answers_before_their_own_are_in(coast: Coast) -> None:
    with_rules(coast, readers=2)
    first = coast.next(coast.mia)
    key = key_of(coast, first, coast.mia)
    read_this(coast, first, coast.mia, {"e1": None})
    for who in (coast.noor, coast.otto, coast.lena):
        with pytest.raises(NotAllowed, match="still being read"):
            coast.desk(first, who)
        assert seen(coast, who, key).state == "suggested"
    assert exported(coast, "reviewed") == []
    assert coast.desk(first, coast.mia).mine
    read(coast, coast.noor)
    assert not coast.desk(first, coast.noor).mine
    assert len(exported(coast, "reviewed")) == 1


def test_gold_of_one_reading_is_hidden_while_a_second_is_awaited_and_then_made_anew(coast: Coast) -> None:
    first = coast.next(coast.mia)
    key = key_of(coast, first, coast.mia)
    read_this(coast, first, coast.mia)
    assert seen(coast, coast.noor, key).state == "gold"
    with_rules(coast, readers=2)
    assert seen(coast, coast.noor, key).state == "suggested"
    assert seen(coast, coast.mia, key).state == "gold"
    read(coast, coast.noor)
    [record] = exported(coast, "gold")
    assert len(record.review.reviewers) == 2


def test_taking_a_reading_up_again_takes_the_article_from_the_adjudicators(coast: Coast) -> None:
    with_rules(coast, readers=2)
    first = coast.next(coast.mia)
    read_this(coast, first, coast.mia, {"e1": None})
    read(coast, coast.noor)
    coast.reopen(first, coast.mia)
    toks = coast.toks(first, coast.mia)
    assert toks
    assert read_this(coast, first, coast.mia, now=NOW + timedelta(minutes=5)).outcome == "adjudicate"


def test_rules_that_cannot_be_followed_are_refused_with_a_reason(coast: Coast) -> None:
    for row, said in (
        ({"readers": 10}, "1 to 9 readers"),
        ({"overlap": 101}, "between 0 and 100"),
        ({"adaptive": 50, "readers": 2}, "set readers to 3"),
        ({"merge": "loudest"}, "These are no rules"),
        ({"reasons": []}, "at least one reason"),
    ):
        with pytest.raises(Invalid, match=said):
            with_rules(coast, **row)


def test_rules_are_versioned_kept_in_the_audit_log_and_for_leads_only(coast: Coast) -> None:
    with_rules(coast, readers=2)
    with coast.database.writing() as session:
        with pytest.raises(Stale, match="version 1"):
            overlap.change_rules(session, coast.seen_by(coast.lena), {}, seen=0, by=coast.lena, now=NOW)
        with pytest.raises(NotAllowed):
            overlap.change_rules(session, coast.seen_by(coast.mia), {}, seen=1, by=coast.mia, now=NOW)
        about = session.scalars(select(Audit.about).where(Audit.act == "rules.change")).all()
    assert about == [{"version": 1, "rules": {"readers": 2}}]
