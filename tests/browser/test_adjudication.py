"""An article of three readers, ruled on from the first conflict to gold by keyboard alone."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, Route, expect

from tests.browser.conftest import Bench, served
from tests.browser.test_desk_page import violations
from tests.builders import HARBOUR, Coast, coast_in, person
from tests.teams import Wish, crew, read, with_rules
from workbench.core.annotation import Document
from workbench.services import queues, releases

pytestmark = pytest.mark.browser


def differing(coast: Coast) -> None:
    """Let three people read the harbour article: they differ in an actor, a label, a slot and an edge."""
    with_rules(coast, readers=3)
    [third] = crew(coast, 1)
    read(coast, coast.mia, {"e1": {"actor": "Paris", "actor_id": None}, "e2": {"label": "LOC"}})
    wire = {"actor": "France", "type": "maritime", "status": "announced", "evidence": [1, 6]}
    read(coast, coast.noor, {"e2": None, "c1": {"slots": wire}})
    read(coast, third, {"e1": {"span": [0, 3]}})


def six_readings(coast: Coast) -> None:
    """Let six people read the harbour article, no two of them alike."""
    with_rules(coast, readers=6)
    wire = {"actor": "France", "type": "maritime", "status": "announced", "evidence": [1, 6]}
    wishes: list[Wish] = [
        {"e1": {"label": "ORG"}},
        {"e1": {"span": [0, 2]}},
        {"e2": None},
        {"c1": {"slots": wire}},
        {"s1": None},
        {"e1": {"actor": "Paris", "actor_id": None}},
    ]
    for who, wish in zip((coast.mia, coast.noor, *crew(coast, 4)), wishes, strict=True):
        read(coast, who, wish)


@pytest.fixture
def six(tmp_path: Path) -> Iterator[Bench]:
    with served(tmp_path, coast_in) as bench:
        six_readings(bench.coast)
        person(bench.database, "Ada", "adjudicator", bench.coast.project)
        yield bench


@pytest.fixture
def disputed(tmp_path: Path) -> Iterator[Bench]:
    with served(tmp_path, coast_in) as bench:
        differing(bench.coast)
        person(bench.database, "Ada", "adjudicator", bench.coast.project)
        yield bench


def ready(page: Page, bench: Bench) -> None:
    page.goto(bench.link("Ada"))
    page.goto(f"{bench.address}/projects/coast/adjudication")


def pressed(page: Page, key: str, left: str) -> None:
    page.wait_for_function("() => 'htmx' in window")
    expect(page.locator("[data-card]:focus, [data-act=finish]:focus")).to_have_count(1)
    page.keyboard.press(key)
    expect(page.locator(".case-bar .progress span")).to_have_text(left)


def test_an_article_of_three_readers_is_ruled_on_by_keyboard_alone(disputed: Bench, chromium: Browser) -> None:
    page = chromium.new_page(viewport={"width": 1280, "height": 900})
    ready(page, disputed)
    page.keyboard.press("Enter")
    expect(page.locator("[data-card]")).to_have_count(3)
    expect(page.locator("[data-card]:focus h2")).to_contain_text("1 Entity · Edge")
    pressed(page, "1", "1 of 3 ruled")
    expect(page.locator("[data-card]:focus h2")).to_contain_text("2 ")
    pressed(page, "0", "2 of 3 ruled")
    pressed(page, "z", "1 of 3 ruled")
    page.keyboard.press("e")
    expect(page.locator("[data-form]")).to_be_visible()
    expect(page.locator("[data-form] :is(select, input):focus")).to_have_count(1)
    page.keyboard.press("Escape")
    expect(page.locator("[data-form]")).to_have_count(0)
    expect(page.locator("[data-open]:focus")).to_have_count(1)
    page.keyboard.press("e")
    expect(page.locator("[data-form] :is(select, input):focus")).to_have_count(1)
    page.keyboard.press("Control+Enter")
    expect(page.locator(".case-bar .progress span")).to_have_text("2 of 3 ruled")
    pressed(page, "2", "3 of 3 ruled")
    expect(page.locator("[data-act=finish]:focus")).to_have_count(1)
    page.keyboard.press("f")
    expect(page.locator("[data-gold]")).to_be_visible()
    [record] = gold(disputed)
    assert record.text == HARBOUR
    assert {each.by.decided for each in record.layer.objects} == {"ruled", "accepted"}
    returned_by_keyboard(page, disputed)


def returned_by_keyboard(page: Page, bench: Bench) -> None:
    """Take the gold back and return one of the three readings."""
    expect(page.locator("[data-onward]:focus")).to_have_count(1)
    page.keyboard.press("z")
    expect(page.locator("[data-act=finish]:focus")).to_have_count(1)
    page.keyboard.press("r")
    for key in ("Space", "Tab", "Tab", "Tab", "Tab"):
        page.keyboard.press(key)
    page.keyboard.type("Is the evidence complete?")
    page.keyboard.press("Control+Enter")
    expect(page.locator("#toasts")).to_contain_text("Returned with your comment")
    expect(page.locator("main")).to_contain_text("Nothing to rule on")
    with bench.database.reading() as session:
        rows = queues.page(session, bench.coast.seen_by(bench.coast.lena), states=("returned",))
    assert [row.note for row in rows] == ["Is the evidence complete?"]


def test_an_article_of_six_readers_is_ruled_on_by_keyboard_alone(six: Bench, chromium: Browser) -> None:
    page = chromium.new_page(viewport={"width": 1280, "height": 900})
    ready(page, six)
    page.keyboard.press("Enter")
    expect(page.locator("[data-card]")).to_have_count(4)
    expect(page.locator("[data-card]:focus [data-take]")).to_have_count(5)
    expect(page.locator("[data-card]:focus")).to_contain_text("3 of 6")
    for key, left in (("4", 1), ("1", 2), ("z", 1), ("2", 2), ("0", 3)):
        pressed(page, key, f"{left} of 4 ruled")
    page.keyboard.press("e")
    expect(page.locator("[data-form] :is(select, input):focus")).to_have_count(1)
    page.keyboard.press("Control+Enter")
    expect(page.locator(".case-bar .progress span")).to_have_text("4 of 4 ruled")
    page.keyboard.press("f")
    expect(page.locator("[data-gold]")).to_be_visible()
    [record] = gold(six)
    assert len(record.review.reviewers) == 6
    assert {each.by.votes[1] for each in record.layer.objects if each.by.votes} == {6}


def gold(bench: Bench) -> list[Document]:
    with bench.database.reading() as session:
        return list(releases.records(session, bench.coast.project, "gold"))


def test_keys_pressed_before_the_answer_came_wait_for_what_they_mean(six: Bench, chromium: Browser) -> None:
    page = chromium.new_page()
    ready(page, six)
    page.keyboard.press("Enter")
    expect(page.locator("[data-card]:focus [data-take]")).to_have_count(5)
    address = page.url
    answers: list[Route] = []
    page.route("**/rule", lambda route: answers.append(route))
    page.keyboard.type("412e")
    for ruled in (1, 2, 3):
        while not answers:
            page.wait_for_timeout(20)
        answers.pop().continue_()
        expect(page.locator(".case-bar .progress span")).to_have_text(f"{ruled} of 4 ruled")
    expect(page.locator("[data-form] :is(select, input):focus")).to_have_count(1)
    assert page.url == address


def test_the_mouse_does_the_same_and_the_whole_text_is_there_on_demand(disputed: Bench, chromium: Browser) -> None:
    page = chromium.new_page()
    ready(page, disputed)
    page.click("a[data-row]")
    page.click("details summary >> text=The whole text")
    expect(page.locator("#whole-text")).to_contain_text("Italy refused to send ships.")
    page.click("details summary >> text=1 thing needs no ruling")
    expect(page.locator("#agreed-list")).to_contain_text("3 of 3")
    page.click("[data-open] [data-take='1']")
    expect(page.locator(".case-bar .progress span")).to_have_text("1 of 3 ruled")
    page.uncheck("#keys [data-singles]")
    expect(page.locator(".menu [data-singles]")).not_to_be_checked()
    page.focus("[data-open]")
    page.keyboard.press("1")
    page.click("[data-open] [data-take='1']")
    expect(page.locator(".case-bar .progress span")).to_have_text("2 of 3 ruled")


def test_who_is_slower_is_told_so_and_loses_nothing(disputed: Bench, chromium: Browser) -> None:
    person(disputed.database, "Bo", "adjudicator", disputed.coast.project)
    slow, fast = chromium.new_context().new_page(), chromium.new_context().new_page()
    for page, name in ((slow, "Bo"), (fast, "Ada")):
        page.goto(disputed.link(name))
        page.goto(f"{disputed.address}/projects/coast/adjudication")
        page.keyboard.press("Enter")
        page.wait_for_selector("[data-card]")
    fast.keyboard.press("1")
    expect(fast.locator(".case-bar .progress span")).to_have_text("1 of 3 ruled")
    slow.keyboard.press("1")
    expect(slow.locator("#toasts")).to_contain_text("Ada ruled on this article in the meantime")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_it_is_accessible_and_fits_a_narrow_screen(disputed: Bench, chromium: Browser, scheme: str) -> None:
    page = chromium.new_context(
        bypass_csp=True,
        color_scheme=scheme,
        viewport={"width": 320, "height": 700},  # type: ignore[arg-type]
    ).new_page()
    ready(page, disputed)
    assert violations(page) == []
    page.click("a[data-row]")
    assert violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    page.click("[data-open] [data-act='edit']")
    page.wait_for_selector("[data-form]")
    assert violations(page) == []
