"""What looks odd and is right: kept with its reason, for whoever said so."""

import pytest

from tests.builders import NOW, Coast
from workbench.core.errors import Invalid, NotAllowed
from workbench.core.workflow import Person
from workbench.services import waivers
from workbench.services.waivers import Wanted


@pytest.fixture
def item(coast: Coast) -> int:
    return coast.next(coast.mia)


def waive(
    coast: Coast,
    item: int,
    who: Person,
    *,
    key: str = "waiver-1",
    finding: str = "edge e1",
    reason: str | None = "a name",
) -> None:
    with coast.database.writing() as session:
        waivers.waive(session, coast.seen_by(who), item, Wanted(key, finding, reason), by=who, now=NOW)


def standing(coast: Coast, item: int, who: Person) -> dict[str, str]:
    with coast.database.reading() as session:
        return waivers.standing(session, coast.desk(item, coast.mia).item.article_id, by=who)


def test_a_waiver_stands_with_its_reason_for_who_gave_it(coast: Coast, item: int) -> None:
    waive(coast, item, coast.mia)
    assert standing(coast, item, coast.mia) == {"edge e1": "a name"}
    assert standing(coast, item, coast.noor) == {}


def test_the_same_key_waives_once_and_a_later_word_counts(coast: Coast, item: int) -> None:
    waive(coast, item, coast.mia)
    waive(coast, item, coast.mia, reason="something else")
    assert standing(coast, item, coast.mia) == {"edge e1": "a name"}
    waive(coast, item, coast.mia, key="waiver-2", reason="something else")
    assert standing(coast, item, coast.mia) == {"edge e1": "something else"}


def test_a_key_of_somebody_else_lets_nothing_stand(coast: Coast, item: int) -> None:
    waive(coast, item, coast.mia)
    with pytest.raises(Invalid, match="a fresh one"):
        waive(coast, coast.next(coast.noor), coast.noor)


def test_what_was_let_stand_can_be_asked_about_again(coast: Coast, item: int) -> None:
    waive(coast, item, coast.mia)
    waive(coast, item, coast.mia, key="waiver-2", reason=None)
    assert standing(coast, item, coast.mia) == {}


@pytest.mark.parametrize("change", [{"key": "short"}, {"finding": ""}, {"finding": "x" * 1001}, {"reason": "x" * 1001}])
def test_what_is_no_waiver_is_refused(coast: Coast, item: int, change: dict[str, str]) -> None:
    with pytest.raises(Invalid):
        waive(coast, item, coast.mia, **change)
    assert standing(coast, item, coast.mia) == {}


def test_nobody_waives_on_anothers_desk_or_without_reviewing(coast: Coast, item: int) -> None:
    for who in (coast.noor, coast.otto):
        with pytest.raises(NotAllowed):
            waive(coast, item, who)
