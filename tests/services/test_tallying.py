"""What board and queue count: the same as a look at everything would, whatever happened."""

import threading
from collections.abc import Callable

import pytest
from sqlalchemy import delete, insert, update

from tests.builders import NOW, Coast, Finder, suggest, take_texts
from tests.crowd import READERS, crowd
from tests.teams import read, with_rules
from workbench.core import pages
from workbench.services import articles, board, figures, handing, quotas, releases, review, suggesters, tallying
from workbench.store import readings, tallies
from workbench.store.schema import Item, Tally


def wrong(coast: Coast) -> list[str]:
    with coast.database.reading() as session:
        return list(tallying.wrong(session))


def fold(coast: Coast) -> int:
    with coast.database.writing() as session:
        return tallies.fold(session)


def counted(coast: Coast, sort: str, most: int | None = None) -> dict[str, int]:
    with coast.database.reading() as session:
        return tallies.tallies(session, coast.project.id, most).under(sort)


def finished(coast: Coast) -> int:
    item = coast.next(coast.mia)
    coast.accept_all(item, coast.mia)
    coast.finish(item, coast.mia)
    return item


def skipped(coast: Coast) -> None:
    item = coast.next(coast.mia)
    with coast.database.writing() as session:
        review.skip(session, coast.seen_by(coast.mia), item, "Too long.", by=coast.mia, now=NOW)


def sent_back(coast: Coast) -> None:
    item = finished(coast)
    with coast.database.writing() as session:
        handing.send_back(session, coast.seen_by(coast.lena), item, "Look again.", by=coast.lena, now=NOW)


HAPPENINGS: dict[str, Callable[[Coast], object]] = {
    "an article is opened": lambda coast: coast.next(coast.mia),
    "a reading is finished": finished,
    "a reading is taken up again": lambda coast: coast.reopen(finished(coast), coast.mia),
    "a reading is sent back": sent_back,
    "an article is skipped": skipped,
    "articles come": lambda coast: take_texts(coast.database, coast.project, ["One more text.", "And another."]),
    "everybody reads twice": lambda coast: with_rules(coast, readers=2),
}


@pytest.mark.parametrize("folded", [False, True], ids=["touched", "taken in"])
@pytest.mark.parametrize("what", HAPPENINGS)
def test_the_counts_are_right_after(coast: Coast, what: str, folded: bool) -> None:
    fold(coast)
    before = counted(coast, "item")
    HAPPENINGS[what](coast)
    finished(coast)
    if folded:
        assert fold(coast)
        assert not fold(coast)
    assert wrong(coast) == []
    assert counted(coast, "item") != before
    assert counted(coast, "done")[str(coast.mia.id)] >= 1


def test_what_is_deleted_no_longer_counts(coast: Coast) -> None:
    fold(coast)
    with coast.database.writing() as session:
        session.execute(delete(Item))
    assert counted(coast, "item") == {} and wrong(coast) == []
    fold(coast)
    assert counted(coast, "item") == {} and wrong(coast) == []


def test_what_a_transaction_takes_back_was_never_counted(coast: Coast) -> None:
    fold(coast)
    before = counted(coast, "item")
    with pytest.raises(ZeroDivisionError), coast.database.writing() as session:
        session.execute(update(Item).values(state="skipped"))
        assert tallies.tallies(session, coast.project.id).under("item") != before
        raise ZeroDivisionError
    assert counted(coast, "item") == before and not fold(coast)


def test_a_few_touched_articles_are_looked_at_and_more_are_said_to_be_behind(coast: Coast) -> None:
    with coast.database.reading() as session:
        assert tallies.tallies(session, coast.project.id, 1).behind
        assert not tallies.tallies(session, coast.project.id).behind
    fold(coast)
    with coast.database.reading() as session:
        assert not tallies.tallies(session, coast.project.id, 1).behind


def test_two_that_take_in_at_once_count_nothing_twice(coast: Coast) -> None:
    take_texts(coast.database, coast.project, [f"Text number {n}." for n in range(40)])
    folding = [threading.Thread(target=lambda: [fold_some(coast) for _ in range(6)]) for _ in range(3)]
    for each in folding:
        each.start()
    for each in folding:
        each.join()
    while fold(coast):
        pass
    assert wrong(coast) == []


def fold_some(coast: Coast) -> None:
    with coast.database.writing() as session:
        tallies.fold(session, 5)


def test_counts_that_went_wrong_are_told_and_counted_anew(coast: Coast) -> None:
    fold(coast)
    with coast.database.writing() as session:
        session.execute(update(Tally).where(Tally.name == "item:waiting").values(count=Tally.count + 7))
    [said] = wrong(coast)
    assert said.startswith("coast, item:waiting: ")
    assert tallying.anew(coast.database) > 1
    assert wrong(coast) == []


def takeable(coast: Coast) -> dict[str, int]:
    """Count what can be taken out as an export finds it."""
    with coast.database.reading() as session:
        project = coast.project
        return {
            state: sum(1 for _ in readings.readings(session, project.id, kinds))
            for state, kinds in releases.STATES.items()
        }


def test_what_can_be_taken_out_is_counted_as_it_changes(coast: Coast) -> None:
    fold(coast)
    with_rules(coast, readers=2)
    for who in (coast.mia, coast.noor, coast.mia):
        read(coast, who, {"e1": None} if who == coast.mia else {})
        with coast.database.reading() as session:
            told = {state: int(n) for state, n in releases.counted(session, coast.project).items()}
        assert told == takeable(coast)
    before = takeable(coast)
    take_texts(coast.database, coast.project, ["Latvia will send tanks to Kyiv."])
    suggest(coast.database, coast.project)
    assert takeable(coast)["suggested"] == before["suggested"] + 1
    assert counted(coast, "taken")["suggested"] == before["suggested"] + 1
    assert wrong(coast) == []


def test_articles_are_counted_by_who_has_read_them(coast: Coast) -> None:
    fold(coast)
    take_texts(coast.database, coast.project, ["Latvia will send tanks to Kyiv.", "Nobody said a word."])
    suggest(coast.database, coast.project, Finder("late@1"))
    take_texts(coast.database, coast.project, ["One more text."])
    with coast.database.reading() as session:
        found = figures.figures_of(session, coast.project)
        exact = articles.count(session, coast.project), articles.count_unsuggested(session, coast.project)
        listed = {row.author: row.articles for row in suggesters.listing(session, coast.project).rows}
    assert (found.total, found.unread) == exact
    assert exact[1] == 1
    assert dict(found.suggesters) == listed
    assert counted(coast, "proposals") == {"finder@1": 7, "late@1": 7}
    assert "late@1" in listed
    assert wrong(coast) == []


def test_a_board_tells_of_those_who_finished_most_and_a_quota_of_anybody_however_large_the_team(coast: Coast) -> None:
    crowd(coast)
    finished(coast)
    lead = coast.seen_by(coast.lena)
    with coast.database.writing() as session:
        shares = quotas.listing(session, lead, find="reader", limit=READERS, now=NOW)
        rows = [{"project_id": lead.id, "name": f"done:{each.id}", "count": n} for n, each in enumerate(shares)]
        session.execute(insert(Tally), rows)
    with coast.database.reading() as session:
        told = board.board_of(session, lead, by=coast.lena, now=NOW)
        assert [load.done for load in told.loads] == list(range(READERS - 1, READERS - 1 - pages.SIZE, -1))
        assert told.left == sum(
            board.counted(session, lead, by=coast.lena).counts[f"item:{each}"] for each in ("waiting",)
        )
        found = tallies.tallies(session, lead.id).under("done")
        assert set(found) <= {str(coast.mia.id)}, "nobody who is not asked about, but for who touched something"
        taken = {each.name: each.taken.done for each in quotas.listing(session, lead, find="00", limit=99, now=NOW)}
    assert (taken["Reader 007 Ost"], taken["Reader 100 Ost"]) == (7, 100)
