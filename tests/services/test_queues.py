"""The queue by rules: order, lanes, quotas, priorities, giving by hand."""

from collections.abc import Sequence
from datetime import timedelta

import pytest
from sqlalchemy import func, select, update

from tests.builders import LEASE, NOW, Coast, take_texts
from tests.teams import all_items, claimed, crew, given, read, read_this, row_of, with_rules
from workbench.core.errors import Invalid, NotAllowed, Stale
from workbench.core.quotas import Quota
from workbench.core.workflow import Person
from workbench.services import handing, quotas, review
from workbench.store import claims
from workbench.store.schema import Article, Item, Layer


def articles_of(coast: Coast) -> list[int]:
    with coast.database.reading() as session:
        return list(session.scalars(select(Article.id).order_by(Article.id)))


def order(coast: Coast, who: Person) -> list[int]:
    """Return the articles in the order that somebody is given them."""
    found: list[int] = []
    with coast.database.writing() as session:
        while (item := claims.claim(session, coast.project.id, who.id, now=NOW, until=NOW + LEASE)) is not None:
            found.append(session.scalars(select(Item.article_id).where(Item.id == item)).one())
    return found


def about(coast: Coast, **columns: Sequence[object]) -> None:
    """Say something of each article."""
    with coast.database.writing() as session:
        for place, number in enumerate(articles_of(coast)):
            values = {name: values[place] for name, values in columns.items()}
            session.execute(update(Article).where(Article.id == number).values(**values))


def test_what_the_suggester_is_least_certain_of_comes_first_where_the_rules_say_so(coast: Coast) -> None:
    first, second, third = articles_of(coast)
    with coast.database.writing() as session:
        for number, sure in ((first, 0.9), (second, 0.2), (third, 0.5)):
            session.execute(update(Layer).where(Layer.article_id == number).values(certainty=sure))
    with_rules(coast, order="uncertain")
    assert order(coast, coast.mia) == [second, third, first]


@pytest.mark.parametrize(
    ("rule", "column", "values"),
    [
        ("outlet", "outlet", ["Post", "Post", "Mail", "Post"]),
        ("date", "published", ["2026-03-01", "2026-03-01", "2026-03-02", "2026-03-01"]),
        ("cluster", "cluster", ["ferry", "ferry", "tug", "ferry"]),
    ],
)
def test_outlets_days_and_clusters_take_turns_where_the_rules_say_so(
    coast: Coast, rule: str, column: str, values: list[str]
) -> None:
    take_texts(coast.database, coast.project, ["A ferry was late by an hour on the north lane."])
    about(coast, **{column: values})
    first, second, third, fourth = articles_of(coast)
    with_rules(coast, order=rule)
    assert order(coast, coast.mia) == [first, third, second, fourth]


def test_what_readers_differ_on_most_comes_first_where_the_rules_say_so(coast: Coast) -> None:
    with_rules(coast, readers=3, order="disputed")
    for wishes in ({}, {"e1": None, "e2": None}, {"e1": None}):
        read(coast, coast.mia)
        read(coast, coast.noor, wishes)
    first, second, third = articles_of(coast)
    assert order(coast, crew(coast, 1)[0]) == [second, third, first]


def test_a_priority_goes_before_any_order(coast: Coast) -> None:
    first, second, third = articles_of(coast)
    with coast.database.writing() as session:
        seen = coast.seen_by(coast.lena)
        assert handing.prioritise(session, seen, [all_items(coast)[2]], 3) == 1
        with pytest.raises(Invalid, match="between -9 and 9"):
            handing.prioritise(session, seen, [], 10)
        with pytest.raises(NotAllowed):
            handing.prioritise(session, coast.seen_by(coast.mia), [], 1)
    assert order(coast, coast.mia) == [third, first, second]


def test_articles_of_an_outlet_go_only_to_the_people_of_its_rule(coast: Coast) -> None:
    about(coast, outlet=["Post", "Mail", "Post"])
    with_rules(coast, lanes=[{"people": [coast.noor.id], "outlets": ["post"], "readers": 1}])
    with coast.database.reading() as session:
        lanes = dict(session.execute(select(Item.article_id, Item.lane)).all())
    first, second, third = articles_of(coast)
    assert lanes == {first: 1, second: 0, third: 1}
    mine = coast.next(coast.mia)
    assert row_of(coast, mine, coast.lena).outlet == "Mail"
    coast.begin(all_items(coast)[0], coast.mia)
    assert row_of(coast, all_items(coast)[0], coast.lena).person is None
    assert row_of(coast, coast.next(coast.noor), coast.lena).outlet == "Post"


def test_rules_change_while_work_goes_on_and_leave_what_was_begun(coast: Coast) -> None:
    about(coast, language=["fr", "en", "fr"])
    mine = coast.next(coast.mia)
    with_rules(coast, lanes=[{"people": [coast.noor.id, coast.lena.id], "languages": ["fr"], "readers": 2}])
    read_this(coast, mine, coast.mia)
    with coast.database.reading() as session:
        assert session.scalar(select(func.count()).where(Item.lane == 1)) == 4
    with_rules(coast, lanes=[])
    with coast.database.reading() as session:
        assert session.scalar(select(func.count()).where(Item.lane != 0)) == 0


def test_what_is_given_by_hand_waits_for_that_person_and_comes_first(coast: Coast) -> None:
    last = all_items(coast)[-1]
    assert given(coast, [last], coast.noor).count == 1
    assert [coast.next(coast.noor), claimed(coast, coast.mia)] == [last, all_items(coast)[0]]


def test_what_is_given_to_one_person_is_nobody_elses(coast: Coast) -> None:
    given(coast, all_items(coast), coast.noor)
    assert claimed(coast, coast.mia) is None
    given(coast, all_items(coast), None)
    assert claimed(coast, coast.mia) is not None


def test_giving_tells_what_could_not_be_given_and_why(coast: Coast) -> None:
    with_rules(coast, readers=2)
    done = coast.next(coast.mia)
    read_this(coast, done, coast.mia)
    told = given(coast, all_items(coast), coast.mia)
    assert told.count == 2
    assert sorted(told.refused) == [
        "1 finished already: return them, or have them reopened",
        "3 of which this person has another place already",
    ]
    with pytest.raises(Invalid, match="does not review"):
        given(coast, all_items(coast), coast.otto)


def test_an_article_taken_from_somebody_leaves_them_their_draft(coast: Coast) -> None:
    mine = coast.next(coast.mia)
    coast.accept_all(mine, coast.mia)
    given(coast, [mine], coast.noor)
    with pytest.raises(Stale, match="your decisions are kept"):
        coast.finish(mine, coast.mia)
    assert coast.next(coast.noor) == mine
    with pytest.raises(Stale, match="Your decisions are kept as your draft"):
        coast.finish(mine, coast.mia)
    given(coast, [mine], coast.mia)
    assert coast.next(coast.mia) == mine
    assert {each.status for each in coast.placed(mine, coast.mia)} == {"accepted"}


@pytest.mark.parametrize("bound", ["a_day", "in_all", "at_once"])
def test_a_quota_keeps_somebody_from_more_and_says_so(coast: Coast, bound: str) -> None:
    with coast.database.writing() as session:
        seen = coast.seen_by(coast.lena)
        quotas.keep(session, seen, coast.mia.id, Quota(**{bound: 1}), by=coast.lena, now=NOW)
    first = coast.next(coast.mia)
    with coast.database.writing() as session:
        seen = coast.seen_by(coast.mia)
        more = review.next_item(session, seen, by=coast.mia, now=NOW, lease=LEASE, but=first)
        why = quotas.full(session, seen, by=coast.mia, now=NOW)
    assert more is None
    assert why and "article" in why
    second = all_items(coast)[1]
    coast.begin(second, coast.mia)
    assert row_of(coast, second, coast.lena).person is None


def test_a_quota_a_day_is_full_again_tomorrow(coast: Coast) -> None:
    with coast.database.writing() as session:
        seen = coast.seen_by(coast.lena)
        quotas.keep(session, seen, coast.mia.id, Quota(a_day=1), by=coast.lena, now=NOW)
    read(coast, coast.mia)
    assert claimed(coast, coast.mia) is None
    assert claimed(coast, coast.mia, NOW + timedelta(days=1)) is not None
