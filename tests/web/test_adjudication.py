"""Adjudication in the browser: a long article in pieces, what is agreed, and readings that go back to their makers."""

import re
from collections.abc import Iterator

import pytest
from flask import Flask

from tests.builders import Coast, opened, person, suggest, take
from tests.teams import all_items, crew, read, with_rules
from tests.web.browsing import Browser
from workbench.services import handing, queues
from workbench.services.adjudication_page import SHOWN
from workbench.store import adjudication as kept
from workbench.store.queues import QueueRow

MANY = 45
CASES = "/projects/coast/adjudication"


@pytest.fixture
def ada(app: Flask, coast: Coast) -> Iterator[Browser]:
    with app.test_client() as client:
        browser = Browser(client, coast.database)
        browser.enter(person(coast.database, "Ada", "adjudicator", coast.project))
        yield browser


def address(coast: Coast) -> str:
    with coast.database.reading() as session:
        [row] = kept.listing(session, coast.project.id, "waiting", after=0, limit=9)
    return f"{CASES}/articles/{row.key}"


def long_one(coast: Coast) -> str:
    """Let two people read an article of 45 names, of which one rejects all but the last; return its address."""
    text = " ".join(f"Norway sent tug number {n} through the fog." for n in range(MANY))
    take(coast.database, coast.project, opened("long.txt", text))
    suggest(coast.database, coast.project)
    with_rules(coast, readers=2)
    with coast.database.writing() as session:
        handing.prioritise(session, coast.seen_by(coast.lena), all_items(coast)[-2:], 1)
    read(coast, coast.mia)
    read(coast, coast.noor, {f"e{n}": None for n in range(1, MANY)})
    return address(coast)


def numbers(page: str) -> list[int]:
    return [int(each) for each in re.findall(r'<h2 id="title-\w+"><span class="muted">(\d+)', page)]


def card(page: str, number: int) -> str:
    return re.findall(r'data-card="(\w+)"', page)[number]


def here(page: str) -> str | None:
    found = re.search(r'data-card="(\w+)" data-open data-here', page)
    return found[1] if found else None


def seen(page: str) -> str:
    return re.findall(r'name="seen" value="(\d+)"', page)[0]


def test_a_long_article_shows_some_conflicts_at_a_time_and_its_text_and_what_is_agreed_only_on_demand(
    coast: Coast, ada: Browser
) -> None:
    case = long_one(coast)
    page = ada.get(case).text
    assert numbers(page) == list(range(1, SHOWN + 1))
    assert "tug number 44" not in page
    assert "0 of 44 ruled" in page
    assert "tug number 44" in ada.get(f"{case}/text").text
    assert "1 thing needs no ruling" in page
    assert "2 of 2" in ada.get(f"{case}/agreed").text
    later = re.search(r'data-act="later" href="([^"]+)"', page)
    assert later
    assert numbers(ada.get(later[1]).text) == list(range(SHOWN + 1, MANY))


def test_a_ruling_leads_on_to_the_next_conflict_also_past_the_page_and_undo_leads_back(
    coast: Coast, ada: Browser
) -> None:
    case, htmx = long_one(coast), {"HX-Request": "true"}
    page = ada.get(case).text
    last = card(page, SHOWN - 1)
    onward = ada.post(f"{case}/rule", {"card": last, "choice": "0", "seen": seen(page)}, headers=htmx).text
    assert numbers(onward)[0] == SHOWN + 1
    assert here(onward) == card(onward, 0)
    back = ada.post(f"{case}/undo", {"seen": seen(onward)}, headers=htmx).text
    assert here(back) == last
    assert "0 of 44 ruled" in back


def test_readings_that_say_the_same_are_taken_by_one_key(coast: Coast, ada: Browser) -> None:
    with_rules(coast, readers=4)
    for who, wish in zip((coast.mia, coast.noor, *crew(coast, 2)), ({"e1": None}, {}, {}, {"e1": None}), strict=True):
        read(coast, who, wish)
    page = ada.get(address(coast)).text
    assert re.findall(r'data-take="(\d)"', page) == ["1", "2", "0"]
    assert page.count("2 of 4") == 2


def returned(coast: Coast) -> list[QueueRow]:
    with coast.database.reading() as session:
        return queues.page(session, coast.seen_by(coast.lena), states=("returned",))


def disputed(coast: Coast) -> str:
    with_rules(coast, readers=2)
    read(coast, coast.mia)
    read(coast, coast.noor, {"e1": None})
    return address(coast)


def test_one_reading_is_returned_without_its_readers_name_being_told_and_comes_back(coast: Coast, ada: Browser) -> None:
    case = disputed(coast)
    page = ada.get(case).text
    assert not re.search("Mia|Noor", page)
    answer = ada.post(f"{case}/return", {"reading": "1", "comment": " Is France a place? ", "seen": seen(page)})
    assert answer.status_code == 303
    [row] = returned(coast)
    assert (row.person, row.note) == ("Noor", "Is France a place?")
    assert ada.get(case).status_code == 404
    again = coast.next(coast.noor)
    assert again == row.id
    coast.finish(again, coast.noor)
    assert "0 of 1 ruled" in ada.get(case).text


def test_all_readings_are_returned_at_once(coast: Coast, ada: Browser) -> None:
    case = disputed(coast)
    ada.post(f"{case}/return", {"everybody": "on", "comment": "Read §3 first.", "seen": seen(ada.get(case).text)})
    assert {(row.person, row.note) for row in returned(coast)} == {
        ("Mia", "Read §3 first."),
        ("Noor", "Read §3 first."),
    }


@pytest.mark.parametrize(
    ("form", "says"),
    [
        ({"comment": "Again."}, "Choose whose reading"),
        ({"everybody": "on", "comment": " "}, "Say what should be looked at again"),
        ({"reading": "7", "comment": "Again."}, "There is no reading 8"),
        ({"everybody": "on", "comment": "Again.", "seen": "5"}, "reload the page"),
    ],
)
def test_a_return_that_cannot_be_says_why_and_changes_nothing(
    coast: Coast, ada: Browser, form: dict[str, str], says: str
) -> None:
    case = disputed(coast)
    assert says in ada.post(f"{case}/return", {"seen": seen(ada.get(case).text)} | form).text
    assert returned(coast) == []
    assert ada.get(case).status_code == 200
