"""Programs at a project with more than a page of everything, and at an article with very many objects and decisions."""

from collections.abc import Iterator
from typing import Any

import pytest

from tests.api.calling import Program
from tests.builders import Coast, decision, opened, suggest, take
from tests.crowd import ARTICLES, READERS, crowd
from workbench.core import pages
from workbench.services import desk as desks

AT = "/projects/coast"


@pytest.fixture
def keys(coast: Coast) -> list[str]:
    return crowd(coast)


def walked(program: Program, path: str, **query: Any) -> Iterator[list[Any]]:
    """Follow a list to its end, page by page."""
    while True:
        answer = program.get(f"{AT}{path}", query_string=query)
        assert answer.status_code == 200, answer.text
        page = answer.json
        assert page
        yield page["items"]
        if page["next"] is None:
            return
        query["after"] = page["next"]


@pytest.mark.parametrize(
    ("path", "name", "rows"),
    [
        ("/quotas", "id", READERS + 3), ("/training/articles", "key", ARTICLES),
        ("/training/results", "id", READERS + 3), ("/adjudication", "key", ARTICLES), ("/parked", "key", ARTICLES),
    ],
)  # fmt: skip
@pytest.mark.usefixtures("keys")
def test_a_list_is_walked_to_its_end(lena: Program, path: str, name: str, rows: int) -> None:
    found = list(walked(lena, path, limit=40))
    assert [len(page) for page in found] == [40] * (rows // 40) + [rows % 40] * (rows % 40 > 0)
    assert len({row[name] for page in found for row in page}) == rows


@pytest.mark.usefixtures("keys")
def test_what_is_told_of_training_is_the_beginning_of_both_lists(lena: Program) -> None:
    told = lena.get(f"{AT}/training").json
    assert told and (len(told["articles"]), len(told["results"])) == (pages.SIZE, pages.SIZE)


@pytest.mark.usefixtures("keys")
def test_people_are_found_by_name_to_be_given_articles_and_to_be_mentioned(lena: Program, mia: Program) -> None:
    [found] = lena.get(f"{AT}/quotas?find=r 117").json["items"]
    assert found["name"] == "Reader 117 Ost"
    some = mia.get(f"{AT}/mentionable?begun=reader").json
    assert some and (len(some["names"]), some["all"]) == (pages.FEW, False)
    assert mia.get(f"{AT}/mentionable?begun=reader 117&item=1").json == {"names": ["Reader 117 Ost"], "all": True}


def test_versions_of_the_guidelines_that_touch_something_go_page_by_page(lena: Program) -> None:
    for version in range(1, 6):
        wish = {"body": f"# {version}", "touches": ["entity:GPE"], "note": "As agreed."}
        changed = lena.put(f"{AT}/guidelines", wish, headers={"If-Match": f'"guidelines-{version}"'})
        assert changed.status_code == 200, changed.text
    found = [[row["version"] for row in page] for page in walked(lena, "/guidelines/changes", limit=2)]
    assert found == [[6, 5], [4, 3], [2]]


@pytest.fixture
def long(coast: Coast) -> int:
    """An article with 450 objects and 250 decisions on one of them, on Mia's desk."""
    coast_item = coast.next(coast.noor)
    coast.accept_all(coast_item, coast.noor)
    take(coast.database, coast.project, opened("long.txt", "France " * 450))
    suggest(coast.database, coast.project)
    item = coast_item
    first = coast.placed(item, coast.noor)[0]
    toks = coast.toks(item, coast.noor)
    for start in range(first.version, 250, 50):
        some = range(start, min(start + 50, 250))
        sent = [decision(first.item, ("rejected", "accepted")[n % 2], toks, expect=n) for n in some]
        coast.decide(item, coast.noor, *sent)
    return item


def test_the_desk_of_much_work_is_told_in_part_and_walked_to_its_end(lena: Program, long: int) -> None:
    told = lena.get(f"{AT}/items/{long}").json
    assert told
    assert (len(told["log"]), told["whole"]) == (desks.MOST_DECISIONS, False)
    found = list(walked(lena, f"/items/{long}/log", limit=90))
    whole = [row for page in found for row in page]
    assert [len(page) for page in found[:-1]] == [90] * (len(found) - 1)
    assert whole[-desks.MOST_DECISIONS :] == told["log"]
    assert len({row["key"] for row in whole}) == len(whole) > 250


def test_very_many_objects_go_page_by_page_in_their_order(lena: Program, coast: Coast, long: int) -> None:
    items = [row["id"] for page in walked(lena, "/items", limit=200) for row in page]
    number = max(items)
    told = lena.get(f"{AT}/items/{number}").json
    assert told and (len(told["objects"]), told["whole"]) == (desks.MOST_OBJECTS, False)
    found = [row for page in walked(lena, f"/items/{number}/objects", limit=100) for row in page]
    assert found[: desks.MOST_OBJECTS] == told["objects"]
    assert len({row["id"] for row in found}) == len(found) == 450


def test_a_small_desk_is_told_whole_and_a_cursor_of_nothing_is_refused(lena: Program) -> None:
    told = lena.get(f"{AT}/items/1").json
    assert told and told["whole"]
    assert [row for page in walked(lena, "/items/1/objects", limit=2) for row in page] == told["objects"]
    assert list(walked(lena, "/items/1/log")) == [[]]
    for cursor in ("x", "YWZ0ZXI6bm9uZQ", "YWZ0ZXI6"):
        assert lena.get(f"{AT}/items/1/objects?after={cursor}").status_code == 422
        assert lena.get(f"{AT}/items/1/log?after={cursor}").status_code == 422
