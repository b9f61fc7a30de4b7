"""A clock that jumps an hour ahead or back: leases, browsers, throttles, kept answers and jobs come to no harm."""

from contextlib import suppress
from datetime import timedelta

import pytest

from tests.builders import NOW, Coast, decision
from tests.teams import claimed
from workbench.core.errors import Stale, TooOften
from workbench.services import jobs as asked
from workbench.services import people, tokens
from workbench.store import jobs, throttle
from workbench.store.jobs import JobRow

AHEAD, BACK = timedelta(minutes=61), -timedelta(minutes=61)
JUMPS = pytest.mark.parametrize("jump", [AHEAD, BACK], ids=["ahead", "back"])


@JUMPS
def test_an_article_is_never_in_two_hands_and_no_acknowledged_decision_is_lost(coast: Coast, jump: timedelta) -> None:
    item = coast.next(coast.mia)
    toks, placed = coast.toks(item, coast.mia), coast.placed(item, coast.mia)
    first, second = (decision(each.item, "accepted", toks) for each in placed[:2])
    coast.decide(item, coast.mia, first)
    theirs = coast.next(coast.noor, NOW + jump)
    if theirs == item:  # the lease is over by the new clock, and what Mia sends now is refused, not mixed in
        with pytest.raises(Stale):
            coast.decide(item, coast.mia, second, now=NOW + jump)
    else:
        told = coast.decide(item, coast.mia, second, now=NOW + jump)
        assert [each["verdict"] for each in told["verdicts"]] == ["applied"]
    with coast.database.reading() as session:
        draft = session.connection().exec_driver_sql("SELECT count(*) FROM decision").scalar()
    assert draft == (1 if theirs == item else 2)


@JUMPS
def test_decisions_keep_the_order_in_which_they_came(coast: Coast, jump: timedelta) -> None:
    item = coast.next(coast.mia)
    [each, *_] = coast.placed(item, coast.mia)
    toks = coast.toks(item, coast.mia)
    coast.decide(item, coast.mia, decision(each.item, "accepted", toks))
    coast.decide(item, coast.mia, decision(each.item, "rejected", toks, expect=1), now=NOW + jump)
    [now, *_] = coast.placed(item, coast.mia)
    assert (now.status, now.version) == ("rejected", 2)
    coast.accept_all(item, coast.mia, NOW + 2 * jump)
    assert coast.finish(item, coast.mia, NOW + 2 * jump).gold


@JUMPS
def test_a_browser_stays_signed_in_and_one_that_was_ended_stays_out(coast: Coast, jump: timedelta) -> None:
    with coast.database.writing() as session:
        kept = people.signed_in(session, coast.mia.id, agent="", now=NOW)
        ended = people.signed_in(session, coast.mia.id, agent="", now=NOW)
        people.sign_out(session, coast.mia, token=people.digest(ended))
    with coast.database.reading() as session:
        assert people.whose(session, kept, now=NOW + jump) == coast.mia
        assert people.whose(session, ended, now=NOW + jump) is None


@JUMPS
def test_a_throttle_opens_again_by_the_clock_as_it_is_now(coast: Coast, jump: timedelta) -> None:
    window = timedelta(minutes=15)

    def tried(at: timedelta) -> int:
        with coast.database.writing() as session:
            return throttle.count(session, "name:mia", since=NOW + at - window, now=NOW + at)

    assert [tried(timedelta()) for _ in range(3)] == [1, 2, 3]
    assert [tried(jump), tried(jump)] == [1, 2]


@JUMPS
def test_a_token_is_not_shut_out_by_calls_of_another_time(coast: Coast, jump: timedelta) -> None:
    with coast.database.writing() as session:
        _, secret = tokens.make(session, "clock", ("read",), 30, by=coast.mia, now=NOW)

    def used(at: timedelta) -> bool:
        with coast.database.writing() as session, suppress(TooOften):
            return bool(tokens.enter(session, secret, now=NOW + at, most=2))
        return False

    assert [used(timedelta()) for _ in range(3)] == [True, True, False]
    assert [used(jump) for _ in range(3)] == [True, True, False]


@JUMPS
def test_a_request_that_is_sent_again_gets_the_answer_it_got(coast: Coast, jump: timedelta) -> None:
    with coast.database.writing() as session:
        assert tokens.begin(session, coast.mia, "once", "print", now=NOW) is None
        tokens.keep(session, coast.mia, "once", 200, "{}")
    with coast.database.writing() as session:
        kept = tokens.begin(session, coast.mia, "once", "print", now=NOW + jump)
    assert kept is not None and (kept.status, kept.body) == (200, "{}")


@JUMPS
def test_a_job_has_one_worker_whatever_the_clock_says(coast: Coast, jump: timedelta) -> None:
    silence = timedelta(minutes=1)

    def taken(owner: str, at: timedelta) -> JobRow | None:
        with coast.database.writing() as session:
            return jobs.claim(session, owner, now=NOW + at, silent_since=NOW + at - silence)

    def alive(job: int, owner: str, at: timedelta) -> bool:
        with coast.database.writing() as session:
            return jobs.beat(session, job, owner, now=NOW + at)

    with coast.database.writing() as session:
        lead = coast.seen_by(coast.lena)
        number = asked.ask(session, lead, "suggest", {"project": "coast"}, by=coast.lena, now=NOW)
    assert taken("first", timedelta())
    second = taken("second", jump)
    assert (second is not None) == (jump == AHEAD)  # ahead, the first one looks silent; back, it does not
    assert [alive(number, who, jump) for who in ("first", "second")] == [jump == BACK, jump == AHEAD]
    assert taken("third", jump) is None
    assert taken("third", jump + 2 * silence), "a worker that is silent by the new clock is followed by another"


def test_a_lease_that_lies_far_ahead_is_still_its_readers(coast: Coast) -> None:
    item = coast.next(coast.mia, NOW + AHEAD)
    assert claimed(coast, coast.mia) == item
    assert claimed(coast, coast.noor) != item
