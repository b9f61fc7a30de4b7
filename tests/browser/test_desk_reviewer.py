"""A scripted reviewer at the desk: sixty proposals, six of them wrong, without a pointer."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page

from tests.browser.conftest import Bench, here, saved, states
from tests.browser.sixty import Wanted, read

pytestmark = pytest.mark.browser

TEXT, PROPOSED, WANTED = read()
DIGITS = {"PERSON": "1", "GPE": "2", "ORG": "4"}


class Hands:
    """Presses keys and counts them."""

    def __init__(self, page: Page) -> None:
        self.page, self.keys = page, 0

    def press(self, *keys: str) -> None:
        for key in keys:
            self.page.keyboard.press(key)
            self.keys += 1
            assert self.keys < 400, "the reviewer goes round in circles"

    def fix(self, oid: str) -> bool:
        """Correct what is under the cursor; say whether the cursor went on by itself."""
        was = next(each for each in PROPOSED if each.id == oid)
        right = WANTED[oid]
        if right.label is None:
            self.press("x")
        elif right.label != was.label:
            self.press(DIGITS[right.label])
        else:
            self.press("{" if right.start > was.start else "]")
            return False
        return True


def wrong(oid: str) -> bool:
    was = next(each for each in PROPOSED if each.id == oid)
    return WANTED[oid] != Wanted(was.label, was.start, was.end)


def one_by_one(hands: Hands) -> None:
    while left(hands.page):
        oid = here(hands.page)
        if not wrong(oid):
            hands.press("a")
        elif not hands.fix(oid):
            hands.press("n")


def by_paragraph(hands: Hands) -> None:
    while left(hands.page):
        mistakes = [oid for oid in waiting_here(hands.page) if wrong(oid)]
        for oid in mistakes:
            while here(hands.page) != oid:
                hands.press("j")
            hands.fix(oid)
        hands.page.wait_for_timeout(60)
        hands.press("Space")


def by_exception(hands: Hands) -> None:
    for oid in [each.id for each in PROPOSED if wrong(each.id)]:
        if here(hands.page) != oid:
            jump(hands, oid)
        hands.fix(oid)
    hands.press("!")


def by_doubt(hands: Hands) -> None:
    for _ in range(6):
        hands.press("u")
        hands.fix(here(hands.page))
    hands.press("!")


def left(page: Page) -> int:
    words = page.inner_text('[data-desk="left"]')
    return int(words.split()[0]) if words[0].isdigit() else 0


def waiting_here(page: Page) -> list[str]:
    """List the undecided in the paragraph of the cursor, in text order."""
    return page.evaluate("""() => [...document.querySelector(".m.cur").closest("p").querySelectorAll(".m.suggested")]
        .map((mark) => mark.dataset.i)""")


def jump(hands: Hands, oid: str) -> None:
    hands.press("f")
    mark = hands.page.locator(f'[data-i="{oid}"]').first.bounding_box()
    assert mark
    sign = hands.page.evaluate(
        """([x, y]) => [...document.querySelectorAll("[data-hint]")].map((each) => [each.dataset.hint,
            Math.hypot(each.getBoundingClientRect().x - x, each.getBoundingClientRect().y - y)])
            .sort((one, other) => one[1] - other[1])[0][0]""",
        [mark["x"], mark["y"]],
    )
    hands.press(*sign)
    assert here(hands.page) == oid


WAYS = {one_by_one: 62, by_paragraph: 36, by_exception: 21, by_doubt: 13}


@pytest.mark.parametrize(("way", "most"), WAYS.items(), ids=[way.__name__ for way in WAYS])
def test_sixty_proposals_become_right_in_few_keys(
    way: Callable[[Hands], None], most: int, bench: Bench, desk: Page
) -> None:
    hands = Hands(desk)
    way(hands)
    saved(desk)
    for oid, placed in states(bench).items():
        right = WANTED[oid]
        assert placed.status == ("rejected" if right.label is None else "accepted"), TEXT[right.start : right.end]
        if right.label:
            assert (placed.item.label, placed.item.start, placed.item.end) == (right.label, right.start, right.end)
    assert hands.keys <= most, hands.keys


def test_the_article_is_finished_and_reopened_by_keys(bench: Bench, desk: Page) -> None:
    desk.keyboard.press("!")
    desk.keyboard.press("Shift+Enter")
    desk.wait_for_selector("dialog[open] h2:text-is('Finished')")
    assert "60 accepted" in desk.inner_text("dialog")
    with desk.expect_navigation():
        desk.click("dialog >> text=Reopen")
    desk.wait_for_selector('[data-state="open"][data-whole]')
    assert bench.coast.desk(bench.item, bench.coast.mia).item.state == "open"
