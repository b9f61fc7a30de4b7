"""Several suggesters beside each other: chosen, compared, merged."""

from datetime import timedelta

import pytest

from tests.builders import HARBOUR, NOW, Coast, Finder, suggest
from workbench.core.annotation import By, Entity, Layer
from workbench.core.errors import Invalid, NotAllowed
from workbench.services import articles, projects, queues, releases, suggesters, tallying, weighing
from workbench.services.suggesters import Comparison, Row
from workbench.store.engine import Database


class Shy(Finder):
    """A suggester that sees less, and calls it something else."""

    def suggest(self, articles, *, processes=1):  # type: ignore[no-untyped-def]
        for each in articles:
            start = each.text.find("France")
            found = (Entity("e1", start, start + 6, "NORP", by=By(suggester=self.name)),) if start >= 0 else ()
            yield Layer(self.name, found)


@pytest.fixture
def two(coast: Coast) -> Coast:
    """The coast with a second suggester, which came last."""
    suggest(coast.database, coast.project, Shy("shy@1"))
    return coast


def compared(coast: Coast, first: str = "finder@1", second: str = "shy@1", **rest: int) -> Comparison:
    with coast.database.reading() as session:
        scheme = projects.scheme(session, coast.project)
    return suggesters.compare(coast.database, coast.project, first, second, scheme, **rest)


def choose(coast: Coast, author: str | None) -> None:
    with coast.database.writing() as session:
        suggesters.choose_start(session, coast.seen_by(coast.lena), author, by=coast.lena, now=NOW)


def authors(database: Database, coast: Coast) -> list[str]:
    with database.reading() as session:
        return [row.author for row in suggesters.listing(session, coast.project).rows]


def test_suggesters_are_listed_with_what_they_read(two: Coast) -> None:
    with two.database.reading() as session:
        rows = suggesters.listing(session, two.project).rows
    assert [(row.author, row.articles, row.proposals) for row in rows] == [("shy@1", 3, 1), ("finder@1", 3, 7)]


def test_what_is_proposed_anew_takes_the_place_of_what_was(two: Coast) -> None:
    with two.database.writing() as session:
        row = {"kind": "suggested", "author": "shy@1", "body": {}, "proposals": 5}
        rows = [row | {"article_id": number} for number in (1, 2, 3)]
        weighing.keep(session, two.project.id, rows, now=NOW + timedelta(hours=1))
        [shy, finder] = suggesters.listing(session, two.project).rows
        assert list(tallying.wrong(session)) == []
    assert (shy.author, shy.articles, shy.proposals) == ("shy@1", 3, 15)
    assert shy.at - finder.at == timedelta(hours=1)


def test_drafts_start_from_the_newest_layer_or_from_the_one_chosen(two: Coast) -> None:
    item = two.next(two.mia)
    assert [each.item.by.suggester for each in two.placed(item, two.mia)] == ["shy@1"]
    choose(two, "finder@1")
    other = two.next(two.noor)
    assert {each.item.by.suggester for each in two.placed(other, two.noor)} == {"finder@1"}
    assert [each.item.by.suggester for each in two.placed(item, two.mia)] == ["shy@1"], "begun ones stay"
    with two.database.reading() as session:
        assert suggesters.start(session, two.project) == "finder@1"
        waiting = queues.page(session, two.project, states=("waiting",))
        view = articles.view(session, two.project, waiting[0].key, by=two.lena)
    assert [row.proposals for row in waiting] == [1]
    assert view.layer.author == "finder@1"
    choose(two, None)
    with two.database.reading() as session:
        assert [row.proposals for row in queues.page(session, two.project, states=("waiting",))] == [0]


def test_a_suggester_that_is_not_there_cannot_be_chosen(two: Coast) -> None:
    with pytest.raises(Invalid, match="no suggester “nobody@1” here; there is shy@1, finder@1"):
        choose(two, "nobody@1")


def test_only_leads_choose(two: Coast) -> None:
    with two.database.writing() as session, pytest.raises(NotAllowed):
        suggesters.choose_start(session, two.seen_by(two.mia), "shy@1", by=two.mia, now=NOW)


def test_two_are_compared_label_by_label_with_every_difference(two: Coast) -> None:
    found = compared(two)
    assert (found.articles, found.only_first, found.only_second) == (3, 0, 0)
    assert found.rows[:2] == (Row("GPE", 5, 0, 0), Row("NORP", 0, 1, 0))
    assert {(kind, said): count for kind, said, count in found.counts}["entity", "other label"] == 1
    assert [each.predicted for each in found.differences if each.fault == "wrong label"] == ["NORP “France”"]
    assert found.merged == {"union": 8, "intersection": 0, "prefer": 7}
    assert compared(two, most=1).left_over == 2


def test_the_same_suggester_cannot_be_compared_with_itself(two: Coast) -> None:
    with pytest.raises(Invalid, match="two different"):
        compared(two, "shy@1", "shy@1")


@pytest.mark.parametrize(("rule", "labels"), [("union", ["GPE", "NORP", "GPE"]), ("prefer", ["GPE", "GPE"])])
def test_two_are_made_one_and_doing_it_again_changes_nothing(two: Coast, rule: str, labels: list[str]) -> None:
    merge = (two.database, two.project, "finder@1", "shy@1", rule, "both@1")
    assert suggesters.combine(*merge, now=NOW) == 3
    assert suggesters.combine(*merge, now=NOW) == 0
    assert authors(two.database, two) == ["both@1", "shy@1", "finder@1"]
    with two.database.reading() as session:
        [found] = [each for each in releases.records(session, two.project, "suggested") if each.text == HARBOUR]
    assert [each.label for each in found.layer.entities] == labels
    assert found.layer.author == "both@1"


@pytest.mark.parametrize(
    ("first", "second", "rule", "name"),
    [
        ("finder@1", "shy@1", "both", "x@1"),
        ("finder@1", "finder@1", "union", "x@1"),
        ("finder@1", "shy@1", "union", "shy@1"),
        ("finder@1", "shy@1", "union", ""),
        ("finder@1", "none@1", "union", "x@1"),
    ],
)
def test_what_cannot_be_merged_is_refused(two: Coast, first: str, second: str, rule: str, name: str) -> None:
    with two.database.reading() as session, pytest.raises(Invalid):
        suggesters.check(session, two.seen_by(two.lena), first, second, rule, name)
