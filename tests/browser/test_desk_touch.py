"""The desk under a finger: tap to select, hold and pull to choose words, buttons for everything."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import Bench, here, saved, states

pytestmark = pytest.mark.browser

PULLED = """(words) => {
  const block = [...document.querySelectorAll("[data-p]")].find((each) => each.textContent.includes(words));
  const walker = document.createTreeWalker(block, NodeFilter.SHOW_TEXT);
  let node = walker.nextNode();
  while (!node.nodeValue.includes(words)) node = walker.nextNode();
  const at = node.nodeValue.indexOf(words);
  getSelection().setBaseAndExtent(node, at + 1, node, at + words.length - 1);
}"""
"""What the handles of a selection do: it changes, and no pointer is heard."""


@pytest.fixture
def phone(chromium: Browser, bench: Bench) -> Iterator[Page]:
    context = chromium.new_context(viewport={"width": 390, "height": 844}, has_touch=True, is_mobile=True)
    yield bench.open(context)
    context.close()


def free_words(page: Page) -> str:
    """Return two neighbouring words that no proposal covers."""
    words: str = page.evaluate("""() => {
      for (const block of document.querySelectorAll("[data-p]")) {
        for (const node of block.childNodes) {
          const found = node.nodeType === 3 && /[a-z]{4,} [a-z]{4,}/.exec(node.nodeValue);
          if (found && block.textContent.split(found[0]).length === 2) return found[0];
        }
      }
      return "";
    }""")
    return words


def test_a_tap_puts_the_cursor_and_the_buttons_decide(bench: Bench, phone: Page) -> None:
    mark = phone.locator("mark").nth(4)
    box = mark.evaluate("(each) => each.getClientRects()[0].toJSON()")
    phone.touchscreen.tap(box["x"] + 4, box["y"] + box["height"] / 2)
    expect(mark).to_have_class(re.compile("cur"))
    assert here(phone) == mark.get_attribute("data-i")
    phone.locator('[data-run="reject"]').tap()
    saved(phone)
    assert [each.status for each in states(bench).values()].count("rejected") == 1


def test_words_that_a_finger_holds_and_pulls_become_an_entity(bench: Bench, phone: Page) -> None:
    words = free_words(phone)
    phone.locator("[data-p]").first.tap(position={"x": 2, "y": 2})
    phone.evaluate(PULLED, words)
    chooser = phone.locator('[data-desk="chooser"]')
    expect(chooser).to_be_visible()
    expect(chooser).to_contain_text(words)
    assert phone.evaluate("getSelection().isCollapsed") is False, "the handles stay, so that one can pull on"
    chooser.get_by_role("button", name="Organisation").tap()
    saved(phone)
    added = [each.item for each in states(bench).values() if each.item.by.origin == "added"]
    assert [each.label for each in added] == ["ORG"]
    assert phone.evaluate("getSelection().isCollapsed") is True


def test_every_button_under_a_finger_is_large_enough(phone: Page) -> None:
    boxes = [each.bounding_box() for each in phone.locator(".key:visible").all()]
    assert boxes
    assert min(min(box["width"], box["height"]) for box in boxes if box) >= 24
    assert phone.evaluate("document.documentElement.scrollWidth") <= 390
