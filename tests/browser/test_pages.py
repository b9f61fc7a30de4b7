"""The pages around the desk, as eyes, keys and narrow screens meet them."""

import json

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import Bench, reopened
from tests.browser.test_desk_page import violations

pytestmark = pytest.mark.browser

PAGES = ("queue", "articles", "questions", "guidelines", "scheme", "export", "team", "imports")


def signed_in(bench: Bench, chromium: Browser, **screen: object) -> Page:
    page = chromium.new_context(bypass_csp=True, **screen).new_page()  # type: ignore[arg-type]
    page.goto(bench.link("Lena"))
    return page


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_no_page_violates_the_guidelines(bench: Bench, chromium: Browser, scheme: str) -> None:
    page = signed_in(bench, chromium, color_scheme=scheme)
    found = {}
    for name in PAGES:
        page.goto(f"{bench.address}/projects/coast/{name}")
        found[name] = violations(page)
    assert found == {name: [] for name in PAGES}


def test_every_page_fits_a_narrow_screen(bench: Bench, chromium: Browser) -> None:
    page = signed_in(bench, chromium, viewport={"width": 320, "height": 700})
    for name in PAGES:
        page.goto(f"{bench.address}/projects/coast/{name}")
        assert page.evaluate("document.documentElement.scrollWidth") <= 320, name


def test_no_page_asks_another_host_or_breaks_its_own_policy(bench: Bench, chromium: Browser) -> None:
    page = chromium.new_context().new_page()
    asked: set[str] = set()
    said: list[str] = []
    page.on("request", lambda request: asked.add(request.url.split("/")[2]))
    page.on("console", lambda message: said.append(message.text) if message.type == "error" else None)
    page.goto(bench.link("Lena"))
    for name in PAGES:
        page.goto(f"{bench.address}/projects/coast/{name}")
    assert asked == {bench.address.removeprefix("http://")}
    assert said == []


def test_enter_on_the_queue_opens_the_next_article(bench: Bench, chromium: Browser) -> None:
    page = chromium.new_context().new_page()
    page.goto(bench.link("Mia"))
    page.goto(f"{bench.address}/projects/coast/queue")
    page.keyboard.press("Enter")
    expect(page.locator("[data-ready]")).to_be_visible()


def test_the_queue_is_shown_when_its_keys_work_and_not_before(bench: Bench, chromium: Browser) -> None:
    page = chromium.new_context().new_page()
    page.goto(bench.link("Mia"))
    page.route("**/queue.js", lambda route: (page.wait_for_timeout(400), route.continue_()))
    page.goto(f"{bench.address}/projects/coast/queue")
    page.wait_for_function("performance.getEntriesByName('first-contentful-paint').length")
    shown, came = page.evaluate("""() => [
      performance.getEntriesByName("first-contentful-paint")[0].startTime,
      performance.getEntriesByType("resource").find((each) => each.name.endsWith("queue.js")).responseEnd,
    ]""")
    assert shown >= came


def test_g_and_a_letter_lead_from_page_to_page_and_can_be_switched_off(bench: Bench, chromium: Browser) -> None:
    page = signed_in(bench, chromium)
    page.goto(f"{bench.address}/projects/coast/scheme")
    for letter, name in (("l", "articles"), ("d", "board"), ("a", "adjudication"), ("q", "queue")):
        page.keyboard.press("g")
        page.keyboard.press(letter)
        page.wait_for_url(f"**/projects/coast/{name}")
    page.keyboard.press("?")
    expect(page.locator("[data-keys]")).to_contain_text("G L Articles")
    assert violations(page) == []
    page.get_by_label("Single keys").uncheck()
    page.keyboard.press("g")
    page.keyboard.press("l")
    page.get_by_label("Single keys").check()
    page.keyboard.press("g")
    page.keyboard.press("d")
    page.wait_for_url("**/projects/coast/board")


def test_the_same_letters_lead_away_from_the_desk(bench: Bench, desk: Page) -> None:
    for letter, name in (("l", "articles"), ("q", "queue")):
        reopened(desk, bench.desk)
        desk.keyboard.press("g")
        desk.keyboard.press(letter)
        desk.wait_for_url(f"**/projects/coast/{name}")


def test_a_title_that_is_a_script_is_only_text(bench: Bench, chromium: Browser) -> None:
    page = chromium.new_context().new_page()
    page.on("dialog", lambda _: pytest.fail("A script ran."))
    page.goto(bench.link("Lena"))
    page.goto(f"{bench.address}/projects/coast/articles?find={json.dumps('<script>alert(1)</script>')}")
    expect(page.locator("main")).to_contain_text("<script>alert(1)</script>")
