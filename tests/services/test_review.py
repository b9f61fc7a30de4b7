"""One person and one article at a time: the queue, the lease, finishing, skipping, taking up again."""

import threading
from datetime import datetime, timedelta

import pytest

from tests.builders import LEASE, NOW, Coast, decision, person, take_texts
from workbench.core import desk
from workbench.core.annotation import Document
from workbench.core.errors import Invalid, NotAllowed, NotFound, Stale
from workbench.core.text import digest
from workbench.core.workflow import Person
from workbench.services import queues, releases, review
from workbench.services.review import Unfinished
from workbench.store import items, unread


def claimed(coast: Coast, who: Person, now: datetime = NOW, but: int | None = None) -> int | None:
    with coast.database.writing() as session:
        return review.next_item(session, coast.seen_by(who), by=who, now=now, lease=LEASE, but=but)


def item(coast: Coast, item_id: int) -> items.ItemRow:
    with coast.database.reading() as session:
        return items.item(session, coast.project.id, item_id)


def exported(coast: Coast, state: str) -> list[Document]:
    with coast.database.reading() as session:
        return list(releases.records(session, coast.project, state))


def test_articles_are_handed_out_in_the_order_they_came(coast: Coast) -> None:
    first, second = claimed(coast, coast.mia), claimed(coast, coast.noor)
    assert coast.desk(first, coast.mia).document.text.startswith("France")
    assert coast.desk(second, coast.noor).document.text.startswith("🚢")


def test_articles_without_proposals_come_last(coast: Coast) -> None:
    take_texts(coast.database, coast.project, ["A reed bed was planted along the dyke by volunteers."])
    take_texts(coast.database, coast.project, ["Divers from Norway mapped the wreck of a herring boat."])
    with coast.database.writing() as session:
        ready = unread.articles(session, coast.project.id, "finder@1", 9, 0)
        items.make_ready(session, [number for number, document in ready if document.text.startswith("Divers")])
    crew = [person(coast.database, f"Reader {n}", "reviewer", coast.project) for n in range(5)]
    texts = [coast.desk(coast.next(each), each).document.text for each in crew]
    assert [text[:6] for text in texts[-2:]] == ["Divers", "A reed"]


def test_the_next_article_is_the_one_that_is_open_already(coast: Coast) -> None:
    first = coast.next(coast.mia)
    assert claimed(coast, coast.mia) == first


def test_going_on_leaves_the_open_article_out_when_asked(coast: Coast) -> None:
    first = coast.next(coast.mia)
    assert claimed(coast, coast.mia, but=first) not in {first, None}


def test_nobody_gets_an_article_that_somebody_else_has(coast: Coast) -> None:
    mine = {claimed(coast, coast.mia)}
    mine |= {claimed(coast, coast.mia, but=each) for each in list(mine)}
    assert claimed(coast, coast.noor) not in mine


def test_nothing_waits_when_all_is_taken(coast: Coast) -> None:
    taken: set[int] = set()
    for who in (coast.mia, coast.noor, coast.lena):
        taken.add(claimed(coast, who))
    assert len(taken) == 3
    assert claimed(coast, coast.mia, but=min(taken)) is None


def test_twelve_threads_never_get_the_same_article(coast: Coast) -> None:
    take_texts(
        coast.database, coast.project, [f"Harbour note {n} on pier {n * 7} and tide {n * 13}." for n in range(9)]
    )
    crew = [person(coast.database, f"Reader {n}", "reviewer", coast.project) for n in range(12)]
    got: list[int | None] = []
    threads = [threading.Thread(target=lambda who=who: got.append(claimed(coast, who))) for who in crew]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(got) == 12
    assert len(set(got)) == 12
    assert None not in got


def test_a_lease_that_ran_out_lets_the_next_person_in(coast: Coast) -> None:
    first = coast.next(coast.mia)
    for each in range(2):
        claimed(coast, (coast.noor, coast.lena)[each])
    late = NOW + LEASE + timedelta(minutes=1)
    stranger = person(coast.database, "Pia", "reviewer", coast.project)
    assert claimed(coast, stranger, now=late) == first
    assert item(coast, first).person_id == stranger.id


def test_a_lease_number_grows_when_an_article_changes_hands_and_not_otherwise(coast: Coast) -> None:
    first = coast.next(coast.mia)
    before = item(coast, first).lease_no
    coast.begin(first, coast.mia, NOW + timedelta(minutes=5))
    assert item(coast, first).lease_no == before
    coast.begin(first, coast.noor, NOW + LEASE + timedelta(hours=1))
    assert item(coast, first).lease_no == before + 1


def test_who_lost_the_lease_still_keeps_decisions_in_the_draft(coast: Coast) -> None:
    first = coast.next(coast.mia)
    france = coast.placed(first, coast.mia)[0].item
    toks = coast.toks(first, coast.mia)
    sha = coast.desk(first, coast.mia).document.text
    coast.begin(first, coast.noor, NOW + 2 * LEASE)
    answer = coast.decide(first, coast.mia, decision(france, "accepted", toks), text_sha256=digest(sha))
    assert answer["verdicts"][0]["verdict"] == "applied"
    assert {each.status for each in coast.placed(first, coast.noor)} == {"suggested"}
    coast.begin(first, coast.mia, NOW + 4 * LEASE)
    kept = {each.item.id: each.status for each in coast.placed(first, coast.mia)}
    assert kept[france.id] == "accepted"


def test_somebody_elses_open_article_stays_closed_to_reviewers_but_not_to_leads(coast: Coast) -> None:
    first = coast.next(coast.mia)
    with pytest.raises(NotAllowed):
        coast.desk(first, coast.noor)
    assert not coast.desk(first, coast.lena).mine


def test_an_article_with_undecided_proposals_is_not_finished(coast: Coast) -> None:
    first = coast.next(coast.mia)
    with pytest.raises(Unfinished, match=r"4 proposals wait") as refused:
        coast.finish(first, coast.mia)
    assert len(refused.value.waiting) == 4
    assert exported(coast, "gold") == []


def test_an_accepted_frame_that_lacks_a_slot_keeps_the_article_open(coast: Coast) -> None:
    first = coast.next(coast.mia)
    coast.accept_all(first, coast.mia)
    [frame] = [each for each in coast.placed(first, coast.mia) if each.item.kind == "commitment"]
    toks = coast.toks(first, coast.mia)
    state = desk.state_wire(frame.item, "accepted", toks)
    state["slots"] = state["slots"] | {"actor": None}
    coast.decide(first, coast.mia, decision(frame.item, "accepted", toks, expect=1, act="edit", slots=state["slots"]))
    with pytest.raises(Unfinished, match="Actor is missing") as refused:
        coast.finish(first, coast.mia)
    assert refused.value.incomplete == [(frame.item.id, "Actor is missing.")]


def test_finishing_makes_gold_that_carries_who_stood_behind_it(coast: Coast) -> None:
    first = coast.next(coast.mia)
    coast.accept_all(first, coast.mia)
    summary = coast.finish(first, coast.mia)
    assert (summary.gold, summary.accepted, summary.rejected) == (True, 4, 0)
    [record] = exported(coast, "gold")
    assert (record.review.state, record.review.reviewers, record.review.guideline) == ("gold", (f"r{coast.mia.id}",), 1)
    assert {(each.by.origin, each.by.decided, each.by.votes) for each in record.layer.objects} == {
        ("suggested", "accepted", (1, 1))
    }


def test_what_was_rejected_is_not_in_gold(coast: Coast) -> None:
    first = coast.next(coast.mia)
    [dropped, *_] = coast.placed(first, coast.mia)
    coast.decide(first, coast.mia, decision(dropped.item, "rejected", coast.toks(first, coast.mia)))
    coast.accept_all(first, coast.mia)
    assert coast.finish(first, coast.mia).rejected == 1
    [record] = exported(coast, "gold")
    assert dropped.item.id not in {each.id for each in record.layer.objects}


def test_a_finished_article_cannot_be_finished_again(coast: Coast) -> None:
    first = coast.next(coast.mia)
    coast.accept_all(first, coast.mia)
    coast.finish(first, coast.mia)
    with pytest.raises(Stale, match="done already"):
        coast.finish(first, coast.mia)


def test_nobody_finishes_an_article_of_somebody_else(coast: Coast) -> None:
    first = coast.next(coast.mia)
    with pytest.raises(NotFound):
        coast.finish(first, coast.noor)


def test_taking_an_article_up_again_withdraws_its_gold_and_keeps_the_decisions(coast: Coast) -> None:
    first = coast.next(coast.mia)
    coast.accept_all(first, coast.mia)
    coast.finish(first, coast.mia)
    coast.reopen(first, coast.mia)
    assert exported(coast, "gold") == []
    assert exported(coast, "reviewed") == []
    assert {each.status for each in coast.placed(first, coast.mia)} == {"accepted"}
    coast.finish(first, coast.mia)
    assert len(exported(coast, "gold")) == 1


def test_only_who_finished_it_or_a_lead_takes_it_up_again(coast: Coast) -> None:
    first = coast.next(coast.mia)
    coast.accept_all(first, coast.mia)
    coast.finish(first, coast.mia)
    with pytest.raises(NotAllowed):
        coast.reopen(first, coast.noor)
    coast.reopen(first, coast.lena)
    assert item(coast, first).state == "open"


def test_skipping_takes_a_reason(coast: Coast) -> None:
    first = coast.next(coast.mia)
    with pytest.raises(Invalid, match="Say in a few words"):
        coast.skip(first, coast.mia, "  ")
    coast.skip(first, coast.mia, "Not an article at all")
    assert (item(coast, first).state, item(coast, first).note) == ("waiting", "Not an article at all")
    assert claimed(coast, coast.mia) != first


def test_a_viewer_is_not_handed_anything(coast: Coast) -> None:
    with pytest.raises(NotAllowed):
        claimed(coast, coast.otto)


def test_the_queue_counts_what_is_left_to_decide(coast: Coast) -> None:
    first = coast.next(coast.mia)
    [kept, *_] = coast.placed(first, coast.mia)
    coast.decide(first, coast.mia, decision(kept.item, "accepted", coast.toks(first, coast.mia)))
    with coast.database.reading() as session:
        rows = queues.page(session, coast.project, states=("waiting", "open"))
        counts = queues.counts(session, coast.project)
    assert (rows[0].state, rows[0].proposals, rows[0].left) == ("open", 4, 3)
    assert counts == {"open": 1, "waiting": 2}


def test_a_lease_renews_while_one_works_and_not_before_half_of_it_is_over(coast: Coast) -> None:
    item = coast.next(coast.mia)
    for later, until in ((LEASE / 4, NOW + LEASE), (LEASE * 3 / 4, NOW + LEASE * 7 / 4)):
        with coast.database.writing() as session:
            seen = coast.seen_by(coast.mia)
            review.stay(session, seen, item, by=coast.mia, now=NOW + later, lease=LEASE)
            assert review.item(session, seen, item).leased_until == until
