"""What is done before the part that answers it has come: it is kept, and done in its order once it is there."""

from collections.abc import Callable
from dataclasses import dataclass, field

import pytest
from playwright.sync_api import BrowserContext, Page, Route, expect

from tests.browser.conftest import Bench, here, saved, says, states

pytestmark = pytest.mark.browser

PARTS = "**/later.js"
STATE = "**/data"


@dataclass
class Held:
    """Requests for something that the line is slow with."""

    page: Page
    waiting: list[Route] = field(default_factory=list)

    def keep(self, route: Route) -> None:
        self.waiting.append(route)

    def release(self) -> None:
        while not self.waiting:
            self.page.wait_for_timeout(20)
        for each in self.waiting:
            each.continue_()

    def whole(self) -> None:
        self.release()
        self.page.wait_for_selector("[data-whole]")


Slow = Callable[[str], Held]


@pytest.fixture
def slow(bench: Bench, context: BrowserContext) -> Slow:
    """Open the desk on a line that holds something back."""

    def opened(pattern: str) -> Held:
        page = context.new_page()
        page.goto(bench.link())
        held = Held(page)
        page.route(pattern, held.keep)
        page.goto(bench.desk)
        page.wait_for_selector("[data-ready]" if pattern == PARTS else "[data-p]")
        while not held.waiting:
            page.wait_for_timeout(20)
        return held

    return opened


def decided(bench: Bench) -> dict[str, str]:
    return {oid: each.status for oid, each in states(bench).items() if each.status != "suggested"}


def middle(page: Page, selector: str) -> tuple[float, float]:
    box = page.locator(selector).first.bounding_box()
    assert box
    return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2


def test_words_typed_into_a_field_that_is_not_there_yet_stand_in_it(slow: Slow) -> None:
    held = slow(PARTS)
    for key in ("/", "p", "a", "t", "x", "Backspace", "r", "o", "l"):
        held.page.keyboard.press(key)
    held.whole()
    expect(held.page.locator('[data-desk="find"] input')).to_have_value("patrol")
    expect(held.page.locator('[data-desk="find"] [role="status"]')).to_have_text("1 of 2")


def test_clicks_on_buttons_and_in_the_text_are_made_up_for(bench: Bench, slow: Slow) -> None:
    held = slow(PARTS)
    held.page.mouse.click(*middle(held.page, '[data-i="e4"]'))
    held.page.locator('[data-run="reject"]').click()
    held.whole()
    saved(held.page)
    assert decided(bench) == {"e4": "rejected"}


def test_a_key_waits_for_the_words_that_were_chosen_before_it(bench: Bench, slow: Slow) -> None:
    held = slow(PARTS)
    held.page.evaluate("""() => {
      const block = document.querySelector('[data-p="18"]');
      const walker = document.createTreeWalker(block, NodeFilter.SHOW_TEXT);
      let node = walker.nextNode();
      while (!node.data.includes("again")) node = walker.nextNode();
      getSelection().setBaseAndExtent(node, node.data.indexOf("again"), node, node.data.indexOf("again") + 5);
    }""")
    held.page.keyboard.press("9")
    held.whole()
    saved(held.page)
    assert list(decided(bench).values()) == ["accepted"]
    assert [each.item.by.origin for each in states(bench).values() if each.status == "accepted"] == ["added"]


def test_a_key_acts_on_what_the_pointer_rested_on_before(bench: Bench, slow: Slow) -> None:
    held = slow(PARTS)
    held.page.mouse.move(*middle(held.page, '[data-i="e5"]'))
    held.page.keyboard.press("x")
    held.whole()
    saved(held.page)
    assert decided(bench) == {"e5": "rejected"}


def test_what_is_pressed_before_the_suggestions_are_shown_decides_nothing(bench: Bench, slow: Slow) -> None:
    held = slow(STATE)
    held.page.keyboard.press("a")
    held.page.get_by_role("button", name="Guideline", exact=True).click()
    held.whole()
    says(held.page, "decided nothing")
    expect(held.page.locator('[data-desk="guide"]')).to_be_visible()
    assert decided(bench) == {}


def test_the_focus_stays_where_somebody_put_it_while_the_desk_was_on_its_way(slow: Slow) -> None:
    held = slow(STATE)
    held.page.locator("summary", has_text="Mia").focus()
    held.whole()
    expect(held.page.locator("summary", has_text="Mia")).to_be_focused()


def test_enter_behind_finish_opens_what_is_next_however_long_that_takes(bench: Bench, desk: Page) -> None:
    for key in ("x", "k", "!", "k"):
        desk.keyboard.press(key)
    saved(desk)
    assert here(desk) == "e1"
    held = Held(desk)
    desk.route("**/finish", held.keep)
    desk.keyboard.press("Shift+Enter")
    desk.keyboard.press("Enter")
    held.release()
    desk.wait_for_url("**/queue")
    assert decided(bench)["e1"] == "rejected"


def test_enter_takes_no_mention_that_was_not_shown_yet(bench: Bench, desk: Page) -> None:
    desk.keyboard.press("x")
    desk.keyboard.press("k")
    saved(desk)
    held = Held(desk)
    desk.route("**/mentions*", held.keep)
    desk.keyboard.press("P")
    expect(desk.get_by_role("dialog")).to_contain_text("Looking")
    desk.keyboard.press("Enter")
    held.release()
    expect(desk.get_by_role("dialog")).to_have_count(0)
    assert decided(bench) == {"e1": "rejected"}


def test_undo_and_the_history_wait_for_the_log_and_keys_wait_for_them(
    bench: Bench, slow: Slow, context: BrowserContext
) -> None:
    before = bench.open(context)
    before.keyboard.press("a")
    saved(before)
    before.close()
    held = slow("**/log")
    held.page.wait_for_selector("[data-whole]")
    assert here(held.page) == "e2"
    held.page.keyboard.press("z")
    held.page.keyboard.press("x")
    held.release()
    expect(held.page.locator("#row-e1")).to_have_class("row-rejected")
    saved(held.page)
    assert decided(bench) == {"e1": "rejected"}
    held.waiting.clear()
    held.page.reload()
    held.page.wait_for_selector("[data-whole]")
    held.page.keyboard.press("H")
    held.page.keyboard.press("x")
    says(held.page, "Fetching what was decided earlier")
    held.release()
    expect(held.page.get_by_role("dialog")).to_contain_text("3 acts")
    saved(held.page)
    assert decided(bench) == {"e1": "rejected"}


def test_a_desk_that_cannot_be_opened_claims_nothing_and_offers_to_try_again(slow: Slow) -> None:
    held = slow(STATE)
    held.page.route(STATE, lambda route: route.abort())
    for each in held.waiting:
        each.abort()
    trouble = held.page.get_by_role("alert")
    expect(trouble).to_contain_text("The server cannot be reached.")
    expect(held.page.locator('[data-desk="saving"]')).to_be_hidden()
    expect(held.page.locator('[data-desk="finish"]')).to_be_hidden()
    held.page.unroute(STATE)
    trouble.get_by_role("button", name="Try again").click()
    held.page.wait_for_selector("[data-whole]")
