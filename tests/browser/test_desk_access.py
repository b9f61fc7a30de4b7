"""The desk for those who use a screen reader, the keyboard alone, large print or other colours."""

import re
from typing import Literal

import pytest
from playwright.sync_api import Browser, Page, ViewportSize

from tests.browser.conftest import Bench, reopened, saved, says, states
from tests.browser.test_desk_page import violations
from tests.builders import decision

pytestmark = pytest.mark.browser

STATES = ("accepted", "rejected", "suggested")


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1280, 320])
def test_no_state_of_the_desk_violates_the_guidelines(chromium: Browser, bench: Bench, scheme: str, width: int) -> None:
    context = chromium.new_context(
        viewport={"width": width, "height": 860}, color_scheme="dark" if scheme == "dark" else "light", bypass_csp=True
    )
    page = bench.open(context)
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert violations(page) == []
    page.keyboard.press("s")
    assert page.locator(".frame-card").count() == 1
    assert violations(page) == [], "a frame with an open list"
    page.keyboard.press("Escape")
    for key in ("Control+k", "?", "f", "r"):
        page.keyboard.press(key)
        page.wait_for_timeout(150)
        assert violations(page) == [], key
        page.keyboard.press("Escape")
    page.keyboard.press("i")
    assert violations(page) == [], "words chosen"
    context.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("size", [(1280, 860), (320, 256)], ids=["wide", "400 %"])
def test_no_window_over_the_desk_violates_the_guidelines(
    chromium: Browser, bench: Bench, scheme: Literal["light", "dark"], size: tuple[int, int]
) -> None:
    viewport: ViewportSize = {"width": size[0], "height": size[1]}
    context = chromium.new_context(viewport=viewport, color_scheme=scheme, bypass_csp=True)
    page = bench.open(context)
    first = states(bench)["e1"]
    toks = bench.coast.toks(bench.item, bench.coast.mia)
    bench.coast.decide(bench.item, bench.coast.mia, decision(first.item, "rejected", toks))
    page.keyboard.press("a")
    page.wait_for_selector('[data-i="e1"].conflict')
    page.keyboard.press("k")
    page.wait_for_selector(".detail .note.bad")
    assert violations(page) == [], "a conflict"
    page.keyboard.press("1")
    for key in ("H", "b", "P", "v", "/"):
        page.keyboard.press(key)
        page.wait_for_timeout(300)
        assert violations(page) == [], key
        page.keyboard.press("Escape")
    page.keyboard.press("!")
    saved(page)
    page.keyboard.press("Shift+Enter")
    page.wait_for_selector("dialog")
    assert violations(page) == [], "finished"
    assert page.evaluate("document.documentElement.scrollWidth") <= size[0]
    context.close()


def test_an_article_is_reviewed_by_what_a_screen_reader_is_told_alone(bench: Bench, desk: Page) -> None:
    listed = desk.get_by_role("listbox", name="Suggestions")
    for _ in range(3):
        chosen = desk.get_by_role("option", selected=True)
        assert re.search(r"suggested", chosen.inner_text())
        listed.press("a")
    desk.get_by_role("button", name="reject", exact=True).click()
    listed.press("!")
    says(desk, "marked as accepted in bulk")
    saved(desk)
    desk.get_by_role("button", name="Finish").click()
    window = desk.get_by_role("dialog", name="Finished")
    assert "59 accepted (56 in bulk), 1 rejected." in window.inner_text()
    assert window.get_by_role("link", name="To the queue").evaluate("(link) => link === document.activeElement")
    assert sorted({each.status for each in states(bench).values()}) == ["accepted", "rejected"]


def test_the_list_tells_a_screen_reader_what_is_under_the_cursor(desk: Page) -> None:
    listed = desk.locator('[data-desk="list"]')
    assert listed.get_attribute("role") == "listbox"
    for key in "aaxj":
        desk.keyboard.press(key)
    active = desk.locator(f"#{listed.get_attribute('aria-activedescendant')}")
    assert (active.get_attribute("aria-posinset"), active.get_attribute("aria-setsize")) == ("5", "60")
    assert re.search(r"PERSON\s+Clara Duarte\s+suggested 93", active.inner_text())
    mark = desk.locator('.m[data-i="e1"]')
    described = (mark.get_attribute("aria-describedby") or "").split()
    words = [desk.evaluate("(id) => document.getElementById(id).textContent", each) for each in described]
    assert words == ["Country or city", "accepted"]


def test_forced_colours_leave_every_word_and_state_to_be_seen(chromium: Browser, bench: Bench) -> None:
    context = chromium.new_context(forced_colors="active", color_scheme="dark")
    page = bench.open(context)
    page.keyboard.press("a")
    page.keyboard.press("x")
    style = "(mark) => [getComputedStyle(mark).color, getComputedStyle(mark).backgroundColor]"
    around = page.evaluate("getComputedStyle(document.body).color")
    kept, turned_down, open_ = (page.locator(f".m.{each}").first.evaluate(style) for each in STATES)
    assert open_[0] == around
    assert turned_down[0] != page.evaluate("getComputedStyle(document.body).backgroundColor")
    assert kept[0] != kept[1] != page.evaluate("getComputedStyle(document.body).backgroundColor")
    context.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_no_trouble_and_no_end_of_the_desk_violates_the_guidelines(
    chromium: Browser, bench: Bench, scheme: Literal["light", "dark"]
) -> None:
    context = chromium.new_context(color_scheme=scheme, bypass_csp=True)
    page = bench.open(context)
    found: dict[str, list[str]] = {}

    def look(state: str, shown: str) -> None:
        page.wait_for_selector(shown)
        found[state] = violations(page)

    context.set_offline(True)
    page.keyboard.press("a")
    look("offline", '[data-desk="saving"][data-state="offline"]')
    context.set_offline(False)
    saved(page)
    page.keyboard.press("t")
    look("label by letters", '[data-desk="chooser"] [role="option"]')
    page.keyboard.press("Escape")
    page.locator("summary", has_text="Mia").click()
    look("menu", ".menu[open]")
    page.locator('[data-desk="skip"]').click()
    look("skipping", "dialog[open]")
    page.keyboard.press("Escape")
    page.route("**/decisions", lambda route: route.fulfill(status=413, content_type="application/json", body="{}"))
    page.locator('[data-desk="list"]').press("n")
    page.keyboard.press("a")
    page.locator('[data-desk="saving"][data-state="bad"]').click()
    look("not taken", "dialog[open] .danger")
    page.unroute("**/decisions")
    with page.expect_navigation():
        page.locator("dialog .danger").click()
    page.wait_for_selector("[data-whole]")
    page.keyboard.press("!")
    says(page, "in bulk")
    saved(page)
    bench.coast.finish(bench.item, bench.coast.mia)
    reopened(page, bench.desk)
    look("read only", '[data-desk="reopen"]')
    page.route("**/data", lambda route: route.abort())
    page.reload()
    look("not opened", "[data-closed]")
    context.close()
    assert {state: each for state, each in found.items() if each} == {}
