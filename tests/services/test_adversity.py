"""When things go wrong in the middle of work: each has an outcome that is defined and friendly, and nothing is lost."""

from datetime import datetime, timedelta

import pytest

from tests.builders import LEASE, NOW, Coast, decision, person
from tests.teams import claimed, given, read, read_this, returned, row_of, with_rules
from workbench.core import desk
from workbench.core.desk import Placed
from workbench.core.errors import Invalid, Stale
from workbench.core.text import TOKENISER, digest
from workbench.core.workflow import Person
from workbench.services import adjudication, layers, people, review
from workbench.store import adjudication as kept
from workbench.store import work

LATE = NOW + 2 * LEASE


def draft_of(coast: Coast, item: int, who: Person) -> tuple[str, list[Placed]]:
    """Return the text of an item's article, and somebody's own draft of it."""
    with coast.database.reading() as session:
        article = review.item(session, coast.project, item).article_id
        document, number = work.text(session, article), work.draft(session, article, who.id)
        assert number
        return document.text, layers.placed(session, work.layer(session, number), document.text)


def save(coast: Coast, item: int, who: Person) -> str:
    """Send one decision from a desk that knows of nothing; return its verdict."""
    text, placed = draft_of(coast, item, who)
    sent = decision(placed[0].item, "accepted", desk.pieces(text), expect=placed[0].version)
    answer = coast.decide(item, who, sent, now=LATE, text_sha256=digest(text), tokeniser=TOKENISER)
    return str(answer["verdicts"][0]["verdict"])


def test_a_save_after_the_lease_ran_out_is_kept_and_renews_it(coast: Coast) -> None:
    mine = coast.next(coast.mia)
    assert save(coast, mine, coast.mia) == "applied"
    with coast.database.writing() as session:
        review.stay(session, coast.seen_by(coast.mia), mine, by=coast.mia, now=LATE, lease=LEASE)
    assert claimed(coast, coast.noor, LATE) != mine


def test_a_save_after_somebody_else_took_the_article_goes_into_ones_own_draft(coast: Coast) -> None:
    with_rules(coast, lanes=[])
    mine = coast.next(coast.mia)
    given(coast, [mine], coast.noor)
    coast.begin(mine, coast.noor, LATE)
    assert save(coast, mine, coast.mia) == "applied"
    assert draft_of(coast, mine, coast.mia)[1][0].status == "accepted"
    assert draft_of(coast, mine, coast.noor)[1][0].status == "suggested"
    with pytest.raises(Stale, match="kept as your draft"):
        coast.finish(mine, coast.mia)


def test_who_is_deactivated_amid_work_leaves_the_article_to_others_and_finds_the_draft_again(coast: Coast) -> None:
    mine = coast.next(coast.mia)
    coast.accept_all(mine, coast.mia)
    for active in (False, True):
        with coast.database.writing() as session:
            people.set_active(session, coast.mia.id, active, by=coast.lena, now=NOW)
        assert row_of(coast, mine, coast.lena).state == "waiting"
    assert coast.next(coast.mia) == mine
    assert {each.status for each in coast.placed(mine, coast.mia)} == {"accepted"}


def test_who_loses_the_role_gives_back_what_was_given_to_them(coast: Coast) -> None:
    mine = coast.next(coast.mia)
    coast.accept_all(mine, coast.mia)
    coast.finish(mine, coast.mia)
    other = coast.next(coast.mia)
    with coast.database.writing() as session:
        people.set_role(session, coast.project.id, coast.mia.id, "viewer", by=coast.lena, now=NOW)
    assert row_of(coast, mine, coast.lena).state == "done"
    assert row_of(coast, other, coast.lena).state == "waiting"
    assert claimed(coast, coast.noor) == other


def test_of_two_adjudicators_the_slower_is_told_and_nothing_of_the_faster_is_lost(coast: Coast) -> None:
    ada, bo = (person(coast.database, name, "adjudicator", coast.project) for name in ("Ada", "Bo"))
    with_rules(coast, readers=2)
    read(coast, coast.mia)
    read(coast, coast.noor, {"e1": None})
    with coast.database.reading() as session:
        [row] = kept.listing(session, coast.project.id, "waiting", after=0, limit=9)
        card = adjudication.opened(session, coast.seen_by(ada), row.key, by=ada).found.cards[0].id
    for who, choice in ((ada, 0), (bo, 1)):
        with coast.database.writing() as session:
            if who is ada:
                adjudication.rule(session, coast.seen_by(who), row.key, card, choice, seen=0, by=who, now=NOW)
                continue
            with pytest.raises(Stale, match="Ada ruled on this article in the meantime"):
                adjudication.rule(session, coast.seen_by(who), row.key, card, choice, seen=0, by=who, now=NOW)
    with coast.database.reading() as session:
        assert adjudication.opened(session, coast.seen_by(bo), row.key, by=bo).ruled[card].choice == 0


def test_a_label_that_left_the_scheme_meanwhile_is_refused_with_a_reason_and_the_rest_is_kept(coast: Coast) -> None:
    mine = coast.next(coast.mia)
    text, placed = draft_of(coast, mine, coast.mia)
    toks = desk.pieces(text)
    good = decision(placed[0].item, "accepted", toks)
    bad = decision(placed[1].item, "accepted", toks, act="edit", label="NO_LONGER")
    verdicts = coast.decide(mine, coast.mia, good, bad)["verdicts"]
    assert [each["verdict"] for each in verdicts] == ["applied", "invalid"]
    assert "NO_LONGER" in verdicts[1]["why"]


def test_a_clock_that_goes_back_loses_nothing_and_takes_nothing_away(coast: Coast) -> None:
    mine = coast.next(coast.mia)
    early = NOW - timedelta(hours=5)
    coast.accept_all(mine, coast.mia, early)
    assert claimed(coast, coast.noor, early) != mine
    assert coast.finish(mine, coast.mia, early).gold
    coast.reopen(mine, coast.mia, early)
    assert read_this(coast, mine, coast.mia, now=early - timedelta(days=2)).gold


def test_an_article_that_is_returned_while_its_reviewer_is_gone_is_refused_with_a_way_on(coast: Coast) -> None:
    mine = coast.next(coast.mia)
    read_this(coast, mine, coast.mia)
    with coast.database.writing() as session:
        people.set_active(session, coast.mia.id, False, by=coast.lena, now=NOW)
    with pytest.raises(Invalid, match="give the article to somebody else"):
        returned(coast, mine, "Again.", coast.lena)


def here(coast: Coast, item: int, who: Person, now: datetime) -> bool:
    """Let somebody's desk say that they are still reading."""
    with coast.database.writing() as session:
        return review.stay(session, coast.seen_by(who), item, by=who, now=now, lease=LEASE)


def test_who_reads_for_hours_without_deciding_keeps_the_article(coast: Coast) -> None:
    mine = coast.next(coast.mia)
    for minutes in range(10, 240, 10):
        later = NOW + timedelta(minutes=minutes)
        assert here(coast, mine, coast.mia, later)
        coast.begin(mine, coast.noor, later)
        assert coast.desk(mine, coast.mia).mine


def test_who_left_while_reading_loses_the_article_and_is_told_on_coming_back(coast: Coast) -> None:
    mine = coast.next(coast.mia)
    assert here(coast, mine, coast.mia, NOW + timedelta(minutes=50))
    gone = NOW + timedelta(minutes=50) + LEASE + timedelta(minutes=1)
    coast.begin(mine, coast.noor, gone)
    assert not here(coast, mine, coast.mia, gone)
    assert here(coast, mine, coast.noor, gone)
