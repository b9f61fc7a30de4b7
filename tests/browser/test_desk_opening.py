"""How the desk opens: text first, few keys soon, everything else at once, and the next article ahead."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Page, Route, expect

from tests.bench.generated import seat
from tests.bench.serving import free_port
from tests.bench.serving import served as shown
from tests.browser import sixty
from tests.browser.conftest import Bench, here, reopened, saved, served, states
from tests.browser.sixty import Sixty
from tests.builders import Coast, coast_of, opened, person, project, suggest, take
from workbench.store.engine import Database

pytestmark = pytest.mark.browser


def two_articles(database: Database) -> Coast:
    made = project(database, person(database, "Lena"))
    for name in ("Mia", "Noor"):
        person(database, name, "reviewer", made)
    person(database, "Otto", "viewer", made)
    take(
        database, made, opened("patrol.txt", sixty.read()[0]), opened("later.txt", sixty.read()[0] + "It was later.\n")
    )
    suggest(database, made, Sixty())  # type: ignore[arg-type]
    return coast_of(database)


@pytest.fixture
def pair(tmp_path: Path) -> Iterator[Bench]:
    with served(tmp_path, two_articles) as made:
        made.item = made.coast.next(made.coast.mia)
        yield made


def fetched(page: Page, ending: str) -> list[int]:
    """Return how many bytes came over the line for each request to an address."""
    entries = "performance.getEntriesByType('resource').map((each) => [each.name.split('?')[0], each.transferSize])"
    return [size for name, size in page.evaluate(entries) if name.endswith(ending)]


def test_article_and_state_are_asked_for_once_before_any_script_runs(bench: Bench, desk: Page) -> None:
    assert len(fetched(desk, f"/items/{bench.item}/data")) == 1
    assert len(fetched(desk, f"/items/{bench.item}/article")) == 1


def test_the_text_is_there_while_every_script_is_still_on_its_way(bench: Bench, context: BrowserContext) -> None:
    page = context.new_page()
    page.goto(bench.link())
    page.route("**/*.js", lambda route: None)
    page.goto(bench.desk, wait_until="commit")
    expect(page.locator("[data-p]").first).to_be_visible()
    assert page.locator("mark").count() == 0


def test_a_long_article_takes_keys_before_all_its_marks_are_drawn(context: BrowserContext, tmp_path: Path) -> None:
    place, port = seat(tmp_path, [(6_000, 600)]), free_port()
    address, page = f"http://127.0.0.1:{port}", context.new_page()
    page.add_init_script("globalThis.requestIdleCallback = (draw) => (globalThis.rest = draw)")
    with shown(place.home, port):
        page.goto(place.link(address))
        reopened(page, place.address(address, place.articles[0][0]))
        drawn = page.locator("mark").count()
        assert 0 < drawn < 600
        page.keyboard.press("Shift+N")
        expect(page.locator("mark.cur")).to_be_in_viewport()
        page.evaluate("() => { for (let i = 0; i < 20; i++) rest(); }")
        expect(page.locator("mark")).to_have_count(600)
    place.database.dispose()


def test_opened_again_the_article_comes_from_the_browser_itself(bench: Bench, desk: Page) -> None:
    desk.reload()
    desk.wait_for_selector("[data-whole]")
    assert fetched(desk, f"/items/{bench.item}/article") == [0]
    assert fetched(desk, f"/items/{bench.item}/data") != [0]


def test_keys_pressed_before_the_rest_is_there_are_not_lost(bench: Bench, context: BrowserContext) -> None:
    waiting: list[Route] = []
    context.route("**/later.js", lambda route: waiting.append(route))
    page = context.new_page()
    page.goto(bench.link())
    page.goto(bench.desk)
    page.wait_for_selector("[data-ready]")
    first = here(page)
    for key in ("a", "u", "x"):
        page.keyboard.press(key)
    assert here(page) != first
    assert page.locator("mark.rejected").count() == 0
    waiting[0].continue_()
    page.wait_for_selector("[data-whole]")
    page.wait_for_selector('[data-desk="left"]:text-is("58 left")')
    saved(page)
    decided = {oid: each.status for oid, each in states(bench).items() if each.status != "suggested"}
    assert sorted(decided.values()) == ["accepted", "rejected"]
    assert decided[first] == "accepted"


def test_the_next_article_is_here_before_this_one_is_finished(pair: Bench, context: BrowserContext) -> None:
    page = pair.open(context)
    with page.expect_response("**/article?v=*") as ahead:
        page.keyboard.press("!")
    assert f"/items/{pair.item}/" not in ahead.value.url
    saved(page)
    page.keyboard.press("Shift+Enter")
    page.wait_for_selector("dialog")
    page.keyboard.press("Enter")
    page.wait_for_url(ahead.value.url.split("/article")[0])
    page.wait_for_selector("[data-whole]")
    assert fetched(page, "/article") == [0]


def test_looking_ahead_takes_the_next_article_from_nobody(pair: Bench, context: BrowserContext) -> None:
    page = pair.open(context)
    with page.expect_response("**/article?v=*") as ahead:
        page.keyboard.press("!")
    assert pair.coast.next(pair.coast.noor) == int(ahead.value.url.split("/items/")[1].split("/")[0])
