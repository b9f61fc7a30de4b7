"""Hidden tests: to who reads them they are work like any other; to all else they are not there."""

import pytest

from tests.builders import LEASE, NOW, Coast
from tests.teams import Wish, claimed, read_this
from tests.training import given_test, practised, set_aside, with_gold, with_training
from workbench.core.errors import NotAllowed, NotFound, Stale
from workbench.core.workflow import Person
from workbench.services import (
    articles,
    board,
    board_figures,
    competence,
    feedback,
    handing,
    inbox,
    overlap,
    queues,
    quotas,
    releases,
    review,
    talk,
    training,
    trials,
)
from workbench.store import readings, work
from workbench.store import training as kept
from workbench.store.inbox import NoticeRow
from workbench.store.queues import QueueRow


@pytest.fixture
def key(coast: Coast) -> str:
    return with_gold(coast)[0]


@pytest.fixture
def test(coast: Coast, key: str) -> int:
    """A hidden test on Mia's desk."""
    return given_test(coast, coast.mia, key)


def seen(coast: Coast, who: Person, *states: str) -> list[QueueRow]:
    with coast.database.reading() as session:
        return queues.page(session, coast.seen_by(who), states=states or ("open", "waiting", "done", "skipped"), by=who)


def test_a_test_comes_from_the_queue_and_stands_in_it_as_work(coast: Coast, key: str, test: int) -> None:
    mine = [row for row in seen(coast, coast.mia) if row.key == key]
    assert [(row.id, row.shown, row.person) for row in mine] == [(test, "leased", "Mia")]
    [(state, gold)] = [(row.state, row.shown) for row in seen(coast, coast.lena) if row.key == key]
    assert (state, gold) == ("done", "gold")


def test_its_gold_is_hidden_from_its_reader_alone_and_only_meanwhile(coast: Coast, key: str, test: int) -> None:
    def shown(who: Person) -> tuple[str, str]:
        with coast.database.reading() as session:
            project = coast.seen_by(who)
            listed = articles.listing(session, project, after=0, limit=9, by=who)
            return articles.view(session, project, key, by=who).state, next(r.best for r in listed if r.key == key)

    assert shown(coast.mia) == ("suggested", "draft")
    assert shown(coast.noor) == shown(coast.lena) == ("gold", "gold")
    read_this(coast, test, coast.mia, {"e2": None})
    assert shown(coast.mia) == ("gold", "gold")
    with coast.database.reading() as session:
        mine = articles.view(session, coast.seen_by(coast.mia), key, by=coast.mia)
        gold = articles.view(session, coast.seen_by(coast.noor), key, by=coast.noor)
    assert (len(mine.layer.entities), len(gold.layer.entities)) == (1, 2)


def test_passages_behind_figures_leave_its_article_out_meanwhile(coast: Coast, key: str, test: int) -> None:
    def shown(who: Person) -> bool:
        with coast.database.reading() as session:
            found = board_figures.proposals(session, coast.seen_by(who), "entity", "GPE", "GPE", by=who)
        return key in {passage.key for passage in found}

    assert (shown(coast.mia), shown(coast.noor)) == (False, True)
    read_this(coast, test, coast.mia)
    assert shown(coast.mia)


def test_what_others_said_of_its_article_is_hidden_meanwhile(coast: Coast, key: str, test: int) -> None:
    [row] = [row for row in seen(coast, coast.lena) if row.key == key]
    with coast.database.writing() as session:
        about = {"key": "thread-of-gus", "kind": "comment", "span": None, "body": "Easy", "now": NOW}
        talk.begin(session, coast.seen_by(coast.noor), row.id, by=coast.noor, **about)  # type: ignore[arg-type]
    with coast.database.reading() as session:
        article_id = review.item(session, coast.project, test).article_id
        heard = [
            len(talk.on_article(session, coast.seen_by(who), article_id, by=who)) for who in (coast.mia, coast.lena)
        ]
    assert heard == [0, 1]


def test_finishing_it_says_what_work_says_and_settles_nothing(coast: Coast, key: str, test: int) -> None:
    with coast.database.reading() as session:
        before = work.newest(session, review.item(session, coast.project, test).article_id, "gold")
    assert read_this(coast, test, coast.mia, {"e2": None}).outcome == "gold"
    with coast.database.reading() as session:
        after = work.newest(session, review.item(session, coast.project, test).article_id, "gold")
    assert before == after
    assert [row.shown for row in seen(coast, coast.mia) if row.key == key] == ["gold"]


def test_nobody_else_gets_it_even_once_its_lease_is_over(coast: Coast, test: int) -> None:
    later = NOW + 3 * LEASE
    coast.begin(test, coast.noor, later)
    with pytest.raises(NotAllowed):
        coast.desk(test, coast.noor)
    assert claimed(coast, coast.noor, later) != test
    assert claimed(coast, coast.mia, later) == test


def test_it_comes_to_a_person_once_and_never_to_who_made_its_gold(coast: Coast, key: str, test: int) -> None:
    read_this(coast, test, coast.mia)
    gus = next(row.person_id for row in seen(coast, coast.lena, "done") if row.key == key)
    with coast.database.reading() as session:
        assert kept.fresh_tests(session, coast.project.id, coast.mia.id) == []
        assert kept.fresh_tests(session, coast.project.id, gus or 0) == []
        assert len(kept.fresh_tests(session, coast.project.id, coast.noor.id)) == 1


def test_reopening_it_leaves_gold_alone_and_goes_on_where_it_was(coast: Coast, key: str, test: int) -> None:
    read_this(coast, test, coast.mia, {"e2": None})
    coast.reopen(test, coast.mia)
    statuses = {each.item.id: each.status for each in coast.placed(test, coast.mia)}
    assert statuses["e2"] == "rejected"
    assert [row.shown for row in seen(coast, coast.lena) if row.key == key] == ["gold"]
    assert coast.finish(test, coast.mia).outcome == "gold"


def test_it_can_be_skipped_or_given_back_and_goes_to_nobody(coast: Coast, key: str, test: int) -> None:
    coast.skip(test, coast.mia, "Too long")
    with coast.database.reading() as session:
        lead = coast.seen_by(coast.lena)
        assert key not in {row.key for row in handing.skips(session, lead)}
    assert key not in {row.key for row in seen(coast, coast.noor, "waiting")}
    coast.reopen(test, coast.mia)
    with coast.database.writing() as session:
        handing.let_go(session, coast.seen_by(coast.mia), test, by=coast.mia, now=NOW)
    assert key not in {row.key for row in seen(coast, coast.noor, "waiting")}


def test_leads_cannot_return_or_give_it_away_as_if_it_were_work(coast: Coast, test: int) -> None:
    read_this(coast, test, coast.mia)
    with coast.database.writing() as session:
        lead = coast.seen_by(coast.lena)
        assert handing.give(session, lead, [test], coast.noor.id, by=coast.lena, now=NOW).count == 0
        with pytest.raises(Stale, match="Only a finished reading"):
            handing.send_back(session, lead, test, "Again", by=coast.lena, now=NOW)


def test_changed_rules_count_no_reader_for_it(coast: Coast, key: str, test: int) -> None:
    read_this(coast, test, coast.mia)
    with coast.database.writing() as session:
        lead = coast.seen_by(coast.lena)
        seen_ = overlap.rules(session, coast.project.id).version
        overlap.change_rules(session, lead, {"readers": 2}, seen=seen_, by=coast.lena, now=NOW)
    assert [row.key for row in seen(coast, coast.lena, "waiting")].count(key) == 1


def figures(coast: Coast, who: Person) -> tuple[object, ...]:
    """Return everything that is counted, as somebody sees it."""
    with coast.database.reading() as session:
        project = coast.seen_by(who)
        found = board.board_of(session, project, by=who, now=NOW)
        below = board_figures.figures_of(session, project)
        told = found.states, found.gold, found.week, found.left, found.loads, below.articles, below.agreement
        return *told, releases.counted(session, project)


@pytest.mark.parametrize("purpose", ["practice", "test"])
def test_neither_practice_nor_tests_count_in_board_agreement_exports_or_queue(
    coast: Coast, key: str, purpose: str
) -> None:
    set_aside(coast, [key], purpose)
    before = figures(coast, coast.lena), review_counts(coast, coast.lena), exported(coast)
    if purpose == "practice":
        practised(coast, coast.mia, key, {"e2": None})
    else:
        read_this(coast, given_test(coast, coast.mia, key), coast.mia, {"e2": None})
    assert (figures(coast, coast.lena), review_counts(coast, coast.lena), exported(coast)) == before


def review_counts(coast: Coast, who: Person) -> dict[str, int]:
    with coast.database.reading() as session:
        return queues.counts(session, coast.seen_by(who), by=who)


def exported(coast: Coast) -> list[tuple[str, str, str]]:
    with coast.database.reading() as session:
        return [
            (r.document.id, r.kind, r.body) for r in readings.readings(session, coast.project.id, ("gold", "reviewed"))
        ]


def test_on_ones_own_board_and_quota_a_test_counts_as_work(coast: Coast, test: int) -> None:
    read_this(coast, test, coast.mia)
    with coast.database.reading() as session:
        [load] = board.board_of(session, coast.seen_by(coast.mia), by=coast.mia, now=NOW).loads
        [share] = [s for s in quotas.listing(session, coast.seen_by(coast.lena), now=NOW) if s.id == coast.mia.id]
    assert (load.name, load.done, share.taken.done) == ("Mia", 1, 1)
    assert review_counts(coast, coast.mia)["done"] == 1


def test_leads_see_results_and_cards_of_tests_and_their_readers_do_not(coast: Coast, key: str, test: int) -> None:
    read_this(coast, test, coast.mia, {"e2": None})
    with coast.database.reading() as session:
        lead, mia = coast.seen_by(coast.lena), coast.seen_by(coast.mia)
        [result] = [row for row in training.results(session, lead) if row.tested]
        assert (result.name, result.tests.f1) == ("Mia", pytest.approx(6 / 7))
        assert feedback.card(session, lead, test, by=coast.lena).differing == 1
        with pytest.raises(NotFound, match="no gold to compare"):
            feedback.card(session, mia, test, by=coast.mia)
        with pytest.raises(NotFound, match="nothing to compare"):
            competence.report(session, mia, coast.mia.id, by=coast.mia)
        [source] = competence.report(session, lead, coast.mia.id, by=coast.lena).sources
        assert source[:2] == ("test", 1)
        with pytest.raises(NotAllowed):
            training.results(session, mia)


def test_results_below_the_threshold_tell_the_lead_once_and_the_reader_kindly(coast: Coast) -> None:
    with_training(coast, floor=90)
    told: list[NoticeRow] = []
    for number, key in enumerate(with_gold(coast, 3), 1):
        nothing: Wish = dict.fromkeys(("e1", "e2", "c1", "s1"))
        read_this(coast, given_test(coast, coast.mia, key), coast.mia, nothing)
        set_aside(coast, [key], None)
        with coast.database.reading() as session:
            told, _ = inbox.page(session, coast.lena, unread=True, before=None)
            assert trials.wants_a_look(session, coast.seen_by(coast.mia), by=coast.mia) == (number == 3)
        assert len(told) == (number == 3)
    assert "Mia’s newest tests come to F1 0 %, below 90 %. A talk may help; nothing is blocked." in told[0].words
    with coast.database.reading() as session:
        assert [row.name for row in training.results(session, coast.seen_by(coast.lena)) if row.below] == ["Mia"]


def test_leads_and_adjudicators_are_not_tested(coast: Coast, key: str) -> None:
    set_aside(coast, [key], "test")
    with_training(coast, every=5)
    got = []
    for _ in range(2):
        item = coast.next(coast.lena)
        got.append(coast.desk(item, coast.lena).item.purpose)
        coast.accept_all(item, coast.lena)
        coast.finish(item, coast.lena)
    assert got == ["work", "work"]
